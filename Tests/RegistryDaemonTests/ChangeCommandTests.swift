import Foundation
import RegistryClient
import TestRegistry
import Testing

/// `registryctl` against a running node: changes, proposals, conflicts, history.
@Suite(.timeLimit(.minutes(3)), .serialized) struct ChangeCommandTests {
  private typealias Run = (end: DaemonProcess.End?, output: String, words: String)

  private let folder: DaemonFolder
  private let daemon: DaemonProcess
  private let profiles: String
  private let household: Household

  init() async throws {
    folder = try DaemonFolder()
    daemon = try await folder.start()
    profiles = try folder.officeProfiles(daemon)
    let client = try folder.client(daemon)
    let request = CreateHouseholdRequest(household: SampleHousehold.household(1))
    household = try await client.households.createHousehold(request)
    await client.close()
  }

  private func registryctl(
    _ words: [String],
    as profile: String = "county"
  ) async throws -> Run {
    try await DaemonProcess.run(
      words + ["--profiles", self.profiles, "--profile", profile],
      environment: ["LC_ALL": "C", "REGISTRY_PROFILE": ""],
      program: DaemonProcess.program("registryctl")
    )
  }

  /// Runs a change of the household.
  private func change(
    _ kind: String,
    _ words: [String],
    as profile: String = "county"
  ) async throws -> Run {
    try await registryctl(["change", kind, "--number", household.number] + words, as: profile)
  }

  private func ok(_ run: Run, _ place: SourceLocation = #_sourceLocation) {
    #expect(run.end?.status == 0, "\(run.words)", sourceLocation: place)
  }

  private var reason: [String] { ["--reason", "核实"] }

  @Test func everyKindOfChange() async throws {
    let number = household.number
    let steps: [(String, [String], String)] = [
      ("correct", ["--set", "contact.telephone=13800000001"] + reason, "version 2"),
      ("review", ["--year", "2010", "--set", "income.net_per_person=1234.5"], "version 3"),
      (
        "birth",
        [
          "--set", "identity.name=样婴", "--set", "identity.no_id_reason=1",
          "--set", "identity.sex=1", "--set", "identity.birth_date=2010-05-01",
          "--set", "identity.relation=20", "--set", "schooling.education=1",
          "--set", "health.states=1",
        ], "version 4"
      ),
      ("death", ["--member", "1", "--new-head", "2"], "version 5"),
      ("move", ["--village", SampleHousehold.otherVillage, "--group", "二组"], "version 6"),
      ("split", ["--member", "2"], "version 7"),
    ]
    for (kind, words, told) in steps {
      let run = try await change(kind, words)
      #expect(run.end?.status == 0 && run.words.contains("is now \(told)"), "\(kind) \(run.words)")
    }
    ok(try await change("category", ["--security", "dibao"] + reason, as: "civil"))
    let client = try folder.client(daemon)
    let current = try await client.households.getHousehold(
      GetHouseholdRequest(by: .number(number))
    )
    let other = try #require(
      try await client.households.searchHouseholds(SearchHouseholdsRequest())
        .households.first { $0.number != number }
    )
    await client.close()
    #expect(current.version == 8 && current.members.count == 2)
    ok(try await change("merge", ["--other-number", other.number, "--relation", "1=20"]))
    ok(try await change("marriage", ["--leaves", "3"]))
    let away = try await change("move-away", ["--destination", "421223"])
    ok(away)
    #expect(away.words.contains("handed over to 421223"))
    let refused = try await change("exit", ["--because", "1"] + reason)
    #expect(refused.end?.status == 65 && refused.words.contains("change.exited"))
    let list = try await registryctl(["hand-over", "list", "--output", "csv"])
    ok(list)
    #expect(list.output.contains(",421223,"))
    let history = try await registryctl(["household", "history", number, "--output", "csv"])
    ok(history)
    #expect(history.output.split(whereSeparator: \.isNewline).count == 12)
    ok(try await registryctl(["check", "--deep"]))
  }

  @Test func asOfEffectiveAndCompare() async throws {
    let number = household.number
    ok(try await change("correct", ["--set", "contact.telephone=13800000001"] + reason))
    let compare = try await registryctl(["household", "compare", number, "--output", "csv"])
    ok(compare)
    #expect(
      compare.output.contains("contact.telephone,contact.telephone,13800000000,13800000001")
    )
    let get = ["household", "get", "--number", number]
    let now = try await registryctl(get)
    #expect(now.output.contains("13800000001"))
    #expect(try await registryctl(get + ["--as-of", "2010-01-01"]).end?.status == 66)
    #expect(try await registryctl(get + ["--effective", "2010-01-01"]).end?.status == 66)
    #expect(try await registryctl(get + ["--as-of", "yesterday"]).end?.status == 64)
    let far = try await registryctl(get + ["--as-of", "2099-01-01T00:00:00Z"])
    #expect(far.output == now.output)
    let json = try await registryctl(get + ["--as-of", "2099-01-01", "--output", "json"])
    #expect(json.output.contains("\"change\""))
  }

  @Test func aStaleVersionShowsBothSides() async throws {
    ok(try await change("correct", ["--set", "contact.address=新街2号"] + reason))
    let words = ["--base-version", "1", "--set", "contact.telephone=13800000009"] + reason
    let stale = try await change("correct", words + ["--output", "csv"])
    #expect(stale.end?.status == 79, "\(stale.words)")
    #expect(stale.output.contains("contact.address,contact.address,样例路1号,新街2号,样例路1号,record"))
    #expect(
      stale.output.contains(
        "contact.telephone,contact.telephone,13800000000,13800000000,13800000009,request"
      )
    )
    let update = try await registryctl([
      "household", "update", "--number", household.number, "--base-version", "1", "--set",
      "contact.telephone=13800000009", "--output", "csv",
    ])
    #expect(update.end?.status == 79 && update.output == stale.output, "\(update.output)")
    let chinese = try await change("correct", words + ["--lang", "zh"])
    #expect(chinese.output.contains("本次") && chinese.words.contains("现有版本为 2"))
  }

  @Test func proposalsAndConflicts() async throws {
    let made = try await change(
      "correct",
      ["--set", "contact.telephone=13800000001"] + reason + ["--output", "json"],
      as: "village"
    )
    ok(made)
    #expect(made.words.contains("the county decides"))
    let list = try await registryctl(["proposal", "list", "--output", "csv"])
    let line = try #require(list.output.split(whereSeparator: \.isNewline).dropFirst().first)
    let id = String(line.prefix(32))
    ok(try await change("correct", ["--set", "contact.telephone=13800000002"] + reason))
    let show = try await registryctl(["proposal", "show", id])
    #expect(show.output.contains("13800000001") && show.output.contains("13800000002"))
    #expect(try await registryctl(["proposal", "take", id], as: "village").end?.status == 77)
    let taken = try await registryctl(["proposal", "take", id])
    ok(taken)
    #expect(taken.words.contains("conflict resolve"))
    let conflicts = try await registryctl(["conflict", "list", "--output", "csv"])
    #expect(conflicts.output.contains(id))
    ok(try await registryctl(["conflict", "show", id, "--lang", "zh"]))
    let resolve = ["conflict", "resolve", id, "--reason", "核实"]
    #expect(try await registryctl(resolve + ["--take", "neither"]).end?.status == 64)
    ok(try await registryctl(resolve + ["--take", "proposed"]))
    let get = try await registryctl(["household", "get", "--number", household.number])
    #expect(get.output.contains("13800000001"))

    ok(try await change("exit", ["--because", "1"] + reason, as: "village"))
    let next = try await registryctl(["proposal", "list", "--output", "csv"])
    let second = try #require(next.output.split(whereSeparator: \.isNewline).dropFirst().first)
    ok(try await registryctl(["proposal", "withdraw", String(second.prefix(32))], as: "village"))
    #expect(try await registryctl(["proposal", "refuse", id, "--reason", "核实"]).end?.status == 65)
  }
}
