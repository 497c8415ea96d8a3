package import Bilingual
package import RPCTransport
internal import RPCWire

/// A bound of what the server takes on, as `registryd --limits` sets it.
///
/// The value that holds where nobody sets one is declared with the property that keeps it.
package struct ServerLimit: Sendable {
  /// What the numbers count.
  package enum Unit: Sendable {
    case count
    case bytes
    case seconds

    /// What the property keeps for one of it.
    var scale: Int { self == .seconds ? 1_000_000_000 : 1 }

    /// The unit in words; empty for plain numbers.
    package var words: Text {
      switch self {
      case .count: Text(en: "", zh: "")
      case .bytes: Text(en: "bytes", zh: "字节")
      case .seconds: Text(en: "seconds", zh: "秒")
      }
    }
  }

  /// The name in the setting.
  package let name: String
  /// What the numbers count.
  package let unit: Unit
  /// The numbers that may be set.
  package let range: ClosedRange<Int>
  /// What is bounded.
  package let summary: Text
  private let read: @Sendable (ServerConfiguration) -> UInt64
  private let write: @Sendable (inout ServerConfiguration, UInt64) -> Void

  private init(
    _ name: String,
    _ unit: Unit,
    _ range: ClosedRange<Int>,
    _ path: any WritableKeyPath<ServerConfiguration, Int> & Sendable,
    en: String,
    zh: String
  ) {
    self.name = name
    self.unit = unit
    self.range = range
    summary = Text(en: en, zh: zh)
    read = { UInt64(clamping: $0[keyPath: path]) }
    write = { $0[keyPath: path] = Int(clamping: $1) }
  }

  private init(
    _ name: String,
    _ unit: Unit,
    _ range: ClosedRange<Int>,
    _ path: any WritableKeyPath<ServerConfiguration, UInt64> & Sendable,
    en: String,
    zh: String
  ) {
    self.name = name
    self.unit = unit
    self.range = range
    summary = Text(en: en, zh: zh)
    read = { $0[keyPath: path] }
    write = { $0[keyPath: path] = $1 }
  }

  /// Sets the limit.
  package func set(_ value: Int, in configuration: inout ServerConfiguration) {
    write(&configuration, UInt64(value) * UInt64(unit.scale))
  }

  /// The value that a configuration has.
  package func value(in configuration: ServerConfiguration) -> Int {
    Int(clamping: read(configuration) / UInt64(unit.scale))
  }

  /// Reads `name=number,name=number`.
  ///
  /// - Throws: words that name the part that is wrong and what may stand there.
  package static func parse(_ text: String) throws(LimitError) -> [(limit: ServerLimit, value: Int)]
  {
    var result: [(limit: ServerLimit, value: Int)] = []
    for part in text.split(separator: ",") {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false).map {
        String($0.drop { $0 == " " })
      }
      guard let name = sides.first, let limit = all.first(where: { $0.name == name }) else {
        let names = all.map(\.name)
        throw LimitError(
          problem: Text(
            en: "\(part) names no limit; there are \(names.joined(separator: ", "))",
            zh: "\(part) 不是限额名称；可用：\(names.joined(separator: "、"))"
          )
        )
      }
      guard sides.count == 2, let value = Int(sides[1]), limit.range.contains(value) else {
        let low = limit.range.lowerBound
        let high = limit.range.upperBound
        let unit = limit.unit.words
        throw LimitError(
          problem: Text(
            en: "\(name) must be a whole number from \(low) to \(high)"
              + (unit.en.isEmpty ? "" : " (\(unit.en))"),
            zh: "\(name) 应为 \(low) 至 \(high) 的整数" + (unit.zh.isEmpty ? "" : "（\(unit.zh)）")
          )
        )
      }
      result.append((limit, value))
    }
    return result
  }

  /// Every limit that can be set.
  package static let all: [ServerLimit] = [
    ServerLimit(
      "connections",
      .count,
      1...1_000_000,
      \.maximumConnections,
      en: "connections in all",
      zh: "连接总数"
    ),
    ServerLimit(
      "pending-connections",
      .count,
      1...1_000_000,
      \.maximumPendingConnections,
      en: "connections in their handshake",
      zh: "握手中的连接数"
    ),
    ServerLimit(
      "identity-connections",
      .count,
      1...100_000,
      \.maximumConnectionsPerIdentity,
      en: "connections of one identity",
      zh: "同一身份的连接数"
    ),
    ServerLimit(
      "handshake-timeout",
      .seconds,
      1...300,
      \.handshakeTimeout,
      en: "time that a TLS handshake may take",
      zh: "TLS 握手时限"
    ),
    ServerLimit(
      "hello-timeout",
      .seconds,
      1...300,
      \.limits.helloTimeout,
      en: "time until the first frame",
      zh: "首帧时限"
    ),
    ServerLimit(
      "calls",
      .count,
      1...1_000_000,
      \.maximumCalls,
      en: "calls carried out at a time",
      zh: "同时处理的调用数"
    ),
    ServerLimit(
      "identity-calls",
      .count,
      1...1_000_000,
      \.maximumCallsPerIdentity,
      en: "calls of one identity at a time, those that wait included",
      zh: "同一身份的调用数（含等待）"
    ),
    ServerLimit(
      "connection-calls",
      .count,
      8...100_000,
      \.limits.concurrentCalls,
      en: "calls of one connection at a time",
      zh: "单个连接的调用数"
    ),
    ServerLimit(
      "waiting-calls",
      .count,
      0...1_000_000,
      \.maximumWaitingCalls,
      en: "calls that wait for a place",
      zh: "等待处理的调用数"
    ),
    ServerLimit(
      "frame-bytes",
      .bytes,
      16_384...1_048_576,
      \.limits.frameBytes,
      en: "payload of a frame",
      zh: "单帧载荷"
    ),
    ServerLimit(
      "metadata-bytes",
      .bytes,
      8_192...65_536,
      \.limits.metadataBytes,
      en: "metadata of a call",
      zh: "单次调用的元数据"
    ),
    ServerLimit(
      "call-window",
      .bytes,
      65_536...268_435_456,
      \.limits.callWindow,
      en: "messages of a call that wait to be read",
      zh: "单次调用待读的消息"
    ),
    ServerLimit(
      "connection-window",
      .bytes,
      131_072...1_073_741_824,
      \.limits.connectionWindow,
      en: "messages of a connection that wait to be read",
      zh: "单个连接待读的消息"
    ),
    ServerLimit(
      "stalled-output",
      .bytes,
      65_536...1_073_741_824,
      \.limits.stalledOutputBytes,
      en: "answers that a client does not take before it is not read from",
      zh: "客户端未取走的应答，超过则暂停读取"
    ),
    ServerLimit(
      "memory",
      .bytes,
      1_048_576...1_099_511_627_776,
      \.maximumHeldBytes,
      en: "messages in memory; beyond it new calls are refused",
      zh: "内存中的消息，超过则拒绝新调用"
    ),
    ServerLimit(
      "identity-memory",
      .bytes,
      1_048_576...1_099_511_627_776,
      \.maximumHeldBytesPerIdentity,
      en: "the same for one identity; at twice as much its connections are ended",
      zh: "同一身份在内存中的消息，超过则拒绝新调用，达两倍则断开连接"
    ),
    ServerLimit(
      "control-frames",
      .count,
      10...1_000_000,
      \.limits.controlFrames,
      en: "resets and control frames that bring nothing on, in 30 seconds",
      zh: "30 秒内无进展的控制帧数"
    ),
    ServerLimit(
      "keepalive",
      .seconds,
      10...86_400,
      \.limits.keepaliveInterval,
      en: "silence after which the client is asked whether it is there",
      zh: "静默多久后探测客户端"
    ),
    ServerLimit(
      "keepalive-timeout",
      .seconds,
      1...600,
      \.limits.keepaliveTimeout,
      en: "time that its answer may take",
      zh: "探测应答时限"
    ),
    ServerLimit(
      "ping-interval",
      .seconds,
      1...60,
      \.limits.toleratedPingInterval,
      en: "pause that clients must leave between their own such questions",
      zh: "客户端探测的最短间隔"
    ),
    ServerLimit(
      "idle-timeout",
      .seconds,
      1...86_400,
      \.limits.idleTimeout,
      en: "time without a call after which a connection is closed, 10 % more or less",
      zh: "无调用多久后关闭连接（上下浮动 10%）"
    ),
    ServerLimit(
      "connection-age",
      .seconds,
      10...31_536_000,
      \.maximumAge,
      en: "time after which clients are asked for a new connection, 10 % more or less",
      zh: "连接使用多久后请客户端新建（上下浮动 10%）"
    ),
  ]
}

/// Limits that cannot be set so.
package struct LimitError: Error, Sendable, Hashable {
  /// What is wrong, and what would do.
  package let problem: Text
}
