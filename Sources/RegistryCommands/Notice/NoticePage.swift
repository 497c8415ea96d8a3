package import RegistryAPI
package import RegistryModel

/// A public notice as a printable page: HTML for A4 paper.
package enum NoticePage {
  /// The page of a notice's sheet.
  ///
  /// It holds what need hang on a wall and nothing more: number, head, members, village and, once
  /// decided, category and cause; the sheet's message has no ID number, account, telephone or
  /// address. All text is escaped; the page has no script and loads nothing.
  package static func html(
    _ sheet: NoticeSheet,
    _ codes: CodeLists,
    _ language: Language
  ) -> String {
    let notice = sheet.notice ?? Notice()
    let title = title(notice)
    let showsCategory = sheet.lines.contains { $0.category != .unspecified }
    let body = [
      sheet.synthetic ? mark(language) : "",
      heading(sheet, title, language),
      "<p class=\"lead\">\(escaped(lead(sheet, notice)(language)))</p>",
      table(sheet.lines, showsCategory: showsCategory, codes, language),
      foot(sheet, notice, language),
    ]
    return """
      <!DOCTYPE html>
      <html lang="\(language == .zh ? "zh-CN" : "en")">
      <head>
      <meta charset="utf-8">
      <title>\(escaped(title(language)))</title>
      <style>\(style)</style>
      </head>
      <body>
      \(body.filter { !$0.isEmpty }.joined(separator: "\n"))
      </body>
      </html>

      """
  }

  private static func title(_ notice: Notice) -> Text {
    switch notice.level {
    case .village: Text(en: "Public notice of the village", zh: "村级公示")
    case .township: Text(en: "Public notice of the township", zh: "乡（镇）级公示")
    default: Text(en: "Public notice of the county", zh: "县级公示")
    }
  }

  private static func heading(
    _ sheet: NoticeSheet,
    _ title: Text,
    _ language: Language
  ) -> String {
    let place = sheet.division.map { $0.fullName.isEmpty ? $0.name : $0.fullName } ?? ""
    let subject = Text(
      en: "Households identified for poverty alleviation and the minimum living security",
      zh: "农村贫困户识别对象"
    )
    let other: Language = language == .zh ? .en : .zh
    return """
      <header>
      <p class="place">\(escaped(place))</p>
      <h1>\(escaped(subject(language)))<br>\(escaped(title(language)))</h1>
      <p class="other">\(escaped(title(other)))</p>
      </header>
      """
  }

  private static func lead(_ sheet: NoticeSheet, _ notice: Notice) -> Text {
    let decided: Text =
      switch notice.level {
      case .village:
        Text(
          en: "After democratic appraisal and the decision of the village committee",
          zh: "经本人申请、民主评议、村民委员会研究决定"
        )
      case .township:
        Text(
          en: "After the village's notice and the examination of the township government",
          zh: "经村级公示无异议、乡（镇）人民政府审核"
        )
      default:
        Text(
          en: "After the approval of the poverty alleviation office and of civil affairs",
          zh: "经扶贫部门和民政部门审批"
        )
      }
    let (opened, closes) = (day(notice.openedOn), day(notice.closesFrom))
    return Text(
      en: "\(decided.en), the following \(sheet.lines.count) households are posted from "
        + "\(opened.en) until \(closes.en) at least. Whoever objects may do so during that time, "
        + "in person or in writing, to the office that posts this notice.",
      zh: "\(decided.zh)，现将下列 \(sheet.lines.count) 户名单予以公示。公示期自\(opened.zh)起，"
        + "至\(closes.zh)止。如有异议，请在公示期内以书面或口头形式向公示单位反映。"
    )
  }

  private static func table(
    _ lines: [NoticeLine],
    showsCategory: Bool,
    _ codes: CodeLists,
    _ language: Language
  ) -> String {
    var titles = [
      Text(en: "No.", zh: "序号"), Text(en: "Application", zh: "申请编号"),
      Text(en: "Village, group", zh: "村、组"), Text(en: "Head", zh: "户主姓名"),
      Text(en: "Members", zh: "家庭人口"),
    ]
    if showsCategory { titles.append(Text(en: "Category", zh: "拟定属性")) }
    titles.append(Text(en: "Main cause", zh: "主要致贫原因"))
    let head = titles.map { "<th>\(escaped($0(language)))</th>" }.joined()
    let rows = lines.enumerated().map { place, line in
      var cells = [
        ("n", String(place + 1)), ("n", line.number), ("", line.place), ("c", line.head),
        ("n", String(line.members)),
      ]
      if showsCategory {
        cells.append(("c", name(line.category)?(language) ?? ""))
      }
      let cause = Int32(exactly: line.mainCause).flatMap(codes.cause.entry)
      cells.append(("c", (language == .zh ? cause?.chinese : cause?.english) ?? ""))
      return "<tr>"
        + cells.map { kind, text in
          "<td\(kind.isEmpty ? "" : " class=\"\(kind)\"")>\(escaped(text))</td>"
        }.joined() + "</tr>"
    }
    return """
      <table>
      <thead><tr>\(head)</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      """
  }

  private static func foot(
    _ sheet: NoticeSheet,
    _ notice: Notice,
    _ language: Language
  ) -> String {
    let people = sheet.lines.reduce(UInt64(0)) { $0 + UInt64($1.members) }
    let sum = Text(
      en: "Households: \(sheet.lines.count). People: \(people).",
      zh: "合计：\(sheet.lines.count) 户，\(people) 人。"
    )
    let hangs = Text(en: "Posted at: \(notice.place)", zh: "张贴地点：\(notice.place)")
    let seal = Text(en: "(Seal of the office)", zh: "（公章）")
    let name = sheet.division?.name ?? ""
    let office: Text =
      switch notice.level {
      case .village: Text(en: "Village committee, \(name)", zh: committee(name))
      case .township: Text(en: "Government of \(name)", zh: "\(name)人民政府")
      default: Text(en: "Poverty alleviation office, \(name)", zh: "\(name)扶贫开发办公室")
      }
    let closed =
      notice.closedOn == 0
      ? ""
      : Text(
        en: "Closed on \(day(notice.closedOn).en); objections: \(sheet.objections).",
        zh: "公示已于\(day(notice.closedOn).zh)结束；异议 \(sheet.objections) 件。"
      )(language)
    return """
      <p class="sum">\(escaped(sum(language))) \(escaped(closed))</p>
      <p class="sum">\(escaped(notice.place.isEmpty ? "" : hangs(language)))</p>
      <footer>
      <p>\(escaped(office(language)))</p>
      <p>\(escaped(seal(language)))</p>
      <p>\(escaped(day(notice.openedOn)(language)))</p>
      </footer>
      <p class="id">\(escaped(Hexadecimal.text(notice.id)))</p>
      """
  }

  /// The category in words that say it to a passer-by.
  private static func name(_ category: Category) -> Text? {
    if category == .both { return Text(en: "poverty object and dibao", zh: "扶贫低保户") }
    return HouseholdForm.categories.first { $0.0 == category }?.1
  }

  /// The committee of a village or community; some divisions are recorded by the committee's name.
  private static func committee(_ name: String) -> String {
    if name.hasSuffix("委会") || name.hasSuffix("委员会") { return name }
    return name + (name.hasSuffix("社区") ? "居民委员会" : "村民委员会")
  }

  private static func mark(_ language: Language) -> String {
    let words = Text(
      en: "SYNTHETIC: the people on this page are generated, not real",
      zh: "合成数据：本页人员均为生成，并非真实 SYNTHETIC"
    )
    return "<p class=\"synthetic\">\(escaped(words(language)))</p>"
  }

  private static func day(_ number: Int32) -> Text {
    guard let day = Day(yyyymmdd: Int(number)) else { return Text(en: "–", zh: "–") }
    let (year, month, date) = day.components
    return Text(en: day.text, zh: "\(year)年\(month)月\(date)日")
  }

  /// Text made safe in HTML, control characters and direction marks made visible.
  static func escaped(_ text: String) -> String {
    var safe = ""
    for scalar in DisplayWidth.safe(text).unicodeScalars {
      switch scalar {
      case "&": safe += "&amp;"
      case "<": safe += "&lt;"
      case ">": safe += "&gt;"
      case "\"": safe += "&quot;"
      case "'": safe += "&#39;"
      default: safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }

  private static let style = """

    @page { size: A4; margin: 20mm 18mm 18mm; @bottom-center { content: counter(page) " / " \
    counter(pages); font-size: 9pt; } }
    * { box-sizing: border-box; }
    body { font: 11pt/1.6 "FangSong", "STFangsong", "Noto Serif CJK SC", "Source Han Serif SC", \
    "SimSun", "Times New Roman", serif; color: #000; background: #fff; max-width: 174mm; \
    margin: 0 auto; }
    header { text-align: center; border-bottom: 2.5pt double #b00000; margin-bottom: 6mm; }
    .place { font-size: 13pt; margin: 0; letter-spacing: .1em; }
    h1 { font: bold 21pt/1.45 "SimHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif; \
    color: #b00000; margin: 2mm 0 1mm; letter-spacing: .06em; }
    .other { font-size: 9.5pt; color: #444; margin: 0 0 3mm; }
    .lead { text-align: justify; text-indent: 2em; margin: 0 0 5mm; }
    html[lang="en"] .lead { text-indent: 0; }
    html[lang="en"] h1 { font-size: 16pt; letter-spacing: 0; }
    table { width: calc(100% - 1pt); border-collapse: collapse; font-size: 10.5pt; }
    thead { display: table-header-group; }
    tr { break-inside: avoid; }
    th, td { border: .6pt solid #000; padding: 1.2mm 1.6mm; overflow-wrap: anywhere; }
    th { font-weight: bold; background: #f3eeee; text-align: center; }
    td.n { text-align: center; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
    td.c { text-align: center; }
    .sum { margin: 3mm 0 0; }
    footer { break-inside: avoid; margin: 12mm 6mm 0 auto; width: 75mm; text-align: center; }
    footer p { margin: 1mm 0; }
    .id { font: 7.5pt monospace; color: #666; margin-top: 8mm; }
    .synthetic { border: 1.5pt solid #b00000; color: #b00000; text-align: center; \
    font-weight: bold; padding: 1.5mm; margin: 0 0 5mm; }

    """
}
