internal import RegistryAPI
internal import RegistryModel

/// How each column's cell is written.
extension ExportRows {
  static let all: [String: Cell] = place.merging(livelihood) { first, _ in first }
    .merging(people) { first, _ in first }

  private func poverty(_ classification: Classification?) -> String {
    switch classification?.povertyDecision {
    case .object: answer(.yes)
    case .refused: answer(.no)
    default: ""
    }
  }

  private static let place: [String: Cell] = [
    "household_number": .key,
    "village_code": .household { household, _ in household.location?.village ?? "" },
    "group": .household { household, _ in household.location?.group ?? "" },
    "telephone": .household { household, _ in household.contact?.telephone ?? "" },
    "address": .household { household, _ in household.contact?.address ?? "" },
    "bank": .household { household, _ in household.account?.bank ?? "" },
    "account_number": .household { household, _ in household.account?.number ?? "" },
    "standard": .household { household, rows in
      rows.name(household.classification?.standard ?? 0, .identificationStandard)
    },
    "poverty_object": .household { household, rows in rows.poverty(household.classification) },
    "civil_affairs": .household { household, rows in
      rows.name(
        UInt32(clamping: household.classification?.securityDecision.rawValue ?? 0),
        .civilAffairsDecision
      )
    },
    "main_cause": .household { household, rows in
      rows.name(household.classification?.mainCause ?? 0, .cause)
    },
    "other_causes": .household { household, rows in
      rows.names(household.classification?.otherCauses ?? [], .cause)
    },
    "identified_on": .household { household, _ in day(household.classification?.identifiedOn ?? 0)
    },
    "income_year": .household { household, _ in number(household.income?.years.last?.year ?? 0) },
    "net_income_per_person": .household { household, _ in
      yuan(household.income?.years.last?.netPerPerson)
    },
    "wages": .household { household, _ in yuan(household.income?.years.last?.wages) },
    "business_income": .household { household, _ in yuan(household.income?.years.last?.business) },
    "transfers": .household { household, _ in yuan(household.income?.years.last?.transfers) },
    "property_income": .household { household, _ in yuan(household.income?.years.last?.property) },
    "production_cost": .household { household, _ in
      yuan(household.income?.years.last?.productionCost)
    },
  ]

  private static let livelihood: [String: Cell] = [
    "floor_area": .household { household, _ in hundredths(household.dwelling?.floorArea) },
    "structure": .household { household, rows in
      rows.name(household.dwelling?.structure ?? 0, .structure)
    },
    "danger_grade": .household { household, rows in
      rows.name(household.dwelling?.dangerGrade ?? 0, .danger)
    },
    "year_built": .household { household, _ in number(household.dwelling?.yearBuilt ?? 0) },
    "drinking_water": .household { household, rows in
      rows.name(household.dwelling?.drinkingWater ?? 0, .water)
    },
    "electricity": .household { household, rows in
      rows.answer(household.dwelling?.electricity ?? .unspecified)
    },
    "reception": .household { household, rows in
      rows.name(household.dwelling?.reception ?? 0, .reception)
    },
    "fuels": .household { household, rows in rows.names(household.dwelling?.fuels ?? [], .fuel) },
    "road": .household { household, rows in rows.name(household.dwelling?.road ?? 0, .road) },
    "market_distance_km": .household { household, _ in
      kilometres(household.dwelling?.marketDistance)
    },
    "farmland": .household { household, _ in hundredths(household.production?.farmland) },
    "irrigated": .household { household, _ in hundredths(household.production?.irrigated) },
    "woodland": .household { household, _ in hundredths(household.production?.woodland) },
    "orchard": .household { household, _ in hundredths(household.production?.orchard) },
    "pasture": .household { household, _ in hundredths(household.production?.pasture) },
    "water_surface": .household { household, _ in hundredths(household.production?.waterSurface) },
    "organisations": .household { household, rows in
      rows.names(household.production?.organisations ?? [], .organisation)
    },
    "need": .household { household, rows in
      rows.name(household.support?.needs.first?.kind ?? 0, .needKind)
    },
    "need_scale": .household { household, _ in hundredths(household.support?.needs.first?.scale) },
    "need_unit": .household { household, _ in household.support?.needs.first?.unit ?? "" },
    "need_investment": .household { household, _ in yuan(household.support?.needs.first?.investment)
    },
    "cadre": .household { household, _ in household.support?.plan?.cadre ?? "" },
    "cadre_unit": .household { household, _ in household.support?.plan?.unit ?? "" },
    "cadre_post": .household { household, _ in household.support?.plan?.post ?? "" },
    "cadre_telephone": .household { household, _ in household.support?.plan?.telephone ?? "" },
    "plan": .household { household, _ in household.support?.plan?.text ?? "" },
    "plan_date": .household { household, _ in day(household.support?.plan?.day ?? 0) },
  ]

  private static let people: [String: Cell] = [
    "name": .member { member, _ in member.identity?.name ?? "" },
    "id_number": .member { member, _ in member.identity?.citizenId ?? "" },
    "no_id_reason": .member { member, rows in
      rows.name(member.identity?.noIdReason ?? 0, .noIDReason)
    },
    "disability_certificate": .member { member, _ in member.identity?.disabilityCertificate ?? "" },
    "sex": .member { member, rows in rows.name(member.identity?.sex ?? 0, .sex) },
    "birth_date": .member { member, _ in day(member.identity?.birthDate ?? 0) },
    "relation": .member { member, rows in
      rows.name(member.identity?.relation ?? 0, .relationOfStandard)
    },
    "ethnic_group": .member { member, rows in
      rows.name(member.identity?.ethnicGroup ?? 0, .ethnicGroup)
    },
    "marital_status": .member { member, rows in
      rows.name(member.identity?.maritalStatus ?? 0, .marital)
    },
    "political_status": .member { member, rows in
      rows.name(member.identity?.politicalStatus ?? 0, .political)
    },
    "education": .member { member, rows in rows.name(member.schooling?.education ?? 0, .education)
    },
    "at_school": .member { member, rows in rows.name(member.schooling?.atSchool ?? 0, .schooling) },
    "health": .member { member, rows in rows.names(member.health?.states ?? [], .health) },
    "disability_kind": .member { member, rows in
      rows.name(member.health?.disabilityKind ?? 0, .disabilityKind)
    },
    "disability_grade": .member { member, rows in
      rows.name(member.health?.disabilityGrade ?? 0, .disabilityGrade)
    },
    "labour": .member { member, rows in rows.name(member.labour?.capacity ?? 0, .labour) },
    "away_place": .member { member, _ in member.labour?.awayPlace ?? "" },
    "away_months": .member { member, _ in number(member.labour?.awayMonths ?? 0) },
    "medical_scheme": .member { member, rows in
      rows.answer(member.security?.medicalScheme ?? .unspecified)
    },
    "pension": .member { member, rows in rows.answer(member.security?.pension ?? .unspecified) },
    "dibao": .member { member, rows in rows.answer(member.security?.dibao ?? .unspecified) },
    "five_guarantee": .member { member, rows in
      rows.answer(member.security?.fiveGuarantee ?? .unspecified)
    },
  ]
}
