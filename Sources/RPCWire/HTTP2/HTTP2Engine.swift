internal import CNGHTTP2
internal import RPCCore

/// One end of a connection that speaks gRPC over HTTP/2: the second door to the same calls.
///
/// nghttp2 reads and writes frames, packs headers and counts HTTP/2's windows; what calls, messages,
/// deadlines and drains are is the base class's. `proto/PROTOCOL.md`, The second door, says how each
/// is written. Source: gRPC's `PROTOCOL-HTTP2.md`.
package final class HTTP2Engine: Engine {
  /// What TLS calls the protocol (ALPN).
  package static let protocolName = "h2"
  /// Bytes of a call's headers, decoded, after which the connection ends: a small frame can become
  /// much.
  static let headerFlood = 256 << 10
  /// The window of a connection before anything is said (RFC 9113, 6.9.2).
  private static let firstWindow = 65_535
  /// How often gRPC servers let clients ping unless told otherwise (ns).
  private static let politePing: UInt64 = 300_000_000_000

  /// The host, or host and port, that requests name; empty at a server.
  private let authority: String
  /// What a failure's details are a message of.
  private let detailsType: String
  private let software: String
  @exclusivity(unchecked) private(set) var session: OpaquePointer?
  /// The headers that are coming in.
  @exclusivity(unchecked) var headers = IncomingHeaders()
  /// Streams whose requests are to stop once their last HEADERS have left: before that RST_STREAM would
  /// make nghttp2 drop them.
  @exclusivity(unchecked) private var stopping: Set<UInt32> = []
  /// Where the input's frames end.
  @exclusivity(unchecked) private var frames: FrameBorders

  /// Starts one end of a connection; its SETTINGS are the first output.
  ///
  /// - Parameters:
  ///   - role: which end.
  ///   - limits: what this end accepts.
  ///   - software: name and version, told to the peer.
  ///   - authority: client: the host, or host and port, that is called.
  ///   - detailsType: the message that failures carry as details, such as
  ///     `registry.v1.ErrorDetails`; empty tells no details.
  ///   - now: the present in nanoseconds of the monotonic clock.
  package init(
    role: Role,
    limits: Limits,
    software: String,
    authority: String = "",
    detailsType: String,
    now: UInt64
  ) {
    self.authority = authority
    self.detailsType = detailsType
    self.software = software
    frames = FrameBorders(preface: role == .server ? 24 : 0)
    super.init(role: role, limits: limits, software: software, now: now, greets: false)
    // gRPC does not tell the largest message; the peer refuses what it does not take.
    peer.messageBytes = limits.messageBytes
    peer.metadataBytes = limits.metadataBytes
    peer.pingInterval = Self.politePing
    isCompressionOn = true
    session = HTTP2Session.make(role, engine: self)
    if session == nil {
      close(with: RPCError(.resourceExhausted, "no memory for an HTTP/2 session"))
    } else {
      greet()
    }
  }

  deinit { nghttp2_session_del(session) }

  private func greet() {
    let window = UInt32(clamping: limits.callWindow)
    var settings = [
      nghttp2_settings_entry(
        settings_id: Int32(NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE.rawValue),
        value: window
      ),
      nghttp2_settings_entry(
        settings_id: Int32(NGHTTP2_SETTINGS_MAX_FRAME_SIZE.rawValue),
        value: UInt32(clamping: max(16_384, limits.frameBytes))
      ),
      // Counted as metadata is, with room for what gRPC adds.
      nghttp2_settings_entry(
        settings_id: Int32(NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE.rawValue),
        value: UInt32(clamping: limits.metadataBytes + TextLimits.besideMetadata)
      ),
      role == .server
        ? nghttp2_settings_entry(
          settings_id: Int32(NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS.rawValue),
          value: UInt32(clamping: limits.concurrentCalls)
        )
        : nghttp2_settings_entry(
          settings_id: Int32(NGHTTP2_SETTINGS_ENABLE_PUSH.rawValue),
          value: 0
        ),
    ]
    nghttp2_submit_settings(session, UInt8(NGHTTP2_FLAG_NONE.rawValue), &settings, settings.count)
    nghttp2_submit_window_update(
      session,
      UInt8(NGHTTP2_FLAG_NONE.rawValue),
      0,
      Int32(clamping: limits.connectionWindow - Self.firstWindow)
    )
  }

  // MARK: Input

  override func step() -> Bool {
    guard let start = input.baseAddress, !input.isEmpty else { return false }
    // Frame by frame, so that a call's bounds are known before its messages come.
    let count = frames.take(input)
    if frames.takeUnknown() { noteAbuse() }
    guard phase != .closed else { return false }
    let result = nghttp2_session_mem_recv(session, start, count)
    guard phase != .closed else { return false }
    guard result >= 0 else {
      let text =
        result == Int(NGHTTP2_ERR_BAD_CLIENT_MAGIC.rawValue)
        ? "the peer does not speak HTTP/2" : String(cString: nghttp2_strerror(Int32(result)))
      fatal(.internalError, text)
      return false
    }
    advanceInput(count)
    settleCredit()
    endIfOver()
    return true
  }

  /// Counts what nghttp2 kept for itself, DATA of streams that are reset and padding: nobody will take
  /// it, and nghttp2 forgets that it is to be given back when other credit is.
  private func settleCredit() {
    let available = windowLeft
    guard available != receiving.available else { return }
    receiving.settle(available: available)
    announceConnection()
  }

  /// Bytes that the peer may still send on the connection, as nghttp2 counts them.
  private var windowLeft: UInt64 {
    UInt64(max(0, nghttp2_session_get_local_window_size(session)))
  }

  /// Ends the connection when nghttp2 has said goodbye, because of what came or because all is over.
  private func endIfOver() {
    guard phase != .closed, nghttp2_session_want_read(session) == 0,
      nghttp2_session_want_write(session) == 0
    else { return }
    close(with: RPCError(.unavailable, "the HTTP/2 connection has ended"))
  }

  /// Acts on a frame that is whole.
  func received(_ frame: nghttp2_frame) {
    guard phase != .closed else { return }
    let flags = UInt32(frame.hd.flags)
    let isLast = flags & NGHTTP2_FLAG_END_STREAM.rawValue != 0
    let isAnswer = flags & NGHTTP2_FLAG_ACK.rawValue != 0
    let stream = UInt32(frame.hd.stream_id)
    switch nghttp2_frame_type(UInt32(frame.hd.type)) {
    case NGHTTP2_HEADERS:
      if role == .server {
        receivedRequest(frame.headers.cat, stream: stream, isLast: isLast)
      } else {
        receivedResponse(stream: stream, isLast: isLast)
      }
    case NGHTTP2_DATA:
      receivedDataFrame(length: frame.hd.length, padding: frame.data.padlen, stream, isLast: isLast)
    // RST_STREAM counts where it ends a call: `closed`.
    case NGHTTP2_PRIORITY: noteAbuse()
    case NGHTTP2_SETTINGS:
      if !isAnswer { receivedSettings() }
    case NGHTTP2_PING:
      noteAbuse()
      if isAnswer { receivedPong(frame.ping) }
    case NGHTTP2_GOAWAY:
      if isRefused { noteAbuse() }
      isRefused = true
      events.append(.goAway)
    case NGHTTP2_WINDOW_UPDATE:
      // Every implementation collects before it gives credit back.
      if frame.window_update.window_size_increment < 256 { noteAbuse() }
    default: break
    }
  }

  private func receivedSettings() {
    if isGreeted { noteAbuse() }
    guard phase != .closed else { return }
    if role == .client {
      let most = nghttp2_session_get_remote_settings(
        session,
        NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS
      )
      peer.concurrentCalls = Int(min(most, 1 << 20))
    }
    let list = nghttp2_session_get_remote_settings(session, NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE)
    if list != .max {
      peer.metadataBytes = min(
        limits.metadataBytes,
        max(0, Int(list) - TextLimits.besideMetadata / 4)
      )
    }
    isGreeted = true
    events.append(.hello)
  }

  private func receivedPong(_ ping: nghttp2_ping) {
    let number = withUnsafeBytes(of: ping.opaque_data) { $0.loadUnaligned(as: UInt64.self) }
    if UInt64(bigEndian: number) == drainPing { finishDrain() }
  }

  private func receivedDataFrame(length: Int, padding: Int, _ stream: UInt32, isLast: Bool) {
    guard !isLast else { return endHalf(stream) }
    if length <= padding { noteAbuse() }
    guard padding > 0, phase != .closed, calls.find(stream) != nil else { return }
    // The call does not count it; nghttp2 forgets it when the call's other credit is given.
    extendWindow(of: stream, by: UInt64(padding))
  }

  /// Takes over the bytes of a DATA frame, or a part of them.
  func receivedData(_ bytes: UnsafeRawBufferPointer, stream: UInt32) {
    guard phase != .closed, bytes.count > 0 else { return }
    beginData(
      FrameHeader(
        length: UInt32(bytes.count),
        type: FrameType.data.rawValue,
        call: stream
      )
    )
    dataRemaining = 0
    deliver(bytes)
  }

  /// The peer has ended its half of a stream.
  func endHalf(_ stream: UInt32) {
    guard phase != .closed, let call = calls.find(stream) else { return }
    if role == .client {
      return violate(call, .internalError, "the server ended the call without a status")
    }
    beginData(
      FrameHeader(
        length: 0,
        type: FrameType.data.rawValue,
        flags: FrameHeader.endFlag,
        call: stream
      )
    )
  }

  /// A stream is over for nghttp2; a call that is not was reset.
  func closed(stream: UInt32, _ code: UInt32) {
    if !stopping.isEmpty { stopping.remove(stream) }
    guard phase != .closed, let call = calls.find(stream) else { return }
    // By the peer, or by nghttp2 because of what the peer sent. A server that refuses calls does no
    // harm: its client goes by the retry rules.
    if role == .server { noteAbuse() }
    guard phase != .closed else { return }
    end(call, failure: GRPCText.failure(ofReset: code), move: .reset)
  }

  // MARK: Output

  package override var encoding: MessageEncoding { .gzip }

  override func takesCompressed(_ call: WireCall) -> Bool { call.marks.contains(.isCompressed) }

  // Only a message that comes without `grpc-encoding` gets this far. Source: gRPC's `compression.md`.
  override var compressionRefusal: StatusCode { .internalError }

  package override var hasOutput: Bool {
    !output.isEmpty || (session != nil && nghttp2_session_want_write(session) != 0)
  }

  package override func prepareOutput() {
    // After the end too: the peer is to learn why.
    while session != nil, output.count < limits.outputBytes {
      var bytes: UnsafePointer<UInt8>?
      let count = nghttp2_session_mem_send(session, &bytes)
      guard count > 0, let bytes else {
        if count < 0, phase != .closed {
          close(with: RPCError(.internalError, String(cString: nghttp2_strerror(Int32(count)))))
        }
        // Its last word to a peer that broke the rules is only now among the output.
        endIfOver()
        return
      }
      output.append(bytes, count: count)
    }
  }

  override func room(for count: Int, flag: UInt8, on call: WireCall) -> UnsafeMutableRawPointer {
    if role == .server { begin(call) }
    let size = MessagePrefix.byteCount + count
    let memory = call.outbound.extend(by: size)
    queuedBytes += size
    MessagePrefix.write(count, flag: flag, to: memory)
    return memory + MessagePrefix.byteCount
  }

  override func queue(_ call: WireCall) { nghttp2_session_resume_data(session, Int32(call.id)) }

  /// How many bytes of a call nghttp2 may put into a frame now; told also what comes behind them.
  func nextData(stream: UInt32, atMost most: Int, _ flags: inout UInt32) -> Int {
    guard let call = calls.find(stream) else { return Int(NGHTTP2_ERR_DEFERRED.rawValue) }
    let count = min(most, call.outbound.count)
    let isAll = count == call.outbound.count
    if isAll, let status = call.statusAfterOutbound {
      flags |= NGHTTP2_DATA_FLAG_EOF.rawValue | NGHTTP2_DATA_FLAG_NO_END_STREAM.rawValue
      tellTrailers(nil, status.trailers, status.processed, call)
      call.marks.insert(.isClosing)
    } else if isAll, call.endAfterOutbound || call.marks.contains(.hasEnded) {
      flags |= NGHTTP2_DATA_FLAG_EOF.rawValue
      call.endAfterOutbound = false
      call.marks.insert(.hasEnded)
    } else if count == 0 {
      return Int(NGHTTP2_ERR_DEFERRED.rawValue)
    }
    if count > 0 { flags |= NGHTTP2_DATA_FLAG_NO_COPY.rawValue }
    return count
  }

  /// Writes a DATA frame with a call's next bytes, which `nextData` has just promised; false where
  /// they are gone.
  func send(header: UnsafePointer<UInt8>, count: Int, stream: UInt32) -> Bool {
    guard let call = calls.find(stream), call.outbound.count >= count,
      let source = call.outbound.bytes.baseAddress
    else { return false }
    let size = 9
    let memory = output.extend(by: size + count)
    memory.copyMemory(from: header, byteCount: size)
    (memory + size).copyMemory(from: source, byteCount: count)
    call.sending.spend(count)
    call.outbound.consume(count)
    queuedBytes -= count
    abuse.noteProgress()
    letSenderGoOn(call)
    if call.outbound.isEmpty, call.marks.contains(.isClosing) {
      call.statusAfterOutbound = nil
      end(call, failure: nil, move: .status)
    }
    return true
  }

  /// HEADERS of a stream have left nghttp2.
  func sentHeaders(stream: UInt32, isLast: Bool) {
    if isLast, !stopping.isEmpty, stopping.remove(stream) != nil { reset(stream, NGHTTP2_NO_ERROR) }
    guard role == .client, let call = calls.find(stream) else { return }
    call.openPosition = consumed &+ UInt64(output.count)
  }

  // MARK: What the base class tells

  /// Sends the first HEADERS of a response, without metadata of its own.
  private func begin(_ call: WireCall) {
    guard !call.marks.contains(.isBegun) else { return }
    if call.isCompressed { return tellHead([:], call) }
    call.marks.insert(.isBegun)
    let head = FixedHeaders.head
    var provider = HTTP2Session.provider()
    nghttp2_submit_response(session, Int32(call.id), head.fields, head.count, &provider)
  }

  override func tellHead(_ metadata: Metadata, _ call: WireCall) {
    guard !call.marks.contains(.isBegun) else { return }
    call.marks.insert(.isBegun)
    var block = HeaderBlock()
    block.addResponse()
    if call.isCompressed { block.add("grpc-encoding", "gzip") }
    block.add(metadata)
    var provider = HTTP2Session.provider()
    block.withFields { fields, count in
      _ = nghttp2_submit_response(session, Int32(call.id), fields, count, &provider)
    }
  }

  override func tellStatus(
    _ error: RPCError?,
    trailers: Metadata,
    _ processed: Processed,
    _ call: WireCall
  ) {
    if call.marks.contains(.isBegun) {
      // They overtake what waits for the peer's credit, which is dropped.
      tellTrailers(error, trailers, processed, call)
    } else if processed == .notStarted, let error, Self.mayBeSentAgain(error) {
      reset(call.id, NGHTTP2_REFUSED_STREAM)
    } else {
      call.marks.insert(.isBegun)
      var block = HeaderBlock()
      block.addResponse()
      block.add(error, trailers, processed, detailsType: detailsType)
      block.withFields { fields, count in
        _ = nghttp2_submit_response(session, Int32(call.id), fields, count, nil)
      }
      if call.state.requestsOpen { stopping.insert(call.id) }
    }
  }

  /// Whether a client that sends the call again may fare better: it does so by itself on
  /// REFUSED_STREAM.
  private static func mayBeSentAgain(_ error: RPCError) -> Bool {
    error.code == .unavailable || (error.code == .resourceExhausted && error.retryDelay != nil)
  }

  /// Hands the last HEADERS of a stream to nghttp2.
  private func tellTrailers(
    _ error: RPCError?,
    _ trailers: Metadata,
    _ processed: Processed,
    _ call: WireCall
  ) {
    if error == nil, trailers.isEmpty, processed != .replayed {
      let success = FixedHeaders.success
      nghttp2_submit_trailer(session, Int32(call.id), success.fields, success.count)
    } else {
      var block = HeaderBlock()
      block.add(error, trailers, processed, detailsType: detailsType)
      block.withFields { fields, count in
        _ = nghttp2_submit_trailer(session, Int32(call.id), fields, count)
      }
    }
    if call.state.requestsOpen { stopping.insert(call.id) }
  }

  func reset(_ stream: UInt32, _ code: nghttp2_error_code) {
    nghttp2_submit_rst_stream(
      session,
      UInt8(NGHTTP2_FLAG_NONE.rawValue),
      Int32(stream),
      code.rawValue
    )
  }

  /// Answers a request that is none of gRPC's.
  func refuse(_ stream: UInt32, withHTTP status: Int, isWhole: Bool) {
    var block = HeaderBlock()
    block.add(":status", "\(status)")
    block.withFields { fields, count in
      _ = nghttp2_submit_response(session, Int32(stream), fields, count, nil)
    }
    if !isWhole { stopping.insert(stream) }
  }

  override func tellOpen(
    _ request: OutgoingCall,
    remaining: UInt64,
    _ call: WireCall
  ) throws(RPCError) {
    call.sending = SendCredit(limit: .max)
    call.creditTold = UInt64(limits.callWindow)
    call.openPosition = .max
    var block = HeaderBlock()
    block.add(request, remaining: remaining, authority: authority, software: software)
    var provider = HTTP2Session.provider()
    let stream = block.withFields { fields, count in
      nghttp2_submit_request(session, nil, fields, count, &provider, nil)
    }
    guard stream == Int32(call.id) else {
      isRefused = true
      throw RPCError(
        code: .unavailable,
        message: "the connection takes no further calls",
        processed: .notStarted
      )
    }
    call.marks.insert(.isBegun)
  }

  override func tellEnd(_ call: WireCall) {
    call.marks.insert(.hasEnded)
    nghttp2_session_resume_data(session, Int32(call.id))
  }

  override func tellReset(_ error: RPCError, _ call: WireCall) {
    reset(call.id, error.code == .internalError ? NGHTTP2_INTERNAL_ERROR : NGHTTP2_CANCEL)
  }

  override func tellCredit(_ total: UInt64, _ call: WireCall?) {
    guard let call else {
      let wanted = total - receiving.received
      let left = windowLeft
      if wanted > left { extendWindow(of: 0, by: wanted - left) }
      return
    }
    guard total > call.creditTold else { return }
    let more = total - call.creditTold
    call.creditTold = total
    extendWindow(of: call.id, by: more)
  }

  /// Lets the peer send more on a stream, or on the connection where that is 0.
  private func extendWindow(of stream: UInt32, by count: UInt64) {
    let result = nghttp2_submit_window_update(
      session,
      UInt8(NGHTTP2_FLAG_NONE.rawValue),
      Int32(stream),
      Int32(clamping: count)
    )
    // The two counts would part.
    if result != 0 { close(with: RPCError(.resourceExhausted, "no memory for the peer's credit")) }
  }

  override func tellPing(_ number: UInt64) {
    withUnsafeBytes(of: number.bigEndian) { octets in
      _ = nghttp2_submit_ping(
        session,
        UInt8(NGHTTP2_FLAG_NONE.rawValue),
        octets.bindMemory(to: UInt8.self).baseAddress
      )
    }
  }

  override func tellGoAway(_ highest: UInt32) {
    if highest == 0x7fff_ffff {
      nghttp2_submit_shutdown_notice(session)
    } else {
      goAway(NGHTTP2_NO_ERROR, "")
    }
  }

  override func tellFatal(_ error: RPCError) {
    switch error.code {
    case .resourceExhausted: goAway(NGHTTP2_ENHANCE_YOUR_CALM, error.message)
    case .internalError, .failedPrecondition: goAway(NGHTTP2_PROTOCOL_ERROR, error.message)
    default: goAway(NGHTTP2_NO_ERROR, error.message)
    }
  }

  private func goAway(_ code: nghttp2_error_code, _ text: String) {
    let octets = Array(text.utf8.prefix(TextLimits.textBytes))
    nghttp2_submit_goaway(
      session,
      UInt8(NGHTTP2_FLAG_NONE.rawValue),
      nghttp2_session_get_last_proc_stream_id(session),
      code.rawValue,
      octets,
      octets.count
    )
  }
}

