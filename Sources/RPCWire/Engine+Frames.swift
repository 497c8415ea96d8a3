extension Engine {
  /// Appends a frame whose payload is written by a closure.
  func frame(
    _ type: FrameType,
    flags: UInt8 = 0,
    call: UInt32 = 0,
    payload: (inout ByteQueue) -> Void
  ) {
    let start = output.count
    _ = output.extend(by: FrameHeader.byteCount)
    payload(&output)
    let length = output.count - start - FrameHeader.byteCount
    let header = FrameHeader(
      length: UInt32(truncatingIfNeeded: length),
      type: type.rawValue,
      flags: flags,
      call: call
    )
    if let memory = output.mutablePointer(at: start) { header.write(to: memory) }
  }

  /// Appends a frame of 8 bytes: CREDIT or PING.
  func frame(_ type: FrameType, flags: UInt8 = 0, call: UInt32 = 0, number: UInt64) {
    let memory = output.extend(by: FrameHeader.byteCount + 8)
    FrameHeader(length: 8, type: type.rawValue, flags: flags, call: call).write(to: memory)
    memory.storeBytes(
      of: number.bigEndian,
      toByteOffset: FrameHeader.byteCount,
      as: UInt64.self
    )
  }

  /// Appends a DATA header and makes room for its payload.
  func dataFrame(_ call: WireCall, payload count: Int) -> UnsafeMutableRawPointer {
    lastDataCall = call.id
    lastDataPosition = consumed &+ UInt64(output.count)
    let memory = output.extend(by: FrameHeader.byteCount + count)
    FrameHeader(
      length: UInt32(truncatingIfNeeded: count),
      type: FrameType.data.rawValue,
      call: call.id
    ).write(to: memory)
    return memory + FrameHeader.byteCount
  }

  /// Ends the requests of a call: on its last DATA frame if that has not left yet.
  func endFrame(_ call: WireCall) {
    if lastDataCall == call.id, lastDataPosition >= offered,
      let header = output.mutablePointer(at: Int(lastDataPosition - consumed))
    {
      header.storeBytes(of: FrameHeader.endFlag, toByteOffset: 5, as: UInt8.self)
    } else {
      frame(.data, flags: FrameHeader.endFlag, call: call.id) { _ in }
    }
  }

  /// The bytes to be written, valid until the engine is used again.
  ///
  /// They do not change any more: TLS may have encrypted them even when it could not send them.
  package func offerOutput() -> UnsafeRawBufferPointer {
    offered = consumed &+ UInt64(output.count)
    return output.bytes
  }

  /// Takes written bytes away.
  package func consumeOutput(_ count: Int) {
    consumed &+= UInt64(count)
    output.consume(count)
  }
}
