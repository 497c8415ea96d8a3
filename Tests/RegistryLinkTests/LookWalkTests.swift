import RPCCore
import RPCProtobuf
import RPCServices
import RegistryAPI
import RegistryModel
import RegistryServer
import TestRegistry
import Testing

/// Every method says whether it shows people; those that do leave a look behind.
struct LookWalkTests {
  /// Methods whose answers hold nothing of a household's file, or only what the caller wrote by the
  /// call itself, or are carried between nodes.
  private static let showNobody: Set<String> = Set(
    (DivisionMethods.all + NodeMethods.all + PolicyMethods.all + StatisticsMethods.all
      + ExchangeMethods.all + JournalMethods.all + BundleMethods.all
      + [
        HouseholdMethods.createHousehold, HouseholdMethods.importHouseholds,
        HouseholdMethods.getImport,
        ChangeMethods.submitChange, ChangeMethods.settleProposal, ChangeMethods.eraseHousehold,
        ChangeMethods.settleArrival, ProcedureMethods.apply, ProcedureMethods.recordSteps,
        ProcedureMethods.openNotice, ProcedureMethods.closeNotice, ProcedureMethods.attachMinutes,
        // Words of a meeting, of no one household.
        ProcedureMethods.getMinutes, ProcedureMethods.listNotices,
        LinkMethods.getLinks, LinkMethods.setLinkAccess, InquiryMethods.listLooks,
        PilotMethods.setPilotRecord, PilotMethods.summarizePilotWork, PilotMethods.getTrialBalance,
        // Of a roster counts alone are told, to offices that see their areas whole; others leave
        // looks also behind those, and who is found is listed below (`RosterDepartmentTests`).
        RosterMethods.importRoster, RosterMethods.listRosters, RosterMethods.removeRoster,
        RosterMethods.converge, RosterMethods.compareRosters, RosterMethods.proposeFromRoster,
        RosterMethods.settleStarts,
      ]
      // Of the server itself.
      + HealthMethods.all
      + ServerReflectionMethods.all + [ServerReflectionMethods.earlier] + ObserveMethods.all).map(
        \.path
      )
  )
  /// Those that show people, and need another node to have anything to show.
  private static let ofTwoNodes: Set<String> = Set(
    [LinkMethods.listAhead, LinkMethods.listFindings, ChangeMethods.listArrivals].map(\.path)
  )

