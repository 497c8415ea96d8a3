package import RegistryAPI

/// The progress report as one page: HTML that prints on A4, in both languages, with charts.
///
/// All text is escaped; the page has no script and loads nothing. Every figure of the page is one of
/// the report's; every percentage stands beside its base.
package enum ReportPage {
  /// The page of a report, with those of the divisions below.
  package static func html(_ report: Report, below: [Report]) -> String {
    let place = report.division?.fullName ?? ""
    let body = [
      report.synthetic ? mark : "", heading(report, place),
      chart(
        "Identified people by category",
        "已识别人口（按属性）",
        bars(
          report.figures.filter { figure in
            ["poverty-object", "dibao", "both", "five-guarantee"]
              .contains { figure.key == "identified.\($0).people" }
          },
          report
        )
      ),
      chart(
        "Main causes, households",
        "主要致贫原因（户）",
        bars(
          report.figures.filter { $0.section == "causes" && $0.unit == .households }
            .sorted { $0.value > $1.value },
          report
        )
      ),
      chart("Counties by division", "各区划试点县与上传县", coverage(below)),
      chart(
        "Money by level of government",
        "资金（按来源层级）",
        bars(
          report.figures.filter {
            $0.section == "work" && $0.unit == .fen && !$0.baseKey.isEmpty
              && !$0.key.hasSuffix(".projects")
          },
          report
        )
      ),
      table(report), belowTables.map { table(of: $0, below) }.joined(separator: "\n"),
      notes(report),
    ]
    return """
      <!DOCTYPE html>
      <html lang="zh-CN">
      <head>
      <meta charset="utf-8">
      <title>\(escaped("\(place) 进展报告 · Progress report"))</title>
      <style>\(style)</style>
      </head>
      <body>
      \(body.filter { !$0.isEmpty }.joined(separator: "\n"))
      </body>
      </html>

      """
  }

  private static let mark =
    "<p class=\"mark\">合成数据，并非真实人员 · SYNTHETIC: the people are generated, not real</p>"

  private static func heading(_ report: Report, _ place: String) -> String {
    let moment =
      report.day == 0
      ? ChinaTime.value(report.asOf).shown(.zh)
      : "\(day(report.day)) 日终 · close of the day"
    return """
      <header>
      <p class="place">\(escaped(place))</p>
      <h1>两项制度衔接进展报告<br><small>Progress report: poverty alleviation and minimum living
      security</small></h1>
      <p class="moment">截至 \(escaped(moment)) · as of \(escaped(moment))</p>
      </header>
      """
  }

  private static func day(_ number: Int32) -> String {
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100)
    return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  private static func chart(_ english: String, _ chinese: String, _ svg: String) -> String {
    if svg.isEmpty { return "" }
    return """
      <figure>
      <figcaption>\(chinese) <small>\(english)</small></figcaption>
      \(svg)
      </figure>
      """
  }

  private static let width = 680
  private static let rowHeight = 24

  /// Horizontal bars, each with its number and share.
  private static func bars(_ figures: [Figure], _ report: Report) -> String {
    let shown = figures.filter { $0.value > 0 }
    guard let largest = shown.map(\.value).max() else { return "" }
    let (left, room) = (210, 260)
    var rows: [String] = []
    for (place, figure) in shown.enumerated() {
      let top = place * rowHeight
      let length = max(1, Int(Double(figure.value) / Double(largest) * Double(room)))
      let share = share(figure, report).map { " · \($0)" } ?? ""
      rows.append(
        """
        <text x="\(left - 8)" y="\(top + 16)" text-anchor="end">\(escaped(figure.nameZh))</text>
        <rect x="\(left)" y="\(top + 4)" width="\(length)" height="16"><title>\(escaped(figure.nameEn))</title></rect>
        <text x="\(left + length + 6)" y="\(top + 16)">\(escaped(number(figure)))\(share)</text>
        """
      )
    }
    return svg(height: shown.count * rowHeight, rows)
  }

  /// Pilot counties and those with data uploaded, by the divisions below.
  private static func coverage(_ below: [Report]) -> String {
    let rows = below.compactMap { one -> (String, Int64, Int64)? in
      func value(_ key: String) -> Int64 { one.figures.first { $0.key == key }?.value ?? 0 }
      let (pilot, uploaded) = (value("counties.pilot"), value("counties.uploaded"))
      return pilot + uploaded == 0 ? nil : (one.division?.name ?? "", pilot, uploaded)
    }
    guard let largest = rows.map({ max($0.1, $0.2) }).max(), largest > 0 else { return "" }
    let (left, room) = (130, 360)
    var shapes: [String] = []
    for (place, (name, pilot, uploaded)) in rows.enumerated() {
      let top = place * rowHeight
      func length(_ value: Int64) -> Int { Int(Double(value) / Double(largest) * Double(room)) }
      shapes.append(
        """
        <text x="\(left - 8)" y="\(top + 16)" text-anchor="end">\(escaped(name))</text>
        <rect class="pale" x="\(left)" y="\(top + 4)" width="\(length(pilot))" height="16"/>
        <rect x="\(left)" y="\(top + 8)" width="\(length(uploaded))" height="8"/>
        <text x="\(left + length(max(pilot, uploaded)) + 6)" y="\(top + 16)">\(uploaded) / \(pilot)</text>
        """
      )
    }
    return svg(height: rows.count * rowHeight, shapes)
      + "<p class=\"key\">深色：已上传 uploaded · 浅色：试点 pilot</p>"
  }

  private static func svg(height: Int, _ shapes: [String]) -> String {
    """
    <svg viewBox="0 0 \(width) \(height)" width="100%" role="img">
    \(shapes.joined(separator: "\n"))
    </svg>
    """
  }

  private static func table(_ report: Report) -> String {
    var rows: [String] = []
    var section = ""
    for figure in report.figures {
      if figure.section != section {
        section = figure.section
        let name = ReportSection.name(section)
        rows.append(
          "<tr class=\"section\"><th colspan=\"4\">\(name.zh) <small>\(name.en)</small></th></tr>"
        )
      }
      let base = report.figures.first { $0.key == figure.baseKey }
      let share = share(figure, report) ?? ""
      let of = base.map { "\(escaped($0.nameZh)) <small>\(escaped($0.nameEn))</small>" } ?? ""
      rows.append(
        "<tr><td>\(escaped(figure.nameZh)) <small>\(escaped(figure.nameEn))</small></td>"
          + "<td class=\"n\">\(escaped(number(figure)))</td><td class=\"n\">\(share)</td>"
          + "<td>\(of)</td></tr>"
      )
    }
    return """
      <table>
      <thead><tr><th>指标 Figure</th><th>数量 Number</th><th>比例 Share</th><th>基数 Base</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      """
  }

  /// The figures that a table of the divisions below has side by side, with their headings.
  private static let belowTables: [[(key: String, chinese: String, english: String)]] = [
    [
      ("counties.pilot", "试点县", "pilot counties"), ("counties.uploaded", "已上传", "uploaded"),
      ("counties.returned", "报表县", "returns"), ("identified.people", "已识别人口", "identified"),
      ("registered.households", "建档户", "households"), ("registered.people", "建档人口", "people"),
      ("below-line.people", "低于标准", "below the line"),
    ],
    [
      ("identified.poverty-object.people", "扶贫对象", "poverty objects"),
      ("identified.dibao.people", "低保", "dibao"), ("identified.both.people", "扶贫低保", "both"),
      ("identified.five-guarantee.people", "五保", "five-guarantee"),
      ("work.work-fund.fen", "工作经费", "work funds"),
      ("work.disbursement.fen.projects", "扶持项目拨付", "for projects"),
      ("work.publicity.people.mobilised", "发动群众", "mobilised"),
    ],
    [
      ("cause.funds.households", "缺资金", "funds"), ("cause.illness.households", "因病", "illness"),
      ("cause.labour.households", "缺劳力", "labour"),
      ("cause.technology.households", "缺技术", "technology"),
      ("cause.disability.households", "因残", "disability"),
      ("cause.disaster.households", "因灾", "disaster"),
      ("cause.schooling.households", "因学", "schooling"),
      ("cause.other.households", "其他", "other"),
    ],
  ]

  /// A line for each division below that has something of it.
  private static func table(
    of columns: [(key: String, chinese: String, english: String)],
    _ below: [Report]
  ) -> String {
    let head = columns.map { "<th>\($0.chinese)<br><small>\($0.english)</small></th>" }.joined()
    let rows = below.compactMap { one -> String? in
      let figures = columns.map { column in one.figures.first { $0.key == column.key } }
      guard figures.contains(where: { $0.map { $0.value != 0 } ?? false }) else { return nil }
      let cells = figures.map { "<td class=\"n\">\($0.map { escaped(number($0)) } ?? "")</td>" }
      return "<tr><td>\(escaped(one.division?.name ?? ""))</td>\(cells.joined())</tr>"
    }
    if rows.isEmpty { return "" }
    return """
      <table>
      <thead><tr><th>区划 Division</th>\(head)</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      """
  }

  private static func notes(_ report: Report) -> String {
    let lines = zip(report.notesZh, report.notesEn).map { chinese, english in
      "<li>\(escaped(chinese)) <small>\(escaped(english))</small></li>"
    }
    return "<ol class=\"notes\">\n\(lines.joined(separator: "\n"))\n</ol>"
  }

  private static func number(_ figure: Figure) -> String {
    let unit: Text =
      switch figure.unit {
      case .households: Text(en: "", zh: " 户")
      case .people: Text(en: "", zh: " 人")
      case .fen: Text(en: "", zh: " 元")
      case .divisions: Text(en: "", zh: " 个")
      default: Text(en: "", zh: "")
      }
    return Value(figure).shown(.zh) + unit.zh
  }

  private static func share(_ figure: Figure, _ report: Report) -> String? {
    guard let base = report.figures.first(where: { $0.key == figure.baseKey }), base.value > 0
    else {
      return nil
    }
    return Value.share(Double(figure.value) / Double(base.value)).shown(.en)
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static let style = """
    @page { size: A4; margin: 16mm }
    body { font: 10.5pt/1.5 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif;
      color: #1b1b1b; max-width: 178mm; margin: 0 auto }
    h1 { font-size: 18pt; line-height: 1.3; margin: 0.2em 0; text-align: center }
    h1 small { font-size: 10pt; font-weight: normal; color: #555 }
    small { color: #666; font-size: 85% }
    .place, .moment { text-align: center; margin: 0.2em 0 }
    .mark { border: 1px solid #a33; color: #a33; text-align: center; padding: 2px }
    figure { margin: 1.2em 0; break-inside: avoid }
    figcaption { font-weight: bold; margin-bottom: 0.3em }
    svg text { font-size: 11px; fill: #1b1b1b }
    svg rect { fill: #2f6690 }
    svg rect.pale { fill: #c5d7e3 }
    .key { color: #666; font-size: 85%; margin: 0 }
    table { border-collapse: collapse; width: 100%; margin: 1.2em 0; font-size: 9.5pt }
    th, td { border-bottom: 1px solid #ddd; padding: 2px 6px; text-align: left; vertical-align: top }
    thead { display: table-header-group }
    tr { break-inside: avoid }
    tr.section th { background: #eef3f6; border-bottom: 1px solid #bbb }
    .n { text-align: right; white-space: nowrap }
    .notes { font-size: 9pt; padding-left: 1.4em }
    @media print { svg rect, tr.section th { print-color-adjust: exact; -webkit-print-color-adjust: exact } }
    """
}
