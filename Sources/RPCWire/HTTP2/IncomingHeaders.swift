internal import CNGHTTP2
internal import Glibc
internal import RPCCore

/// The header fields of one HEADERS frame as they are read.
struct IncomingHeaders {
  /// Decoded bytes so far, counted as HTTP/2 does.
  var size = 0
  var metadata = Metadata()
  /// Why the call is turned away; the first reason counts.
  var refusal: RPCError?
  // Of requests.
  var isPost = false
  var path: [UInt8] = []
  var isGRPC = false
  var timeout: UInt64?
  var trace: [UInt8] = []
  var idempotencyKey: IdempotencyKey?
  var attempt = 1
  var acceptsGzip = false
  var isGzip = false
  // Of responses.
  var httpStatus = 0
  var code: UInt32?
  var message: [UInt8] = []
  var details: [UInt8] = []
  var pushback: Duration?
  var forbidsRetry = false
  var processed = Processed.mayHaveRun

  /// Forgets all for the next frame.
  mutating func clear() {
    var path = path
    path.removeAll(keepingCapacity: true)
    self = IncomingHeaders()
    self.path = path
  }

  /// Reads a field.
  mutating func add(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>) {
    guard let first = name.first else { return }
    if first == UInt8(ascii: ":") { return addPseudo(name, value) }
    if addKnown(name, value) { return }
    // `grpc-` is gRPC's, whatever this version knows of it.
    if name.begins("grpc-") { return }
    addMetadata(name, value)
  }

  private mutating func addPseudo(
    _ name: UnsafeBufferPointer<UInt8>,
    _ value: UnsafeBufferPointer<UInt8>
  ) {
    if name.is(":path") {
      path.append(contentsOf: value)
    } else if name.is(":method") {
      isPost = value.is("POST")
    } else if name.is(":status") {
      httpStatus = Int(String(decoding: value, as: UTF8.self)) ?? 0
    }
  }

  private mutating func addKnown(
    _ name: UnsafeBufferPointer<UInt8>,
    _ value: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    if name.is("content-type") {
      // `application/grpc-web` is another protocol.
      isGRPC =
        value.begins("application/grpc")
        && (value.count == 16 || value[16] == UInt8(ascii: "+") || value[16] == UInt8(ascii: ";"))
    } else if name.is("te") || name.is("user-agent") || name.is("accept-encoding")
      || name.is("content-length")
    {
      return true
    } else if name.is("grpc-timeout") {
      timeout = GRPCText.timeout(value)
      if timeout == nil { refuse(.invalidArgument, "a malformed grpc-timeout") }
    } else if name.is("grpc-encoding") {
      isGzip = value.is("gzip")
      if !isGzip, !value.is("identity") {
        refuse(.unimplemented, "messages can be compressed with gzip alone")
      }
    } else if name.is("grpc-accept-encoding") {
      acceptsGzip = value.lists("gzip")
    } else if name.is("traceparent") {
      // One that is malformed is left out, as W3C Trace Context asks for.
      trace = TraceContext(traceparent: String(decoding: value, as: UTF8.self))?.bytes ?? []
    } else if name.is("idempotency-key") {
      idempotencyKey = GRPCText.idempotencyKey(value)
      if idempotencyKey == nil {
        refuse(.invalidArgument, "an idempotency-key has 32 hexadecimal digits")
      }
    } else if name.is("grpc-previous-rpc-attempts") {
      attempt = 1 + max(0, min(1_000, Int(String(decoding: value, as: UTF8.self)) ?? 0))
    } else {
      return addStatus(name, value)
    }
    return true
  }

  private mutating func addStatus(
    _ name: UnsafeBufferPointer<UInt8>,
    _ value: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    if name.is("grpc-status") {
      code = UInt32(String(decoding: value, as: UTF8.self))
    } else if name.is("grpc-message") {
      message = Array(value)
    } else if name.is("grpc-status-details-bin") {
      details = GRPCText.bytes(base64: value) ?? []
    } else if name.is("grpc-retry-pushback-ms") {
      pushback = Int64(String(decoding: value, as: UTF8.self))
        .flatMap { $0 >= 0 ? .milliseconds(min($0, 86_400_000)) : nil }
      // gRFC A6: a value that is negative or cannot be read asks not to retry.
      forbidsRetry = pushback == nil
    } else if name.is("registry-processed") {
      processed =
        value.is("replayed") ? .replayed : value.is("not-started") ? .notStarted : .mayHaveRun
    } else {
      return false
    }
    return true
  }

