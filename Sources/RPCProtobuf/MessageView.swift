internal import Glibc
public import RPCCore

/// A look at a message where it lies unpacked, without a value of its own.
///
/// It, and all that it gives out by `Span`, `UTF8Span` or another view, is valid only while it is lent,
/// which the compiler watches over. Generated for the messages that clients stream, and those within.
public protocol MessageView: ~Escapable {
  /// The message that is looked at.
  associatedtype ViewedMessage: Message
  /// Looks at the unpacked C structure of the message; for the decoder alone.
  @_lifetime(copy structure)
  init(_ structure: LentStructure)
}

/// The unpacked C structure of a message, as long as the arena holds it.
public struct LentStructure: ~Escapable {
  /// Whoever holds the memory; it cannot be given back while anything depends on it.
  struct Loan: ~Copyable {}

  /// Where the structure lies; for generated code alone.
  public let pointer: UnsafeRawPointer

  @_lifetime(borrow loan)
  init(_ pointer: UnsafeRawPointer, _ loan: borrowing Loan) { self.pointer = pointer }

  @_lifetime(copy other)
  private init(_ pointer: UnsafeRawPointer, within other: LentStructure) { self.pointer = pointer }

  /// A structure that this one points to.
  @_lifetime(copy self)
  public func inner(_ pointer: UnsafeRawPointer) -> LentStructure {
    LentStructure(pointer, within: self)
  }

  /// The elements of a bytes field, or of a repeated field of numbers.
  @_lifetime(copy self)
  public func elements<Element: BitwiseCopyable>(
    _ start: UnsafeMutablePointer<Element>?,
    _ count: Int
  ) -> Span<Element> {
    let buffer = UnsafeBufferPointer(start: start, count: start == nil ? 0 : count)
    return _overrideLifetime(Span(_unsafeElements: buffer), copying: self)
  }

  /// The characters of a string field, which the scan has found to be UTF-8.
  @_lifetime(copy self)
  public func text(_ start: UnsafeMutablePointer<CChar>?) -> UTF8Span {
    let count = start.map { strlen($0) } ?? 0
    let bytes = start.map {
      UnsafeMutableRawPointer($0).assumingMemoryBound(to: UInt8.self)
    }
    return UTF8Span(unchecked: elements(bytes, count))
  }

  /// The messages of a repeated field.
  @_lifetime(copy self)
  public func messages<View: MessageView & ~Escapable, Structure>(
    _ elements: UnsafeMutablePointer<UnsafeMutablePointer<Structure>?>?,
    _ count: Int,
    as type: View.Type
  ) -> MessageViews<View> {
    MessageViews(inner(UnsafeRawPointer(elements) ?? pointer), elements == nil ? 0 : count)
  }
}

/// Views of the messages of a repeated field, in order.
public struct MessageViews<View: MessageView & ~Escapable>: ~Escapable {
  private let pointers: LentStructure
  /// How many there are.
  public let count: Int

  @_lifetime(copy pointers)
  init(_ pointers: LentStructure, _ count: Int) {
    self.pointers = pointers
    self.count = count
  }

  /// Whether there is none.
  public var isEmpty: Bool { count == 0 }

  /// The places of all.
  public var indices: Range<Int> { 0..<count }

  /// The message at a place; stops the process for one that is not within `indices`.
  public subscript(place: Int) -> View {
    @_lifetime(copy self)
    get {
      precondition(place >= 0 && place < count, "no message at this place")
      let start = pointers.pointer.assumingMemoryBound(to: UnsafeRawPointer.self)
      return View(pointers.inner(start[place]))
    }
  }
}

extension MessageView where Self: ~Escapable {
  /// Decodes a message and lends a view of it.
  ///
  /// - Throws: INVALID_ARGUMENT for malformed bytes, RESOURCE_EXHAUSTED over a limit, and what `body`
  ///   throws.
  public static func read<Result>(
    wireBytes: UnsafeRawBufferPointer,
    limits: DecodingLimits = .standard,
    _ body: (borrowing Self) throws -> Result
  ) throws -> Result {
    // As `withUnpacked`, for a body that may throw anything.
    let descriptor = ViewedMessage.messageDescriptor
    let arena = Arena.current
    let mark = try descriptor.begin(wireBytes, limits, in: arena)
    defer { arena.pointee.end(mark) }
    let loan = LentStructure.Loan()
    return try body(Self(LentStructure(try descriptor.unpack(wireBytes, in: arena), loan)))
  }
}

extension RequestStream where Message: RPCProtobuf.Message {
  /// Takes the messages that are left, in order, and lends a view of each; returns once the caller has
  /// ended its half.
  ///
  /// Messages that came together are read without a pause between them: `body` should be quick.
  ///
  /// - Throws: what `next()` throws, and what `body` throws: the message is then taken.
  public func read<View: MessageView & ~Escapable>(
    as type: View.Type,
    _ body: (borrowing View) throws -> Void
  ) async throws where View.ViewedMessage == Message {
    while try await lend({ try View.read(wireBytes: $0, body) }) {}
  }
}
