package import RegistryAPI

/// Public notices: an application in one, and what happens to it there.
extension Procedure {
  /// The application after its notice was posted.
  /// - Throws: `ProcedureRefusal` with the rule broken.
  package func opening(
    _ notice: Notice,
    on application: Application,
    evidence: StepEvidence
  ) throws(ProcedureRefusal) -> Application {
    let row = try row(of: .openNotice, on: application)
    let day = try day(of: notice.openedOn, after: application)
    guard let state = row.to.first else { throw ProcedureRefusal(.state, "move") }
    var next = application
    next.notices.append(NoticeEntry(notice: notice.id, level: notice.level, openedOn: day))
    next.state = state.message
    finish(&next, from: application, day: day, evidence: evidence)
    return next
  }

  /// The application after its notice was closed: onwards, or back where an objection was upheld.
  /// - Throws: `ProcedureRefusal` with the rule broken.
  package func closing(
    _ notice: Notice,
    on day: Int32,
    of application: Application,
    evidence: StepEvidence
  ) throws(ProcedureRefusal) -> Application {
    let row = try row(of: .closeNotice, on: application)
    let day = try self.day(of: day, after: application)
    guard day >= notice.closesFrom else { throw ProcedureRefusal(.noticeDays, "day") }
    guard let place = application.notices.lastIndex(where: { $0.notice == notice.id }),
      application.notices[place].closedOn == 0
    else { throw ProcedureRefusal(.noticeAnother, "notice") }
    let objections = application.objections.filter { $0.notice == notice.id }
    guard objections.allSatisfy({ $0.answeredOn != 0 }) else {
      throw ProcedureRefusal(.noticeObjection, "objections")
    }
    var next = application
    next.notices[place].closedOn = day
    if objections.contains(where: \.upheld) {
      reset(&next, to: row.to[1])
    } else {
      next.state = row.to[0].message
    }
    finish(&next, from: application, day: day, evidence: evidence)
    return next
  }

  /// The first day on which a notice of a level may be closed.
  package func closesFrom(opened day: Day, level: DivisionTier) -> Day {
    let days = context.policy.value(PolicyName.noticeDays(level), in: context.chain, on: day)
    return Day(daysSince1970: day.daysSince1970 + Int32(days))
  }

  func object(
    _ given: ObjectionInput,
    _ next: inout Application,
    _ day: Int32
  ) throws(ProcedureRefusal) {
    if given.text.isEmpty { throw broken(.required, "object.text") }
    if let rule = TextRules.broken(given.text, limit: 1000) { throw broken(rule, "object.text") }
    guard let notice = next.notices.last, notice.closedOn == 0 else {
      throw ProcedureRefusal(.noticeClosed, "object")
    }
    next.objections.append(Objection(notice: notice.notice, day: day, text: given.text))
  }

  func answer(
    _ given: ObjectionAnswer,
    _ reason: String,
    _ next: inout Application,
    _ day: Int32
  ) throws(ProcedureRefusal) {
    let place = Int(given.objection) - 1
    guard next.objections.indices.contains(place),
      next.objections[place].notice == next.notices.last?.notice
    else { throw ProcedureRefusal(.objectionUnknown, "answer.objection") }
    guard next.objections[place].answeredOn == 0 else {
      throw ProcedureRefusal(.objectionAnswered, "answer.objection")
    }
    next.objections[place].answeredOn = day
    next.objections[place].upheld = given.upheld
    next.objections[place].reason = reason
  }
}