/// Finds where frames end in input that comes in any pieces.
struct FrameBorders {
  private static let headerCount = 9

  /// Bytes that are left of a frame's payload, or of what comes before the first frame.
  private var remaining: Int
  private var header: (count: Int, length: Int, type: UInt8) = (0, 0, 0)
  private var isUnknown = false

  init(preface: Int) { remaining = preface }

  /// Whether a frame has begun, since this was last asked, that nghttp2 ignores without a word.
  mutating func takeUnknown() -> Bool {
    defer { isUnknown = false }
    return isUnknown
  }

  /// How many bytes of the input belong to its first frame.
  mutating func take(_ input: UnsafeRawBufferPointer) -> Int {
    var count = 0
    if remaining == 0 {
      while header.count < Self.headerCount, count < input.count {
        // The first three bytes are the length.
        if header.count < 3 { header.length = header.length << 8 | Int(input[count]) }
        if header.count == 3 { header.type = input[count] }
        header.count += 1
        count += 1
      }
      guard header.count == Self.headerCount else { return count }
      remaining = header.length
      isUnknown = header.type > UInt8(NGHTTP2_CONTINUATION.rawValue)
      header = (0, 0, 0)
    }
    let more = min(remaining, input.count - count)
    remaining -= more
    return count + more
  }
}
