internal import CSV
internal import RegistryModel

/// Writes the rows of one household.
struct RowWriter {
  let facts: HouseholdFacts
  let day: Day
  let family: [Person]

  /// The columns of the file, in their order.
  static let columns: [ImportColumn] = {
    let names =
      ["household", "county", "township", "village", "village_code", "group", "telephone"]
      + ["address", "bank", "account_number", "standard", "poverty_object", "civil_affairs"]
      + ["main_cause", "other_causes", "identified_on", "income_year", "net_income_per_person"]
      + ["wages", "business_income", "transfers", "property_income", "production_cost"]
      + ["floor_area", "structure", "danger_grade", "year_built", "drinking_water", "electricity"]
      + ["reception", "fuels", "road", "market_distance_km", "farmland", "irrigated", "woodland"]
      + ["organisations", "need", "need_scale", "need_unit", "need_investment", "cadre"]
      + ["cadre_unit", "cadre_post", "cadre_telephone", "plan", "plan_date", "name", "id_number"]
      + ["no_id_reason", "sex", "birth_date", "relation", "ethnic_group", "marital_status"]
      + ["political_status", "education", "at_school", "health", "labour", "away_place"]
      + ["away_months", "medical_scheme", "pension", "dibao", "five_guarantee"]
    return names.compactMap { name in ImportColumn.all.first { $0.name == name } }
  }()

  /// Columns between the village's code and the members': empty below the head's row.
  private static let householdCells = columns.firstIndex { $0.name == "name" }.map { $0 - 5 } ?? 0

  mutating func write(
    to writer: inout CSVWriter,
    firstRow: Int,
    faultShare: Int,
    _ random: inout SplitMix64,
    _ faults: inout [Fault]
  ) {
    var ofHousehold: FaultKind?
    let ethnicGroup = random.chance(955) ? "汉族" : random.pick(["土家族", "苗族", "回族", "侗族"])
    for (place, person) in family.enumerated() {
      var fault: FaultKind?
      if faultShare > 0, random.chance(faultShare) {
        fault = pickFault(place, ofHousehold, &random)
        if let fault {
          let isOfHousehold = !FaultKind.ofMembers.contains(fault)
          if isOfHousehold { ofHousehold = fault }
          // Of two heads the household is told, on its first row.
          let row = fault == .twoHeads ? firstRow : firstRow + place
          faults.append(Fault(row: row, field: fault.field, rule: fault.rule.rawValue))
        }
      }
      writer.field(String(facts.key))
      writer.field(facts.village.countyName)
      writer.field(facts.village.townshipName)
      writer.field(facts.village.name)
      writer.field(facts.village.code)
      if place == 0 {
        writeFacts(fault, &writer, &random)
      } else {
        for _ in 0..<RowWriter.householdCells { writer.field("") }
      }
      write(person, ethnicGroup, fault, &writer, &random)
      writer.endRecord()
    }
  }

  private func pickFault(
    _ place: Int,
    _ ofHousehold: FaultKind?,
    _ random: inout SplitMix64
  ) -> FaultKind? {
    if place == 0, random.chance(500) { return random.pick(FaultKind.ofHeads) }
    if place > 0, ofHousehold == nil, random.chance(100) { return .twoHeads }
    let fault = random.pick(FaultKind.ofMembers)
    // Without a number there is nothing to spoil in it.
    if family[place].number == nil, [.checkDigit, .numberShort, .numberMissing].contains(fault) {
      return .ethnicGroup
    }
    return fault
  }

  private func write(
    _ person: Person,
    _ ethnicGroup: String,
    _ fault: FaultKind?,
    _ writer: inout CSVWriter,
    _ random: inout SplitMix64
  ) {
    let name = person.surname + person.given
    writer.field(
      fault == .nameMissing ? "" : fault == .nameControl ? name + "\u{7}" + name : name
    )
    writer.field(number(person, fault, &random))
    writer.field(person.number == nil ? "新生儿未登记" : "")
    writer.field(person.sex == .male ? "男" : "女")
    writer.field(person.birth.text)
    writer.field(fault == .twoHeads ? "户主" : person.relation)
    writer.field(fault == .ethnicGroup ? "某某族" : ethnicGroup)
    writer.field(maritalStatus(person))
    writer.field(
      person.age >= 25 && random.chance(40)
        ? "中共党员" : (14..<28).contains(person.age) && random.chance(300) ? "共青团员" : "群众"
    )
    writer.field(fault == .noEducation ? "" : person.education)
    writer.field(fault == .noEducation ? "" : person.atSchool)
    writer.field(fault == .healthBoth ? "健康、残疾" : person.health)
    writer.field(person.labour)
    writer.field(fault == .monthsAlone ? "" : person.awayPlace)
    writer.field(
      fault == .monthsAlone ? "6" : person.awayMonths == 0 ? "" : String(person.awayMonths)
    )
    writer.field(random.chance(945) ? "是" : "否")
    writer.field(person.age >= 16 && random.chance(550) ? "是" : "否")
    let onDibao = facts.category == .dibao || facts.category == .povertyObjectWithDibao
    writer.field(onDibao ? "是" : "否")
    writer.field(facts.category == .fiveGuarantee ? "是" : "否")
  }

  /// The number as written: a disability certificate's or the old form's here and there.
  private func number(
    _ person: Person,
    _ fault: FaultKind?,
    _ random: inout SplitMix64
  ) -> String {
    guard let number = person.number, fault != .numberMissing else { return "" }
    var text = number.text
    switch fault {
    case .checkDigit:
      let last = text.removeLast()
      text.append(last == "0" ? "1" : "0")
    case .numberShort: text.removeLast()
    case .nameMissing, .nameControl, .none:
      if person.isDisabled, random.chance(600) {
        text += String(person.disability.kind * 10 + person.disability.grade)
      } else if person.age > 40, person.birth.components.year >= 1900, random.chance(15) {
        text = String(text.prefix(6) + text.dropFirst(8).dropLast())
      }
    default: break
    }
    return text
  }

  private func maritalStatus(_ person: Person) -> String {
    if person.isMarried { return "已婚" }
    if person.role == .head, facts.category != .fiveGuarantee {
      return family.count > 1 && person.age > 40 ? "丧偶" : "未婚"
    }
    return person.role == .parent ? "丧偶" : "未婚"
  }
}
