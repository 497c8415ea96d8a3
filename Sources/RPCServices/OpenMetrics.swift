package import RPCCore

/// A server's counts in the text form of OpenMetrics, for Prometheus and its like. Nobody's name stands
/// in it.
///
/// Source: OpenMetrics 1.0.0, "Text format".
package struct OpenMetrics {
  /// What the form is called in HTTP.
  package static let contentType = "application/openmetrics-text; version=1.0.0; charset=utf-8"

  /// The text.
  package private(set) var text = ""

  /// The powers of two of microseconds between which durations are counted: 8 µs to 67 s.
  private static let exponents = 3...26

  /// The families that stand in the text.
  private var families: Set<String> = []

  /// Writes a server's counts, what the process uses, and what else in it counts through swift-metrics.
  package init(_ snapshot: ServerSnapshot, process: ProcessUse, counts: CountRegister? = nil) {
    writeCalls(snapshot)
    writeLoad(snapshot)
    family(
      "registry_certificate_end",
      "gauge",
      "When a certificate or list ends, seconds since 1970"
    )
    // Of several with one name the first to end counts: no two samples may have the same labels.
    let ends = Dictionary(
      snapshot.certificates.map { (["\($0.role)", $0.name], $0.endsAt) },
      uniquingKeysWith: min
    )
    for (labels, end) in ends.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      sample("registry_certificate_end", [("role", labels[0]), ("name", labels[1])], "\(end)")
    }
    family("process_cpu_seconds", "counter", "Processor time, user and system")
    sample("process_cpu_seconds_total", [], Self.seconds(process.cpuMicroseconds))
    family("process_resident_memory_bytes", "gauge", "Resident memory")
    sample("process_resident_memory_bytes", [], "\(process.residentBytes)")
    family("process_open_fds", "gauge", "Open descriptors")
    sample("process_open_fds", [], "\(process.descriptors)")
    for counted in counts?.families ?? [] { write(counted) }
    text += "# EOF\n"
  }

  private mutating func writeCalls(_ snapshot: ServerSnapshot) {
    let methods = snapshot.methods.filter { $0.started > 0 }
    family("registry_calls_started", "counter", "Calls that came")
    for method in methods {
      sample("registry_calls_started_total", [("method", method.path)], "\(method.started)")
    }
    family("registry_calls", "counter", "Calls that ended, by status code")
    for method in methods {
      for (code, count) in method.codes.enumerated() where count > 0 {
        let name = code < 17 ? "\(StatusCode(rawValue: UInt32(code)))" : "OTHER"
        sample("registry_calls_total", [("method", method.path), ("code", name)], "\(count)")
      }
    }
    family("registry_calls_running", "gauge", "Calls that have not ended")
    for method in methods {
      sample("registry_calls_running", [("method", method.path)], "\(method.running)")
    }
    family("registry_call_seconds", "histogram", "Time from a call's beginning to its status")
    for method in methods {
      histogram("registry_call_seconds", [("method", method.path)], method.durations)
    }
    family("registry_request_bytes", "counter", "Bytes of request messages")
    for method in methods {
      sample("registry_request_bytes_total", [("method", method.path)], "\(method.receivedBytes)")
    }
    family("registry_response_bytes", "counter", "Bytes of response messages")
    for method in methods {
      sample("registry_response_bytes_total", [("method", method.path)], "\(method.sentBytes)")
    }
  }

  private mutating func histogram(
    _ name: String,
    _ labels: [(String, String)],
    _ durations: DurationCounts
  ) {
    for exponent in Self.exponents {
      let bound = Self.seconds(UInt64(1) << UInt64(exponent))
      let count = "\(durations.count(below: exponent))"
      sample("\(name)_bucket", labels + [("le", bound)], count)
    }
    sample("\(name)_bucket", labels + [("le", "+Inf")], "\(durations.count)")
    sample("\(name)_count", labels, "\(durations.count)")
    sample("\(name)_sum", labels, Self.seconds(durations.nanoseconds / 1000))
  }

  /// Writes what was counted under one name, unless a family of that name stands here already.
  private mutating func write(_ counted: CountRegister.Family) {
    var name = Self.name(counted.label)
    if counted.kind == .counter, name.hasSuffix("_total") { name.removeLast(6) }
    guard !families.contains(name) else { return }
    family(name, "\(counted.kind)")
    for (dimensions, value) in counted.values {
      let labels = dimensions.map { (Self.name($0), $1) }
      switch value {
      case .whole(let count): sample("\(name)_total", labels, "\(count)")
      case .number(let number):
        sample(counted.kind == .counter ? "\(name)_total" : name, labels, Self.text(number))
      case .sum(let count, let sum):
        sample("\(name)_count", labels, "\(count)")
        sample("\(name)_sum", labels, Self.text(sum))
      case .durations(let durations): histogram(name, labels, durations)
      }
    }
  }

  /// A name as the form permits it.
  private static func name(_ label: String) -> String {
    let letters = label.unicodeScalars.map { scalar -> Character in
      let isWord = ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_"
      return isWord || ("0"..."9").contains(scalar) ? Character(scalar) : "_"
    }
    let name = String(letters)
    return name.first.map { $0.isNumber } ?? true ? "_" + name : name
  }

  /// A number as the form writes those that are none or without end.
  private static func text(_ number: Double) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-Inf" : "+Inf" }
    return "\(number)"
  }

  private mutating func writeLoad(_ snapshot: ServerSnapshot) {
    family("registry_connections", "gauge", "Connections")
    sample("registry_connections", [("state", "open")], "\(snapshot.openConnections)")
    sample("registry_connections", [("state", "handshake")], "\(snapshot.pendingConnections)")
    family("registry_connections_refused", "counter", "Connections that were refused")
    sample("registry_connections_refused_total", [], "\(snapshot.refusedConnections)")
    family("registry_calls_waiting", "gauge", "Calls that wait for a place")
    sample("registry_calls_waiting", [], "\(snapshot.waitingCalls)")
    family("registry_calls_refused", "counter", "Calls that were turned away for want of a place")
    sample("registry_calls_refused_total", [], "\(snapshot.refusedCalls)")
    family("registry_held_bytes", "gauge", "Bytes of messages in memory")
    sample("registry_held_bytes", [], "\(snapshot.heldBytes)")
    family("registry_draining", "gauge", "Whether no further connections are taken")
    sample("registry_draining", [], snapshot.isDraining ? "1" : "0")
  }

  private mutating func family(_ name: String, _ type: String, _ help: String? = nil) {
    families.insert(name)
    text += "# TYPE \(name) \(type)\n"
    if let help { text += "# HELP \(name) \(help).\n" }
  }

  private mutating func sample(_ name: String, _ labels: [(String, String)], _ value: String) {
    text += name
    if !labels.isEmpty {
      text += "{" + labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",") + "}"
    }
    text += " \(value)\n"
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Microseconds as seconds, without a binary fraction's tail.
  private static func seconds(_ microseconds: UInt64) -> String {
    let rest = String(microseconds % 1_000_000)
    return "\(microseconds / 1_000_000)." + String(repeating: "0", count: 6 - rest.count) + rest
  }
}
