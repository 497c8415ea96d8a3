internal import RPCCore
internal import RegistryAPI

/// Rules as a node keeps them, for the command line's tests: what is set is given back.
struct FakePolicies: PolicyService {
  let registry: FakeRegistry

  static let setter = "registry://420000/poverty-office/p0001"
  static let instant: Int64 = 1_290_000_000_000_000

  func setPolicy(
    _ request: SetPolicyRequest,
    context: ServerContext
  ) async throws -> SetPolicyResponse {
    var parameters = request.parameters
    for index in parameters.indices {
      parameters[index].setBy = Self.setter
      parameters[index].version = 2
      parameters[index].recordedAt = Self.instant
    }
    registry.with { $0.isRepeatable = context.idempotencyKey != nil }
    return SetPolicyResponse(parameters: parameters)
  }

  func listPolicy(
    _ request: ListPolicyRequest,
    context: ServerContext
  ) async throws -> ListPolicyResponse {
    ListPolicyResponse(parameters: [
      PolicyParameter(
        division: "000000",
        name: "appeal.days",
        value: request.all ? 16 : 15,
        setBy: "built-in"
      ),
      PolicyParameter(
        division: request.division.isEmpty ? "421224" : request.division,
        name: "notice.village.days",
        validFrom: request.day == 0 ? 2010_06_01 : request.day,
        value: 10,
        source: "鄂政办1号",
        setBy: Self.setter,
        version: 1,
        recordedAt: Self.instant
      ),
    ])
  }

  func setCodes(_ request: SetCodesRequest, context: ServerContext) async throws -> SetCodesResponse
  {
    registry.with { $0.isRepeatable = context.idempotencyKey != nil }
    return SetCodesResponse(
      codes: request.codes.map { given in
        var code = given
        (code.setBy, code.version, code.recordedAt) = (Self.setter, 1, Self.instant)
        return code
      }
    )
  }

  func listCodes(
    _ request: ListCodesRequest,
    context: ServerContext
  ) async throws -> ListCodesResponse {
    let code = Code(list: "need", code: 90, nameZh: "光伏", nameEn: "solar power", setBy: Self.setter)
    return ListCodesResponse(codes: ["", code.list].contains(request.list) ? [code] : [])
  }

  func setPovertyLine(_ request: SetLineRequest, context: ServerContext) async throws -> Line {
    try set(request, .poverty)
  }

  func setDibaoStandard(_ request: SetLineRequest, context: ServerContext) async throws -> Line {
    try set(request, .dibao)
  }

  func listLines(
    _ request: ListLinesRequest,
    context: ServerContext
  ) async throws -> ListLinesResponse {
    let lines = [
      Line(
        kind: .poverty,
        division: "000000",
        year: 2010,
        amount: Money(fen: 127_400),
        source: "white paper",
        setBy: "built-in"
      ),
      Line(
        kind: .dibao,
        division: "421224",
        year: 2010,
        amount: Money(fen: 140_450),
        source: "鄂民政2号",
        setBy: "registry://421200/civil-affairs/p0003",
        version: 1,
        recordedAt: Self.instant
      ),
    ]
    return ListLinesResponse(
      lines: lines.filter { request.kind == .unspecified || $0.kind == request.kind }
    )
  }

  func setQuotas(
    _ request: SetQuotasRequest,
    context: ServerContext
  ) async throws -> SetQuotasResponse {
    let broken = request.quotas.enumerated().filter { $1.people > 1_000 && $1.reason.isEmpty }
    guard broken.isEmpty else {
      let violations = broken.map { index, _ in
        Violation(
          row: UInt32(index + 1),
          member: 0,
          field: "quotas.people",
          rule: "quota.allotted",
          messageEn: "this needs a reason",
          messageZh: "须说明理由"
        )
      }
      let details = ErrorDetails(violations: violations)
      throw RPCError(
        code: .invalidArgument,
        message: "the request breaks a rule",
        details: try details.encodedBytes()
      )
    }
    var quotas = request.quotas
    for index in quotas.indices { quotas[index].version = 1 }
    return SetQuotasResponse(quotas: quotas)
  }

  func listQuotas(
    _ request: ListQuotasRequest,
    context: ServerContext
  ) async throws -> ListQuotasResponse {
    var county = QuotaUse(
      division: FakeRegistry.county,
      proposed: 120,
      examined: 110,
      approved: 105,
      registered: 90,
      over: 5,
      allotted: 100,
      applications: 30
    )
    county.quota = Quota(division: "421224", period: 2010, people: 100, reason: "水灾")
    let township = QuotaUse(division: Division(code: "421224100000", name: "通羊镇"))
    return ListQuotasResponse(
      quotas: request.breakdown ? [county, township] : [county],
      period: request.period == 0 ? 2010 : request.period
    )
  }

  private func set(_ request: SetLineRequest, _ kind: LineKind) throws -> Line {
    guard var line = request.line, line.kind == kind else {
      throw RPCError(.invalidArgument, "another kind")
    }
    line.setBy = Self.setter
    line.version = 1
    line.recordedAt = Self.instant
    return line
  }
}
