import RPCCore
import RPCProtobuf
import TestSchema
import Testing

/// Messages looked at where they lie are what they are as values.
@Suite struct MessageViewTests {
  private func expect(_ view: borrowing Scalars.View, _ value: Scalars) {
    #expect(view.doubleValue == value.doubleValue && view.floatValue == value.floatValue)
    #expect(view.int32Value == value.int32Value && view.int64Value == value.int64Value)
    #expect(view.uint32Value == value.uint32Value && view.uint64Value == value.uint64Value)
    #expect(view.sint32Value == value.sint32Value && view.sint64Value == value.sint64Value)
    #expect(view.fixed32Value == value.fixed32Value && view.fixed64Value == value.fixed64Value)
    #expect(view.sfixed32Value == value.sfixed32Value && view.sfixed64Value == value.sfixed64Value)
    #expect(view.boolValue == value.boolValue && view.colour == value.colour)
    #expect(String(copying: view.stringValue) == value.stringValue)
    #expect(array(view.bytesValue) == value.bytesValue)
  }

  private func array<Element: BitwiseCopyable>(_ span: Span<Element>) -> [Element] {
    span.indices.map { span[$0] }
  }

  private func expect(_ view: borrowing Repeated.View, _ value: Repeated) {
    #expect(array(view.doubles) == value.doubles && array(view.floats) == value.floats)
    #expect(array(view.int32s) == value.int32s && array(view.int64s) == value.int64s)
    #expect(array(view.uint32s) == value.uint32s && array(view.uint64s) == value.uint64s)
    #expect(array(view.fixed32s) == value.fixed32s && array(view.sint64s) == value.sint64s)
    #expect(array(view.unpacked) == value.unpacked && view.bools == value.bools)
    #expect(view.strings == value.strings && view.byteStrings == value.byteStrings)
    #expect(view.colours == value.colours)
    #expect(view.messages.count == value.messages.count)
    #expect(view.messages.isEmpty == value.messages.isEmpty)
    for place in view.messages.indices { expect(view.messages[place], value.messages[place]) }
  }

  private func expect(_ view: borrowing Choice.View, _ value: Choice) {
    var found: Choice.Value?
    if let text = view.text { found = .text(String(copying: text)) }
    if let number = view.number { found = .number(number) }
    if let blob = view.blob { found = .blob(array(blob)) }
    if let colour = view.colour { found = .colour(colour) }
    if let scalars = view.scalars { found = .scalars(Scalars(scalars)) }
    if let flag = view.flag { found = .flag(flag) }
    if let choice = view.choice { found = .choice(Choice(choice)) }
    if let ratio = view.ratio { found = .ratio(ratio) }
    #expect(found == value.value)
    #expect(String(copying: view.note) == value.note)
    #expect(view.code == { if case .code(let code) = value.second { code } else { nil } }())
  }

  /// How many nodes there are.
  private func count(_ view: borrowing Node.View) -> Int {
    var count = 1
    if let next = view.next { count += self.count(next) }
    for place in view.children.indices { count += self.count(view.children[place]) }
    if let node = view.partner?.node { count += self.count(node) }
    return count
  }

  private func count(_ node: Node) -> Int {
    1 + (node.next.map(count) ?? 0) + node.children.map(count).reduce(0, +)
      + (node.partner?.node.map(count) ?? 0)
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func viewsShowWhatValuesHold(seed: UInt64) throws {
    var random = RandomMessages(seed: seed)
    let whole = Gathering(
      scalars: random.scalars(),
      repeated: random.repeated(),
      maps: random.maps(),
      choice: random.choice(),
      node: random.node(),
      records: [RandomMessages.sampleRecord, Record()],
      words: random.words()
    )
    let octets = try whole.serializedBytes()
    try octets.withUnsafeBytes { octets in
      try Gathering.View.read(wireBytes: octets) { view in
        #expect(Gathering(view) == whole)
        if let scalars = view.scalars, let value = whole.scalars { expect(scalars, value) }
        if let repeated = view.repeated, let value = whole.repeated { expect(repeated, value) }
        if let choice = view.choice, let value = whole.choice { expect(choice, value) }
        #expect(view.maps?.texts == whole.maps?.texts)
        #expect(view.maps?.messages == whole.maps?.messages)
        if let node = view.node { #expect(count(node) == whole.node.map(count)) }
        #expect(view.records.count == 2)
        #expect(String(copying: view.records[0].number) == RandomMessages.sampleRecord.number)
      }
    }
  }

  @Test func whatIsAbsentIsEmpty() throws {
    try Gathering.View.read(wireBytes: UnsafeRawBufferPointer(start: nil, count: 0)) { view in
      #expect(view.scalars == nil && view.records.isEmpty && Gathering(view) == Gathering())
    }
    try Scalars.View.read(wireBytes: UnsafeRawBufferPointer(start: nil, count: 0)) { view in
      #expect(view.stringValue.isEmpty && view.bytesValue.isEmpty && view.int64Value == 0)
    }
  }

  @Test func malformedBytesAreRefused() {
    let octets: [UInt8] = [0x0A, 0x05, 0x01]
    octets.withUnsafeBytes { octets in
      #expect(throws: RPCError(.invalidArgument, "")) {
        try Gathering.View.read(wireBytes: octets) { _ in }
      }
    }
  }

  /// What is read within what is lent takes its memory above it.
  @Test func readingNests() throws {
    let outer = try Scalars(stringValue: "outer").serializedBytes()
    let inner = try Scalars(stringValue: "inner").serializedBytes()
    try outer.withUnsafeBytes { outer in
      try Scalars.View.read(wireBytes: outer) { view in
        #expect(try Scalars(serializedBytes: inner).stringValue == "inner")
        _ = try Scalars(stringValue: String(repeating: "x", count: 100_000)).serializedBytes()
        #expect(String(copying: view.stringValue) == "outer")
      }
    }
  }
}
