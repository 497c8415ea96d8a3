internal import RegistryAPI

/// The rules of members, each for itself and all together.
extension HouseholdRules {
  /// The state of health of the disabled, in the form's code list.
  private static var disabled: UInt32 { 4 }

  func checkMembers(_ members: [Member], _ findings: inout Findings) {
    if members.isEmpty || members.count > Self.memberLimit {
      findings.add(.memberCount, "members")
    }
    let checked = members.prefix(Self.memberLimit)
    var heads = 0
    var spouses = 0
    var headSex: UInt32 = 0
    for member in checked {
      let relation = member.identity?.relation ?? 0
      if relation == Relation.head {
        heads += 1
        headSex = member.identity?.sex ?? 0
      } else if Relation.isSpouse(relation) {
        spouses += 1
      }
    }
    if heads != 1, !members.isEmpty { findings.add(.oneHead, "members.identity.relation") }
    if spouses > 1 { findings.add(.oneSpouse, "members.identity.relation") }
    if heads == 1, checked.first?.identity?.relation != Relation.head {
      findings.add(.headFirst, "members.identity.relation")
    }

    // Bodies of ID numbers seen so far; at most 30, so comparing all beats hashing.
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: checked.count) { seen in
      var count = 0
      for (index, member) in checked.enumerated() {
        findings.member = UInt32(index + 1)
        if let body = check(member, headSex: heads == 1 ? headSex : 0, &findings) {
          if seen[..<count].contains(body) {
            findings.add(.idRepeated, "members.identity.citizen_id")
          }
          seen.initializeElement(at: count, to: body)
          count += 1
        }
        if !member.id.isEmpty, members[..<index].contains(where: { $0.id == member.id }) {
          findings.add(.memberRepeated, "members.id")
        }
      }
      findings.member = 0
    }
  }

  /// Checks a member and returns the body of a valid ID number.
  private func check(
    _ member: Member,
    headSex: UInt32,
    _ findings: inout Findings
  ) -> UInt64? {
    var body: UInt64?
    if let identity = member.identity {
      body = check(identity, headSex: headSex, &findings)
    } else {
      findings.add(.required, "members.identity")
    }
    checkSchooling(member.schooling, &findings)
    checkHealth(member.health, &findings)
    checkDisability(member, &findings)
    if let labour = member.labour { check(labour, &findings) }
    if let security = member.security { check(security, &findings) }
    return body
  }

  private func check(
    _ identity: Identity,
    headSex: UInt32,
    _ findings: inout Findings
  ) -> UInt64? {
    if identity.name.isEmpty { findings.add(.required, "members.identity.name") }
    findings.text(identity.name, 60, "members.identity.name")
    let number = checkNumber(identity, &findings)
    checkPerson(identity, number: number, &findings)
    if headSex != 0, Relation.isSpouse(identity.relation), identity.sex == headSex {
      findings.add(.coupleSex, "members.identity.sex")
    }
    if identity.relation == 0 { findings.add(.required, "members.identity.relation") }
    check(
      code: identity.relation,
      lists.relationOfStandard,
      "members.identity.relation",
      &findings
    )
    check(code: identity.ethnicGroup, lists.ethnicGroup, "members.identity.ethnic_group", &findings)
    check(code: identity.maritalStatus, lists.marital, "members.identity.marital_status", &findings)
    check(
      code: identity.politicalStatus,
      lists.political,
      "members.identity.political_status",
      &findings
    )
    return number?.body
  }

  private func checkNumber(
    _ identity: Identity,
    _ findings: inout Findings
  ) -> CitizenIDNumber? {
    check(code: identity.noIdReason, lists.noIDReason, "members.identity.no_id_reason", &findings)
    if identity.citizenId.isEmpty == (identity.noIdReason == 0) {
      findings.add(.idOrReason, "members.identity.citizen_id")
    }
    var number: CitizenIDNumber?
    if !identity.citizenId.isEmpty {
      if identity.citizenId.utf8.count != 18 {
        findings.add(.idLength, "members.identity.citizen_id")
      } else {
        switch read(identity.citizenId) {
        case .success(let value): number = value
        case .failure(let error): findings.add(error.rule, "members.identity.citizen_id")
        }
      }
    }
    if !identity.citizenId15.isEmpty, matches(identity.citizenId15, 15, number) == false {
      findings.add(.idFifteen, "members.identity.citizen_id_15")
    }
    if !identity.disabilityCertificate.isEmpty {
      let field: StaticString = "members.identity.disability_certificate"
      switch read(identity.disabilityCertificate) {
      case .failure(let error): findings.add(error.rule, field)
      case .success:
        if matches(identity.disabilityCertificate, 20, number) == false {
          findings.add(.idCertificate, field)
        }
      }
    }
    return number
  }

  private func read(_ text: String) -> Result<CitizenIDNumber, RuleError> {
    CitizenIDNumber.read(text, on: today, allowsSynthetic: allowsSynthetic)
  }

  /// Whether another form of a number, of so many characters, is of the same person.
  private func matches(_ text: String, _ count: Int, _ number: CitizenIDNumber?) -> Bool {
    guard text.utf8.count == count, case .success(let other) = read(text) else { return false }
    return number == nil || other.body == number?.body
  }

  private func checkPerson(
    _ identity: Identity,
    number: CitizenIDNumber?,
    _ findings: inout Findings
  ) {
    if identity.sex == 0 {
      findings.add(.required, "members.identity.sex")
    } else if !lists.sex.contains(identity.sex) {
      findings.add(.codeUnknown, "members.identity.sex")
    } else if let number, identity.sex != UInt32(number.sex.rawValue) {
      findings.add(.idSex, "members.identity.sex")
    } else if let sex = Relation.sex(of: identity.relation), identity.sex < 3,
      identity.sex != UInt32(sex.rawValue)
    {
      findings.add(.relationSex, "members.identity.relation")
    }
    if identity.birthDate == 0 {
      findings.add(.required, "members.identity.birth_date")
    } else if let number {
      if Int(identity.birthDate) != number.birthNumber {
        findings.add(.idBirth, "members.identity.birth_date")
      }
    } else {
      check(day: identity.birthDate, "members.identity.birth_date", &findings)
    }
  }

  private func checkSchooling(_ schooling: Schooling?, _ findings: inout Findings) {
    let education = schooling?.education ?? 0
    let school = schooling?.atSchool ?? 0
    if (education == 0) == (school == 0) {
      findings.add(.educationOrSchooling, "members.schooling")
    }
    check(code: education, lists.education, "members.schooling.education", &findings)
    check(code: school, lists.schooling, "members.schooling.at_school", &findings)
  }

  private func checkHealth(_ health: Health?, _ findings: inout Findings) {
    guard let health, !health.states.isEmpty else {
      findings.add(.required, "members.health.states")
      return
    }
    check(codes: health.states, lists.health, limit: 3, "members.health.states", &findings)
    if health.states.count > 1, health.states.contains(1) {
      findings.add(.healthContradiction, "members.health.states")
    }
    check(
      code: health.disabilityKind,
      lists.disabilityKind,
      "members.health.disability_kind",
      &findings
    )
    check(
      code: health.disabilityGrade,
      lists.disabilityGrade,
      "members.health.disability_grade",
      &findings
    )
  }

  /// Compares what a disability certificate's number says with the member's health.
  private func checkDisability(_ member: Member, _ findings: inout Findings) {
    guard let text = member.identity?.disabilityCertificate, !text.isEmpty,
      case .success(let number) = read(text), let (kind, grade) = number.disabilityCertificate
    else { return }
    let health = member.health ?? Health()
    let isOfKind = health.disabilityKind == UInt32(kind) && health.disabilityGrade == UInt32(grade)
    if !isOfKind || !health.states.contains(Self.disabled) {
      findings.add(.disability, "members.health.disability_kind")
    }
  }

  private func check(_ labour: Labour, _ findings: inout Findings) {
    check(code: labour.capacity, lists.labour, "members.labour.capacity", &findings)
    findings.text(labour.awayPlace, 100, "members.labour.away_place")
    if labour.awayMonths > 12 {
      findings.add(.range, "members.labour.away_months")
    } else if labour.awayPlace.isEmpty != (labour.awayMonths == 0) {
      findings.add(.monthsWithPlace, "members.labour.away_months")
    }
  }

  private func check(_ security: Security, _ findings: inout Findings) {
    check(answer: security.medicalScheme, "members.security.medical_scheme", &findings)
    check(answer: security.pension, "members.security.pension", &findings)
    check(answer: security.dibao, "members.security.dibao", &findings)
    check(answer: security.fiveGuarantee, "members.security.five_guarantee", &findings)
    if security.dibao == .yes, security.fiveGuarantee == .yes {
      findings.add(.memberCategory, "members.security.five_guarantee")
    }
  }
}
