package import RegistryAPI

/// Making an entered household regular before it is validated and stored.
extension HouseholdRules {
  /// The household with spaces trimmed, numbers folded to ASCII, and what follows from other
  /// fields filled in.
  ///
  /// Derived: category from the decisions; sex and birth date from the ID number where they are
  /// empty; the 18-digit number of a 15-digit one (both kept) and of a disability certificate
  /// entered as ID number; kind and grade from a certificate. Income years are put in order, the
  /// head first. A contradiction is left as it is for `violations(of:)`.
  package func normalised(_ household: Household) -> Household {
    var result = household
    fold(&result.number)
    if var location = result.location {
      fold(&location.village)
      trim(&location.group)
      result.location = location
    }
    if var classification = result.classification {
      classification.category = Self.category(of: classification)
      result.classification = classification
    }
    if var contact = result.contact {
      fold(&contact.telephone)
      trim(&contact.address)
      result.contact = contact
    }
    if var account = result.account {
      trim(&account.bank)
      fold(&account.number)
      result.account = account
    }
    normaliseLists(&result)
    for index in result.members.indices { normalise(&result.members[index]) }
    putHeadFirst(&result.members)
    return result
  }

  /// The category that the decisions make; unspecified when they make none.
  package static func category(of classification: Classification) -> Category {
    guard let security = CivilAffairsDecision(rawValue: classification.securityDecision.rawValue),
      case .success(.some(let category)) = HouseholdCategory.pair(
        povertyObject: classification.povertyDecision == .object,
        civilAffairs: security
      )
    else { return .unspecified }
    return Category(rawValue: category.rawValue)
  }

  private func normaliseLists(_ household: inout Household) {
    if let years = household.income?.years, years.count > 1,
      zip(years, years.dropFirst()).contains(where: { $0.year > $1.year })
    {
      household.income?.years.sort { $0.year < $1.year }
    }
    guard var support = household.support else { return }
    for index in support.needs.indices { trim(&support.needs[index].unit) }
    if var plan = support.plan {
      trim(&plan.cadre)
      trim(&plan.unit)
      trim(&plan.post)
      fold(&plan.telephone)
      trim(&plan.text)
      support.plan = plan
    }
    household.support = support
  }

  private func normalise(_ member: inout Member) {
    if var labour = member.labour {
      trim(&labour.awayPlace)
      member.labour = labour
    }
    guard var identity = member.identity else { return }
    trim(&identity.name)
    if !identity.disabilityCertificate.isEmpty {
      identity.disabilityCertificate = CitizenIDNumber.folded(identity.disabilityCertificate)
      derive(from: identity.disabilityCertificate, &identity, &member)
    }
    if !identity.citizenId.isEmpty {
      identity.citizenId = CitizenIDNumber.folded(identity.citizenId)
      derive(from: identity.citizenId, &identity, &member)
    }
    member.identity = identity
  }

  private func derive(from text: String, _ identity: inout Identity, _ member: inout Member) {
    let read = CitizenIDNumber.read(text, on: today, allowsSynthetic: allowsSynthetic)
    guard case .success(let number) = read else { return }
    if number.wasFifteenDigits {
      identity.citizenId15 = text
      identity.citizenId = number.text
    }
    if let (kind, grade) = number.disabilityCertificate {
      if identity.citizenId.isEmpty || identity.citizenId == text {
        identity.citizenId = number.text
        identity.disabilityCertificate = text
      }
      var health = member.health ?? Health()
      if health.disabilityKind == 0 { health.disabilityKind = UInt32(kind) }
      if health.disabilityGrade == 0 { health.disabilityGrade = UInt32(grade) }
      member.health = health
    }
    if identity.sex == 0 { identity.sex = UInt32(number.sex.rawValue) }
    if identity.birthDate == 0 { identity.birthDate = Int32(number.birthNumber) }
  }

  private func putHeadFirst(_ members: inout [Member]) {
    guard members.first?.identity?.relation != Relation.head,
      let index = members.firstIndex(where: { $0.identity?.relation == Relation.head })
    else { return }
    members.insert(members.remove(at: index), at: 0)
  }

  private func trim(_ text: inout String) {
    if !text.isEmpty { text = TextRules.trimmed(text) }
  }

  private func fold(_ text: inout String) {
    if !text.isEmpty { text = TextRules.foldedNumber(text) }
  }
}
