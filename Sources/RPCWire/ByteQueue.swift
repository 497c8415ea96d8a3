/// Bytes that are added at one end and taken at the other, contiguous in memory.
///
/// The memory grows with what arrives, never with what is announced, and is given up when the
/// queue runs empty, except for a small block that saves the next allocation.
package struct ByteQueue: ~Copyable {
  /// What an empty queue may keep, unless told otherwise.
  static let keptCapacity = 2048

  private var memory: UnsafeMutableRawPointer?
  private var capacity = 0
  private var head = 0
  private var tail = 0

  private let kept: Int

  /// Starts empty, without memory; keeps at most `kept` bytes when it runs empty.
  package init(keeping kept: Int = ByteQueue.keptCapacity) { self.kept = kept }

  deinit { memory?.deallocate() }

  /// How many bytes wait.
  package var count: Int { tail - head }

  /// Whether no byte waits.
  package var isEmpty: Bool { tail == head }

  /// Memory held, whether used or not.
  var keptBytes: Int { capacity }

  /// The bytes that wait; valid until the queue is changed.
  package var bytes: UnsafeRawBufferPointer {
    guard let memory else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    return UnsafeRawBufferPointer(start: UnsafeRawPointer(memory) + head, count: tail - head)
  }

  /// Adds bytes to be written at once by the caller; valid until the queue is changed.
  package mutating func extend(by count: Int) -> UnsafeMutableRawPointer {
    if memory == nil || capacity - tail < count { makeRoom(for: count) }
    guard let memory else { preconditionFailure("makeRoom leaves memory behind") }
    defer { tail += count }
    return memory + tail
  }

  /// Adds a copy of bytes.
  package mutating func append(_ source: UnsafeRawPointer, count: Int) {
    guard count > 0 else { return }
    extend(by: count).copyMemory(from: source, byteCount: count)
  }

  /// Takes bytes away at the front; at most `count` of them.
  package mutating func consume(_ count: Int) {
    head += min(count, tail - head)
    if head == tail { clear() }
  }

  /// The byte at a position from the front, to be changed in place.
  func mutablePointer(at position: Int) -> UnsafeMutableRawPointer? {
    guard let memory, position >= 0, position < count else { return nil }
    return memory + head + position
  }

  /// Drops everything.
  package mutating func clear() {
    head = 0
    tail = 0
    if capacity > kept { release() }
  }

  /// Gives the memory of an empty queue up.
  package mutating func release() {
    guard isEmpty else { return }
    memory?.deallocate()
    memory = nil
    capacity = 0
    head = 0
    tail = 0
  }

  private mutating func makeRoom(for more: Int) {
    let waiting = count
    if let memory, waiting + more <= capacity, head >= waiting {
      memory.copyMemory(from: memory + head, byteCount: waiting)
    } else {
      // Small blocks grow fast; large ones double.
      let grown = capacity * (capacity < 64 << 10 ? 4 : 2)
      let new = UnsafeMutableRawPointer.allocate(
        byteCount: max(waiting + more, grown, 256),
        alignment: 16
      )
      if let memory {
        new.copyMemory(from: memory + head, byteCount: waiting)
        memory.deallocate()
      }
      capacity = max(waiting + more, grown, 256)
      memory = new
    }
    head = 0
    tail = waiting
  }
}
