internal import CNGHTTP2

/// Makes nghttp2 sessions whose callbacks are an engine's.
///
/// The engine's address is the callbacks' user data: it owns the session and frees it last.
enum HTTP2Session {
  /// Makes a session; nil without memory.
  static func make(_ role: Engine.Role, engine: HTTP2Engine) -> OpaquePointer? {
    var session: OpaquePointer?
    let user = Unmanaged.passUnretained(engine).toOpaque()
    guard let callbacks = shared.callbacks, let options = shared.options else { return nil }
    let status =
      role == .server
      ? nghttp2_session_server_new2(&session, callbacks, user, options)
      : nghttp2_session_client_new2(&session, callbacks, user, options)
    return status == 0 ? session : nil
  }

  /// What all sessions start from; nghttp2 copies it.
  private struct Shared: @unchecked Sendable {
    // Unchecked: never written once made.
    var callbacks: OpaquePointer?
    var options: OpaquePointer?
  }

  private static let shared: Shared = {
    var shared = Shared()
    guard nghttp2_session_callbacks_new(&shared.callbacks) == 0,
      nghttp2_option_new(&shared.options) == 0
    else { return shared }
    // Windows follow from what the application takes.
    nghttp2_option_set_no_auto_window_update(shared.options, 1)
    // gRPC's clients may send metadata with spaces at its ends.
    nghttp2_option_set_no_rfc9113_leading_and_trailing_ws_validation(shared.options, 1)
    // Streams that ended are not kept for priorities, which nobody uses.
    nghttp2_option_set_no_closed_streams(shared.options, 1)
    let callbacks = shared.callbacks
    nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks) { _, _, user in
      HTTP2Session.engine(user).headers.clear()
      return 0
    }
    nghttp2_session_callbacks_set_on_header_callback(callbacks) {
      _,
      _,
      name,
      nameCount,
      value,
      valueCount,
      _,
      user in
      HTTP2Session.engine(user).header(
        UnsafeBufferPointer(start: name, count: nameCount),
        UnsafeBufferPointer(start: value, count: valueCount)
      )
      return 0
    }
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks) { _, frame, user in
      if let frame { HTTP2Session.engine(user).received(frame.pointee) }
      return 0
    }
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks) {
      _,
      _,
      stream,
      bytes,
      count,
      user in
      HTTP2Session.engine(user).receivedData(
        UnsafeRawBufferPointer(start: bytes, count: count),
        stream: UInt32(stream)
      )
      return 0
    }
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks) { _, stream, code, user in
      HTTP2Session.engine(user).closed(stream: UInt32(stream), code)
      return 0
    }
    nghttp2_session_callbacks_set_on_frame_send_callback(callbacks) { _, frame, user in
      if let frame, frame.pointee.hd.type == NGHTTP2_HEADERS.rawValue {
        HTTP2Session.engine(user).sentHeaders(
          stream: UInt32(frame.pointee.hd.stream_id),
          isLast: UInt32(frame.pointee.hd.flags) & NGHTTP2_FLAG_END_STREAM.rawValue != 0
        )
      }
      return 0
    }
    nghttp2_session_callbacks_set_send_data_callback(callbacks) {
      _,
      frame,
      header,
      count,
      _,
      user in
      guard let frame, let header else { return NGHTTP2_ERR_CALLBACK_FAILURE.rawValue }
      let stream = UInt32(frame.pointee.hd.stream_id)
      let engine = HTTP2Session.engine(user)
      guard engine.send(header: header, count: count, stream: stream) else {
        return NGHTTP2_ERR_CALLBACK_FAILURE.rawValue
      }
      // Else all that waits would go into the output at once.
      return engine.output.count < engine.limits.outputBytes ? 0 : NGHTTP2_ERR_PAUSE.rawValue
    }
    return shared
  }()

  static func engine(_ user: UnsafeMutableRawPointer?) -> HTTP2Engine {
    guard let user else { preconditionFailure("every session has its engine") }
    return Unmanaged<HTTP2Engine>.fromOpaque(user).takeUnretainedValue()
  }

  /// Reads the bytes of a stream's DATA frames from its call.
  static func provider() -> nghttp2_data_provider {
    var provider = nghttp2_data_provider()
    provider.read_callback = { _, stream, _, most, flags, _, user in
      HTTP2Session.engine(user).nextData(
        stream: UInt32(stream),
        atMost: most,
        &flags.unsafelyUnwrapped.pointee
      )
    }
    return provider
  }
}
