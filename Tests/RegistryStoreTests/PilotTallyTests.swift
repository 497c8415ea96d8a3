import RegistryAPI
import RegistryModel
import Testing

@testable import RegistryStore

/// The kept sums of pilot work.
struct PilotTallyTests {
  private let kinds = try? PilotKinds.load()

  private func record(
    _ kind: String,
    _ figures: [String: Int64],
    level: String = "",
    project: [UInt8] = []
  ) -> PilotRecord {
    var record = PilotRecord(kind: kind, division: "421224", title: kind)
    record.figures = figures.map { PilotFigure(key: $0.key, value: $0.value) }
    record.level = level
    record.project = project
    return record
  }

  @Test("Sums hold whatever numbers records may have, and are told as the largest number")
  func noOverflow() throws {
    let kinds = try #require(kinds)
    let publicity = try #require(kinds["publicity"])
    let largest: Int64 = 1_000_000_000_000_000
    let one = PilotTally(record("publicity", ["people.mobilised": largest]), kinds)
    var sum = PilotTally()
    for _ in 0..<20_000 { sum.add(one) }
    #expect(sum.sums(of: [publicity]).first?.numbers.map(\.value) == [.max])
    #expect(sum.sums(of: [publicity]).first?.records == 20_000)
    for _ in 0..<19_998 { sum.subtract(one) }
    #expect(sum.sums(of: [publicity]).first?.numbers.map(\.value) == [2 * largest])
    sum.subtract(one)
    sum.subtract(one)
    #expect(sum.isEmpty && sum.sums(of: [publicity]).first == nil)
  }

  @Test("Money is told by level, and what of it was for projects")
  func money() throws {
    let kinds = try #require(kinds)
    let disbursement = try #require(kinds["disbursement"])
    var sum = PilotTally()
    sum.add(PilotTally(record("disbursement", ["fen": 5], level: "state"), kinds))
    sum.add(
      PilotTally(
        record("disbursement", ["fen": 7, "people": 2], level: "county", project: [1]),
        kinds
      )
    )
    let found = try #require(sum.sums(of: [disbursement]).first)
    #expect(found.money.map(\.level) == ["state", "county"] && found.money.map(\.fen) == [5, 7])
    #expect(found.numbers.map(\.number.key) == ["fen", "people", "fen.projects"])
    #expect(found.numbers.map(\.value) == [12, 2, 7])
    // Numbers that say how things stand do not add up; what is withdrawn or unknown does not count.
    let rural = PilotTally(record("rural-population", ["people.rural": 9]), kinds)
    let population = try #require(kinds["rural-population"])
    #expect(rural.sums(of: [population]).first?.numbers.isEmpty == true)
    var gone = record("disbursement", ["fen": 5], level: "state")
    gone.withdrawn = true
    #expect(PilotTally(gone, kinds).isEmpty)
    #expect(PilotTally(record("picnic", ["fen": 5]), kinds).isEmpty)
  }

  @Test("What is stored is read again; octets that are none are not")
  func stored() throws {
    let kinds = try #require(kinds)
    var sum = PilotTally(record("training", ["courses": 4, "people.trained": 816]), kinds)
    sum.add(PilotTally(record("disbursement", ["fen": 7], level: "county"), kinds))
    let octets = sum.stored
    #expect(octets.withUnsafeBytes { PilotTally(stored: $0) } == sum)
    #expect([UInt8]().withUnsafeBytes { PilotTally(stored: $0) } == PilotTally())
    for length in 1..<octets.count {
      // Cut between two sums it is a shorter one.
      let cut = octets[..<length].withUnsafeBytes { PilotTally(stored: $0) }
      #expect(cut == nil || cut?.sums.count ?? 0 < sum.sums.count, "\(length)")
    }
  }
}
