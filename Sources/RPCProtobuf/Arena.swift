internal import CProtobufC
internal import Glibc

/// Memory for the C structures of a message being read or written: allocated by moving a pointer,
/// given back all at once.
///
/// Each thread has one (`Arena.current`) and keeps its first chunk. Uses nest like a stack: a
/// message written while another is read takes its memory above, and gives it back first.
struct Arena {
  /// Why an allocation or a conversion failed.
  enum Failure {
    case none
    /// The cap, or the machine's memory, is used up.
    case exhausted
    /// A string holds a NUL, which a C string can't.
    case nul(field: StaticString)
    /// A message nests deeper than a reader accepts.
    case depth
  }

  /// Heads every chunk of memory.
  fileprivate struct Chunk {
    var previous: UnsafeMutablePointer<Chunk>?
    var byteCount: Int
  }

  /// Where the arena stood when a use of it began.
  struct Mark {
    fileprivate let chunk: UnsafeMutablePointer<Chunk>?
    fileprivate let next: UnsafeMutableRawPointer?
    fileprivate let room: Int
    fileprivate let remaining: Int
    fileprivate let failure: Failure
    fileprivate let depth: Int
  }

  /// The size of a thread's first chunk, which it keeps.
  private static let firstChunkBytes = 64 << 10
  /// The size up to which chunks grow, and up to which one is kept in reserve.
  private static let largestChunkBytes = 1 << 20
  /// The most memory that writing one message may take.
  static let encodingBytes = 256 << 20

  /// The memory that scans use on this thread.
  let scratch: WireScan.Scratch
  /// The allocator that libprotobuf-c is given; its data is the arena's own address.
  let allocator: UnsafeMutablePointer<ProtobufCAllocator>
  /// What went wrong first in the present use.
  private(set) var failure = Failure.none
  /// How many messages are being written inside each other in the present use.
  var depth = 0

  private var chunk: UnsafeMutablePointer<Chunk>?
  private var spare: UnsafeMutablePointer<Chunk>?
  private var next: UnsafeMutableRawPointer?
  private var room = 0
  private var remaining = 0

  /// The arena of the calling thread.
  static var current: UnsafeMutablePointer<Arena> {
    if let arena = pthread_getspecific(key) { return arena.assumingMemoryBound(to: Arena.self) }
    let arena = UnsafeMutablePointer<Arena>.allocate(capacity: 1)
    arena.initialize(to: Arena())
    arena.pointee.allocator.pointee.allocator_data = UnsafeMutableRawPointer(arena)
    pthread_setspecific(key, arena)
    return arena
  }

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    let result = pthread_key_create(&key) { arena in
      guard let arena = arena?.assumingMemoryBound(to: Arena.self) else { return }
      arena.pointee.freeAll()
      arena.deinitialize(count: 1)
      arena.deallocate()
    }
    precondition(result == 0, "the process has no thread-specific key left")
    return key
  }()

  private init() {
    scratch = WireScan.Scratch()
    allocator = .allocate(capacity: 1)
    allocator.initialize(
      to: ProtobufCAllocator(
        alloc: { arena, byteCount in
          arena?.assumingMemoryBound(to: Arena.self).pointee.allocate(byteCount)
        },
        // Everything is given back when the use ends.
        free: { _, _ in },
        allocator_data: nil
      )
    )
  }

  /// Starts a use of the arena that may allocate so many bytes.
  mutating func begin(limit: Int) -> Mark {
    let mark = Mark(
      chunk: chunk,
      next: next,
      room: room,
      remaining: remaining,
      failure: failure,
      depth: depth
    )
    remaining = limit
    failure = .none
    depth = 0
    return mark
  }

  /// Ends the use that the mark began: all that was allocated since is gone.
  mutating func end(_ mark: Mark) {
    while let last = chunk, last != mark.chunk {
      // The very first chunk stays with the thread.
      if mark.chunk == nil, last.pointee.previous == nil { break }
      chunk = last.pointee.previous
      if spare == nil, last.pointee.byteCount <= Self.largestChunkBytes {
        spare = last
      } else {
        free(last)
      }
    }
    if mark.chunk == nil, let first = chunk {
      enter(first)
    } else {
      next = mark.next
      room = mark.room
    }
    remaining = mark.remaining
    failure = mark.failure
    depth = mark.depth
  }

  /// Notes a failure; the first one counts.
  mutating func fail(_ failure: Failure) {
    if case .none = self.failure { self.failure = failure }
  }

  /// Allocates bytes, aligned to 8; nil, and a failure noted, when there is no room for them.
  @inline(__always)
  mutating func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    guard byteCount >= 0, byteCount <= remaining - 8 else {
      fail(.exhausted)
      return nil
    }
    let size = (max(1, byteCount) + 7) & ~7
    remaining -= size
    if room < size, !addChunk(for: size) {
      fail(.exhausted)
      return nil
    }
    let memory = next
    next = next.map { $0 + size }
    room -= size
    return memory
  }

  private mutating func addChunk(for size: Int) -> Bool {
    let header = MemoryLayout<Chunk>.stride
    if let reserve = spare, reserve.pointee.byteCount - header >= size {
      spare = nil
      reserve.pointee.previous = chunk
      enter(reserve)
      return true
    }
    // The chunk that stays with the thread has the first chunk's size, whatever is asked for.
    guard let last = chunk else {
      guard addChunk(byteCount: Self.firstChunkBytes) else { return false }
      return room >= size || addChunk(for: size)
    }
    let grown = min(Self.largestChunkBytes, last.pointee.byteCount * 2)
    return addChunk(byteCount: max(size + header, grown))
  }

  private mutating func addChunk(byteCount: Int) -> Bool {
    guard let memory = malloc(byteCount) else { return false }
    let new = memory.bindMemory(to: Chunk.self, capacity: 1)
    new.initialize(to: Chunk(previous: chunk, byteCount: byteCount))
    enter(new)
    return true
  }

  private mutating func enter(_ chunk: UnsafeMutablePointer<Chunk>) {
    let header = MemoryLayout<Chunk>.stride
    self.chunk = chunk
    next = UnsafeMutableRawPointer(chunk) + header
    room = chunk.pointee.byteCount - header
  }

  private mutating func freeAll() {
    while let last = chunk {
      chunk = last.pointee.previous
      free(last)
    }
    free(spare)
    allocator.deallocate()
    scratch.deallocate()
  }
}
