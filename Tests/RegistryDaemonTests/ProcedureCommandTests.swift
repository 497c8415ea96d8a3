import Foundation
import RegistryClient
import TestRegistry
import Testing

/// The identification procedure at the offices' command lines, against the running program.
@Suite(.timeLimit(.minutes(5)), .serialized) struct ProcedureCommandTests {
  private let operators: Operators
  private var folder: DaemonFolder { operators.folder }

  init() async throws { operators = try await Operators() }

  /// A day so many days before today, in China, as an option takes it.
  private func day(_ before: Int) -> String {
    let time = Date(timeIntervalSinceNow: 8 * 3600 - Double(before) * 86_400)
    return String(ISO8601DateFormatter().string(from: time).prefix(10))
  }

  private var lastYear: String { String((Int(day(0).prefix(4)) ?? 0) - 1) }

  /// A file of households to apply with, one row a member.
  private func file(_ name: String, _ serials: Range<Int>) throws -> String {
    var lines = [
      "household,village_code,group,name,relation,id_number,education,at_school,health,main_cause"
    ]
    for serial in serials {
      let household = SampleHousehold.household(serial)
      for (place, member) in household.members.enumerated() {
        let identity = member.identity
        let cells: [String] = [
          "\(serial)", SampleHousehold.village, place == 0 ? "一组" : "",
          // Of names that nobody else of the same birth date has.
          (identity?.name ?? "") + String(UnicodeScalar(UInt16(0x4E00 + serial)) ?? "甲"),
          "\(identity?.relation ?? 0)", identity?.citizenId ?? "",
          member.schooling?.education == 0 ? "" : "\(member.schooling?.education ?? 0)",
          member.schooling?.atSchool == 0 ? "" : "\(member.schooling?.atSchool ?? 0)",
          "\(member.health?.states.first ?? 0)", place == 0 ? "9" : "",
        ]
        lines.append(cells.joined(separator: ","))
      }
    }
    let path = folder.path(name)
    try (lines.joined(separator: "\n") + "\n").write(
      toFile: path,
      atomically: true,
      encoding: .utf8
    )
    return path
  }

  /// Posts what waits and closes the notice eight days later; gives the notice's id.
  @discardableResult
  private func post(_ desk: Operators.Desk, _ opened: Int) async throws -> String {
    let open = try await operators.run(
      desk,
      "notice",
      "open",
      "--place",
      "村委会公告栏",
      "--day",
      day(opened),
      "--output",
      "json"
    )
    #expect(open.end?.status == 0, "\(open.output)\(open.words)")
    let notice = try #require(open.output.firstMatch(of: #/"notice": "([0-9a-f]{32})"/#)).1
    let early = try await operators.run(
      desk,
      "notice",
      "close",
      String(notice),
      "--day",
      day(opened - 1)
    )
    #expect(early.end?.status == 65 || early.end?.status == 79, "\(early.words)")
    let close = try await operators.run(
      desk,
      "notice",
      "close",
      String(notice),
      "--day",
      day(opened - 8)
    )
    #expect(close.end?.status == 0, "\(close.output)\(close.words)")
    return String(notice)
  }

  @Test func fromTheVillageToTheRegister() async throws {
    let path = try file("apply.csv", 0..<5)
    let applied = try await operators.rows(
      .village,
      "apply",
      "--csv",
      path,
      "--day",
      day(60)
    )
    #expect(applied.map { $0["result"] } == Array(repeating: "done", count: 5))
    #expect(applied.map { $0["row"] } == ["1", "4", "7", "10", "13"])
    let numbers = applied.compactMap { $0["number"] }

    // The same people again: refused, with the rows in a file.
    let again = try await operators.run(.village, "apply", "--csv", path)
    #expect(again.end?.status == 65)
    #expect(again.output.contains("duplicate.applied"), "\(again.output)\(again.words)")
    let refused = try String(contentsOfFile: path + ".refused.csv", encoding: .utf8)
    #expect(refused.split(whereSeparator: \.isNewline).count == 16)

    let inbox = try await operators.run(.village, "inbox")
    #expect(inbox.output.contains("applied"), "\(inbox.output)\(inbox.words)")

    // Votes by row, from the list itself.
    let list = try await operators.rows(.village, "inbox")
    #expect(list.count == 5)
    let votes = list.enumerated().map { place, line in
      "\(line["number"] ?? ""),\(line["version"] ?? ""),20,\(place == 4 ? 5 : 18),0,"
        + "\(place == 4 ? 15 : 2)"
    }
    let table = folder.path("votes.csv")
    try (["number,version,present,votes_for,votes_against,abstained"] + votes)
      .joined(separator: "\n").write(toFile: table, atomically: true, encoding: .utf8)
    let appraised = try await operators.rows(
      .village,
      "application",
      "appraise",
      "--from",
      table,
      "--day",
      day(58)
    )
    #expect(appraised.allSatisfy { $0["state"] == "appraised" })
    // The one without a majority cannot be decided for; all others can.
    let file = folder.path("refused.csv")
    let decided = try await operators.run(
      .village,
      "application",
      "decide",
      "--accept",
      "--all-waiting",
      "--day",
      day(57),
      "--refused",
      file,
      "--output",
      "csv"
    )
    #expect(decided.end?.status == 65, "\(decided.words)")
    let results = Operators.table(decided.output)
    #expect(results.count { $0["state"] == "village-decided" } == 4)
    #expect(decided.output.contains("appraisal.majority"))
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.split(whereSeparator: \.isNewline).count == 2 && text.contains(numbers[4]))
    let mended = try await operators.rows(
      .village,
      "application",
      "decide",
      "--from",
      file,
      "--day",
      day(57),
      "--refuse",
      "--reason",
      "评议未通过"
    )
    #expect(mended.map { $0["state"] } == ["rejected"])
    let notice = try await post(.village, 56)

    // The sheet on paper.
    let sheet = folder.path("sheet.html")
    let page = try await operators.run(
      .village,
      "notice",
      "sheet",
      notice,
      "--output",
      sheet,
      "--lang",
      "zh"
    )
    #expect(page.end?.status == 0, "\(page.words)")
    let html = try String(contentsOfFile: sheet, encoding: .utf8)
    #expect(html.contains("村级公示") && html.contains("样大") && html.contains("SYNTHETIC"))
    #expect(!html.contains(SampleHousehold.citizenID(0, member: 0)))

    // A whole list of another office's step is refused, and one of one's own may be empty.
    let foreign = try await operators.run(
      .township,
      "application",
      "appraise",
      "--all-waiting",
      "--present",
      "9",
      "--for",
      "9"
    )
    #expect(foreign.end?.status == 77, "\(foreign.words)")
    let nothing = try await operators.run(
      .village,
      "application",
      "appraise",
      "--all-waiting",
      "--present",
      "9",
      "--for",
      "9"
    )
    #expect(nothing.end?.status == 0 && nothing.words.contains("nothing waits"))

    // A step of the wrong office says whose it is.
    let wrong = try await operators.run(
      .township,
      "application",
      "register",
      numbers[0]
    )
    #expect(wrong.end?.status == 65)
    #expect(wrong.output.contains("next: examine"), "\(wrong.output)\(wrong.words)")

    let examined = try await operators.rows(
      .township,
      "application",
      "examine",
      "--accept",
      "--income",
      "500",
      "--income-year",
      lastYear,
      "--able-to-work",
      "yes",
      "--all-waiting",
      "--village",
      SampleHousehold.village,
      "--day",
      day(40)
    )
    #expect(examined.count == 4 && examined.allSatisfy { $0["state"] == "examined" })
    try await post(.township, 39)

    let poverty = try await operators.rows(
      .poverty,
      "application",
      "approve",
      "--decision",
      "object",
      "--all-waiting",
      "--day",
      day(25)
    )
    #expect(poverty.allSatisfy { $0["state"] == "approving" } && poverty.count == 4)
    let none = try await operators.rows(
      .poverty,
      "application",
      "approve",
      "--decision",
      "object",
      "--all-waiting",
      "--day",
      day(25)
    )
    #expect(none.isEmpty)
    let security = try await operators.rows(
      .security,
      "application",
      "approve",
      "--decision",
      "neither",
      "--reason",
      "不符合低保条件",
      "--day",
      day(25),
      numbers[0],
      numbers[1],
      numbers[2],
      numbers[3]
    )
    #expect(security.allSatisfy { $0["state"] == "approved" })
    try await post(.poverty, 24)

    let registered = try await operators.rows(.poverty, "application", "register", "--all-waiting")
    #expect(registered.allSatisfy { $0["state"] == "registered" } && registered.count == 4)
    #expect(registered.allSatisfy { $0["household"]?.hasPrefix("421224") == true })

    let steps = try await operators.rows(.poverty, "application", "steps", numbers[0])
    #expect(
      steps.map { $0["move"] } == [
        "apply", "appraise", "decide", "open-notice", "close-notice", "examine", "open-notice",
        "close-notice", "approve-poverty", "approve-security", "open-notice", "close-notice",
        "register",
      ]
    )
    #expect(steps[1]["signed"] == "1" && steps[1]["person"] == "村甲")
    #expect(steps[9]["reason"] == "不符合低保条件")
    let show = try await operators.run(.poverty, "application", "show", numbers[0])
    #expect(show.output.contains("no step leads further"), "\(show.words)")
  }

  @Test func objectionsAppealsReturnsAndCorrections() async throws {
    let path = try file("apply.csv", 10..<13)
    let applied = try await operators.rows(.village, "apply", "--csv", path, "--day", day(60))
    let numbers = applied.compactMap { $0["number"] }
    let amended = try await operators.rows(
      .village,
      "application",
      "amend",
      numbers[0],
      "--set",
      "contact.address=样例路2号",
      "--day",
      day(59)
    )
    #expect(amended.first?["version"] == "2")
    // Minutes, then an appraisal that names them.
    let minutes = folder.path("minutes.txt")
    try "民主评议会议记录".write(toFile: minutes, atomically: true, encoding: .utf8)
    let attached = try await operators.run(
      .village,
      "minutes",
      "attach",
      minutes,
      "--village",
      SampleHousehold.village,
      "--output",
      "csv"
    )
    #expect(attached.end?.status == 0, "\(attached.words)")
    let digest = try #require(attached.output.firstMatch(of: #/digest,([0-9a-f]{64})/#)).1
    let back = try await operators.run(
      .village,
      "minutes",
      "get",
      String(digest),
      "--village",
      SampleHousehold.village
    )
    #expect(back.output == "民主评议会议记录", "\(back.words)")
    let appraised = try await operators.rows(
      .village,
      "application",
      "appraise",
      "--all-waiting",
      "--present",
      "30",
      "--for",
      "30",
      "--minutes",
      String(digest),
      "--day",
      day(58)
    )
    #expect(appraised.allSatisfy { $0["state"] == "appraised" })
    let returned = try await operators.rows(
      .village,
      "application",
      "return",
      numbers[2],
      "--to",
      "village",
      "--reason",
      "材料不全",
      "--day",
      day(57)
    )
    #expect(returned.first?["state"] == "applied")
    let withdrawn = try await operators.rows(
      .village,
      "application",
      "withdraw",
      numbers[2],
      "--day",
      day(57)
    )
    #expect(withdrawn.first?["state"] == "withdrawn")
    let refused = try await operators.rows(
      .village,
      "application",
      "decide",
      numbers[1],
      "--refuse",
      "--reason",
      "收入过高",
      "--day",
      day(57)
    )
    #expect(refused.first?["state"] == "rejected")
    let appealed = try await operators.rows(
      .village,
      "application",
      "appeal",
      numbers[1],
      "--reason",
      "不服",
      "--day",
      day(56)
    )
    #expect(appealed.first?["state"] == "appealed")
    let settled = try await operators.rows(
      .township,
      "application",
      "decide-appeal",
      "--all-waiting",
      "--accept",
      "--reason",
      "应重评",
      "--day",
      day(55)
    )
    #expect(settled.map { $0["state"] } == ["applied"])

    _ = try await operators.rows(
      .village,
      "application",
      "decide",
      numbers[0],
      "--accept",
      "--day",
      day(54)
    )
    let open = try await operators.run(
      .village,
      "notice",
      "open",
      "--day",
      day(53),
      "--output",
      "json"
    )
    let notice = String(
      try #require(open.output.firstMatch(of: #/"notice": "([0-9a-f]{32})"/#)).1
    )
    let objected = try await operators.rows(
      .village,
      "application",
      "object",
      numbers[0],
      "--text",
      "有楼房",
      "--day",
      day(50)
    )
    #expect(objected.first?["result"] == "done")
    let unanswered = try await operators.run(
      .village,
      "notice",
      "close",
      notice,
      "--day",
      day(45)
    )
    #expect(unanswered.output.contains("application answer"), "\(unanswered.output)")
    let unexplained = try await operators.run(
      .village,
      "application",
      "answer",
      numbers[0],
      "--uphold",
      "--day",
      day(49)
    )
    #expect(unexplained.end?.status == 65 && unexplained.output.contains("give --reason"))
    let answered = try await operators.rows(
      .village,
      "application",
      "answer",
      numbers[0],
      "--uphold",
      "--reason",
      "属实",
      "--day",
      day(49)
    )
    #expect(answered.first?["result"] == "done")
    let closed = try await operators.run(
      .village,
      "notice",
      "close",
      notice,
      "--day",
      day(45),
      "--output",
      "json"
    )
    #expect(closed.end?.status == 0 && closed.output.contains("\"code\": \"applied\""))
    let open2 = try await operators.rows(.village, "notice", "list", "--open")
    #expect(open2.isEmpty)
    #expect(try await operators.rows(.village, "notice", "list").count == 1)
  }

  @Test func errorsOfOptionsAndRows() async throws {
    let missing = try await operators.run(
      .village,
      "application",
      "appraise",
      "A42122400000001",
      "--for",
      "3"
    )
    #expect(missing.end?.status == 64)
    #expect(missing.words.contains("--present: "), "\(missing.words)")
    let none = try await operators.run(.village, "application", "withdraw", "A00000000000000")
    #expect(none.end?.status == 65 && none.output.contains("procedure.unknown"), "\(none.words)")
    let whole = try await operators.run(.village, "application", "withdraw", "--all-waiting")
    #expect(whole.end?.status == 64)
    let table = folder.path("bad.csv")
    try "number,present,votes_for,colour\nA1,1,1,red\n".write(
      toFile: table,
      atomically: true,
      encoding: .utf8
    )
    let unknown = try await operators.run(.village, "application", "appraise", "--from", table)
    #expect(unknown.end?.status == 65 && unknown.words.contains("column 4: colour"))
    let office = try await operators.run(
      .village,
      "application",
      "approve",
      "A42122400000001",
      "--decision",
      "object"
    )
    #expect(office.end?.status == 77, "\(office.words)")
    let empty = try await operators.run(.village, "notice", "open")
    #expect(empty.end?.status == 66, "\(empty.words)")
    #expect(empty.words.contains("no application waits for a notice here"))
  }
}
