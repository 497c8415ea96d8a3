package import RegistryAPI

/// The rules of a household's file, applied to a whole message.
///
/// Give it normalised households (`normalised(_:)`): validation reads what is there and folds
/// nothing. The value is made once and shared; it does no I/O.
package struct HouseholdRules: Sendable {
  /// At most this many members a household.
  package static let memberLimit = 30
  /// At most this many years of income, and as many needs.
  package static let listLimit = 20
  /// No amount of money is larger (ten thousand million yuan, in fen).
  package static let fenLimit: Int64 = 1_000_000_000_000
  /// No quantity is larger.
  package static let quantityLimit: Int64 = 1_000_000_000
  /// The first year of income that is taken.
  package static let firstIncomeYear: UInt32 = 1990

  /// The code lists that values are looked up in.
  package let lists: CodeLists
  /// The day that nothing on record may lie after.
  package let today: Day
  /// Whether ID numbers of the area 99xxxx are taken.
  package let allowsSynthetic: Bool

  let todayNumber: Int32
  let thisYear: UInt32

  /// Makes the rules for a day.
  package init(lists: CodeLists, today: Day, allowsSynthetic: Bool) {
    self.lists = lists
    self.today = today
    self.allowsSynthetic = allowsSynthetic
    todayNumber = Int32(today.yyyymmdd)
    thisYear = UInt32(today.yyyymmdd / 10000)
  }

  /// Every rule that a household breaks: the household's own first, then its members' in order.
  /// - Parameters:
  ///   - household: the whole file, normalised.
  ///   - firstRow: the file's row of the head, from 1; 0 outside files. A member's violation names
  ///     the member's own row.
  package func violations(of household: Household, firstRow: UInt32 = 0) -> [Violation] {
    var findings = Findings(firstRow: firstRow)
    checkPlace(household, &findings)
    checkClassification(household.classification, &findings)
    if let contact = household.contact { check(contact, &findings) }
    if let account = household.account { check(account, &findings) }
    if let income = household.income { check(income, &findings) }
    if let dwelling = household.dwelling { check(dwelling, &findings) }
    if let production = household.production { check(production, &findings) }
    if let support = household.support { check(support, &findings) }
    // A household that joined another has nobody of its own any more.
    let isMerged = household.status == .exited && household.exit?.reason == ChangeRules.merged
    if !isMerged || !household.members.isEmpty { checkMembers(household.members, &findings) }
    return findings.violations
  }

  private func checkPlace(_ household: Household, _ findings: inout Findings) {
    guard let location = household.location, !location.village.isEmpty else {
      findings.add(.required, "location.village")
      return
    }
    if DivisionCode(location.village)?.level != .village {
      findings.add(.divisionCode, "location.village")
    }
    findings.text(location.group, 60, "location.group")
    if !household.number.isEmpty, HouseholdNumber(household.number) == nil {
      findings.add(.householdNumber, "number")
    }
    check(day: household.effectiveOn, "effective_on", &findings)
  }

  private func checkClassification(_ value: Classification?, _ findings: inout Findings) {
    guard let value else {
      findings.add(.required, "classification")
      return
    }
    checkDecisions(value, &findings)
    check(code: value.standard, lists.identificationStandard, "classification.standard", &findings)
    if value.mainCause == 0 {
      findings.add(.causeMain, "classification.main_cause")
    } else {
      check(code: value.mainCause, lists.cause, "classification.main_cause", &findings)
    }
    let others = value.otherCauses
    if !others.isEmpty {
      let field: StaticString = "classification.other_causes"
      if others.count > 2 { findings.add(.causeOthers, field) }
      for (index, cause) in others.prefix(3).enumerated() {
        if cause == 0 || !lists.cause.contains(cause) { findings.add(.codeUnknown, field) }
        if cause == value.mainCause || others[..<index].contains(cause) {
          findings.add(.causeRepeated, field)
        }
      }
    }
    check(day: value.identifiedOn, "classification.identified_on", &findings)
  }

  private func checkDecisions(_ value: Classification, _ findings: inout Findings) {
    let poverty = value.povertyDecision.rawValue
    guard (1...2).contains(poverty) else {
      findings.add(
        poverty == 0 ? .required : .codeUnknown,
        "classification.poverty_decision"
      )
      return
    }
    guard let security = CivilAffairsDecision(rawValue: value.securityDecision.rawValue) else {
      findings.add(
        value.securityDecision.rawValue == 0 ? .required : .codeUnknown,
        "classification.security_decision"
      )
      return
    }
    switch HouseholdCategory.pair(povertyObject: poverty == 1, civilAffairs: security) {
    case .success(.some): break
    case .success(nil): findings.add(.decisionMissing, "classification.security_decision")
    case .failure(let error): findings.add(error.rule, "classification.security_decision")
    }
  }
}

