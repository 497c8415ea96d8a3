import RPCCore
import RPCProtobuf
import TestSchema
import Testing

@Suite struct RoundTripTests {
  @Test(arguments: 0..<200 as Range<UInt64>)
  func anyMessageSurvives(seed: UInt64) throws {
    var messages = RandomMessages(seed: seed)
    let message = messages.any()
    #expect(try message.survives())
    #expect(try message.serializedBytes() == message.serializedBytes())
  }

  @Test func defaultsTakeNoBytes() throws {
    #expect(try Scalars().serializedBytes() == [])
    #expect(try Repeated().serializedBytes() == [])
    #expect(try Maps().serializedBytes() == [])
    #expect(try Choice().serializedBytes() == [])
    #expect(try Node(serializedBytes: []) == Node())
    #expect(try Empty(serializedBytes: []) == Empty())
  }

  @Test func presenceOfMessagesAndChoicesIsKept() throws {
    var node = Node()
    node.next = Node()
    #expect(try node.serializedBytes() == [0x12, 0])
    #expect(try Node(serializedBytes: [0x12, 0]).next == Node())
    for value in [Choice.Value.text(""), .number(0), .blob([]), .flag(false), .scalars(Scalars())] {
      #expect(try Choice(serializedBytes: Choice(value: value).serializedBytes()).value == value)
    }
  }

  @Test func theLastMemberOfAChoiceCounts() throws {
    let bytes =
      try Choice(value: .text("早")).serializedBytes()
      + Choice(value: .number(7)).serializedBytes()
    #expect(try Choice(serializedBytes: bytes).value == .number(7))
  }

  @Test func numbersArePackedAndReadEitherWay() throws {
    #expect(try Repeated(int32s: [1, 2, 300]).serializedBytes() == [0x1A, 4, 1, 2, 0xAC, 2])
    #expect(try Repeated(serializedBytes: [0x18, 1, 0x1A, 1, 2, 0x18, 3]).int32s == [1, 2, 3])
    let unpacked: [UInt8] = [0x90, 1, 5, 0x90, 1, 6]
    #expect(try Repeated(unpacked: [5, 6]).serializedBytes() == unpacked)
    #expect(try Repeated(serializedBytes: [0x92, 1, 2, 5, 6]).unpacked == [5, 6])
  }

  @Test func bitsBeyondANumberAreDropped() throws {
    let bytes =
      [0x18] + [UInt8](repeating: 0xFF, count: 9) + [0x7F, 0x28, 0x85, 0x80, 0x80, 0x80, 0x70]
    #expect(try Scalars(serializedBytes: bytes) == Scalars(int32Value: -1, uint32Value: 5))
  }

  @Test func valuesWithoutNamesAreKept() throws {
    let colour = Colour(rawValue: 77)
    #expect(
      try Scalars(serializedBytes: Scalars(colour: colour).serializedBytes()).colour == colour
    )
    #expect(colour.name == "77" && !colour.isKnown)
    #expect(Colour.darkGreen.name == "COLOUR_DARK_GREEN")
    #expect(Colour(name: "COLOUR_NEGATIVE") == .negative && Colour(name: "GREEN") == nil)
    #expect(Colour.allKnown == [.negative, .unspecified, .red, .darkGreen])
  }

  @Test func mapsAreWrittenByKeyAndTheLastEntryCounts() throws {
    let maps = Maps(texts: ["b": "2", "a": "1", "村": "3"])
    let entries = [["a", "1"], ["b", "2"], ["村", "3"]].map { pair in
      WireBytes.delimited(
        1,
        WireBytes.delimited(1, Array(pair[0].utf8)) + WireBytes.delimited(2, Array(pair[1].utf8))
      )
    }
    #expect(try maps.serializedBytes() == entries.flatMap { $0 })
    #expect(try Maps(serializedBytes: [0x12, 2, 8, 1, 0x12, 2, 8, 1]).messages == [1: Scalars()])
  }

  @Test func fieldsOfLaterVersionsAreSkipped() throws {
    let unknown =
      WireBytes.tag(900, 0) + [1] + WireBytes.tag(901, 1) + [UInt8](repeating: 1, count: 8)
      + WireBytes.delimited(902, [1, 2, 3]) + WireBytes.tag(903, 5) + [1, 2, 3, 4]
    let point = Point(x: -1, y: 2)
    #expect(try Point(serializedBytes: unknown + point.serializedBytes()) == point)
  }

  @Test func encodeReservesOnceAndExactly() throws {
    let record = RandomMessages.sampleRecord
    var counts: [Int] = []
    let memory = UnsafeMutableRawPointer.allocate(byteCount: 4_096, alignment: 1)
    defer { memory.deallocate() }
    try record.encode { count in
      counts.append(count)
      return memory
    }
    let expected = try record.serializedBytes()
    #expect(counts == [expected.count])
    #expect(Array(UnsafeRawBufferPointer(start: memory, count: expected.count)) == expected)
  }

  @Test func aMessageCanBeWrittenWhileAnotherIsRead() throws {
    let outer = RandomMessages.sampleRecord
    let inner = Repeated(strings: (0..<20_000).map { "text \($0)" })
    let bytes = try outer.serializedBytes()
    let read = try bytes.withUnsafeBytes { buffer in
      try Record.messageDescriptor.withUnpacked(buffer) { (structure) throws(RPCError) in
        let copy = try Repeated(serializedBytes: try inner.serializedBytes())
        return (Record(structure: structure), copy)
      }
    }
    #expect(read.0 == outer && read.1 == inner)
  }

  @Test(.timeLimit(.minutes(1))) func threadsDoNotDisturbEachOther() async throws {
    try await withThrowingTaskGroup(of: Int.self) { group in
      for seed in 0..<8 as Range<UInt64> {
        group.addTask {
          var messages = RandomMessages(seed: seed)
          return try (0..<200).count { _ in try messages.any().survives() }
        }
      }
      for try await count in group { #expect(count == 200) }
    }
  }

  @Test func whatHasNoEncodingIsRefusedWithoutItsContent() throws {
    let nul = Record(address: Record.Address(village: "secret\0village"))
    let error = #expect(throws: RPCError.self) { try nul.serializedBytes() }
    #expect(error?.code == .invalidArgument)
    #expect(error?.message.contains("Address.village") == true)
    #expect(error?.message.contains("secret") == false)
    var node = Node()
    for _ in 1..<32 { node = Node(next: node) }
    #expect(try node.survives())
    #expect(throws: RPCError(.invalidArgument, "")) { try Node(next: node).serializedBytes() }
  }
}

extension RandomMessages {
  /// A record of about 300 bytes, as a household of three is.
  static let sampleRecord = Record(
    id: "0192f0c4-7a1b-7c3d-9e4f-5a6b7c8d9e0f",
    version: 12,
    division: "421224102203",
    number: "4212241022030017",
    colour: .red,
    address: Record.Address(village: "大屋村", group: "三组", line: "通羊镇大屋村三组17号"),
    finances: Record.Finances(
      incomeFen: 287_600,
      subsidyFen: 36_000,
      bank: "农村信用社",
      account: "6224121234567890"
    ),
    people: [
      Record.Person(
        name: "张三",
        idNumber: "990000196501010017",
        birthDay: 19_650_101,
        health: .red,
        head: true,
        phone: "13800000000"
      ),
      Record.Person(name: "李四", idNumber: "990000196802020025", birthDay: 19_680_202),
      Record.Person(name: "张小五", idNumber: "990000199503030033", birthDay: 19_950_303),
    ],
    causes: [.red, .darkGreen],
    registeredYear: 2_014
  )
}
