import RPCCore
import RPCProtobuf
import TestSchema
import Testing

@Suite struct HostileMessageTests {
  private func refusal<M: Message>(
    of bytes: [UInt8],
    as type: M.Type,
    limits: DecodingLimits = .standard
  ) -> RPCError? {
    do {
      _ = try M(serializedBytes: bytes, limits: limits)
      return nil
    } catch {
      return error
    }
  }

  @Test func nestingHasALimit() throws {
    _ = try Node(serializedBytes: WireBytes.nested(2, levels: 32))
    for levels in [33, 1_000] {
      let error = refusal(of: WireBytes.nested(2, levels: levels), as: Node.self)
      #expect(error?.code == .invalidArgument)
      #expect(error?.message.contains("nested deeper than 32 levels") == true)
    }
  }

  @Test(
    arguments: [
      [0x80], [0xC0, 0x80], [0xC2], [0xE4, 0xB8], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF],
      Array("12345678abcdefg".utf8) + [0xE6, 0x41, 0x81],
    ] as [[UInt8]]
  )
  func stringsAreUTF8(text: [UInt8]) {
    for bytes in [WireBytes.delimited(14, text), WireBytes.delimited(14, Array("a".utf8) + text)] {
      let error = refusal(of: bytes, as: Scalars.self)
      #expect(error?.code == .invalidArgument)
      #expect(error?.message.contains("field string_value: a string that is not UTF-8") == true)
    }
  }

  @Test(arguments: [[0], Array("1234567".utf8) + [0], Array("村".utf8) + [0, 0x41]] as [[UInt8]])
  func stringsHoldNoNUL(text: [UInt8]) {
    let error = refusal(of: WireBytes.delimited(1, text), as: Record.self)
    #expect(error?.message.contains("field id: a string with a NUL byte") == true)
  }

  @Test func anyTextIsAccepted() throws {
    // The first and last character of each length, and both sides of the surrogates.
    let text = "\u{1}\u{7F}\u{80}\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFF}\u{10000}\u{10FFFF}"
    let bytes = WireBytes.delimited(14, Array(text.utf8))
    #expect(try Scalars(serializedBytes: bytes).stringValue == text)
  }

  @Test(
    arguments: [
      ("a group", [0x0B, 0x0C]), ("the end of a group", [0x0C]), ("wire type 6", [0x0E, 0]),
      ("wire type 7", [0x0F, 0]), ("field number 0", [0x02, 0]), ("a cut tag", [0x80]),
      ("an overlong tag", [0x80, 0x80, 0x80, 0x80, 0x80, 1]),
      ("a tag over 32 bits", [0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0]),
      ("a cut varint", [0x18, 0x80]),
      ("an overlong varint", [0x18] + [UInt8](repeating: 0x80, count: 10) + [0]),
      ("a length beyond the end", [0x72, 2, 0x41]),
      ("a huge length", [0x72, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F]),
      ("an overlong length", [0x72, 0x80, 0x80, 0x80, 0x80, 0x80, 0]),
      ("a missing length", [0x72]), ("a cut double", [0x09, 1, 2, 3]), ("a cut float", [0x15, 1]),
      ("a double as varint", [0x08, 1]), ("an integer as string", [0x1A, 1, 1]),
      ("a string as varint", [0x70, 1]), ("an unknown field cut off", [0xA2, 6, 9]),
    ] as [(String, [UInt8])]
  )
  func malformedBytesAreNamed(what: String, bytes: [UInt8]) {
    let error = refusal(of: bytes, as: Scalars.self)
    #expect(error?.code == .invalidArgument, "\(what)")
    #expect(error?.message.hasPrefix("malformed test.v1.Scalars") == true, "\(what)")
  }

  @Test(
    arguments: [
      [0x0A, 7, 0, 0, 0, 0, 0, 0, 0], [0x1A, 2, 1, 0x80], [0x8A, 1, 2, 0x72, 9], [0x72 | 2, 0x80],
      [0x70, 1],
    ] as [[UInt8]]
  )
  func malformedElementsAreRefused(bytes: [UInt8]) {
    #expect(refusal(of: bytes, as: Repeated.self)?.code == .invalidArgument)
  }

  @Test func aSingularMessageIsNotGivenTwice() {
    let error = refusal(of: [0x12, 0, 0x12, 0], as: Node.self)
    #expect(error?.message.contains("field next: a singular message given twice") == true)
  }

  @Test func elementsHaveALimit() throws {
    let most = [UInt8](repeating: 1, count: 65_536)
    #expect(try Repeated(serializedBytes: WireBytes.delimited(3, most)).int32s.count == 65_536)
    #expect(
      refusal(of: WireBytes.delimited(3, most + [1]), as: Repeated.self)?.code == .resourceExhausted
    )
    let spread = (3...8).flatMap { WireBytes.delimited(UInt64($0), most) }
    #expect(refusal(of: spread, as: Repeated.self)?.code == .resourceExhausted)
  }

  @Test func listsOfSmallMessagesAreNoAttack() throws {
    let points = Array(repeating: WireBytes.delimited(8, [0x28, 1]), count: 20_000).flatMap { $0 }
    #expect(try Record(serializedBytes: points).people.count == 20_000)
    let empty = Array(repeating: [0x0A, 0] as [UInt8], count: 3_000).flatMap { $0 }
    #expect(try Records(serializedBytes: empty).records.count == 3_000)
  }

  @Test func unknownFieldsHaveALimit() {
    let unknown = WireBytes.tag(99, 0) + [1]
    let many = (0..<1_024).flatMap { _ in unknown }
    #expect(refusal(of: many, as: Point.self) == nil)
    #expect(refusal(of: many + unknown, as: Point.self)?.code == .resourceExhausted)
  }

  @Test func tinyElementsStayWithinTheMemoryLimit() {
    let bytes = (0..<2 << 20).flatMap { _ in [0x0A, 0] as [UInt8] }
    var limits = DecodingLimits()
    #expect(refusal(of: bytes, as: Records.self)?.code == .resourceExhausted)
    limits.elements = .max
    limits.elementsPerField = .max
    let error = refusal(of: bytes, as: Records.self, limits: limits)
    #expect(error?.code == .resourceExhausted)
    #expect(error?.message.contains("memory limit") == true)
    limits.messageBytes = bytes.count - 1
    #expect(
      refusal(of: bytes, as: Records.self, limits: limits)?.message.contains("over the limit")
        == true
    )
  }

  @Test func everyPrefixIsReadOrRefused() throws {
    let bytes = try RandomMessages.sampleRecord.serializedBytes()
    let refused = (0..<bytes.count).count {
      refusal(of: Array(bytes[..<$0]), as: Record.self) != nil
    }
    #expect(refused > bytes.count / 2)
  }

  @Test(.timeLimit(.minutes(1)), arguments: 0..<20 as Range<UInt64>)
  func damagedMessagesAreReadOrRefused(seed: UInt64) throws {
    var messages = RandomMessages(seed: seed)
    for _ in 0..<200 {
      let message = messages.any()
      let bytes = Damage.apply(to: try message.serializedBytes(), using: &messages.generator)
      let type = type(of: message as any Message)
      do {
        let recoded = try type.recoded(bytes)
        #expect(try type.recoded(recoded) == recoded)
      } catch let error as RPCError {
        #expect([.invalidArgument, .resourceExhausted].contains(error.code))
      }
    }
  }
}

/// Ways to damage a message.
enum Damage {
  static func apply(to bytes: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
    guard !bytes.isEmpty else { return [UInt8.random(in: 0...255, using: &generator)] }
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0...4, using: &generator) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
      case 1: bytes[place] = .random(in: 0...255, using: &generator)
      case 2: bytes.removeSubrange(place...)
      case 3: bytes.insert(.random(in: 0...255, using: &generator), at: place)
      default: bytes.insert(contentsOf: bytes[..<place], at: place)
      }
    }
    return bytes
  }
}
