import RPCCore

/// A message that is its text.
struct Text: WireMessage, Equatable {
  var value: String
  init(_ value: String) { self.value = value }
  init(count: Int) { value = String(repeating: "x", count: count) }
  init(wireBytes: UnsafeRawBufferPointer) throws(RPCError) {
    value = String(decoding: wireBytes, as: UTF8.self)
  }
  func encode(reserve: (Int) -> UnsafeMutableRawPointer) throws(RPCError) {
    let bytes = Array(value.utf8)
    let memory = reserve(bytes.count)
    UnsafeMutableRawBufferPointer(start: memory, count: bytes.count).copyBytes(from: bytes)
  }
}

/// The methods of the test service.
enum Methods {
  static let echo = MethodDescriptor(service: "t.Echo", method: "Echo", kind: .unary)
  static let read = MethodDescriptor(
    service: "t.Echo",
    method: "Read",
    kind: .unary,
    isReadOnly: true
  )
  static let split = MethodDescriptor(service: "t.Echo", method: "Split", kind: .serverStreaming)
  static let join = MethodDescriptor(service: "t.Echo", method: "Join", kind: .clientStreaming)
  static let chat = MethodDescriptor(service: "t.Echo", method: "Chat", kind: .bidirectional)
  static let flood = MethodDescriptor(service: "t.Echo", method: "Flood", kind: .serverStreaming)
  static let hang = MethodDescriptor(service: "t.Echo", method: "Hang", kind: .unary)
  static let nested = MethodDescriptor(service: "t.Echo", method: "Nested", kind: .unary)
  static let gated = MethodDescriptor(service: "t.Echo", method: "Gated", kind: .unary)
}