  @Test("Whoever is shown a file is recorded, by whatever method")
  func everyMethod() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    let channel = county.channel(as: LinkedNodes.office)
    let households = HouseholdClient(channel)
    let changes = ChangeClient(channel)
    let procedure = ProcedureClient(channel)
    try await county.register(0..<1)
    let number = SampleHousehold.citizenID(0, member: 0)
    var file = try await households.getHousehold(GetHouseholdRequest(by: .citizenId(number)))
    let first = file
    file.contact?.telephone = "13811112222"
    let again = UpdateHouseholdRequest(
      id: file.id,
      baseVersion: 1,
      household: file,
      mask: ["contact.telephone"]
    )
    let repeated = CallOptions(idempotencyKey: .random())
    file = try await households.updateHousehold(again, options: repeated)
    let committee = county.channel(as: "registry://421224100001/village-committee/p0101")
    let applied = try await ProcedureClient(committee).apply(
      ApplyRequest(applications: [
        NewApplication(
          household: SampleHousehold.household(5, village: LinkedNodes.villages[0])
        )
      ])
    ).results
    let application = try #require(applied.first).application
    var corrected = file
    corrected.contact?.telephone = "13811113333"
    let proposed = try await ChangeClient(committee).submitChange(
      SubmitChangeRequest(
        change: Change(
          household: file.id,
          baseVersion: 2,
          reason: "电话",
          kind: .correct(Correction(household: corrected, mask: ["contact.telephone"]))
        )
      )
    )
    let proposal = try #require(proposed.proposal)
    let creation = CreateHouseholdRequest(
      household: SampleHousehold.household(6, village: LinkedNodes.villages[1])
    )
    let (createdOnce, exitedOnce) = (
      CallOptions(idempotencyKey: .random()), CallOptions(idempotencyKey: .random())
    )
    let created = try await households.createHousehold(creation, options: createdOnce)
    let exit = SubmitChangeRequest(
      change: Change(
        household: created.id,
        baseVersion: 1,
        reason: "脱贫",
        kind: .exit(ExitChange(reason: 1))
      )
    )
    _ = try await changes.submitChange(exit, options: exitedOnce)
    let pilot = PilotClient(channel)
    func record(_ kind: String, _ change: (inout PilotRecord) -> Void) async throws -> [UInt8] {
      var record = PilotRecord(
        kind: kind,
        division: LinkedNodes.villages[0],
        day: 20_101_201,
        title: kind
      )
      change(&record)
      return try await pilot.setPilotRecord(
        SetPilotRecordRequest(record: try record.serializedBytes())
      ).id
    }
    let inspection = try await record("inspection") {
      $0.figures = [
        PilotFigure(key: "households.sampled", value: 1), PilotFigure(key: "faults", value: 1),
      ]
    }
    let finding = try await record("finding") {
      $0.of = inspection
      $0.household = file.id
    }
    // What each call shows, by its method.
    let calls: [(MethodDescriptor, file: [UInt8], () async throws -> Void)] = [
      (
        HouseholdMethods.getHousehold, file.id,
        {
          _ = try await households.getHousehold(GetHouseholdRequest(by: .id(file.id)))
        }
      ),
      (
        HouseholdMethods.getHousehold, file.id,
        {
          _ = try await households.getHousehold(
            GetHouseholdRequest(by: .id(file.id), asOf: first.recordedAt)
          )
        }
      ),
      (
        HouseholdMethods.getHousehold, file.id,
        {
          _ = try await households.getHousehold(
            GetHouseholdRequest(by: .id(file.id), effectiveOn: file.effectiveOn)
          )
        }
      ),
      // What changes nothing, is said again or comes too late is shown, and not written.
      (
        HouseholdMethods.updateHousehold, file.id,
        {
          let shown = try await households.updateHousehold(
            UpdateHouseholdRequest(id: file.id, baseVersion: 2)
          )
          #expect(shown.members.count == 3)
        }
      ),
      (
        HouseholdMethods.updateHousehold, file.id,
        {
          let late = UpdateHouseholdRequest(
            id: file.id,
            baseVersion: 1,
            household: file,
            mask: ["account"]
          )
          await #expect {
            _ = try await households.updateHousehold(late)
          } throws: { ($0 as? RPCError)?.code == .aborted }
        }
      ),
      (
        HouseholdMethods.updateHousehold, file.id,
        { _ = try await households.updateHousehold(again, options: repeated) }
      ),
      (
        HouseholdMethods.createHousehold, created.id,
        { _ = try await households.createHousehold(creation, options: createdOnce) }
      ),
      (
        ChangeMethods.submitChange, file.id,
        {
          let late = Change(
            household: file.id,
            baseVersion: 1,
            reason: "地址",
            kind: .correct(Correction(household: first, mask: ["contact.address", "account"]))
          )
          await #expect {
            _ = try await changes.submitChange(SubmitChangeRequest(change: late))
          } throws: { ($0 as? RPCError)?.code == .aborted }
        }
      ),
      (
        ChangeMethods.submitChange, created.id,
        { _ = try await changes.submitChange(exit, options: exitedOnce) }
      ),
      (
        HouseholdMethods.getHistory, file.id,
        { _ = try await households.getHistory(GetHistoryRequest(id: file.id)) }
      ),
      (
        HouseholdMethods.compareVersions, file.id,
        { _ = try await households.compareVersions(CompareVersionsRequest(id: file.id)) }
      ),
      (
        HouseholdMethods.searchHouseholds, file.id,
        { _ = try await households.searchHouseholds(SearchHouseholdsRequest()) }
      ),
      (
        HouseholdMethods.sampleHouseholds, file.id,
        {
          _ = try await households.sampleHouseholds(
            SampleHouseholdsRequest(count: 3, seed: "2010")
          )
        }
      ),
      (
        HouseholdMethods.exportHouseholds, file.id,
        {
          for try await _ in try await households.exportHouseholds(ExportHouseholdsRequest()) {}
        }
      ),
      (
        ProcedureMethods.getApplication, application,
        {
          _ = try await procedure.getApplication(GetApplicationRequest(by: .id(application)))
        }
      ),
      (
        ProcedureMethods.listApplications, application,
        { _ = try await procedure.listApplications(ListApplicationsRequest()) }
      ),
      (
        ChangeMethods.listProposals, file.id,
        { _ = try await changes.listProposals(ListProposalsRequest()) }
      ),
      (
        ChangeMethods.getProposal, file.id,
        { _ = try await changes.getProposal(GetProposalRequest(id: proposal.id)) }
      ),
      (
        PilotMethods.listPilotRecords, file.id,
        { _ = try await pilot.listPilotRecords(ListPilotRecordsRequest()) }
      ),
      (
        PilotMethods.getPilotRecord, file.id,
        { _ = try await pilot.getPilotRecord(GetPilotRecordRequest(id: finding)) }
      ),
      (
        PilotMethods.followPilotRecords, file.id,
        { _ = try await pilot.followPilotRecords(FollowPilotRecordsRequest(kind: "finding")) }
      ),
      (
        InquiryMethods.suggestMeasures, file.id,
        {
          _ = try await InquiryClient(channel)
            .suggestMeasures(SuggestMeasuresRequest(by: .id(file.id)))
        }
      ),
      (
        InquiryMethods.followHouseholds, file.id,
        {
          for try await _ in try await InquiryClient(channel)
            .followHouseholds(FollowHouseholdsRequest())
          {}
        }
      ),
      (
        InquiryMethods.matchPeople, file.id,
        {
          let call = try await InquiryClient(channel).matchPeople()
          try await call.send(MatchPeopleRequest(citizenIds: [number]))
          try await call.finishSending()
          while try await call.responses.next() != nil {}
        }
      ),
    ]
    var pasts = 0
    for (method, file, call) in calls {
      let before = try await looks(at: file, on: channel)
      try await call()
      let after = try await looks(at: file, on: channel)
      #expect(after.count == before.count + 1, "\(method.path)")
      // A file as it was is history.
      let isPast = pasts > 0 && method == HouseholdMethods.getHousehold
      if method == HouseholdMethods.getHousehold { pasts += 1 }
      let operation = isPast ? "history" : MethodOperations.byPath[method.path]?.rawValue
      #expect(after.first?.operation == operation, "\(method.path)")
      #expect(after.first?.identity == LinkedNodes.office, "\(method.path)")
    }
    // A move and a notice are of their own.
    _ = try await changes.submitChange(
      SubmitChangeRequest(
        change: Change(
          household: file.id,
          baseVersion: 2,
          reason: "迁出",
          kind: .moveAway(MoveAway(destination: "421223"))
        )
      )
    )
    let before = try await looks(at: file.id, on: channel).count
    _ = try await changes.listHandOvers(ListHandOversRequest())
    #expect(try await looks(at: file.id, on: channel).count == before + 1)
    let known = Set(calls.map(\.0.path))
      .union([
        ChangeMethods.listHandOvers.path, ProcedureMethods.getNotice.path,
        RosterMethods.listConvergence.path, RosterMethods.listStarts.path,
        RosterMethods.listRosterChanges.path,
      ])
    // Whoever adds a method says here which it is.
    let all = Set(MethodOperations.methods.map(\.path))
    #expect(all == Self.showNobody.union(Self.ofTwoNodes).union(known))
    #expect(try await county.findings() == [])
    await county.close()
  }

  private func looks(at file: [UInt8], on channel: any Channel) async throws -> [LookEntry] {
    try await InquiryClient(channel).listLooks(ListLooksRequest(by: .id(file))).looks
  }
}
