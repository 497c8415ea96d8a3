internal import RegistryAPI
internal import RegistryModel
internal import Testing

@testable internal import RegistryCommands

/// What is withheld is said, and what goes with another class is shown beside it.
struct WithheldTests {
  private let json = JSONPrinter(language: .en)

  @Test("Of a withheld class the part that goes with another is shown")
  func parts() throws {
    let codes = try CodeLists.load()
    let household = Household(
      id: [1],
      status: .registered,
      classification: Classification(otherCauses: [3]),
      members: [Member(id: [2], security: Security(medicalScheme: .no))],
      withheld: [.income, .security, .classification]
    )
    let line = json.line(HouseholdForm.record(household, codes))
    for part in [
      #""version": {"withheld": true}"#, #""effective_on": {"withheld": true}"#,
      #""recorded_at": {"withheld": true}"#, #""income": {"withheld": true}"#,
      #""category": {"withheld": true}"#, #""main_cause": {"withheld": true}"#,
      #""medical_scheme": false"#, #""pension": {"withheld": true}"#, "schooling cost",
    ] {
      #expect(line.contains(part), "\(part) in \(line)")
    }
    // Seen whole, what nobody recorded is unknown.
    var whole = household
    (whole.withheld, whole.version) = ([], 3)
    let other = json.line(HouseholdForm.record(whole, codes))
    #expect(!other.contains("withheld") && other.contains(#""version": "3""#), "\(other)")
  }

  @Test("So in a line of a list")
  func lines() throws {
    let codes = try CodeLists.load()
    func cells(_ cause: UInt32, _ withheld: Set<DisclosureClass>) -> [Value] {
      let summary = HouseholdSummary(id: [1], mainCause: cause)
      return HouseholdForm.row(summary, isWithheld: withheld.contains, codes)
    }
    let place = try #require(HouseholdForm.columns.firstIndex { $0.key == "main_cause" })
    #expect(cells(3, [.classification])[place] == codes.cause.value(3))
    #expect(cells(0, [.classification])[place] == .withheld)
    #expect(cells(0, [])[place] == .absent)
    let version = try #require(HouseholdForm.columns.firstIndex { $0.key == "version" })
    #expect(cells(0, [.classification])[version] == .withheld)
  }
}
