internal import RegistryAPI

/// The table behind `HouseholdFields`: every group and leaf with its path.
extension HouseholdFields {
  static let householdGroups: [Field<Household>] = [
    group("location", \.location),
    group("classification", \.classification),
    group("contact", \.contact),
    group("account", \.account),
    group("dwelling", \.dwelling),
    group("production", \.production),
    group("support", \.support),
    group("income", \.income),
  ]

  static let incomeYears = leaf("income.years", \Household.income, \.years, Income())

  static let householdLeaves: [Field<Household>] = [
    leaf("location.village", \.location, \.village, Location()),
    leaf("location.group", \.location, \.group, Location()),
    leaf("classification.poverty_decision", \.classification, \.povertyDecision, Classification()),
    leaf(
      "classification.security_decision",
      \.classification,
      \.securityDecision,
      Classification()
    ),
    leaf("classification.standard", \.classification, \.standard, Classification()),
    leaf("classification.main_cause", \.classification, \.mainCause, Classification()),
    leaf("classification.other_causes", \.classification, \.otherCauses, Classification()),
    leaf("classification.identified_on", \.classification, \.identifiedOn, Classification()),
    leaf("contact.telephone", \.contact, \.telephone, Contact()),
    leaf("contact.address", \.contact, \.address, Contact()),
    leaf("account.bank", \.account, \.bank, Account()),
    leaf("account.number", \.account, \.number, Account()),
    leaf("dwelling.floor_area", \.dwelling, \.floorArea, Dwelling()),
    leaf("dwelling.structure", \.dwelling, \.structure, Dwelling()),
    leaf("dwelling.danger_grade", \.dwelling, \.dangerGrade, Dwelling()),
    leaf("dwelling.year_built", \.dwelling, \.yearBuilt, Dwelling()),
    leaf("dwelling.drinking_water", \.dwelling, \.drinkingWater, Dwelling()),
    leaf("dwelling.electricity", \.dwelling, \.electricity, Dwelling()),
    leaf("dwelling.reception", \.dwelling, \.reception, Dwelling()),
    leaf("dwelling.fuels", \.dwelling, \.fuels, Dwelling()),
    leaf("dwelling.road", \.dwelling, \.road, Dwelling()),
    leaf("dwelling.market_distance", \.dwelling, \.marketDistance, Dwelling()),
    leaf("production.farmland", \.production, \.farmland, Production()),
    leaf("production.irrigated", \.production, \.irrigated, Production()),
    leaf("production.woodland", \.production, \.woodland, Production()),
    leaf("production.orchard", \.production, \.orchard, Production()),
    leaf("production.pasture", \.production, \.pasture, Production()),
    leaf("production.water_surface", \.production, \.waterSurface, Production()),
    leaf("production.organisations", \.production, \.organisations, Production()),
    leaf("support.needs", \.support, \.needs, Support()),
    leaf("support.plan", \.support, \.plan, Support()),
    Field(
      path: "effective_on",
      isGiven: { $0.effectiveOn != 0 },
      differs: { $0.effectiveOn != $1.effectiveOn },
      copy: { $1.effectiveOn = $0.effectiveOn }
    ),
  ]

  static let memberGroups: [Field<Member>] = [
    group("members.identity", \.identity),
    group("members.schooling", \.schooling),
    group("members.health", \.health),
    group("members.labour", \.labour),
    group("members.security", \.security),
  ]

  static let memberLeaves: [Field<Member>] = [
    leaf("members.identity.name", \.identity, \.name, Identity()),
    leaf("members.identity.citizen_id", \.identity, \.citizenId, Identity()),
    leaf("members.identity.citizen_id_15", \.identity, \.citizenId15, Identity()),
    leaf("members.identity.no_id_reason", \.identity, \.noIdReason, Identity()),
    leaf(
      "members.identity.disability_certificate",
      \.identity,
      \.disabilityCertificate,
      Identity()
    ),
    leaf("members.identity.sex", \.identity, \.sex, Identity()),
    leaf("members.identity.birth_date", \.identity, \.birthDate, Identity()),
    leaf("members.identity.relation", \.identity, \.relation, Identity()),
    leaf("members.identity.ethnic_group", \.identity, \.ethnicGroup, Identity()),
    leaf("members.identity.marital_status", \.identity, \.maritalStatus, Identity()),
    leaf("members.identity.political_status", \.identity, \.politicalStatus, Identity()),
    leaf("members.schooling.education", \.schooling, \.education, Schooling()),
    leaf("members.schooling.at_school", \.schooling, \.atSchool, Schooling()),
    leaf("members.health.states", \.health, \.states, Health()),
    leaf("members.health.disability_kind", \.health, \.disabilityKind, Health()),
    leaf("members.health.disability_grade", \.health, \.disabilityGrade, Health()),
    leaf("members.labour.capacity", \.labour, \.capacity, Labour()),
    leaf("members.labour.away_place", \.labour, \.awayPlace, Labour()),
    leaf("members.labour.away_months", \.labour, \.awayMonths, Labour()),
    leaf("members.security.medical_scheme", \.security, \.medicalScheme, Security()),
    leaf("members.security.pension", \.security, \.pension, Security()),
    leaf("members.security.dibao", \.security, \.dibao, Security()),
    leaf("members.security.five_guarantee", \.security, \.fiveGuarantee, Security()),
  ]

  private static func group<Root, Group: Hashable & SendableMetatype>(
    _ path: String,
    _ group: any WritableKeyPath<Root, Group?> & Sendable
  ) -> Field<Root> {
    Field(
      path: path,
      isGiven: { $0[keyPath: group] != nil },
      differs: { $0[keyPath: group] != $1[keyPath: group] },
      copy: { $1[keyPath: group] = $0[keyPath: group] }
    )
  }

  private static func leaf<Root, Group: Hashable & Sendable, Value: Hashable & SendableMetatype>(
    _ path: String,
    _ group: any WritableKeyPath<Root, Group?> & Sendable,
    _ leaf: any WritableKeyPath<Group, Value> & Sendable,
    _ blank: Group
  ) -> Field<Root> {
    let value = { @Sendable (root: Root) in (root[keyPath: group] ?? blank)[keyPath: leaf] }
    return Field(
      path: path,
      isGiven: { value($0) != blank[keyPath: leaf] },
      differs: { value($0) != value($1) },
      copy: { source, target in
        var changed = target[keyPath: group] ?? blank
        changed[keyPath: leaf] = value(source)
        target[keyPath: group] = changed == blank ? nil : changed
      }
    )
  }
}
