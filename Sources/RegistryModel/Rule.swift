/// A rule of the registry that an input can break: a stable id and words in two languages.
///
/// The raw value is the id that errors, refused-row files and clients carry; it never changes its
/// meaning. The words never contain a value that was entered.
package enum Rule: String, Sendable, Hashable, CaseIterable {
  case idLength = "id.length"
  case idCharacter = "id.character"
  case idArea = "id.area"
  case idSynthetic = "id.synthetic"
  case idBirthDate = "id.birth-date"
  case idBirthFuture = "id.birth-future"
  case idCheckDigit = "id.check-digit"
  case idDisabilityKind = "id.disability-kind"
  case idDisabilityGrade = "id.disability-grade"
  case idOrReason = "id.number-or-reason"
  case idRepeated = "id.repeated"
  case idSex = "id.sex"
  case idBirth = "id.birth"
  case idFifteen = "id.fifteen"
  case idCertificate = "id.certificate"
  case oneHead = "household.one-head"
  case headFirst = "household.head-first"
  case oneSpouse = "household.one-spouse"
  case coupleSex = "household.couple-sex"
  case relationSex = "household.relation-sex"
  case memberCount = "household.member-count"
  case memberRepeated = "household.member-repeated"
  case householdNumber = "household.number"
  case divisionCode = "household.division"
  case causeMain = "cause.main"
  case causeOthers = "cause.others"
  case causeRepeated = "cause.repeated"
  case fiveGuaranteeExcludes = "category.five-guarantee-excludes"
  case decisionMissing = "category.no-decision"
  case educationOrSchooling = "member.education-or-schooling"
  case monthsWithPlace = "member.months-with-place"
  case healthContradiction = "member.health"
  case memberCategory = "member.category"
  case disability = "member.disability"
  case memberAmbiguous = "member.ambiguous"
  case dwellingAbsent = "dwelling.absent"
  case yearRepeated = "income.year-repeated"
  case codeUnknown = "value.code"
  case codeRepeated = "value.code-repeated"
  case tooMany = "value.too-many"
  case required = "value.required"
  case textLength = "value.length"
  case textControl = "value.control-character"
  case telephone = "value.telephone"
  case account = "value.account"
  case dateInvalid = "value.date"
  case dateFuture = "value.date-future"
  case dateOrder = "value.date-order"
  case number = "value.number"
  case range = "value.range"
  case money = "value.money"
  case truthValue = "value.yes-no"
  case columnUnknown = "column.unknown"
  case columnRepeated = "column.repeated"
  case columnMissing = "column.missing"
  case rowFields = "row.fields"
  case rowHousehold = "row.household"
  case rowWithoutHead = "row.without-head"
  case maskField = "mask.field"
  case maskMember = "mask.member"
}

/// An error that says which rule a single value broke.
package struct RuleError: Error, Hashable, CustomStringConvertible {
  /// The rule that was broken.
  package var rule: Rule

  /// Makes an error of a rule.
  package init(_ rule: Rule) { self.rule = rule }

  /// The rule's id and English words; never the value.
  package var description: String { "\(rule.rawValue): \(rule.english)" }
}
