import Foundation
import Journal
import RPCProtobuf
import RegistryAPI
import RegistryModel
import TestCertificates
import Testing

@testable import RegistryStore

/// A person at an office who takes steps with a certificate of their own.
struct Clerk: Sendable {
  let uri: String
  let certificate: [UInt8]
  let key: SigningKey

  init(_ uri: String, authority: TestAuthority) throws {
    self.uri = uri
    let leaf = TestLeaf.office("", "", "", name: "某人").with { $0.uris = [uri] }
    let identity = try authority.issue(leaf)
    certificate = try Self.der(identity.chain)
    key = try SigningKey(pem: Array(Data(contentsOf: URL(fileURLWithPath: identity.key))))
  }

  /// The octets of the first certificate of a PEM file.
  private static func der(_ path: String) throws -> [UInt8] {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let lines = text.split(separator: "\n").drop { $0 != "-----BEGIN CERTIFICATE-----" }.dropFirst()
    let body = lines.prefix { !$0.hasPrefix("-----") }.joined()
    return Array(try #require(Data(base64Encoded: body)))
  }
}

/// The offices of a county at work on applications, over one store.
final class Desk: Sendable {
  let store: RegistryStore
  private let authority: TestAuthority
  private let clerks: [String: Clerk]

  static let village = "registry://421224100201/village-committee/p0101"
  static let otherVillage = "registry://421224100202/village-committee/p0102"
  static let township = "registry://421224100000/township-government/p0201"
  static let otherTownship = "registry://421224101000/township-government/p0202"
  static let poverty = "registry://421224/poverty-office/p0301"
  static let secondPoverty = "registry://421224/poverty-office/p0302"
  static let security = "registry://421224/civil-affairs/p0401"
  /// The person of the village committee, now at the township.
  static let promoted = "registry://421224100000/township-government/p0101"

  static let offices = [
    village, otherVillage, township, otherTownship, poverty, secondPoverty, security, promoted,
  ]

  init(_ store: RegistryStore) throws {
    self.store = store
    let authority = try TestAuthority()
    self.authority = authority
    clerks = try Dictionary(
      uniqueKeysWithValues: Self.offices.map { ($0, try Clerk($0, authority: authority)) }
    )
  }

  func clerk(_ uri: String) throws -> Clerk { try #require(clerks[uri]) }

  func scope(_ uri: String, _ operation: RegistryModel.Operation) throws -> Scope {
    try Fixture.scope(uri, operation, in: store)
  }

  /// Records applications.
  func apply(
    _ applications: [NewApplication],
    by uri: String = Desk.village,
    key: [UInt8]? = nil
  ) async throws -> [StepResult] {
    try await store.apply(
      ApplyRequest(applications: applications),
      signer: signer(uri),
      idempotencyKey: key,
      scope: try scope(uri, .apply)
    ).response.results
  }

  /// Records one application of a sample household and returns what is on record of it.
  func applied(_ index: Int, village: String = Fixture.villages[0]) async throws -> Application {
    let by = village == Fixture.villages[0] ? Desk.village : Desk.otherVillage
    let household = Sample.household(index, village: village)
    let result = try #require(
      try await apply([NewApplication(household: household)], by: by).first
    )
    #expect(result.violations == [])
    return try await get(result.application)
  }

  /// Takes steps as one list with one signature.
  func take(
    _ steps: [Step],
    by uri: String,
    signs: Bool = true,
    key: [UInt8]? = nil
  ) async throws -> [StepResult] {
    let octets = try steps.map { try $0.serializedBytes() }
    var request = RecordStepsRequest(steps: octets)
    if signs {
      let list = SignedList(octets, using: try SHA256Context())
      request.signature = StepSignature(value: try clerk(uri).key.sign(list.signedOctets))
    }
    return try await store.recordSteps(
      request,
      signer: signer(uri),
      idempotencyKey: key,
      scope: try scope(uri, .step)
    ).response.results
  }

  /// Takes one step and expects a rule, or none; returns what is on record then.
  @discardableResult func step(
    _ application: Application,
    by uri: String,
    _ move: Step.Move,
    reason: String = "",
    overQuota: String = "",
    breaks rule: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Application {
    var step = Step(application: application.id, baseVersion: application.version)
    step.reason = reason
    step.overQuotaReason = overQuota
    step.move = move
    let result = try #require(try await take([step], by: uri).first)
    #expect(result.violations.first?.rule == rule, sourceLocation: sourceLocation)
    return try await get(application.id)
  }

  func get(_ id: [UInt8]) async throws -> Application {
    try await store.application(.id(id), scope: try scope(Desk.poverty, .applicationRead))
  }

  func open(_ ids: [[UInt8]] = [], by uri: String) async throws -> NoticeResponse {
    try await store.openNotice(
      OpenNoticeRequest(applications: ids, place: "村委会公示栏"),
      signer: signer(uri),
      scope: try scope(uri, .notice)
    ).response
  }

  func close(_ notice: [UInt8], by uri: String) async throws -> NoticeResponse {
    try await store.closeNotice(
      CloseNoticeRequest(notice: notice),
      signer: signer(uri),
      scope: try scope(uri, .notice)
    ).response
  }

  /// Posts and closes the notice for which everything of an office waits.
  func postAndClose(by uri: String) async throws {
    let opened = try await open(by: uri)
    let notice = try #require(opened.notice)
    #expect(try await close(notice.id, by: uri).results.allSatisfy(\.violations.isEmpty))
  }

  /// Lets notices close on the day they are posted, and few people appraise.
  func relax() throws {
    let state = try #require(DivisionCode("000000"))
    let first = try #require(Day(yyyymmdd: 2000_01_01))
    store.context.book.update { book in
      let names: [PolicyName] = [
        .villageNoticeDays, .townshipNoticeDays, .countyNoticeDays, .appraisalQuorum,
      ]
      for name in names {
        book.policy.set(.init(division: state, name: name, validFrom: first, value: 0))
      }
    }
  }

  private func signer(_ uri: String) throws -> StepSigner {
    StepSigner(name: "某人", certificate: try clerk(uri).certificate)
  }

  static let appraisal = Appraisal(present: 20, votesFor: 15, votesAgainst: 3, abstained: 2)

  static func examination(yuan: Int64 = 900, able: Answer = .yes) -> Examination {
    Examination(
      accepted: true,
      netPerPerson: Money(fen: yuan * 100),
      incomeYear: 2010,
      ableToWork: able
    )
  }

  /// Takes an application from the village to where both county offices decide.
  func examined(_ application: Application) async throws -> Application {
    var now = try await step(application, by: Desk.village, .appraise(Desk.appraisal))
    now = try await step(now, by: Desk.village, .decide(Verdict(accepted: true)))
    try await postAndClose(by: Desk.village)
    now = try await get(now.id)
    now = try await step(now, by: Desk.township, .examine(Desk.examination()))
    try await postAndClose(by: Desk.township)
    return try await get(now.id)
  }

  /// The same, decided for and through the county's notice.
  func noticed(_ application: Application) async throws -> Application {
    var now = try await examined(application)
    let object = PovertyApproval(decision: .object)
    now = try await step(now, by: Desk.poverty, .approvePoverty(object))
    let dibao = SecurityApproval(decision: .dibao)
    now = try await step(now, by: Desk.security, .approveSecurity(dibao))
    try await postAndClose(by: Desk.poverty)
    return try await get(now.id)
  }
}
