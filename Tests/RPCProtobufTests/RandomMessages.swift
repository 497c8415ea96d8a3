import RPCProtobuf
import TestSchema

/// Draws messages of the test schema, with values at the edges of their ranges more often.
struct RandomMessages {
  var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  private mutating func chance(_ oneIn: Int) -> Bool {
    Int.random(in: 0..<oneIn, using: &generator) == 0
  }

  private mutating func integer<Number: FixedWidthInteger>() -> Number {
    let edges: [Number] = [0, 1, .max, .min, 127, .max / 2]
    let edge = edges[Int.random(in: 0..<edges.count, using: &generator)]
    return chance(2) ? edge : Number.random(in: .min ... .max, using: &generator)
  }

  // Neither NaN, which equals nothing, nor minus zero, which protobuf-c leaves out.
  private mutating func float() -> Double {
    let edges = [1, -1.5, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
    return chance(3)
      ? edges[Int.random(in: 0..<edges.count, using: &generator)] : Double(integer() as Int32)
  }

  private mutating func text() -> String {
    let pieces = [
      "", "a", "扶贫", "村委会第三组", "😀", "\u{7F}", "naïve ", String(repeating: "x", count: 200),
    ]
    return (0..<Int.random(in: 0...3, using: &generator))
      .map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }.joined()
  }

  private mutating func blob() -> [UInt8] {
    (0..<Int.random(in: 0...20, using: &generator)).map { _ in integer() }
  }

  private mutating func colour() -> Colour { Colour(rawValue: chance(2) ? 1 : integer()) }

  private mutating func many<Element>(_ draw: (inout Self) -> Element) -> [Element] {
    chance(3) ? [] : (0..<Int.random(in: 1...6, using: &generator)).map { _ in draw(&self) }
  }

  mutating func scalars() -> Scalars {
    Scalars(
      doubleValue: float(),
      floatValue: Float(integer() as Int16),
      int32Value: integer(),
      int64Value: integer(),
      uint32Value: integer(),
      uint64Value: integer(),
      sint32Value: integer(),
      sint64Value: integer(),
      fixed32Value: integer(),
      fixed64Value: integer(),
      sfixed32Value: integer(),
      sfixed64Value: integer(),
      boolValue: chance(2),
      stringValue: text(),
      bytesValue: blob(),
      colour: colour()
    )
  }

  mutating func repeated() -> Repeated {
    Repeated(
      doubles: many { $0.float() },
      floats: many { Float($0.integer() as Int16) },
      int32s: many { $0.integer() },
      int64s: many { $0.integer() },
      uint32s: many { $0.integer() },
      uint64s: many { $0.integer() },
      sint32s: many { $0.integer() },
      sint64s: many { $0.integer() },
      fixed32s: many { $0.integer() },
      fixed64s: many { $0.integer() },
      sfixed32s: many { $0.integer() },
      sfixed64s: many { $0.integer() },
      bools: many { $0.chance(2) },
      strings: many { $0.text() },
      byteStrings: many { $0.blob() },
      colours: many { $0.colour() },
      messages: many { $0.scalars() },
      unpacked: many { $0.integer() }
    )
  }

  mutating func maps() -> Maps {
    func dictionary<Key: Hashable, Value>(_ pairs: [(Key, Value)]) -> [Key: Value] {
      Dictionary(pairs) { _, last in last }
    }
    return Maps(
      texts: dictionary(many { ($0.text(), $0.text()) }),
      messages: dictionary(many { ($0.integer(), $0.scalars()) }),
      colours: dictionary(many { ($0.chance(2), $0.colour()) }),
      blobs: dictionary(many { ($0.integer(), $0.blob()) }),
      doubles: dictionary(many { ($0.integer(), $0.float()) })
    )
  }

  mutating func choice(depth: Int = 3) -> Choice {
    var choice = Choice(note: text())
    switch Int.random(in: 0...8, using: &generator) {
    case 0: choice.value = .text(text())
    case 1: choice.value = .number(integer())
    case 2: choice.value = .blob(blob())
    case 3: choice.value = .colour(colour())
    case 4: choice.value = .scalars(scalars())
    case 5: choice.value = .flag(chance(2))
    case 6: choice.value = depth > 0 ? .choice(self.choice(depth: depth - 1)) : nil
    case 7: choice.value = .ratio(float())
    default: choice.value = nil
    }
    if chance(2) {
      choice.second = chance(2) ? .point(Point(x: integer(), y: integer())) : .code(integer())
    }
    return choice
  }

  mutating func node(depth: Int = 4) -> Node {
    var node = Node(label: text())
    if depth == 0 { return node }
    if chance(2) { node.next = self.node(depth: depth - 1) }
    node.children = many { $0.chance(3) ? $0.node(depth: depth - 1) : Node() }
    if chance(3) { node.partner = Partner(node: chance(2) ? self.node(depth: depth - 1) : nil) }
    return node
  }

  mutating func words() -> Words {
    Words(
      default: text(),
      class: text(),
      in: integer(),
      self_: integer(),
      init_: integer(),
      hashValue_: integer(),
      is2ndUrl: chance(2),
      repeat: many { $0.text() },
      upperName: integer(),
      type: Words.TypeType(protocol: .default),
      func: chance(2) ? .case(integer()) : .let(Words.TypeType(protocol: ._2g))
    )
  }

  mutating func record() -> Record {
    Record(
      id: text(),
      version: integer(),
      division: text(),
      number: text(),
      colour: colour(),
      address: chance(2) ? Record.Address(village: text(), group: text(), line: text()) : nil,
      finances: Record.Finances(
        incomeFen: integer(),
        subsidyFen: integer(),
        bank: text(),
        account: text()
      ),
      people: many {
        Record.Person(
          name: $0.text(),
          idNumber: $0.text(),
          birthDay: $0.integer(),
          health: $0.colour(),
          head: $0.chance(2),
          phone: $0.text()
        )
      },
      causes: many { $0.colour() },
      registeredYear: integer(),
      note: text()
    )
  }

  /// One message of any type, with the type's name in the test schema.
  mutating func any() -> any Message {
    switch Int.random(in: 0...6, using: &generator) {
    case 0: scalars()
    case 1: repeated()
    case 2: maps()
    case 3: choice()
    case 4: node()
    case 5: words()
    default: record()
    }
  }
}

extension Message {
  /// Decodes bytes as the same type and tells whether the message is the same.
  func survives() throws -> Bool { try Self(serializedBytes: try serializedBytes()) == self }

  /// What decoding other bytes as the same type, and encoding it again, gives.
  static func recoded(_ bytes: [UInt8]) throws -> [UInt8] {
    try Self(serializedBytes: bytes).serializedBytes()
  }
}
