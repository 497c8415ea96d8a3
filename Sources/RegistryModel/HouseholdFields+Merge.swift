package import RegistryAPI

/// Putting the rows of an import over the household on record.
extension HouseholdFields {
  /// Puts the values that are given over a stored household's; what is not given stays.
  ///
  /// Members are matched as `ambiguities` tells; others are added, under an id that the store gives
  /// them. A year of income that is given is put over the same year's, a need over the need of the
  /// same kind, the plan field by field. Nothing is blanked but the other of two fields of which a
  /// member has exactly one: ID number and reason for none, education and schooling. Ask for the
  /// `ambiguities` first: with any, what is returned breaks `household.member-repeated`.
  package static func merged(_ stored: Household, with given: Household) -> Household {
    var result = stored
    for field in householdLeaves where !inParts.contains(field.path) && field.isGiven(given) {
      field.copy(given, &result)
    }
    if let years = given.income?.years, !years.isEmpty { mergeYears(years, into: &result) }
    if let support = given.support { merge(support, into: &result) }
    let matches = MemberMatches(given.members, in: stored.members)
    for (place, person) in given.members.enumerated() {
      if let index = matches.places[place] {
        merge(person, into: &result.members[index])
      } else {
        var person = person
        // An id that no member of this household has is none of the caller's to choose. Who may be
        // one of several takes an id twice, which no rule lets pass.
        person.id = matches.ambiguous[place].map { stored.members[$0].id } ?? []
        result.members.append(person)
      }
    }
    return result
  }

  /// The given members of whom nobody can say which stored one is meant (`member.ambiguous`).
  ///
  /// A member is matched by id, else by ID number, else by name and birth date, else by name, each
  /// with one stored member at most. Where several stored members of one name fit, as many rows of
  /// that name take them in their order; fewer are ambiguous.
  /// - Parameter firstRow: the head's row, or 0.
  package static func ambiguities(
    of given: Household,
    in stored: Household,
    firstRow: UInt32
  ) -> [Violation] {
    MemberMatches(given.members, in: stored.members).ambiguous.keys.sorted().map { place in
      Violation(
        .memberAmbiguous,
        row: firstRow == 0 ? 0 : firstRow &+ UInt32(place),
        member: UInt32(place + 1),
        field: "members.identity.citizen_id"
      )
    }
  }

  /// Leaves of several values, which are not replaced as a whole.
  private static let inParts: Set<String> = ["support.needs", "support.plan"]

  private static func merge(_ person: Member, into stored: inout Member) {
    for field in memberLeaves where field.isGiven(person) { field.copy(person, &stored) }
    if let identity = person.identity, identity.citizenId.isEmpty != (identity.noIdReason == 0) {
      if identity.citizenId.isEmpty {
        stored.identity?.citizenId = ""
        stored.identity?.citizenId15 = ""
      } else {
        stored.identity?.noIdReason = 0
      }
    }
    if let schooling = person.schooling, (schooling.education == 0) != (schooling.atSchool == 0) {
      stored.schooling = schooling
    }
  }

  private static func merge(_ support: Support, into household: inout Household) {
    if !support.needs.isEmpty {
      var stored = household.support ?? Support()
      mergeNeeds(support.needs, into: &stored.needs)
      household.support = stored
    }
    if let given = support.plan, given != Plan() {
      var stored = household.support ?? Support()
      var plan = stored.plan ?? Plan()
      if !given.cadre.isEmpty { plan.cadre = given.cadre }
      if !given.unit.isEmpty { plan.unit = given.unit }
      if !given.post.isEmpty { plan.post = given.post }
      if !given.telephone.isEmpty { plan.telephone = given.telephone }
      if !given.text.isEmpty { plan.text = given.text }
      if given.day != 0 { plan.day = given.day }
      stored.plan = plan
      household.support = stored
    }
  }

  private static func mergeNeeds(_ needs: [Need], into stored: inout [Need]) {
    var taken: Set<Int> = []
    let count = stored.count
    for given in needs {
      let found = stored[..<count].indices.first {
        stored[$0].kind == given.kind && !taken.contains($0)
      }
      guard let index = found else {
        stored.append(given)
        continue
      }
      taken.insert(index)
      stored[index].scale = given.scale ?? stored[index].scale
      if !given.unit.isEmpty { stored[index].unit = given.unit }
      stored[index].investment = given.investment ?? stored[index].investment
    }
  }

  private static func mergeYears(_ years: [YearIncome], into household: inout Household) {
    var income = household.income ?? Income()
    for given in years {
      guard let index = income.years.firstIndex(where: { $0.year == given.year }) else {
        income.years.append(given)
        continue
      }
      var year = income.years[index]
      year.netPerPerson = given.netPerPerson ?? year.netPerPerson
      year.wages = given.wages ?? year.wages
      year.business = given.business ?? year.business
      year.transfers = given.transfers ?? year.transfers
      year.property = given.property ?? year.property
      year.productionCost = given.productionCost ?? year.productionCost
      income.years[index] = year
    }
    income.years.sort { $0.year < $1.year }
    household.income = income
  }
}
