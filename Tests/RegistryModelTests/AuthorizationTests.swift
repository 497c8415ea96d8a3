import Testing

@testable import RegistryModel

@Suite struct OfficeIdentityTests {
  @Test(arguments: [
    "registry://421224/poverty-office/p0007", "registry://000000/poverty-office/p0001",
    "registry://421224100200/village-committee/p12345", "registry://421224/node/main",
  ])
  func readsBack(uri: String) {
    #expect(OfficeIdentity(uri: uri)?.uri == uri)
  }

  @Test(arguments: [
    "", "registry://", "Registry://421224/node/main", "registry://421224/node/main/",
    "registry://421224/node/", "registry://421224/node/Main", "registry://421224/node/-a",
    "registry://421224/poverty-office/7", "registry://421224/poverty-office/p007",
    "registry://421224/poverty-office/p0007?x", "registry://421224:443/node/main",
    "registry://421224000000/node/main", "registry://421224/kitchen/p0007",
    "registry://421224/node",
    "registry://４21224/node/main", "registry://421224//p0007",
  ])
  func refuses(uri: String) {
    #expect(OfficeIdentity(uri: uri) == nil)
  }
}

@Suite struct AuthorizationTableTests {
  let table: AuthorizationTable
  let area: DivisionPath
  init() throws {
    table = try AuthorizationTable.load()
    area = try #require(DivisionPath(ids: [1, 2, 3]))
  }

  @Test func everyOperationHasAnOffice() {
    for operation in Operation.allCases {
      let granted = OfficeKind.allCases.contains { kind in
        DivisionTier.allCases.contains {
          table.grant(kind: kind, level: $0, operation: operation) != nil
        }
      }
      #expect(granted, "\(operation)")
    }
  }

  /// Who writes what: the offices of the table in the design, and nobody else.
  private static let writers: [Operation: Set<String>] = [
    .create: ["poverty-office/county"], .update: ["poverty-office/county"],
    .importRows: ["poverty-office/county"],
    .apply: ["village-committee/village"],
    .step: [
      "village-committee/village", "township-government/township", "poverty-office/county",
      "civil-affairs/county",
    ],
    .notice: [
      "village-committee/village", "township-government/township", "poverty-office/county",
    ],
    .minutes: [
      "village-committee/village", "township-government/township", "poverty-office/county",
      "civil-affairs/county",
    ],
    .setPolicy: [
      "poverty-office/prefecture", "poverty-office/province", "poverty-office/state",
    ],
    .setPovertyLine: [
      "poverty-office/prefecture", "poverty-office/province", "poverty-office/state",
    ],
    .setDibaoStandard: ["civil-affairs/prefecture", "civil-affairs/province"],
    .setQuota: [
      "township-government/township", "poverty-office/county", "poverty-office/prefecture",
      "poverty-office/province", "poverty-office/state",
    ],
    .change: [
      "village-committee/village", "township-government/township", "poverty-office/county",
      "civil-affairs/county",
    ],
    .link: [
      "node/village", "node/township", "node/county", "node/prefecture", "node/province",
    ],
    .setCode: ["poverty-office/province", "poverty-office/state"],
    .linkControl: [
      "poverty-office/county", "poverty-office/prefecture", "poverty-office/province",
      "poverty-office/state",
    ],
    .setRoster: [
      "disabled-federation/county", "disabled-federation/prefecture",
      "disabled-federation/province", "education/county", "education/prefecture",
      "education/province", "health/county", "health/prefecture", "health/province",
      "radio-television/county", "radio-television/prefecture", "radio-television/province",
      "housing/county", "housing/prefecture", "housing/province",
      "civil-affairs/county", "civil-affairs/prefecture", "civil-affairs/province",
      "poverty-office/county", "poverty-office/prefecture", "poverty-office/province",
      "poverty-office/state",
    ],
    .proposeRoster: [
      "civil-affairs/county", "civil-affairs/prefecture", "civil-affairs/province",
      "poverty-office/county", "poverty-office/prefecture", "poverty-office/province",
      "poverty-office/state",
    ],
    .setPilot: [
      "village-committee/village", "township-government/township", "poverty-office/county",
      "poverty-office/prefecture", "poverty-office/province", "poverty-office/state",
      "civil-affairs/county", "civil-affairs/prefecture", "civil-affairs/province",
      "civil-affairs/state", "finance/county", "finance/prefecture", "finance/province",
      "finance/state", "statistics/county", "statistics/prefecture", "statistics/province",
      "statistics/state", "disabled-federation/county", "disabled-federation/prefecture",
      "disabled-federation/province", "education/county", "education/prefecture",
      "education/province", "health/county", "health/prefecture", "health/province",
      "radio-television/county", "radio-television/prefecture", "radio-television/province",
      "housing/county", "housing/prefecture", "housing/province",
      "partner/county", "partner/prefecture", "partner/province", "partner/state",
    ],
    .arrival: ["poverty-office/county"],
    .erase: ["poverty-office/county"],
    .bundle: [
      "village-committee/village", "township-government/township", "poverty-office/county",
      "poverty-office/prefecture", "poverty-office/province",
      "poverty-office/state",
    ],
    .settle: [
      "village-committee/village", "township-government/township", "poverty-office/county",
      "civil-affairs/county",
    ],
  ]

