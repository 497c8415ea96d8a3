internal import RPCCore

// The payloads of `proto/rpc/v1/frames.proto`, read from and written to bytes.

/// A payload that was not what its frame type asks for.
struct MalformedPayload: Error {}

struct HelloPayload {
  var minorVersion: UInt32 = 0
  var features: UInt64 = 0
  var limits = PeerLimits()
  var idleTimeoutMilliseconds: UInt32 = 0
  var software = ""

  init() {}

  init(_ bytes: UnsafeRawBufferPointer) throws(MalformedPayload) {
    limits.callCredit = 0
    limits.connectionCredit = 0
    limits.frameBytes = 0
    limits.messageBytes = 0
    limits.metadataBytes = 0
    limits.concurrentCalls = 0
    limits.pingInterval = 0
    var reader = FieldReader(bytes)
    while let tag = reader.next() {
      switch tag {
      case FieldTag.varint(1): minorVersion = reader.varint32()
      case FieldTag.varint(2): features = reader.varint()
      case FieldTag.bytes(3): try readLimits(reader.bytes())
      case FieldTag.varint(4): limits.callCredit = reader.varint()
      case FieldTag.varint(5): limits.connectionCredit = reader.varint()
      case FieldTag.varint(6): limits.pingInterval = UInt64(reader.varint32()) * 1_000_000
      case FieldTag.varint(7): idleTimeoutMilliseconds = reader.varint32()
      case FieldTag.bytes(8): software = reader.text()
      default: reader.skip()
      }
    }
    if reader.isMalformed { throw MalformedPayload() }
  }

  private mutating func readLimits(_ bytes: UnsafeRawBufferPointer) throws(MalformedPayload) {
    var reader = FieldReader(bytes)
    while let tag = reader.next() {
      switch tag {
      case FieldTag.varint(1): limits.frameBytes = Int(reader.varint32())
      case FieldTag.varint(2): limits.messageBytes = Int(reader.varint32())
      case FieldTag.varint(3): limits.metadataBytes = Int(reader.varint32())
      case FieldTag.varint(4): limits.concurrentCalls = Int(reader.varint32())
      default: reader.skip()
      }
    }
    if reader.isMalformed { throw MalformedPayload() }
  }

  /// Whether every limit that matters to the sender of calls or data reaches the minimum.
  func reachesMinimum(ofServer: Bool) -> Bool {
    let minimum = PeerLimits.minimum
    return limits.frameBytes >= minimum.frameBytes && limits.frameBytes <= 1 << 20
      && limits.messageBytes >= minimum.messageBytes
      && limits.metadataBytes >= minimum.metadataBytes
      && limits.callCredit >= minimum.callCredit
      && limits.connectionCredit >= minimum.connectionCredit
      && limits.pingInterval <= minimum.pingInterval
      && (!ofServer || limits.concurrentCalls >= minimum.concurrentCalls)
  }

  /// The sender takes messages compressed with Zstandard, and may send them.
  static let zstandardFeature: UInt64 = 1

  static func write(_ limits: Limits, software: String, to output: inout ByteQueue) {
    FieldWriter.varint(2, limits.speaksZstandard ? zstandardFeature : 0, to: &output)
    var inner = ByteQueue()
    FieldWriter.varint(1, UInt64(limits.frameBytes), to: &inner)
    FieldWriter.varint(2, UInt64(limits.messageBytes), to: &inner)
    FieldWriter.varint(3, UInt64(limits.metadataBytes), to: &inner)
    FieldWriter.varint(4, UInt64(limits.concurrentCalls), to: &inner)
    FieldWriter.bytes(3, Array(inner.bytes), to: &output)
    FieldWriter.varint(4, UInt64(limits.callWindow), to: &output)
    FieldWriter.varint(5, UInt64(limits.connectionWindow), to: &output)
    FieldWriter.varint(6, limits.toleratedPingInterval / 1_000_000, to: &output)
    if limits.idleTimeout != .max {
      FieldWriter.varint(7, limits.idleTimeout / 1_000_000, to: &output)
    }
    FieldWriter.text(8, software, limit: 256, to: &output)
  }
}

struct OpenPayload {
  var method = UnsafeRawBufferPointer(start: nil, count: 0)
  var microsecondsRemaining: UInt64 = 0
  var metadata = Metadata()
  var trace: [UInt8] = []
  var acceptsZstandard = false
  var idempotencyKey: [UInt8] = []
  var attempt: UInt32 = 1

  /// Zstandard's name among the encodings that a caller accepts.
  static let zstandard = "zstd"

  init(_ bytes: UnsafeRawBufferPointer) throws(MalformedPayload) {
    var reader = FieldReader(bytes)
    while let tag = reader.next() {
      switch tag {
      case FieldTag.bytes(1): method = reader.bytes()
      case FieldTag.varint(2): microsecondsRemaining = reader.varint()
      case FieldTag.bytes(3): try metadata.appendEntry(reader.bytes())
      case FieldTag.bytes(4): trace = Array(reader.bytes())
      case FieldTag.bytes(5):
        if reader.bytes().elementsEqual(Self.zstandard.utf8) { acceptsZstandard = true }
      case FieldTag.bytes(6): idempotencyKey = Array(reader.bytes())
      case FieldTag.varint(7): attempt = max(1, reader.varint32())
      default: reader.skip()
      }
    }
    if reader.isMalformed { throw MalformedPayload() }
  }

