import RPCCore
import RPCServices
import RegistryAPI
import RegistryModel
import RegistryServer
import TestRegistry
import Testing

/// Every office, for every purpose and for none, asks everything there is to ask of a node whose files
/// carry a mark in each group of data: of what its row of the table does not grant, no answer, no
/// error, no count and no change holds anything.
@Suite(.timeLimit(.minutes(4))) struct DisclosureWalkTests {
  /// What the walk needs to know of the two files.
  private struct World {
    let node: LinkedNode
    /// A family: the head is ill, his wife disabled, their son at school.
    let family: Household
    /// Somebody old and well, whom departments with a filter of people do not see.
    let single: Household
    let application: [UInt8]
    let proposal: [UInt8]
    /// Two rosters of all the people, of each office that has any.
    let rosters: [[UInt8]]
  }

  /// A person of the files, with the name and number that must not be seen.
  private enum Person: CaseIterable {
    case head
    case wife
    case son
    case single

    var name: String {
      switch self {
      case .head: "甄户主"
      case .wife: "甄妻某"
      case .son: "甄学生"
      case .single: "甄独居"
      }
    }

    var number: String {
      switch self {
      case .head: SampleHousehold.citizenID(0, member: 0)
      case .wife: SampleHousehold.citizenID(0, member: 1)
      case .son: SampleHousehold.citizenID(0, member: 2)
      case .single: SampleHousehold.citizenID(1, member: 0)
      }
    }
  }

  /// Who is seen through each filter of people, said here and not by the program.
  private static func seen(_ filter: PeopleFilter) -> Set<Person> {
    switch filter {
    case .all: Set(Person.allCases)
    case .none: []
    case .disabled: [.wife]
    case .illOrDisabled: [.head, .wife]
    case .schoolAge: [.son]
    }
  }

  /// Octets by which a group of data is known wherever they stand: texts, and numbers with the octets
  /// in front of them.
  private static let marks: [(DisclosureClasses, [UInt8])] = [
    (.contact, Array("13900001111".utf8)), (.contact, Array("标记路九号".utf8)),
    (.account, Array("标记银行".utf8)), (.account, Array("6222001234567890".utf8)),
    (.income, [0x08] + varint(9_876_543)), (.dwelling, [0x08] + varint(98_765)),
    (.production, [0x08] + varint(54_321)), (.labour, Array("标记务工地".utf8)),
    (.support, Array("标记干部".utf8)), (.support, [0x08] + varint(7_654_321)),
    // The certificate's last two digits are the kind and grade of a disability.
    (.health, Array(certificate.utf8)), (.health, [0x0A, 1, 4, 0x10, 3, 0x18, 2]),
    (.schooling, [0x1A, 2, 0x10, 3]),
    (.security, [8, 1, 0x10, 2, 0x18, 1, 0x20, 2]),
    // Decisions, category, standard and cause of a file; category and cause of a match, and of a line.
    (.classification, [8, 1, 0x10, 3, 0x18, 1, 0x20, 1, 0x28, 9]),
    (.classification, [0x20, 1, 0x28, 9]), (.classification, [0x40, 1, 0x48, 9]),
  ]

  private static let certificate = Person.wife.number + "32"

  private static func varint(_ value: UInt64) -> [UInt8] {
    var (rest, octets) = (value, [UInt8]())
    while rest > 127 {
      octets.append(UInt8(rest & 127) | 128)
      rest >>= 7
    }
    return octets + [UInt8(rest)]
  }

  private static func marked(_ serial: Int) -> Household {
    var household = SampleHousehold.household(serial)
    household.contact = Contact(telephone: "13900001111", address: "标记路九号")
    household.account = Account(bank: "标记银行", number: "6222001234567890")
    household.income = Income(years: [
      YearIncome(year: 2009, netPerPerson: Money(fen: 9_876_543))
    ])
    household.dwelling?.floorArea = Quantity(value: 98_765)
    household.production?.farmland = Quantity(value: 54_321)
    household.support = Support(
      needs: [Need(kind: 1, investment: Money(fen: 7_654_321))],
      plan: Plan(cadre: "标记干部", unit: "县扶贫办", day: 20_100_601)
    )
    for (index, person) in [Person.head, .wife, .son].enumerated() {
      household.members[index].identity?.name = person.name
    }
    household.members[0].health = Health(states: [3])
    household.members[0].labour = Labour(capacity: 1, awayPlace: "标记务工地", awayMonths: 3)
    household.members[1].health = Health(states: [4], disabilityKind: 3, disabilityGrade: 2)
    household.members[1].identity?.disabilityCertificate = serial == 0 ? certificate : ""
    household.members[1].security = Security(
      medicalScheme: .yes,
      pension: .no,
      dibao: .yes,
      fiveGuarantee: .no
    )
    household.members[2].health = Health(states: [1])
    return household
  }

  private func world(_ nodes: LinkedNodes) async throws -> World {
    let node = try nodes.open(LinkedNodes.county)
    let channel = node.channel(as: LinkedNodes.office)
    let client = HouseholdClient(channel)
    let family = try await client.createHousehold(
      CreateHouseholdRequest(household: Self.marked(0))
    )
    var old = Self.marked(1)
    old.members = [old.members[0]]
    old.members[0].identity?.name = Person.single.name
    old.members[0].health = Health(states: [1])
    let single = try await client.createHousehold(CreateHouseholdRequest(household: old))
    let committee = node.channel(as: "registry://421224100001/village-committee/p0101")
    var wanting = Self.marked(5)
    wanting.members[0].identity?.name = Person.head.name
    let applied = try await ProcedureClient(committee).apply(
      ApplyRequest(applications: [NewApplication(household: wanting)])
    ).results
    var corrected = family
    corrected.contact?.telephone = "13900001111"
    corrected.contact?.address = "标记路九号东"
    let proposed = try await ChangeClient(committee).submitChange(
      SubmitChangeRequest(
        change: Change(
          household: family.id,
          baseVersion: 1,
          reason: "地址",
          kind: .correct(Correction(household: corrected, mask: ["contact.address"]))
        )
      )
    )
    return World(
      node: node,
      family: family,
      single: single,
      application: try #require(applied.first).application,
      proposal: try #require(proposed.proposal).id,
      rosters: try await rosters(node)
    )
  }

  /// Rosters of each office that imports any, under names of their own: what stands in an office's list
  /// it knows.
  private func rosters(_ node: LinkedNode) async throws -> [[UInt8]] {
    var rosters: [[UInt8]] = []
    for (kind, office, purpose) in [
      (RosterKind.dibao, "civil-affairs", nil), (.fiveGuarantee, "civil-affairs", nil),
      (.other, "poverty-office", nil), (.disability, "disabled-federation", "disability-support"),
      (.other, "education", "schooling-support"), (.other, "health", "medical-support"),
      (.other, "radio-television", "reception-support"), (.other, "housing", "dwelling-support"),
    ] {
      for (digest, people) in [Person.allCases, Array(Person.allCases.dropLast())].enumerated() {
        let made = try await RosterDesk.importRoster(
          node,
          people.map { ($0.number, "册中人") } + [("12", "册中人")],
          as: "registry://421224/\(office)/p0042",
          kind: kind,
          digest: UInt8(digest),
          purpose: purpose
        )
        rosters.append(made.roster.id)
      }
      let client = RosterClient(node.channel(as: "registry://421224/\(office)/p0042"))
      _ = try await client.converge(
        ConvergeRequest(roster: try #require(rosters.last)),
        options: RosterDesk.purpose(purpose)
      )
    }
    return rosters
  }

  /// What is asked of each method that could show something, beside the empty request that all get.
  private func questions(_ world: World) throws -> [(MethodDescriptor, [any WireMessage])] {
    let family = world.family
    var questions: [(MethodDescriptor, [any WireMessage])] = []
    func ask(_ method: MethodDescriptor, _ messages: any WireMessage...) {
      questions.append((method, messages))
    }
    for household in [world.family, world.single] {
      ask(HouseholdMethods.getHousehold, GetHouseholdRequest(by: .id(household.id)))
      ask(HouseholdMethods.getHousehold, GetHouseholdRequest(by: .number(household.number)))
      ask(
        HouseholdMethods.getHousehold,
        GetHouseholdRequest(by: .id(household.id), asOf: household.recordedAt)
      )
      ask(HouseholdMethods.getHistory, GetHistoryRequest(id: household.id))
      ask(HouseholdMethods.compareVersions, CompareVersionsRequest(id: household.id))
      ask(InquiryMethods.suggestMeasures, SuggestMeasuresRequest(by: .id(household.id)))
      ask(InquiryMethods.listLooks, ListLooksRequest(by: .id(household.id)))
    }
    for person in Person.allCases {
      ask(HouseholdMethods.getHousehold, GetHouseholdRequest(by: .citizenId(person.number)))
      ask(
        HouseholdMethods.searchHouseholds,
        SearchHouseholdsRequest(filter: HouseholdFilter(name: person.name))
      )
    }
    ask(
      HouseholdMethods.searchHouseholds,
      SearchHouseholdsRequest(
        filter: HouseholdFilter(categories: [.povertyObject], incomeBelow: Money(fen: 10_000_000))
      )
    )
    ask(HouseholdMethods.sampleHouseholds, SampleHouseholdsRequest(count: 2, seed: "1"))
    ask(
      InquiryMethods.matchPeople,
      MatchPeopleRequest(citizenIds: Person.allCases.map(\.number))
    )
    ask(ProcedureMethods.getApplication, GetApplicationRequest(by: .id(world.application)))
    ask(ChangeMethods.getProposal, GetProposalRequest(id: world.proposal))
    ask(StatisticsMethods.getReport, GetReportRequest(division: "421224100001"))
    ask(StatisticsMethods.listReports, ListReportsRequest(level: .village))
    ask(
      HouseholdMethods.updateHousehold,
      UpdateHouseholdRequest(id: family.id, baseVersion: 77, household: family, mask: ["account"])
    )
    for (place, roster) in world.rosters.enumerated() {
      ask(RosterMethods.converge, ConvergeRequest(roster: roster))
      for finding in 1...10 {
        let finding = ConvergenceFinding(rawValue: Int32(finding))
        ask(
          RosterMethods.listConvergence,
          ListConvergenceRequest(roster: roster, finding: finding)
        )
      }
      guard place % 2 == 1 else { continue }
      let other = world.rosters[place - 1]
      ask(RosterMethods.compareRosters, CompareRostersRequest(from: roster, to: other))
      ask(RosterMethods.listRosterChanges, ListRosterChangesRequest(from: roster, to: other))
    }
    // One who stands in another file: the answer names it.
    var twice = SampleHousehold.household(9)
    twice.members[0].identity?.citizenId = Person.son.number
    twice.members[0].identity?.name = "另人"
    ask(HouseholdMethods.createHousehold, CreateHouseholdRequest(household: twice))
    return questions
  }

  /// All that comes back of a call: every message, or the error with its details.
  private func answer(
    _ method: MethodDescriptor,
    _ messages: [any WireMessage],
    on channel: any Channel,
    _ purpose: Purpose?
  ) async throws -> (octets: [UInt8], messages: [[UInt8]], error: RPCError?) {
    let options = purpose.map { CallOptions(metadata: ["registry-purpose": $0.rawValue]) }
    var received: [[UInt8]] = []
    do {
      let call = try await channel.open(method, options: options ?? CallOptions())
      for message in messages {
        try await call.send(EncodedMessage(try message.encodedArray()))
      }
      try await call.finishSending()
      while let message = try await call.receive(EncodedMessage.self) {
        received.append(try message.encodedArray())
        // It tells of changes for ever; the server does not change.
        if method == HealthMethods.watch {
          call.cancel()
          break
        }
      }
      return (received.flatMap { $0 }, received, nil)
    } catch let error as RPCError {
      return (
        received.flatMap { $0 } + Array(error.message.utf8) + error.details, received, error
      )
    }
  }

  private static func holds(_ octets: [UInt8], _ mark: [UInt8]) -> Bool {
    guard octets.count >= mark.count, let first = mark.first else { return false }
    return octets.withUnsafeBufferPointer { whole in
      mark.withUnsafeBufferPointer { mark in
        for start in 0...(whole.count - mark.count) where whole[start] == first {
          if (1..<mark.count).allSatisfy({ whole[start + $0] == mark[$0] }) { return true }
        }
        return false
      }
    }
  }

  /// The groups that a file in an answer has, as its parts say.
  private static func classes(in household: Household) -> DisclosureClasses {
    var classes: DisclosureClasses = []
    func has(_ group: DisclosureClasses, _ part: Any?) { if part != nil { classes.insert(group) } }
    // Schooling as a cause is of the class schooling, and nothing else of the classification is.
    if let classification = household.classification {
      let isOther = [classification.mainCause] + classification.otherCauses != [0, 3]
      var rest = classification
      rest.otherCauses = []
      let isSchooling = !isOther && rest == Classification()
      classes.insert(isSchooling ? .schooling : .classification)
    }
    has(.classification, household.change)
    has(.classification, household.exit)
    has(.contact, household.contact ?? nil)
    has(.account, household.account ?? nil)
    has(.income, household.income ?? nil)
    has(.dwelling, household.dwelling ?? nil)
    has(.production, household.production ?? nil)
    has(.support, household.support ?? nil)
    for member in household.members {
      if let identity = member.identity {
        classes.insert(.identity)
        if !identity.disabilityCertificate.isEmpty { classes.insert(.health) }
      }
      if member.schooling != nil { classes.insert(.schooling) }
      if member.health != nil { classes.insert(.health) }
      if member.labour != nil { classes.insert(.labour) }
      if let security = member.security {
        let isScheme = security == Security(medicalScheme: security.medicalScheme)
        classes.insert(isScheme ? .health : .security)
      }
    }
    return classes
  }

  private static func files(_ method: MethodDescriptor, _ messages: [[UInt8]]) throws -> [Household]
  {
    try messages.flatMap { octets -> [Household] in
      switch method.path {
      case HouseholdMethods.getHousehold.path: return [try Household(wireArray: octets)]
      case HouseholdMethods.exportHouseholds.path:
        return try ExportHouseholdsResponse(wireArray: octets).households
      case HouseholdMethods.compareVersions.path:
        let compared = try CompareVersionsResponse(wireArray: octets)
        return [compared.from, compared.to].compactMap { $0 }
      case InquiryMethods.followHouseholds.path:
        return try FollowHouseholdsResponse(wireArray: octets).changes.compactMap {
          if case .shown(let household)? = $0.what { household } else { nil }
        }
      default: return []
      }
    }
  }

  /// The offices: every kind at every level that lies on the way to the files.
  private static let offices: [(kind: OfficeKind, level: DivisionTier, uri: String)] =
    OfficeKind.allCases.flatMap { kind in
      [
        ("000000", DivisionTier.state), ("420000", .province), ("421200", .prefecture),
        ("421224", .county), ("421224100000", .township), ("421224100001", .village),
      ].map {
        (kind, $0.1, "registry://\($0.0)/\(kind.rawValue)/\(kind == .node ? "other" : "p0042")")
      }
    }

  @Test func noAnswerHoldsWhatTheTableDoesNotGrant() async throws {
    let table = try AuthorizationTable.load()
    let nodes = try LinkedNodes()
    let world = try await world(nodes)
    let asked = try questions(world)
    var (shown, refused) = (0, 0)
    for office in Self.offices {
      let channel = world.node.channel(as: office.uri)
      for purpose in [nil] + Purpose.allCases.map(Optional.some) {
        // Methods without a question of their own are asked with nothing, once.
        let others = MethodOperations.methods.map {
          ($0, [EncodedMessage([])] as [any WireMessage])
        }
        for (method, messages) in asked + others {
          var operation = try #require(MethodOperations.byPath[method.path])
          // What was on record once is history.
          if let past = messages.first as? GetHouseholdRequest, past.asOf != 0 {
            operation = .history
          }
          var grant = table.grant(kind: office.kind, level: office.level, operation: operation)
          if let known = grant {
            let isStated = purpose.map { known.purposes(of: office.kind).contains($0) }
            if !(isStated ?? known.purposes.isEmpty) { grant = nil }
          }
          // Nothing is granted, purpose or not: the first time is enough.
          if grant == nil, purpose != nil, messages.first is EncodedMessage { continue }
          let answer = try await answer(method, messages, on: channel, purpose)
          let place = "\(office.uri) \(purpose?.rawValue ?? "-") \(method.path)"
          if grant == nil {
            #expect(answer.error?.code == .permissionDenied, "\(place)")
            refused += 1
          }
          let classes = grant?.classes ?? []
          let people = Self.seen(grant?.people ?? .none)
          for (group, mark) in Self.marks where !classes.contains(group) {
            #expect(!Self.holds(answer.octets, mark), "\(place): \(group)")
          }
          for person in Person.allCases {
            let isNamed = Self.holds(answer.octets, Array(person.name.utf8))
            let isNumbered = Self.holds(answer.octets, Array(person.number.utf8))
            let isSeen = people.contains(person) && classes.contains(.identity)
            #expect(isSeen || !isNamed && !isNumbered, "\(place): \(person)")
            if isNamed { shown += 1 }
          }
          for file in try Self.files(method, answer.messages) {
            #expect(classes.isSuperset(of: Self.classes(in: file)), "\(place)")
            let tellsVersions = file.version != 0 || file.recordedAt != 0 || file.effectiveOn != 0
            #expect(grant?.people == .all && classes == .all || !tellsVersions, "\(place)")
          }
        }
      }
    }
    // The marks are there to be found, and offices are refused.
    #expect(shown > 500 && refused > 1_000, "\(shown) \(refused)")
    #expect(try await world.node.findings() == [])
    await world.node.close()
  }

  /// The departments that see some people or some groups alone, each with the purpose it has.
  private static func departments(_ table: AuthorizationTable) -> [(
    kind: OfficeKind, uri: String, purpose: Purpose, grant: AuthorizationTable.Grant
  )] {
    offices.compactMap { office in
      guard let grant = table.grant(kind: office.kind, level: office.level, operation: .get),
        let purpose = grant.purposes.first
      else { return nil }
      return (office.kind, office.uri, purpose, grant)
    }
  }

  @Test func whatIsHiddenIsAnsweredAsWhatIsNotThere() async throws {
    let table = try AuthorizationTable.load()
    let nodes = try LinkedNodes()
    let world = try await world(nodes)
    let absent = SampleHousehold.citizenID(777, member: 0)
    let departments = Self.departments(table)
    #expect(departments.count > 10)
    for department in departments {
      let channel = world.node.channel(as: department.uri)
      let seen = Self.seen(department.grant.people)
      func told(_ method: MethodDescriptor, _ message: any WireMessage) async throws -> [UInt8] {
        let answer = try await answer(method, [message], on: channel, department.purpose)
        return answer.octets + Array("\(answer.error?.code as Any)".utf8)
      }
      for person in Person.allCases where !seen.contains(person) {
        // By number, in a list, by name.
        let there = try await told(
          HouseholdMethods.getHousehold,
          GetHouseholdRequest(by: .citizenId(person.number))
        )
        let nowhere = try await told(
          HouseholdMethods.getHousehold,
          GetHouseholdRequest(by: .citizenId(absent))
        )
        #expect(there == nowhere, "\(department.uri) \(person)")
        // The past is refused, whoever it is of.
        for (instant, day) in [(world.family.recordedAt, Int32(0)), (0, 20_101_231)] {
          var past: [[UInt8]] = []
          for number in [person.number, absent] {
            past.append(
              try await told(
                HouseholdMethods.getHousehold,
                GetHouseholdRequest(by: .citizenId(number), asOf: instant, effectiveOn: day)
              )
            )
          }
          #expect(past[0] == past[1] && past[0] != nowhere, "\(department.uri) \(person)")
        }
        let listed = try await told(
          InquiryMethods.matchPeople,
          MatchPeopleRequest(citizenIds: [person.number])
        )
        let unlisted = try await told(
          InquiryMethods.matchPeople,
          MatchPeopleRequest(citizenIds: [absent])
        )
        #expect(listed == unlisted, "\(department.uri) \(person)")
        let named = try await told(
          HouseholdMethods.searchHouseholds,
          SearchHouseholdsRequest(filter: HouseholdFilter(name: person.name))
        )
        let nameless = try await told(
          HouseholdMethods.searchHouseholds,
          SearchHouseholdsRequest(filter: HouseholdFilter(name: "无此人"))
        )
        #expect(named == nameless, "\(department.uri) \(person)")
      }
      if !seen.contains(.single) {
        let hidden = try await told(
          HouseholdMethods.getHousehold,
          GetHouseholdRequest(by: .id(world.single.id))
        )
        let nothing = try await told(
          HouseholdMethods.getHousehold,
          GetHouseholdRequest(by: .id([UInt8](repeating: 9, count: 16)))
        )
        #expect(hidden == nothing, "\(department.uri)")
      }
      // A filter by a group that is not shown tells nothing, whatever its value.
      for (group, filters) in [
        (
          DisclosureClasses.income,
          [1, 100_000_000].map { HouseholdFilter(incomeBelow: Money(fen: $0)) }
        ),
        (
          .classification,
          [Category.povertyObject, .fiveGuarantee].map { HouseholdFilter(categories: [$0]) }
        ),
        (.classification, [UInt32(9), 1].map { HouseholdFilter(mainCauses: [$0]) }),
        (.schooling, [UInt32(3), 9].map { HouseholdFilter(atSchool: [$0]) }),
        (.health, [UInt32(3), 5].map { HouseholdFilter(disabilityKinds: [$0]) }),
        (.health, [UInt32(3), 2].map { HouseholdFilter(healthStates: [$0]) }),
        (.dwelling, [UInt32(3), 1].map { HouseholdFilter(dangerGrades: [$0]) }),
        (.support, [UInt32(1), 9].map { HouseholdFilter(needs: [$0]) }),
      ] where !department.grant.classes.contains(group) {
        let first = try await told(
          HouseholdMethods.searchHouseholds,
          SearchHouseholdsRequest(filter: filters[0])
        )
        let second = try await told(
          HouseholdMethods.searchHouseholds,
          SearchHouseholdsRequest(filter: filters[1])
        )
        #expect(first == second, "\(department.uri) \(group)")
      }
      // Pages hold those that are seen and no others, and are as many as they alone would make: a
      // next page that holds nobody would tell of somebody hidden.
      let expected = seen.isEmpty ? 0 : seen.contains(.single) ? 2 : 1
      for size in [1, 2] {
        var (request, pages) = (SearchHouseholdsRequest(pageSize: UInt32(size)), [Int]())
        let options = CallOptions(metadata: ["registry-purpose": department.purpose.rawValue])
        repeat {
          let page = try await HouseholdClient(channel).searchHouseholds(request, options: options)
          pages.append(page.households.count)
          for line in page.households where department.grant.classes != .all {
            #expect(line.version == 0, "\(department.uri)")
          }
          request.pageToken = page.nextPageToken
        } while !request.pageToken.isEmpty && pages.count < 10
        #expect(pages.reduce(0, +) == expected, "\(department.uri) \(pages)")
        #expect(pages.count == max(1, (expected + size - 1) / size), "\(department.uri) \(pages)")
        #expect(pages.dropLast().allSatisfy { $0 == size }, "\(department.uri) \(pages)")
      }
    }
    await world.node.close()
  }

  @Test func programmesFindThoseWhoMeetTheirCriteria() async throws {
    let nodes = try LinkedNodes()
    let world = try await world(nodes)
    func found(
      _ filter: HouseholdFilter,
      _ office: String = LinkedNodes.office,
      _ purpose: Purpose? = nil
    ) async throws -> Set<[UInt8]> {
      let options = purpose.map { CallOptions(metadata: ["registry-purpose": $0.rawValue]) }
      let page = try await HouseholdClient(world.node.channel(as: office))
        .searchHouseholds(
          SearchHouseholdsRequest(filter: filter),
          options: options ?? CallOptions()
        )
      return Set(page.households.map(\.id))
    }
    let (family, both) = (Set([world.family.id]), Set([world.family.id, world.single.id]))
    #expect(try await found(HouseholdFilter(needs: [1, 7])) == both)
    #expect(try await found(HouseholdFilter(needs: [2])) == [])
    #expect(try await found(HouseholdFilter(atSchool: [3])) == family)
    #expect(try await found(HouseholdFilter(disabilityKinds: [3], disabilityGrades: [2])) == family)
    #expect(try await found(HouseholdFilter(disabilityKinds: [3], disabilityGrades: [1])) == [])
    // Of one person, not of two who have one each: the head is ill, the son at school.
    #expect(try await found(HouseholdFilter(healthStates: [3])) == family)
    #expect(try await found(HouseholdFilter(atSchool: [3], healthStates: [3])) == [])
    let school = "registry://421224/education/p0042"
    #expect(try await found(HouseholdFilter(atSchool: [3]), school, .schoolingSupport) == family)
    #expect(try await found(HouseholdFilter(atSchool: [4]), school, .schoolingSupport) == [])
    let housing = "registry://421224/housing/p0042"
    #expect(try await found(HouseholdFilter(receptions: [99]), housing, .dwellingSupport) == [])
    await #expect(throws: RPCError.self) {
      try await found(HouseholdFilter(atSchool: [3]), housing, .dwellingSupport)
    }
    // The same in a sample and in an export.
    let client = HouseholdClient(world.node.channel(as: LinkedNodes.office))
    let sample = try await client.sampleHouseholds(
      SampleHouseholdsRequest(filter: HouseholdFilter(atSchool: [3]), count: 5, seed: "2010")
    )
    #expect(Set(sample.households.map(\.id)) == family && sample.drawnFrom == 1)
    var exported: Set<[UInt8]> = []
    for try await page in try await client.exportHouseholds(
      ExportHouseholdsRequest(filter: HouseholdFilter(healthStates: [4]))
    ) {
      exported.formUnion(page.households.map(\.id))
    }
    #expect(exported == family)
    await world.node.close()
  }

  @Test func theFeedTellsOfNoChangeThatIsNotSeen() async throws {
    let table = try AuthorizationTable.load()
    let nodes = try LinkedNodes()
    let world = try await world(nodes)
    let office = HouseholdClient(world.node.channel(as: LinkedNodes.office))
    // A change in each group of the family's file.
    var serial = 0
    let changes: [(DisclosureClasses, String, (inout Household, Int) -> Void)] = [
      (.contact, "contact.address", { $0.contact?.address = "新路\($1)号" }),
      (.account, "account", { $0.account?.bank = "银行\($1)" }),
      (.income, "income", { $0.income?.years[0].netPerPerson = Money(fen: Int64(10_000 + $1)) }),
      (.dwelling, "dwelling", { $0.dwelling?.floorArea = Quantity(value: Int64(5_000 + $1)) }),
      (
        .production, "production",
        { $0.production?.farmland = Quantity(value: Int64(500 + $1)) }
      ),
      (.support, "support", { $0.support?.plan?.text = "计划\($1)" }),
    ]
    for department in Self.departments(table) where department.kind != .audit {
      let client = InquiryClient(world.node.channel(as: department.uri))
      let options = CallOptions(metadata: ["registry-purpose": department.purpose.rawValue])
      func poll(_ request: FollowHouseholdsRequest) async throws -> FollowHouseholdsResponse {
        var whole = FollowHouseholdsResponse()
        for try await part in try await client.followHouseholds(request, options: options) {
          whole.changes += part.changes
          whole.position = part.position
        }
        return whole
      }
      var position = try await poll(FollowHouseholdsRequest(fromNow: true)).position
      for (group, path, change) in changes {
        serial += 1
        var file = try await office.getHousehold(GetHouseholdRequest(by: .id(world.family.id)))
        change(&file, serial)
        _ = try await office.updateHousehold(
          UpdateHouseholdRequest(
            id: file.id,
            baseVersion: file.version,
            household: file,
            mask: [path]
          )
        )
        let told = try await poll(FollowHouseholdsRequest(position: position))
        let isSeen = department.grant.classes.contains(group)
        #expect(told.changes.count == (isSeen ? 1 : 0), "\(department.uri) \(path)")
        position = told.position
      }
    }
    await world.node.close()
  }
}
