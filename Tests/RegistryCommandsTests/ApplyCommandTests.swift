internal import Foundation
internal import RegistryAPI
internal import RegistryCommands
internal import Testing

@Suite("apply", .timeLimit(.minutes(1)))
struct ApplyCommandTests {
  /// The answers about a household of two, some wrong at first.
  private static let answers = [
    "42122410000", "421224100001", "一组", "样例路1号", "12", "13800000000", "", "", "?", "缺资金",
    "9", "", "2010", "890.5", "80", "", "", "", "是", "", "", "2.5",
    // The head, whose number has a wrong check character first.
    "样大", "990000197003150012", "990000197003150014", "01", "", "", "2", "1", "1", "yes", "no",
    "yes",
    // A child without a number.
    "样小", "", "1", "1", "2011-02-30", "2010-05-01", "20", "01", "", "1", "1", "", "", "",
    "no", "yes",
  ]

  @Test("At a terminal: asks anew in the rule's words, shows the whole, records it")
  func interview() async throws {
    let installation = try await ProcedureInstallation()
    let answers = TypedLines(Self.answers)
    let run = await installation.run(["apply", "--period", "2011"], .zh, answers: answers)
    #expect(run.code == 0, "\(run.error)\(answers.rest)")
    #expect(answers.rest.isEmpty)
    let request = try #require(installation.service.with { $0.applied.first?.applications.first })
    #expect(request.period == 2011)
    let household = try #require(request.household)
    #expect(household.location?.village == "421224100001")
    #expect(household.income?.years.first?.netPerPerson?.fen == 89_050)
    #expect(household.members.map { $0.identity?.name } == ["样大", "样小"])
    #expect(household.members[0].identity?.relation == 2)
    #expect(household.members[0].identity?.birthDate == 19_700_315)
    for rule in ["household.division", "value.telephone", "cause.repeated", "id.check-digit"] {
      #expect(run.error.contains(rule), "\(rule)")
    }
    #expect(run.error.contains("是否登记此申请？"))
    await installation.stop()
  }

  @Test("No at the end, or the end of the answers, records nothing")
  func abandoned() async throws {
    let installation = try await ProcedureInstallation()
    let no = await installation.run(
      ["apply"],
      .zh,
      answers: TypedLines(Self.answers.dropLast() + ["no"])
    )
    #expect(no.code == 0 && no.error.contains("未登记"), "\(no.error)")
    let end = await installation.run(["apply"], answers: TypedLines(["421224100001"]))
    #expect(end.code == 130 && end.error.contains("the answers ended"))
    let nobody = await installation.run(["apply"])
    #expect(nobody.code == 64 && nobody.error.contains("no terminal"))
    #expect(installation.service.with { $0.applied.isEmpty })
    await installation.stop()
  }

  @Test("From fields, and what --keep wrote")
  func fields() async throws {
    let installation = try await ProcedureInstallation()
    let directory = try TemporaryDirectory()
    let kept = directory.path("kept.json")
    let first = await installation.run(
      ["apply", "--keep", kept],
      .zh,
      answers: TypedLines(Self.answers)
    )
    #expect(first.code == 0, "\(first.error)")
    let second = await installation.run(
      ["apply", "--from", kept, "--day", "2011-03-05", "--previous-household", "42122400000019"]
    )
    #expect(second.code == 0, "\(second.error)")
    let both = installation.service.with { $0.applied.compactMap { $0.applications.first } }
    #expect(both.count == 2)
    #expect(both[1].day == 20_110_305 && both[1].previousHousehold == "42122400000019")
    #expect(both[1].household?.members.count == 2)
    #expect(both[1].household?.location == both[0].household?.location)
    #expect(both[1].household?.income == both[0].household?.income)
    await installation.stop()
  }

  @Test("From a CSV file: 500 in a call, refused rows in a file, exit code 65")
  func csv() async throws {
    let installation = try await ProcedureInstallation()
    let directory = try TemporaryDirectory()
    var text = "household,village_code,group,name,relation\n"
    for serial in 1...1200 {
      text += "\(serial),421224100001,\(serial == 7 ? "refuse me" : "一组"),样大,02\n"
    }
    let path = try directory.write(text, to: "many.csv")
    let run = await installation.run(["apply", "--csv", path, "--output", "csv"])
    #expect(run.code == 65, "\(run.error)")
    #expect(installation.service.with { $0.applied.map(\.applications.count) } == [500, 500, 200])
    #expect(run.output.split(separator: "\n").count == 1201)
    let refused = try directory.read("many.csv.refused.csv").split(whereSeparator: \.isNewline)
    #expect(
      refused.count == 2 && refused[1].hasPrefix("7,") && refused[1].contains("id.check-digit")
    )
    let mixed = await installation.run(["apply", "--csv", path, "--set", "location.group=x"])
    #expect(mixed.code == 64)
    await installation.stop()
  }
}