  private mutating func addMetadata(
    _ name: UnsafeBufferPointer<UInt8>,
    _ value: UnsafeBufferPointer<UInt8>
  ) {
    let key = String(decoding: name, as: UTF8.self)
    guard key.hasSuffix("-bin") else {
      return metadata.entries.append(Metadata.Entry(key: key, value: Array(value)))
    }
    // Several values of one key may come in one field.
    for part in value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      guard let bytes = GRPCText.bytes(base64: part.filter { $0 != UInt8(ascii: " ") }) else {
        return refuse(.invalidArgument, "the value of \(key) is not base64")
      }
      metadata.entries.append(Metadata.Entry(key: key, value: bytes))
    }
  }

  private mutating func refuse(_ code: StatusCode, _ text: String) {
    if refusal == nil { refusal = RPCError(code, text) }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether the bytes are those of a text.
  fileprivate func `is`(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount, let baseAddress else { return false }
    return memcmp(baseAddress, text.utf8Start, count) == 0
  }

  /// Whether the bytes begin with those of a text.
  fileprivate func begins(_ text: StaticString) -> Bool {
    guard count >= text.utf8CodeUnitCount, let baseAddress else { return false }
    return memcmp(baseAddress, text.utf8Start, text.utf8CodeUnitCount) == 0
  }

  /// Whether a word is among those that commas and spaces part.
  fileprivate func lists(_ word: StaticString) -> Bool {
    var start = 0
    while start < count {
      var end = start
      while end < count, self[end] != UInt8(ascii: ","), self[end] != UInt8(ascii: " ") { end += 1 }
      if UnsafeBufferPointer(rebasing: self[start..<end]).is(word) { return true }
      start = end + 1
    }
    return false
  }
}

extension HTTP2Engine {
  /// A field of them.
  func header(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>) {
    headers.size += 32 + name.count + value.count
    // What is over the limit is not kept; the call is refused when all of it was read.
    if headers.size <= limits.metadataBytes + TextLimits.besideMetadata {
      headers.add(name, value)
    } else if headers.size > Self.headerFlood {
      fatal(.resourceExhausted, "too many header fields")
    }
  }

  // MARK: Server

  /// A request's HEADERS are whole, or the trailers that end one.
  func receivedRequest(_ category: nghttp2_headers_category, stream: UInt32, isLast: Bool) {
    guard category == NGHTTP2_HCAT_REQUEST else {
      // Trailers of a request say nothing in gRPC.
      if isLast { endHalf(stream) }
      return
    }
    if phase == .gone { return reset(stream, NGHTTP2_REFUSED_STREAM) }
    highestCall = max(highestCall, stream)
    guard headers.isPost else { return refuse(stream, withHTTP: 405, isWhole: isLast) }
    guard headers.isGRPC else { return refuse(stream, withHTTP: 415, isWhole: isLast) }
    let call = WireCall(
      id: stream,
      window: limits.callWindow,
      credit: .max,
      maximumMessageBytes: limits.messageBytes
    )
    call.creditTold = UInt64(limits.callWindow)
    if let refusal = takeHeaders(into: call) {
      guard phase != .closed else { return }
      if isLast { _ = call.state.apply(.requestEnd) }
      return tellStatus(refusal, trailers: [:], .notStarted, call)
    }
    running += 1
    call.isRunning = true
    calls.insert(call)
    events.append(.opened(call))
    if isLast { endHalf(stream) }
  }

  /// Takes over what the headers say of a call; returns why it is refused.
  private func takeHeaders(into call: WireCall) -> RPCError? {
    guard running < limits.concurrentCalls, calls.count < limits.concurrentCalls else {
      noteAbuse()
      return RPCError(
        code: .resourceExhausted,
        message: "too many calls at a time on this connection",
        retryDelay: .zero
      )
    }
    guard headers.size <= limits.metadataBytes + TextLimits.besideMetadata,
      headers.metadata.size <= limits.metadataBytes
    else { return RPCError(.resourceExhausted, "metadata over the limit") }
    if let refusal = headers.refusal { return refusal }
    guard headers.metadata.isWellFormed else {
      return RPCError(
        .invalidArgument,
        "metadata has a key or value with a character not permitted"
      )
    }
    guard headers.path.first == UInt8(ascii: "/"), headers.path.count <= 1025 else {
      return RPCError(.unimplemented, "a path that names no method")
    }
    let isNamed = headers.path.withUnsafeBytes { path in
      remember(UnsafeRawBufferPointer(rebasing: path[1...]))
    }
    guard isNamed else { return RPCError(.invalidArgument, "a method's name that is not UTF-8") }
    call.metadata = headers.metadata
    call.trace = headers.trace
    call.attempt = headers.attempt
    call.idempotencyKey = headers.idempotencyKey
    // Who sends compressed messages is answered so, if it reads them.
    call.isCompressed = headers.isGzip && headers.acceptsGzip
    if headers.isGzip { call.marks.insert(.isCompressed) }
    if let timeout = headers.timeout { call.deadline = .after(nanoseconds: timeout, from: now) }
    return nil
  }

  // MARK: Client

