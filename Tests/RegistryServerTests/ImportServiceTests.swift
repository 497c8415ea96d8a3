import RPCCore
import RegistryAPI
import TestRegistry
import Testing

@testable import RegistryServer

/// Imports, in process and over TLS.
@Suite(.timeLimit(.minutes(1))) struct ImportServiceTests {
  private static let header = ImportHeader(
    fileDigest: Array(repeating: 9, count: 32),
    fileName: "households.csv"
  )

  /// Chunks of items in the file's order.
  private func chunks(_ serials: Range<Int>, of size: Int) -> [[ImportItem]] {
    let items = SampleHousehold.items(serials)
    return stride(from: 0, to: items.count, by: size).map {
      Array(items[$0..<min($0 + size, items.count)])
    }
  }

  /// Sends a whole import and gives its results.
  private func run(_ chunks: [[ImportItem]], on node: TestNode) async throws -> [ImportResult] {
    let call = try await node.households().importHouseholds()
    async let results = call.responses.reduce(into: []) { $0 += $1.results }
    try await call.send(ImportHouseholdsRequest(header: Self.header))
    for items in chunks { try await call.send(ImportHouseholdsRequest(items: items)) }
    try await call.finishSending()
    return try await results
  }

  private func registered(_ node: TestNode) async throws -> Int64 {
    let statistics = StatisticsClient(try node.channel())
    let answer = try await statistics.getStatistics(GetStatisticsRequest())
    return answer.divisions.first?.registered?.households ?? -1
  }

  @Test(arguments: Way.allCases, [2, 4])
  func givesAResultForEachItemInOrder(way: Way, window: Int) async throws {
    try await TestNode.with(way, importWindow: window) { node in
      var chunks = chunks(0..<300, of: 25)
      chunks[3][7].household?.classification?.mainCause = 99
      chunks[5][0].household?.members[1].identity?.citizenId = "990000197208211234"
      let results = try await run(chunks, on: node)
      #expect(results.map(\.firstRow) == chunks.joined().map(\.firstRow))
      let refused = results.filter { $0.outcome == .refused }
      #expect(refused.map(\.firstRow) == [chunks[3][7].firstRow, chunks[5][0].firstRow])
      let second = try #require(refused.last?.violations.first)
      #expect(second.row == chunks[5][0].firstRow + 1 && second.rule == "id.check-digit")
      #expect(
        results.filter { $0.outcome == .created && $0.householdNumber.count == 14 }.count == 298
      )
      #expect(try await registered(node) == 298)
    }
  }

  @Test(arguments: Way.allCases)
  func theSameFileTwiceDoublesNothing(way: Way) async throws {
    try await TestNode.with(way) { node in
      let first = try await run(chunks(0..<60, of: 20), on: node)
      // Other borders between messages, the same rows.
      let second = try await run(chunks(0..<60, of: 30), on: node)
      #expect(second.map(\.householdId) == first.map(\.householdId))
      #expect(second.allSatisfy { $0.replayed } && !first.contains { $0.replayed })
      #expect(try await registered(node) == 60)
      let progress = try await node.households()
        .getImport(GetImportRequest(fileDigest: Self.header.fileDigest))
      #expect(progress.done == [RowRange(first: 1, last: 180)] && progress.created == 60)
      let unknown = try await node.households()
        .getImport(GetImportRequest(fileDigest: Array(repeating: 8, count: 32)))
      #expect(unknown.done.isEmpty && unknown.created == 0)
    }
  }

  @Test func answersStaySmallWhateverIsWrong() {
    let words = String(repeating: "word", count: 30)
    let violations = (0..<51).map {
      Violation(row: 9, member: UInt32($0), field: words, rule: words, messageEn: words)
    }
    let results = (1...2_000).map {
      ImportResult(firstRow: UInt32($0), rowCount: 1, outcome: .refused, violations: violations)
    }
    let parts = ImportStream.parts(of: results)
    #expect(parts.joined().map(\.firstRow) == results.map(\.firstRow))
    #expect(parts.count > 20 && parts.count < 60)
    #expect(ImportStream.parts(of: Array(results.prefix(40))).count == 1)
    #expect(ImportStream.parts(of: []).isEmpty)
  }

  /// The results of this chunk have more bytes than a message may have.
  @Test func aChunkOfMistakesIsAnswered() async throws {
    try await TestNode.with(.inProcess) { node in
      var chunk = chunks(0..<2_000, of: 2_000)[0]
      for index in chunk.indices {
        for member in 0..<3 {
          chunk[index].household?.members[member].identity?.citizenId = "1"
          chunk[index].household?.members[member].identity?.name = ""
          chunk[index].household?.members[member].identity?.ethnicGroup = 99
          chunk[index].household?.members[member].identity?.politicalStatus = 99
          chunk[index].household?.members[member].schooling = Schooling(education: 99)
          chunk[index].household?.members[member].health = Health(states: [99])
          chunk[index].household?.members[member].labour = Labour(capacity: 99)
        }
      }
      let results = try await run([chunk], on: node)
      #expect(results.map(\.firstRow) == chunk.map(\.firstRow))
      #expect(results.allSatisfy { $0.outcome == .refused && $0.violations.count >= 18 })
    }
  }

  @Test(arguments: Way.allCases)
  func answersWhileTheSenderWaits(way: Way) async throws {
    try await TestNode.with(way) { node in
      let call = try await node.households().importHouseholds()
      try await call.send(ImportHouseholdsRequest(header: Self.header))
      for items in chunks(0..<9, of: 3) {
        try await call.send(ImportHouseholdsRequest(items: items))
        let answer = try #require(try await call.responses.next())
        #expect(answer.results.map(\.firstRow) == items.map(\.firstRow))
      }
      try await call.finishSending()
      #expect(try await call.responses.next() == nil)
    }
  }

  @Test(arguments: Way.allCases)
  func namesWhatIsWrongWithTheStream(way: Way) async throws {
    let items = SampleHousehold.items(0..<3)
    let header = Self.header
    let wrong: [(String, [ImportHouseholdsRequest])] = [
      ("header", []),
      ("header", [ImportHouseholdsRequest(items: items)]),
      (
        "header",
        [ImportHouseholdsRequest(header: header), ImportHouseholdsRequest(header: header)]
      ),
      ("file_digest", [ImportHouseholdsRequest(header: ImportHeader(fileDigest: [1]))]),
      (
        "file_name",
        [
          ImportHouseholdsRequest(
            header: ImportHeader(
              fileDigest: header.fileDigest,
              fileName: String(repeating: "a", count: 201)
            )
          )
        ]
      ),
      ("row 1 ", [ImportHouseholdsRequest(header: header, items: [items[1], items[0]])]),
      (
        "items.first_row",
        [ImportHouseholdsRequest(header: header, items: [ImportItem(firstRow: 0, rowCount: 1)])]
      ),
      (
        "items: 2001",
        [
          ImportHouseholdsRequest(
            header: header,
            items: (1...2001).map { ImportItem(firstRow: UInt32($0), rowCount: 1) }
          )
        ]
      ),
    ]
    try await TestNode.with(way) { node in
      for (words, requests) in wrong {
        let call = try await node.households().importHouseholds()
        for request in requests { try await call.send(request) }
        try await call.finishSending()
        let refused = try await refused(.invalidArgument) {
          for try await _ in call.responses {}
        }
        #expect(refused.error.message.contains(words), "\(refused.error.message)")
      }
      #expect(try await registered(node) == 0)
    }
  }

  @Test(arguments: Way.allCases)
  func aBrokenImportLeavesWholeChunksAndGoesOn(way: Way) async throws {
    try await TestNode.with(way) { node in
      let chunks = chunks(0..<200, of: 20)
      let call = try await node.households().importHouseholds()
      try await call.send(ImportHouseholdsRequest(header: Self.header))
      for items in chunks[..<6] { try await call.send(ImportHouseholdsRequest(items: items)) }
      let acknowledged = try #require(try await call.responses.next()).results
      call.cancel()
      let again = try await run(chunks, on: node)
      #expect(again.count == 200)
      // What was acknowledged is there, under the same numbers.
      #expect(Array(again[..<20]).map(\.householdNumber) == acknowledged.map(\.householdNumber))
      for chunk in 0..<10 {
        let replayed = Set(again[(chunk * 20)..<(chunk * 20 + 20)].map(\.replayed))
        #expect(replayed.count == 1, "chunk \(chunk) was cut")
      }
      #expect(try await registered(node) == 200)
    }
  }
}
