/// One value of a table or record, before it is printed.
package enum Value: Sendable, Hashable {
  /// Not known, or not applicable.
  case absent
  /// Held by the registry, but not for this office to see.
  case withheld
  case text(String)
  case integer(Int64)
  /// A fraction of 1, printed as per cent with one decimal; nil when its base is zero.
  case share(Double?)
  /// An amount of money in fen: yuan in tables and CSV, fen in JSON.
  case money(fen: Int64)
  /// A quantity in hundredths of its unit: decimal in tables and CSV, hundredths in JSON.
  case hundredths(Int64)
  case flag(Bool)
  /// A code of a code list: its name in tables, code and name in JSON, the code in CSV.
  case coded(String, Text)
  case list([Value])
  case record(Record)
  /// Several records of one kind, numbered from 1.
  case records([Record])
  case rows(Rows)

  /// Whether it is written at the right border of its column.
  var isNumeric: Bool {
    switch self {
    case .integer, .share, .money, .hundredths: true
    default: false
    }
  }

  /// The value in words, as tables show it; empty for nested records and rows.
  package func shown(_ language: Language) -> String {
    switch self {
    case .absent, .record, .records, .rows: ""
    case .withheld: Text(en: "(withheld)", zh: "（不公开）")(language)
    case .text(let text): DisplayWidth.safe(text)
    case .integer(let number): Self.grouped(number)
    case .share(let share): share.map(Self.percent) ?? "–"
    case .money(let fen): Self.decimal(fen, grouped: true)
    case .hundredths(let number): Self.decimal(number, grouped: true)
    case .flag(let flag): (flag ? Text(en: "yes", zh: "是") : Text(en: "no", zh: "否"))(language)
    case .coded(let code, let name):
      name(language).isEmpty ? DisplayWidth.safe(code) : name(language)
    case .list(let values):
      values.map { $0.shown(language) }.joined(separator: language == .zh ? "、" : ", ")
    }
  }

  /// The value as a CSV cell, in the form that an import reads.
  package var cell: String {
    switch self {
    case .absent, .withheld, .record, .records, .rows: ""
    case .text(let text): text
    case .integer(let number): String(number)
    case .share(let share): share.map { String(Self.thousandths($0) / 10) } ?? ""
    case .money(let fen): Self.decimal(fen, grouped: false)
    case .hundredths(let number): Self.decimal(number, grouped: false)
    case .flag(let flag): flag ? "1" : "0"
    case .coded(let code, _): code
    case .list(let values): values.map(\.cell).joined(separator: ";")
    }
  }

  /// An integer with a comma at every three digits.
  package static func grouped(_ number: Int64) -> String {
    let digits = String(number.magnitude)
    var result = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return result
  }

  private static func decimal(_ hundredths: Int64, grouped: Bool) -> String {
    let whole = Int64(hundredths.magnitude / 100)
    let rest = hundredths.magnitude % 100
    let sign = hundredths < 0 ? "-" : ""
    return "\(sign)\(grouped ? self.grouped(whole) : String(whole)).\(rest < 10 ? "0" : "")\(rest)"
  }

  private static func percent(_ share: Double) -> String { "\(thousandths(share) / 10) %" }

  /// Per mille, rounded half away from zero; the decimals of a per cent figure.
  private static func thousandths(_ share: Double) -> Double {
    (share * 1000).rounded(.toNearestOrAwayFromZero)
  }
}
