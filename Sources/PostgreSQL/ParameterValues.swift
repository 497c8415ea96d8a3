internal import CPostgreSQL
internal import SQL

/// The bound values of a statement in the binary form of their parameters' types.
struct ParameterValues {
  private enum Value {
    case null
    /// A place in `storage`.
    case stored(offset: Int, count: Int)
    case borrowed(UnsafeRawBufferPointer)
  }

  /// How many there are.
  var count: Int { types.count }
  private let types: [PostgreSQLType]
  private var values: [Value]
  private var storage: [UInt8] = []
  private let formats: [Int32]
  /// The first failure of binding, which the next run throws.
  private(set) var failure: SQLError?

  init(_ types: [PostgreSQLType]) {
    self.types = types
    values = Array(repeating: .null, count: types.count)
    formats = Array(repeating: 1, count: types.count)
  }

  /// Sets a number; one that the parameter's type cannot hold is a failure.
  mutating func set(_ number: Int64, at parameter: Int) {
    guard let type = type(at: parameter) else { return }
    switch type {
    case .integer(8):
      withUnsafeBytes(of: number.bigEndian) { store($0, at: parameter) }
    case .integer(4):
      guard let small = Int32(exactly: number) else { return refuse(parameter) }
      withUnsafeBytes(of: small.bigEndian) { store($0, at: parameter) }
    case .integer:
      guard let small = Int16(exactly: number) else { return refuse(parameter) }
      withUnsafeBytes(of: small.bigEndian) { store($0, at: parameter) }
    case .boolean:
      withUnsafeBytes(of: UInt8(number == 0 ? 0 : 1)) { store($0, at: parameter) }
    case .text:
      // A parameter of which the statement does not tell the type.
      var text = String(number)
      text.withUTF8 { store(UnsafeRawBufferPointer($0), at: parameter) }
    case .bytes:
      refuse(parameter)
    }
  }

  /// Sets a text.
  mutating func set(_ text: String, at parameter: Int) {
    guard let type = type(at: parameter) else { return }
    guard case .text = type else { return refuse(parameter) }
    var text = text
    text.withUTF8 { store(UnsafeRawBufferPointer($0), at: parameter) }
  }

  /// Sets octets, copied.
  mutating func set(_ octets: UnsafeRawBufferPointer, at parameter: Int) {
    guard let type = type(at: parameter) else { return }
    guard case .bytes = type else { return refuse(parameter) }
    store(octets, at: parameter)
  }

  /// Sets octets that stay where they are.
  mutating func set(borrowed octets: UnsafeRawBufferPointer, at parameter: Int) {
    guard let type = type(at: parameter) else { return }
    guard case .bytes = type else { return refuse(parameter) }
    values[parameter - 1] = .borrowed(octets)
  }

  /// Sets NULL.
  mutating func setNull(at parameter: Int) {
    guard type(at: parameter) != nil else { return }
    values[parameter - 1] = .null
  }

  /// Forgets all values, and borrowed octets above all.
  mutating func clear() {
    for index in values.indices { values[index] = .null }
    storage.removeAll(keepingCapacity: true)
    failure = nil
  }

  /// Lends the values as libpq takes them: addresses, lengths, formats.
  func withPointers(
    _ body: (
      UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<Int32>, UnsafePointer<Int32>
    ) -> Int32
  ) -> Int32 {
    // A value without octets needs an address all the same, or it would be NULL.
    let none: [CChar] = [0]
    return none.withUnsafeBufferPointer { none in
      storage.withUnsafeBytes { storage in
        let octets = values.map { value -> UnsafeRawBufferPointer? in
          switch value {
          case .null: nil
          case .stored(let offset, let count):
            UnsafeRawBufferPointer(rebasing: storage[offset..<offset + count])
          case .borrowed(let octets): octets
          }
        }
        let pointers = octets.map { octets in
          octets.flatMap {
            $0.count == 0
              ? none.baseAddress : $0.baseAddress?.assumingMemoryBound(to: CChar.self)
          }
        }
        // The server refuses a message of a gigabyte long before a length overflows.
        let lengths = octets.map { Int32(clamping: $0?.count ?? 0) }
        return body(pointers, lengths, formats)
      }
    }
  }

  private mutating func type(at parameter: Int) -> PostgreSQLType? {
    if parameter >= 1, parameter <= types.count { return types[parameter - 1] }
    fail(SQLError(.misuse, "there is no parameter \(parameter)"))
    return nil
  }

  private mutating func store(_ octets: UnsafeRawBufferPointer, at parameter: Int) {
    values[parameter - 1] = .stored(offset: storage.count, count: octets.count)
    storage.append(contentsOf: octets)
  }

  private mutating func refuse(_ parameter: Int) {
    fail(SQLError(.check, "parameter \(parameter) takes no value of this type"))
  }

  private mutating func fail(_ error: SQLError) {
    if failure == nil { failure = error }
  }
}
