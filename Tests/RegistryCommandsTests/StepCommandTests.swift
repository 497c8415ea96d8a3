internal import Foundation
internal import RegistryAPI
internal import RegistryCommands
internal import TestCertificates
internal import Testing

@Suite("Steps of the procedure", .timeLimit(.minutes(1)))
struct StepCommandTests {
  private static let refusal = Violation(
    row: 1,
    field: "move",
    rule: "procedure.state",
    messageEn: "the application is not in a state that allows this step",
    messageZh: "申请当前状态不允许此步骤"
  )

  @Test("A whole list goes in calls of 2,000, signed over TLS")
  func whole() async throws {
    let installation = try await ProcedureInstallation()
    installation.service.fill(4500, .countyNoticed)
    let run = await installation.run(
      ["application", "register", "--all-waiting", "--output", "csv"]
    )
    #expect(run.code == 0, "\(run.error)")
    #expect(installation.service.with { $0.calls } == [2000, 2000, 500])
    #expect(run.output.split(separator: "\n").count == 4501)
    await installation.stop()
  }

  @Test("A refusal says what to do next, and its row can be given back")
  func refused() async throws {
    let installation = try await ProcedureInstallation()
    installation.service.fill(3, .examined)
    installation.service.with { $0.refusals["A4212240100001"] = Self.refusal }
    let directory = try TemporaryDirectory()
    let file = directory.path("refused.csv")
    let run = await installation.run(
      ["application", "return", "A4212240100000", "A4212240100001", "A1", "--to", "township"]
        + ["--reason", "x", "--refused", file]
    )
    #expect(run.code == 65)
    #expect(run.output.contains("it is now: examined by the township; next: post a notice"))
    #expect(run.output.contains("township government: notice open"))
    #expect(run.output.contains("no such application in the office's area"))
    #expect(run.error == "error: 2 of 3 were refused; see \(file)\n")
    let lines = try directory.read("refused.csv").split(whereSeparator: \.isNewline)
    #expect(lines.count == 3 && lines[1].hasPrefix("A4212240100001,"))
    #expect(lines[2].hasPrefix("A1,") && lines[2].contains("procedure.unknown"))
    let again = await installation.run(
      ["application", "return", "--from", file, "--to", "township", "--reason", "x"],
      .zh
    )
    #expect(again.code == 65 && again.error == "错误：2 件中有 2 件被拒\n", "\(again.error)")
    await installation.stop()
  }

  @Test("Rows of a file give their own values; unreadable ones are refused alone")
  func rows() async throws {
    let installation = try await ProcedureInstallation()
    installation.service.fill(20, .villageNoticed)
    let directory = try TemporaryDirectory()
    let lines = (0..<20).map { place in
      "A4212240\(100_000 + place),\(place == 4 ? "many" : "\(700 + place).5"),"
        + (place == 5 ? "perhaps" : "有")
    }
    let file = try directory.write(
      (["申请编号,人均纯收入,有无劳动能力"] + lines).joined(separator: "\n"),
      to: "incomes.csv"
    )
    let run = await installation.run(
      ["application", "examine", "--accept", "--income-year", "2010", "--day", "2011-03-05"]
        + ["--from", file, "--output", "csv"]
    )
    #expect(run.code == 65, "\(run.error)")
    #expect(run.output.contains("value.money") && run.output.contains("value.yes-no"))
    let steps = installation.service.with { $0.steps }
    #expect(steps.count == 18)
    guard case .examine(let examination)? = steps.first?.move else {
      Issue.record("no examination")
      return
    }
    #expect(examination.netPerPerson?.fen == 70_050 && examination.ableToWork == .yes)
    #expect(examination.accepted && examination.incomeYear == 2010)
    #expect(steps[0].day == 20_110_305 && steps[0].baseVersion == 3)
    await installation.stop()
  }

  @Test("The office of the certificate says for which list it approves", arguments: [true, false])
  func approval(isPoverty: Bool) async throws {
    let kind = isPoverty ? "poverty-office" : "civil-affairs"
    let installation = try await ProcedureInstallation(.office("421224", kind, "p0007"))
    installation.service.fill(1, .townshipNoticed)
    let wrong = await installation.run(
      ["application", "approve", "--all-waiting", "--decision", isPoverty ? "dibao" : "object"]
    )
    #expect(wrong.code == 64 && wrong.error.contains("--decision: "), "\(wrong.error)")
    let right = await installation.run(
      ["application", "approve", "--all-waiting", "--decision", isPoverty ? "扶贫对象" : "低保"]
    )
    #expect(right.code == 0, "\(right.error)")
    switch installation.service.with({ $0.steps.first?.move }) {
    case .approvePoverty(let approval)?: #expect(isPoverty && approval.decision == .object)
    case .approveSecurity(let approval)?: #expect(!isPoverty && approval.decision == .dibao)
    default: Issue.record("another move")
    }
    await installation.stop()
  }

  @Test("What was done before a call failed is told")
  func broken() async throws {
    let installation = try await ProcedureInstallation()
    installation.service.fill(2500, .countyNoticed)
    installation.service.with { $0.failingCall = 2 }
    let run = await installation.run(
      ["application", "register", "--all-waiting", "--output", "csv"]
    )
    #expect(run.code == 77)
    #expect(run.output.split(separator: "\n").count == 2001)
    await installation.stop()
  }

  @Test("The inbox counts by state and filters")
  func inbox() async throws {
    let installation = try await ProcedureInstallation()
    installation.service.fill(5, .townshipNoticed)
    installation.service.with { state in
      state.applications[1].state = .approving
      state.applications[2].returned = true
      state.applications[3].possibleDuplicates = 1
    }
    let run = await installation.run(["inbox"])
    #expect(run.output.hasPrefix("Waiting  5\nBy state\n"), "\(run.output)\(run.error)")
    #expect(run.output.contains("  waits for the county                     4\n"), "\(run.output)")
    let chinese = await installation.run(["inbox", "--counts", "--output", "csv"], .zh)
    #expect(chinese.output == "state,applications\ntownship-noticed,4\napproving,1\n")
    for (flag, count) in [("--returned", 1), ("--duplicates", 1), ("--objections", 0)] {
      let filtered = await installation.run(["inbox", flag, "--output", "csv"])
      #expect(filtered.output.split(separator: "\n").count == 1 + count, "\(flag)")
    }
    await installation.stop()
  }

  @Test(
    "Minutes are told by their content",
    arguments: [
      ([0x25, 0x50, 0x44, 0x46, 0x2D, 0x31], "application/pdf"),
      ([0xFF, 0xD8, 0xFF, 0xE0], "image/jpeg"),
      ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
      (Array("会议记录\n".utf8), "text/plain"), ([], nil), ([0xC3, 0x28], nil), ([0x00, 0x41], nil),
      (Array(repeating: 0x41, count: 2 << 20), "text/plain"),
      (Array(repeating: 0x41, count: 2 << 20 + 1), nil),
    ] as [([UInt8], String?)]
  )
  func minutes(bytes: [UInt8], kind: String?) async throws {
    let installation = try await ProcedureInstallation()
    let directory = try TemporaryDirectory()
    try Data(bytes).write(to: directory.url.appending(path: "minutes"))
    let run = await installation.run(
      ["minutes", "attach", directory.path("minutes"), "--village", "421224100001"]
    )
    let attached = installation.service.with { $0.attached.first }
    #expect(attached?.mediaType == kind, "\(run.error)")
    #expect(run.code == (kind == nil ? 65 : 0))
    if kind != nil { #expect(attached?.content == bytes && attached?.name == "minutes") }
    await installation.stop()
  }
}