/// The violations found so far and where the checks stand.
struct Findings {
  var violations: [Violation] = []
  let firstRow: UInt32
  /// The member being checked, from 1; 0 for the household itself.
  var member: UInt32 = 0

  init(firstRow: UInt32) { self.firstRow = firstRow }

  @inline(never)
  mutating func add(_ rule: Rule, _ field: StaticString) {
    // A row number comes from outside: it may be the largest there is.
    let row = firstRow == 0 ? 0 : firstRow &+ (member > 0 ? member - 1 : 0)
    violations.append(Violation(rule, row: row, member: member, field: field.description))
  }

  @inline(__always)
  mutating func text(_ text: String, _ limit: Int, _ field: StaticString) {
    if let rule = TextRules.broken(text, limit: limit) { add(rule, field) }
  }
}

extension Violation {
  /// A violation of a rule with the rule's words.
  package init(_ rule: Rule, row: UInt32, member: UInt32, field: String) {
    self.init()
    self.row = row
    self.member = member
    self.field = field
    self.rule = rule.rawValue
    messageEn = rule.english
    messageZh = rule.chinese
  }
}

extension HouseholdRules {
  @inline(__always)
  func check(
    code: UInt32,
    _ list: CodeList,
    _ field: StaticString,
    _ findings: inout Findings
  ) {
    if code != 0, !list.contains(code) { findings.add(.codeUnknown, field) }
  }

  @inline(__always)
  func check(day: Int32, _ field: StaticString, _ findings: inout Findings) {
    if day == 0 { return }
    if Day(yyyymmdd: Int(day)) == nil {
      findings.add(.dateInvalid, field)
    } else if day > todayNumber {
      findings.add(.dateFuture, field)
    }
  }

  @inline(__always)
  func check(answer: Answer, _ field: StaticString, _ findings: inout Findings) {
    if !(0...2).contains(answer.rawValue) { findings.add(.codeUnknown, field) }
  }

  /// Codes of which each stands once, at most `limit`.
  func check(
    codes: [UInt32],
    _ list: CodeList,
    limit: Int,
    _ field: StaticString,
    _ findings: inout Findings
  ) {
    if codes.count > limit { findings.add(.tooMany, field) }
    for (index, code) in codes.prefix(limit).enumerated() {
      if code == 0 || !list.contains(code) { findings.add(.codeUnknown, field) }
      if codes[..<index].contains(code) { findings.add(.codeRepeated, field) }
    }
  }

  @inline(__always)
  func check(
    money: Money?,
    negative: Bool = false,
    _ field: StaticString,
    _ findings: inout Findings
  ) {
    guard let fen = money?.fen else { return }
    if fen > Self.fenLimit || fen < (negative ? -Self.fenLimit : 0) {
      findings.add(.range, field)
    }
  }

  @inline(__always)
  func check(quantity: Quantity?, _ field: StaticString, _ findings: inout Findings) {
    guard let value = quantity?.value else { return }
    if value < 0 || value > Self.quantityLimit { findings.add(.range, field) }
  }
}
