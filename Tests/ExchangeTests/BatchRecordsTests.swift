import Exchange
import Journal
import Testing

/// Records of batches, also as strangers would send them.
struct BatchRecordsTests {
  private func header(_ sequence: UInt64) throws -> [UInt8] {
    try EntryHeader(
      stream: Bytes16(high: 1, low: 2),
      epoch: 1,
      sequence: sequence,
      instant: 5,
      actor: "registry://421224/poverty-office/p0007",
      operation: EntryOperation(rawValue: 256),
      subjectKind: .household,
      subject: Bytes16(high: 3, low: sequence),
      versionBefore: 0,
      versionAfter: 1,
      schemaVersion: 1
    ).encoded
  }

  private func batch() throws -> [UInt8] {
    var writer = BatchWriter()
    let salt = [UInt8](repeating: 9, count: 16)
    for sequence in 1...3 as ClosedRange<UInt64> {
      try header(sequence).withUnsafeBytes { header in
        salt.withUnsafeBytes { salt in
          Array("body \(sequence)".utf8).withUnsafeBytes { body in
            writer.append(header: header, salt: salt, body: body)
          }
        }
      }
    }
    writer.append(certificate: [1, 2, 3])
    let hash = try SHA256Context().hash([7])
    try header(4).withUnsafeBytes { writer.append(header: $0, bodyHash: hash) }
    #expect(writer.entries == 4)
    return writer.octets
  }

  /// What a reader makes of octets.
  private func read(_ octets: [UInt8]) throws -> [String] {
    try octets.withUnsafeBytes { octets in
      var reader = BatchReader(octets)
      var told: [String] = []
      while let record = try reader.next() {
        switch record {
        case .certificate(let octets): told.append("certificate \(octets.count)")
        case .entry(let entry):
          switch entry.content {
          case .hash: told.append("\(entry.header.sequence) hash")
          case .body(_, let body):
            told.append("\(entry.header.sequence) \(String(decoding: body, as: UTF8.self))")
          }
        }
      }
      return told
    }
  }

  @Test func readsWhatWasWritten() throws {
    #expect(
      try read(batch()) == ["1 body 1", "2 body 2", "3 body 3", "certificate 3", "4 hash"]
    )
    #expect(try read([]) == [])
  }

  @Test func anyCutIsToldAndAnyOctetIsBorne() throws {
    let octets = try batch()
    let ends = try Set(
      octets.withUnsafeBytes { octets -> [Int] in
        var reader = BatchReader(octets)
        var ends = [0]
        while try reader.next() != nil { ends.append(reader.offset) }
        return ends
      }
    )
    for place in octets.indices where !ends.contains(place) {
      #expect(throws: BatchFormatError.self) { try read(Array(octets[..<place])) }
    }
    for place in octets.indices {
      for bit in 0..<8 {
        var changed = octets
        changed[place] ^= 1 << UInt8(bit)
        _ = try? read(changed)
      }
    }
  }

  @Test func lengthsThatLieGetNoRoom() throws {
    for kind in [1, 3] as [UInt8] {
      let header = kind == 1 ? try header(1) + [UInt8](repeating: 0, count: 16) : []
      #expect(throws: BatchFormatError.self) { try read([kind] + header + [255, 255, 255, 255]) }
    }
    #expect(throws: BatchFormatError.self) { try read([0]) }
  }
}

/// How a link paces itself.
struct PaceTests {
  @Test func waitsGrowToTheirCap() {
    var backoff = LinkBackoff(cap: .seconds(10))
    var random = SystemRandomNumberGenerator()
    var waits = (0..<12).map { _ in backoff.next(using: &random) }
    #expect(waits.allSatisfy { $0 >= .milliseconds(800) && $0 <= .seconds(12) })
    #expect(waits[11] >= .seconds(8))
    backoff.reset()
    waits = [backoff.next(using: &random)]
    #expect(waits[0] <= .milliseconds(1_200))
  }

  @Test func piecesHalveAndGrow() {
    var size = ChunkSize(maximum: 1 << 20)
    #expect(size.octets == 64 << 10)
    for _ in 0..<10 { size.failed() }
    #expect(size.octets == 4 << 10)
    for _ in 0..<200 { size.succeeded() }
    #expect(size.octets == 1 << 20)
    size.limit(100_000)
    #expect(size.octets == 100_000)
  }
}