  /// A response's HEADERS are whole: its metadata, or its status.
  func receivedResponse(stream: UInt32, isLast: Bool) {
    guard let call = calls.find(stream), !(100..<200).contains(headers.httpStatus) else { return }
    guard headers.size <= limits.metadataBytes + TextLimits.besideMetadata else {
      return violate(call, .resourceExhausted, "response metadata over the limit")
    }
    if isLast { return finish(call) }
    // Something that is not gRPC, such as a proxy, answers.
    guard headers.httpStatus == 200, headers.isGRPC else {
      let code = GRPCText.code(ofHTTP: headers.httpStatus)
      return violate(call, code, "an answer with HTTP status \(headers.httpStatus), not of gRPC")
    }
    if let refusal = headers.refusal { return violate(call, .internalError, refusal.message) }
    guard headers.metadata.isWellFormed, call.state.apply(.responseHead) else {
      return violate(call, .internalError, "malformed or repeated response metadata")
    }
    if headers.isGzip { call.marks.insert(.isCompressed) }
    call.head = headers.metadata
    events.append(.headed(call))
  }

  private func finish(_ call: WireCall) {
    var failure: RPCError?
    if let code = headers.code {
      call.wasAnswered = true
      call.trailers = headers.metadata
      call.processed = headers.processed
      if code != 0 {
        var error = RPCError(
          code: StatusCode(rawValue: code),
          message: GRPCText.decoded(headers.message),
          metadata: headers.metadata,
          retryDelay: headers.pushback,
          processed: headers.processed
        )
        error.forbidsRetry = headers.forbidsRetry
        GRPCStatus.decode(headers.details, into: &error)
        failure = error
      } else if call.inbound.count > call.scanned {
        failure = RPCError(.internalError, "the server ended the call within a message")
      }
    } else if headers.httpStatus != 0, headers.httpStatus != 200 {
      failure = RPCError(
        GRPCText.code(ofHTTP: headers.httpStatus),
        "an answer with HTTP status \(headers.httpStatus), not of gRPC"
      )
    } else {
      failure = RPCError(.unknown, "the server ended the call without a status")
    }
    // What is not sent yet has nowhere to go.
    if nghttp2_session_get_stream_local_close(session, Int32(call.id)) == 0 {
      reset(call.id, NGHTTP2_NO_ERROR)
    }
    end(call, failure: failure, move: .status)
  }
}

extension HeaderBlock {
  /// How a response begins that has headers of its own.
  mutating func addResponse() {
    add(":status", "200")
    add("content-type", "application/grpc")
    add("grpc-accept-encoding", "identity,gzip")
  }

  /// A request's headers; a `remaining` of 0 is no deadline (µs).
  mutating func add(
    _ request: OutgoingCall,
    remaining: UInt64,
    authority: String,
    software: String
  ) {
    add(":method", "POST")
    add(":scheme", "https")
    add(":path", "/" + request.method)
    add(":authority", authority)
    add("te", "trailers")
    add("content-type", "application/grpc")
    add("user-agent", "\(software) grpc-household-registry")
    add("grpc-accept-encoding", "identity,gzip")
    if request.isCompressed { add("grpc-encoding", "gzip") }
    if remaining > 0 { add("grpc-timeout", GRPCText.timeout(microseconds: remaining)) }
    if request.attempt > 1 { add("grpc-previous-rpc-attempts", "\(request.attempt - 1)") }
    if let trace = TraceContext(bytes: request.trace) { add("traceparent", trace.traceparent) }
    if let key = request.idempotencyKey {
      let digits = key.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
      add("idempotency-key", digits.joined())
    }
    add(request.metadata)
  }

  /// Metadata, the binary in base64.
  mutating func add(_ metadata: Metadata) {
    for entry in metadata.entries {
      // HTTP/2 has no room for spaces around a value.
      let isBinary = entry.key.hasSuffix("-bin")
      add(entry.key, isBinary ? GRPCText.base64(entry.value) : GRPCText.trimmed(entry.value))
    }
  }

  /// A status and what comes with it.
  mutating func add(
    _ error: RPCError?,
    _ trailers: Metadata,
    _ processed: Processed,
    detailsType: String
  ) {
    add("grpc-status", "\(error?.code.rawValue ?? 0)")
    if let error {
      if !error.message.isEmpty { add("grpc-message", GRPCText.encoded(error.message)) }
      if let details = GRPCStatus.encode(error, detailsOf: detailsType) {
        add("grpc-status-details-bin", GRPCText.base64(details))
      }
      if let delay = error.retryDelay {
        add("grpc-retry-pushback-ms", "\(min(86_400_000, delay.wholeNanoseconds / 1_000_000))")
      }
    }
    switch processed {
    case .replayed: add("registry-processed", "replayed")
    case .notStarted: add("registry-processed", "not-started")
    default: break
    }
    add(trailers)
  }
}
