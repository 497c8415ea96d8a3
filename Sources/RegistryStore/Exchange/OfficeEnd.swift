internal import Journal
internal import RPCCore
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel

/// The end of something that a stand-alone office made and that its county did not take at all: what
/// the office is told stands.
struct OfficeEnd {
  /// The body of the version that ends it.
  let body: [UInt8]
  let version: UInt64
  /// Whose key goes with it; nil for a body that names nobody.
  let owner: Bytes16?
  /// The code of the division that it concerns.
  let division: DivisionCode?

  /// Nil for a body that is none of its kind's, and for a kind that needs no end.
  init?(
    _ header: EntryHeader,
    _ body: [UInt8],
    _ violation: Violation,
    _ session: WriteSession
  ) throws {
    let actor = session.node.uri
    let day = Int32(session.context.environment.today.yyyymmdd)
    let reason = Self.reason(violation)
    // A version behind the office's own: its next one, if it has gone further, is refused as well.
    var version = header.versionAfter &+ 1
    switch header.subjectKind {
    case .application:
      guard var application = try? Application(wireArray: body),
        application.id == header.subject.bytes, application.version == header.versionAfter
      else { return nil }
      var step = Step(
        application: application.id,
        baseVersion: application.version,
        day: day,
        reason: reason
      )
      step.move = .withdraw(Withdrawal())
      application.steps.append(
        TakenStep(
          step: try step.serializedBytes(),
          actor: actor,
          day: day,
          version: version,
          from: application.state,
          to: ProcedureState.withdrawn.message
        )
      )
      application.state = ProcedureState.withdrawn.message
      application.version = version
      application.lastDay = day
      application.recordedAt = 0
      self.body = try application.serializedBytes()
      owner = Bytes16(application.previousHousehold) ?? header.subject
      division = DivisionCode(application.household?.location?.village ?? "")
    case .proposal:
      guard var proposal = try? Proposal(wireArray: body), proposal.id == header.subject.bytes,
        let household = Bytes16(proposal.change?.household ?? [])
      else { return nil }
      proposal.version = version
      proposal.state = .refused
      proposal.settledBy = actor
      proposal.reason = reason
      proposal.recordedAt = 0
      self.body = try proposal.serializedBytes()
      owner = household
      division = DivisionCode(proposal.baseHousehold?.location?.village ?? "")
    case .notice:
      guard var notice = try? Notice(wireArray: body), notice.id == header.subject.bytes else {
        return nil
      }
      notice.version = version
      notice.closedOn = max(day, notice.openedOn)
      notice.closedBy = actor
      notice.applications = []
      self.body = try notice.serializedBytes()
      owner = nil
      division = DivisionCode(notice.division)
    case .pilot:
      guard var record = try? PilotRecord(wireArray: body), record.id == header.subject.bytes else {
        return nil
      }
      record.version = version
      record.withdrawn = true
      record.reason = reason
      record.recordedBy = actor
      record.person = ""
      self.body = try record.serializedBytes()
      owner = nil
      division = DivisionCode(record.division)
    case .quota:
      guard let quota = try? Quota(wireArray: body) else { return nil }
      // Of no version: it is not set.
      version = 0
      self.body = body
      owner = nil
      division = DivisionCode(quota.division)
    default: return nil
    }
    self.version = version
  }

  /// The rule in both languages, as a person reads it beside the step.
  private static func reason(_ violation: Violation) -> String {
    var text = "\(violation.rule): \(violation.messageEn) / \(violation.messageZh)"
    while text.utf8.count > 400 { text.removeLast() }
    return text
  }
}