  @Test func everyOperationThatWritesHasItsWritersAndNoOthers() {
    for operation in Operation.allCases where operation.writes {
      var writers: Set<String> = []
      for kind in OfficeKind.allCases {
        for level in DivisionTier.allCases
        where table.grant(kind: kind, level: level, operation: operation) != nil {
          writers.insert("\(kind.rawValue)/\(level.slug)")
        }
      }
      #expect(!writers.isEmpty && writers == Self.writers[operation], "\(operation)")
    }
  }

  @Test func aScopeHoldsWhatTheRowGrants() throws {
    let office = try #require(OfficeIdentity(uri: "registry://421224/poverty-office/p0007"))
    let scope = try table.scope(for: office, area: area, level: .county, operation: .create)
    #expect(scope.identity == office && scope.classes == .all && scope.people == .all)
    #expect(scope.operations == [.create] && !scope.isSystem)
    #expect(scope.covers(try #require(DivisionPath(ids: [1, 2, 3, 4]))))
    #expect(!scope.covers(try #require(DivisionPath(ids: [1, 2, 4]))))
    #expect(Scope.system(reason: "start").covers(area))
  }

  @Test func departmentsStateTheirPurposeAndSeeTheirClasses() throws {
    let school = try #require(OfficeIdentity(uri: "registry://421224/education/p0100"))
    func scope(_ operation: Operation, _ purpose: Purpose?) throws -> Scope {
      try table.scope(
        for: school,
        area: area,
        level: .county,
        operation: operation,
        purpose: purpose
      )
    }
    #expect(throws: AuthorizationError.purposeMissing(allowed: [.schoolingSupport])) {
      try scope(.get, nil)
    }
    #expect(
      throws: AuthorizationError.purposeNotAllowed(
        .medicalSupport,
        allowed: [.schoolingSupport]
      )
    ) { try scope(.get, .medicalSupport) }
    #expect(throws: AuthorizationError.notAllowed(.education, .update)) {
      try scope(.update, .schoolingSupport)
    }
    let granted = try scope(.get, .schoolingSupport)
    #expect(granted.classes == [.identity, .contact, .schooling])
    #expect(granted.people == .schoolAge)
  }

  /// What tells of people, logs or counts audit asks for an inspection; the rest is for everybody.
  @Test func auditInspects() {
    let free: [RegistryModel.Operation] = [
      .divisionRead, .nodeInfo, .policyRead, .quotaRead, .published,
    ]
    for operation in Operation.allCases {
      for level in DivisionTier.allCases {
        guard let grant = table.grant(kind: .audit, level: level, operation: operation) else {
          continue
        }
        #expect(grant.purposes == (free.contains(operation) ? [] : [.inspection]), "\(operation)")
      }
    }
  }

  @Test func partnersAndFinanceSeeNobody() {
    for kind in [OfficeKind.partner, .finance, .node] {
      for operation in Operation.allCases {
        for level in DivisionTier.allCases {
          guard let grant = table.grant(kind: kind, level: level, operation: operation) else {
            continue
          }
          #expect(grant.classes.isEmpty && grant.people == .none)
          let free: [RegistryModel.Operation] = [
            .divisionRead, .nodeInfo, .policyRead, .quotaRead, .setPilot, .listPilot, .readPilot,
            .link,
            .published,
          ]
          #expect(free.contains(operation))
        }
      }
    }
  }

  @Test(arguments: [
    "audit,county,get,any,own,all,everything", "audit,county,dance,any,own,all,all",
    "audit,moon,get,any,own,all,all", "spies,county,get,any,own,all,all",
    "audit,county,get,fun,own,all,all", "audit,county,get,any,world,all,all",
    "audit,county,get get,any,own,all,all", "audit,county,get,any,own,some,all",
    "audit,county,get,any,own,all,",
  ])
  func unknownWordsAreRefused(row: String) {
    let heading = "office,levels,operations,purposes,area,people,classes\n"
    #expect(throws: ModelDataError.malformed(file: "t", line: 2)) {
      try AuthorizationTable(bytes: Array((heading + row).utf8), file: "t")
    }
  }
}
