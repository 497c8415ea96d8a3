import Foundation
import Testing

@testable import Journal

@Suite struct EntryHeaderTests {
  /// The worked example of proto/JOURNAL.md.
  static let example = """
    01020000000101000001020304050607 08090a0b0c0d0e0f0000000100000000
    000000020004953f87c2a00080818283 8485868788898a8b8c8d8e8f00000000
    00000000000000000000000126726567 69737472793a2f2f3432313232342f70
    6f76657274792d6f66666963652f7030 303037
    """

  static func decode(_ text: String) throws -> [UInt8] {
    try #require(octets(hexadecimal: Array(text.utf8.filter { $0 > 0x20 })))
  }

  static func header(
    epoch: UInt32 = 1,
    sequence: UInt64 = 2,
    instant: Int64 = 1_290_000_000_000_000,
    actor: String = "registry://421224/poverty-office/p0007",
    operation: UInt16 = 256,
    kind: UInt8 = 2,
    before: UInt64 = 0,
    after: UInt64 = 1,
    schema: UInt16 = 1,
    flags: UInt16 = 0
  ) throws -> EntryHeader {
    try EntryHeader(
      stream: #require(Bytes16(Array(0..<16))),
      epoch: epoch,
      sequence: sequence,
      instant: instant,
      actor: actor,
      operation: EntryOperation(rawValue: operation),
      subjectKind: SubjectKind(rawValue: kind),
      subject: #require(Bytes16(Array(0x80..<0x90))),
      versionBefore: before,
      versionAfter: after,
      schemaVersion: schema,
      flags: EntryFlags(rawValue: flags)
    )
  }

  @Test func encodesTheDocumentedExample() throws {
    let encoded = try Self.header().encoded
    #expect(encoded == (try Self.decode(Self.example)))
    #expect(try EntryHeader(decoding: encoded) == Self.header())
  }

  /// The examples that the tests check are those that the document shows.
  @Test func documentShowsTheExamples() throws {
    let document = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../proto/JOURNAL.md")
    let text = try String(contentsOf: document, encoding: .utf8)
    let examples = [
      Self.example, SealerContextTests.wrapped, SealerContextTests.sealed, Self.bodyHash,
      Self.leaf, SealerContextTests.digest,
    ]
    for line in examples.flatMap({ $0.split(separator: "\n") }) {
      #expect(text.contains(line), "\(line)")
    }
  }

  static let bodyHash = "b6c6bdd09999ffd9f6e441482c84d742ee9d5a6da9bfc7658b8cea06118760f7"
  static let leaf = "5a94c20d4f6cc2baf94787ec27e2d0789ffaaa5de38791696b1e907086eb5f3d"

  @Test func hashesTheDocumentedExample() throws {
    let hasher = try SHA256Context()
    let salt = try #require(Bytes16(Array(0x40..<0x50)))
    let bodyHash = Array("example".utf8).withUnsafeBytes { hasher.bodyHash(salt: salt, body: $0) }
    let leaf = try hasher.leaf(header: Self.header().encoded, bodyHash: bodyHash)
    #expect(
      "\(bodyHash)" == "b6c6bdd09999ffd9f6e441482c84d742ee9d5a6da9bfc7658b8cea06118760f7"
    )
    #expect("\(leaf)" == Self.leaf)
  }

  @Test func keepsExtremes() throws {
    let header = try Self.header(
      epoch: .max,
      sequence: .max,
      instant: .max,
      actor: String(repeating: "~", count: 255),
      operation: .max,
      kind: .max,
      before: .max,
      after: .max,
      schema: .max,
      flags: 1
    )
    #expect(header.encoded.count == 332)
    #expect(try EntryHeader(decoding: header.encoded) == header)
  }

  @Test func refusesOtherLengths() throws {
    let encoded = try Self.header().encoded
    for count in 0..<encoded.count {
      #expect(throws: JournalError.self) { try EntryHeader(decoding: Array(encoded[..<count])) }
    }
    #expect(throws: JournalError.self) { try EntryHeader(decoding: encoded + [0]) }
  }

  /// Whatever decodes has this one encoding.
  @Test func decodesOneEncodingOnly() throws {
    let encoded = try Self.header().encoded
    for position in encoded.indices {
      for mask: UInt8 in [1, 0x80, 0xff] {
        var altered = encoded
        altered[position] ^= mask
        guard let header = try? EntryHeader(decoding: altered) else { continue }
        #expect(header.encoded == altered)
      }
    }
  }

  @Test func refusesValuesOutsideTheirLimits() {
    #expect(throws: JournalError.self) { try Self.header(epoch: 0) }
    #expect(throws: JournalError.self) { try Self.header(sequence: 0) }
    #expect(throws: JournalError.self) { try Self.header(instant: -1) }
    #expect(throws: JournalError.self) { try Self.header(actor: "") }
    #expect(throws: JournalError.self) { try Self.header(actor: "registry://省") }
    #expect(throws: JournalError.self) { try Self.header(actor: "a b") }
    #expect(throws: JournalError.self) {
      try Self.header(actor: String(repeating: "a", count: 256))
    }
    #expect(throws: JournalError.self) { try Self.header(operation: 0) }
    #expect(throws: JournalError.self) { try Self.header(kind: 0) }
    #expect(throws: JournalError.self) { try Self.header(before: 2, after: 1) }
    #expect(throws: JournalError.self) { try Self.header(schema: 0) }
    #expect(throws: JournalError.self) { try Self.header(flags: 2) }
  }
}
