internal import RegistryAPI

/// The rules of contact, account, income, dwelling, production and support.
extension HouseholdRules {
  func check(_ contact: Contact, _ findings: inout Findings) {
    if !contact.telephone.isEmpty, !TextRules.isTelephone(contact.telephone) {
      findings.add(.telephone, "contact.telephone")
    }
    findings.text(contact.address, 200, "contact.address")
  }

  func check(_ account: Account, _ findings: inout Findings) {
    findings.text(account.bank, 100, "account.bank")
    if !account.number.isEmpty, !TextRules.isAccount(account.number) {
      findings.add(.account, "account.number")
    }
  }

  func check(_ income: Income, _ findings: inout Findings) {
    if income.years.count > Self.listLimit { findings.add(.tooMany, "income.years") }
    var previous: UInt32 = 0
    for year in income.years.prefix(Self.listLimit) {
      if year.year < Self.firstIncomeYear || year.year > thisYear {
        findings.add(.range, "income.years.year")
      }
      if year.year <= previous { findings.add(.yearRepeated, "income.years.year") }
      previous = year.year
      check(money: year.netPerPerson, negative: true, "income.years.net_per_person", &findings)
      check(money: year.wages, "income.years.wages", &findings)
      check(money: year.business, "income.years.business", &findings)
      check(money: year.transfers, "income.years.transfers", &findings)
      check(money: year.property, "income.years.property", &findings)
      check(money: year.productionCost, "income.years.production_cost", &findings)
    }
  }

  func check(_ dwelling: Dwelling, _ findings: inout Findings) {
    check(quantity: dwelling.floorArea, "dwelling.floor_area", &findings)
    check(code: dwelling.structure, lists.structure, "dwelling.structure", &findings)
    check(code: dwelling.dangerGrade, lists.danger, "dwelling.danger_grade", &findings)
    if dwelling.yearBuilt != 0, dwelling.yearBuilt < 1600 || dwelling.yearBuilt > thisYear {
      findings.add(.range, "dwelling.year_built")
    }
    if let area = dwelling.floorArea, area.value == 0,
      dwelling.structure != 0 || dwelling.dangerGrade != 0 || dwelling.yearBuilt != 0
    {
      findings.add(.dwellingAbsent, "dwelling.floor_area")
    }
    check(code: dwelling.drinkingWater, lists.water, "dwelling.drinking_water", &findings)
    check(answer: dwelling.electricity, "dwelling.electricity", &findings)
    check(code: dwelling.reception, lists.reception, "dwelling.reception", &findings)
    check(codes: dwelling.fuels, lists.fuel, limit: 3, "dwelling.fuels", &findings)
    check(code: dwelling.road, lists.road, "dwelling.road", &findings)
    check(quantity: dwelling.marketDistance, "dwelling.market_distance", &findings)
  }

  func check(_ production: Production, _ findings: inout Findings) {
    check(quantity: production.farmland, "production.farmland", &findings)
    check(quantity: production.irrigated, "production.irrigated", &findings)
    check(quantity: production.woodland, "production.woodland", &findings)
    check(quantity: production.orchard, "production.orchard", &findings)
    check(quantity: production.pasture, "production.pasture", &findings)
    check(quantity: production.waterSurface, "production.water_surface", &findings)
    check(
      codes: production.organisations,
      lists.organisation,
      limit: 4,
      "production.organisations",
      &findings
    )
  }

  func check(_ support: Support, _ findings: inout Findings) {
    if support.needs.count > Self.listLimit { findings.add(.tooMany, "support.needs") }
    for need in support.needs.prefix(Self.listLimit) {
      if need.kind == 0 { findings.add(.required, "support.needs.kind") }
      check(code: need.kind, lists.needKind, "support.needs.kind", &findings)
      check(quantity: need.scale, "support.needs.scale", &findings)
      findings.text(need.unit, 20, "support.needs.unit")
      check(money: need.investment, "support.needs.investment", &findings)
    }
    guard let plan = support.plan else { return }
    findings.text(plan.cadre, 60, "support.plan.cadre")
    findings.text(plan.unit, 100, "support.plan.unit")
    findings.text(plan.post, 60, "support.plan.post")
    if !plan.telephone.isEmpty, !TextRules.isTelephone(plan.telephone) {
      findings.add(.telephone, "support.plan.telephone")
    }
    findings.text(plan.text, 2000, "support.plan.text")
    check(day: plan.day, "support.plan.day", &findings)
  }
}
