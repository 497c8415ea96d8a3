import RPCCore
import RPCProtobuf
import TestSchema
import Testing

/// Compares with `protobuf` from PyPI, in both directions.
@Suite(.timeLimit(.minutes(1))) struct CrossCheckTests {
  private static let types: [any Message.Type] = [
    Scalars.self, Repeated.self, Maps.self, Choice.self, Node.self, Words.self, Record.self,
  ]

  // Why this decoder may refuse what the other accepts: each rule is stricter on purpose.
  private static let stricterRules = [
    "a singular message given twice", "NUL byte", "does not fit the field", "overlong length",
    "overlong tag", "a group or an unknown wire type", "nested deeper", "too many", "memory limit",
    "fields that the schema does not know",
  ]

  @Test func theOtherReadsWhatThisWrites() throws {
    let other = try OtherImplementation()
    var messages = RandomMessages(seed: 1)
    for _ in 0..<500 {
      let message = messages.any()
      let type = type(of: message as any Message)
      let bytes = try message.serializedBytes()
      let echoed = try #require(try other.parse(type.messageDescriptor.name, bytes))
      #expect(try type.init(serializedBytes: echoed).serializedBytes() == bytes)
    }
  }

  @Test func thisReadsWhatTheOtherWrites() throws {
    let other = try OtherImplementation()
    for seed in 0..<80 as Range<UInt64> {
      for type in Self.types {
        let name = type.messageDescriptor.name
        let bytes = try other.draw(name, seed: seed)
        let recoded = try type.recoded(bytes)
        #expect(try other.areEqual(name, bytes, recoded), "\(name), seed \(seed)")
      }
    }
  }

  @Test func bothJudgeDamagedMessagesAlike() throws {
    let other = try OtherImplementation()
    var messages = RandomMessages(seed: 2)
    var refused = 0
    for _ in 0..<3_000 {
      let message = messages.any()
      let type = type(of: message as any Message)
      let name = type.messageDescriptor.name
      let bytes = Damage.apply(to: try message.serializedBytes(), using: &messages.generator)
      let theirs = try other.parse(name, bytes)
      do {
        let recoded = try type.recoded(bytes)
        #expect(theirs != nil, "only this accepts \(name) \(bytes)")
        if theirs != nil { #expect(try other.areEqual(name, bytes, recoded), "\(name) \(bytes)") }
      } catch let error as RPCError {
        refused += 1
        let isStricter = Self.stricterRules.contains { error.message.contains($0) }
        #expect(theirs == nil || isStricter, "only this refuses \(name) \(bytes): \(error)")
      }
    }
    #expect(refused > 300)
  }
}