  static func write(_ call: OutgoingCall, remaining: UInt64, to output: inout ByteQueue) {
    FieldWriter.text(1, call.method, to: &output)
    FieldWriter.varint(2, remaining, to: &output)
    FieldWriter.metadata(3, call.metadata, to: &output)
    FieldWriter.bytes(4, call.trace, to: &output)
    if call.isCompressed { FieldWriter.text(5, zstandard, to: &output) }
    FieldWriter.bytes(6, call.idempotencyKey?.bytes ?? [], to: &output)
    FieldWriter.varint(7, call.attempt > 1 ? UInt64(call.attempt) : 0, to: &output)
  }
}

struct HeadPayload {
  var metadata = Metadata()

  init(_ bytes: UnsafeRawBufferPointer) throws(MalformedPayload) {
    var reader = FieldReader(bytes)
    while let tag = reader.next() {
      switch tag {
      case FieldTag.bytes(1): try metadata.appendEntry(reader.bytes())
      default: reader.skip()
      }
    }
    if reader.isMalformed { throw MalformedPayload() }
  }
}

struct StatusPayload {
  var error = RPCError(.ok, "")

  init(_ bytes: UnsafeRawBufferPointer) throws(MalformedPayload) {
    var reader = FieldReader(bytes)
    while let tag = reader.next() {
      switch tag {
      case FieldTag.varint(1): error.code = StatusCode(rawValue: reader.varint32())
      case FieldTag.bytes(2): error.message = reader.text()
      case FieldTag.bytes(3): error.details = Array(reader.bytes())
      case FieldTag.bytes(4): try error.metadata.appendEntry(reader.bytes())
      case FieldTag.varint(5):
        error.retryDelay = .microseconds(Int64(clamping: min(reader.varint(), 1 << 50)))
      case FieldTag.varint(6): error.processed = Processed(rawValue: reader.varint32())
      default: reader.skip()
      }
    }
    if reader.isMalformed { throw MalformedPayload() }
  }

  static func write(
    _ error: RPCError?,
    trailers: Metadata,
    processed: Processed,
    to output: inout ByteQueue
  ) {
    if let error {
      FieldWriter.varint(1, UInt64(error.code.rawValue), to: &output)
      FieldWriter.text(2, error.message, limit: TextLimits.textBytes, to: &output)
      if error.details.count <= TextLimits.detailBytes {
        FieldWriter.bytes(3, error.details, to: &output)
      }
    }
    FieldWriter.metadata(4, trailers, to: &output)
    if let delay = error?.retryDelay {
      FieldWriter.varint(5, delay.wholeNanoseconds / 1000, to: &output)
    }
    FieldWriter.varint(6, UInt64(processed.rawValue), to: &output)
  }
}

struct GoAwayPayload {
  var highestCall: UInt32 = 0
  var code: UInt32 = 0
  var drainMilliseconds: UInt32 = 0
  var text = ""

  init(highestCall: UInt32, drainMilliseconds: UInt32, text: String) {
    self.highestCall = highestCall
    self.drainMilliseconds = drainMilliseconds
    self.text = text
  }

  init(_ bytes: UnsafeRawBufferPointer) throws(MalformedPayload) {
    var reader = FieldReader(bytes)
    while let tag = reader.next() {
      switch tag {
      case FieldTag.varint(1): highestCall = reader.varint32()
      case FieldTag.varint(2): code = reader.varint32()
      case FieldTag.varint(3): drainMilliseconds = reader.varint32()
      case FieldTag.bytes(4): text = reader.text()
      default: reader.skip()
      }
    }
    if reader.isMalformed { throw MalformedPayload() }
  }

  func write(to output: inout ByteQueue) {
    FieldWriter.varint(1, UInt64(highestCall), to: &output)
    FieldWriter.varint(2, UInt64(code), to: &output)
    FieldWriter.varint(3, UInt64(drainMilliseconds), to: &output)
    FieldWriter.text(4, text, limit: TextLimits.textBytes, to: &output)
  }
}

/// RESET and FATAL: a code and words.
struct ReasonPayload {
  var code: UInt32 = 0
  var text = ""

  init(_ error: RPCError) {
    code = error.code.rawValue
    text = error.message
  }

  init(_ bytes: UnsafeRawBufferPointer) throws(MalformedPayload) {
    var reader = FieldReader(bytes)
    while let tag = reader.next() {
      switch tag {
      case FieldTag.varint(1): code = reader.varint32()
      case FieldTag.bytes(2): text = reader.text()
      default: reader.skip()
      }
    }
    if reader.isMalformed { throw MalformedPayload() }
  }

  func write(to output: inout ByteQueue) {
    FieldWriter.varint(1, UInt64(code), to: &output)
    FieldWriter.text(2, text, limit: TextLimits.textBytes, to: &output)
  }
}

extension Metadata {
  mutating func appendEntry(_ bytes: UnsafeRawBufferPointer) throws(MalformedPayload) {
    var entry = Entry(key: "", value: [])
    var reader = FieldReader(bytes)
    while let tag = reader.next() {
      switch tag {
      case FieldTag.bytes(1): entry.key = reader.text()
      case FieldTag.bytes(2): entry.value = Array(reader.bytes())
      default: reader.skip()
      }
    }
    if reader.isMalformed { throw MalformedPayload() }
    entries.append(entry)
  }
}
