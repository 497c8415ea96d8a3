internal import RPCCore
internal import RPCProtobuf
internal import RegistryAPI
internal import TestSchema

/// Messages: one byte that chooses the type, one that chooses tighter limits, and the message.
///
/// What is decoded has to be encoded and decoded to the same, and tighter limits have to refuse all
/// that wider ones refuse.
enum MessagesBody {
  private typealias Body = @Sendable ([UInt8], DecodingLimits) throws -> Void

  static func run(_ bytes: UnsafeRawBufferPointer) throws {
    var source = ByteSource(bytes)
    let kind = Int(source.byte())
    var limits = DecodingLimits()
    let choice = source.byte()
    limits.depth = 1 + Int(choice & 7)
    limits.elementsPerField = Int(choice >> 3 & 7)
    limits.elements = 2 * limits.elementsPerField
    limits.unknownFields = Int(choice >> 6)
    limits.arenaAllowance = 64
    limits.messageBytes = 1 << (4 + Int(choice & 15))
    try bodies[kind % bodies.count](source.takeAll(), limits)
  }

  private static func of<M: Message>(_ type: M.Type) -> Body {
    { try check($0, as: M.self, tight: $1) }
  }

  private static func decode<M: Message>(
    _ bytes: [UInt8],
    _ limits: DecodingLimits
  ) throws -> M? {
    do throws(RPCError) {
      return try M(serializedBytes: bytes, limits: limits)
    } catch {
      guard error.code == .invalidArgument || error.code == .resourceExhausted else {
        throw FuzzFinding("decoding says \(error.code): \(error.message)")
      }
      return nil
    }
  }

  private static func check<M: Message>(
    _ bytes: [UInt8],
    as type: M.Type,
    tight: DecodingLimits
  ) throws {
    let name = M.messageDescriptor.name
    let held: M? = try decode(bytes, tight)
    guard let value: M = try decode(bytes, .standard) else {
      return try FuzzBodies.check(held == nil, "\(name): tighter limits permit more")
    }
    let encoded = try encode(value)
    guard let again: M = try decode(encoded, .standard) else {
      throw FuzzFinding("\(name): what was encoded is refused")
    }
    let twice = try encode(again)
    try FuzzBodies.check(twice == encoded, "\(name): the second encoding differs")
    // A number that is none, which only the tests' messages can hold, equals nothing.
    try FuzzBodies.check(
      again == value || name.hasPrefix("test."),
      "\(name): another value after encoding"
    )
    if let held { try FuzzBodies.check(try encode(held) == encoded, "\(name): limits change it") }
  }

  private static func encode<M: Message>(_ value: M) throws -> [UInt8] {
    do throws(RPCError) {
      let encoded = try value.serializedBytes()
      let reserved = try value.encodedArray()
      if encoded != reserved { throw RPCError(.internalError, "two ways to encode differ") }
      return encoded
    } catch {
      throw FuzzFinding("\(M.messageDescriptor.name): encoding fails: \(error.message)")
    }
  }

  /// In this order for ever, since inputs of the corpus count in it: new ones go to the end.
  private static let bodies: [Body] = [
    of(Scalars.self),
    of(Repeated.self),
    of(Maps.self),
    of(Choice.self),
    of(TestSchema.Node.self),
    of(Partner.self),
    of(Words.self),
    of(Empty.self),
    of(Record.self),
    of(Records.self),
    of(Point.self),
    of(Household.self),
    of(UpdateHouseholdRequest.self),
    of(CreateHouseholdRequest.self),
    of(SearchHouseholdsRequest.self),
    of(SearchHouseholdsResponse.self),
    of(ImportHouseholdsRequest.self),
    of(ImportHouseholdsResponse.self),
    of(ExportHouseholdsResponse.self),
    of(GetHistoryResponse.self),
    of(CompareVersionsResponse.self),
    of(HouseholdSummary.self),
    of(ErrorDetails.self),
    of(GetStatisticsRequest.self),
    of(Statistics.self),
    of(Report.self),
    of(PublishedCounts.self),
    of(CheckRegistryResponse.self),
    of(BatchOffer.self),
    of(BatchManifest.self),
    of(BatchReceipt.self),
    of(SignedReceipt.self),
    of(StreamIntroduction.self),
    of(HelloRequest.self),
    of(HelloResponse.self),
    of(OpenBatchRequest.self),
    of(OpenBatchResponse.self),
    of(BatchChunk.self),
    of(CommitBatchRequest.self),
    of(FetchBatchResponse.self),
    of(DeliverReceiptRequest.self),
    of(SendUrgentRequest.self),
    of(ListAheadResponse.self),
    of(BundlePart.self),
    of(ImportBundleRequest.self),
    of(SetLinkAccessRequest.self),
    of(ListFindingsResponse.self),
    of(MatchPeopleRequest.self),
    of(MatchPeopleResponse.self),
    of(FollowHouseholdsResponse.self),
    of(SuggestMeasuresRequest.self),
    of(Application.self),
    of(Notice.self),
    of(Minutes.self),
    of(Step.self),
    of(TakenStep.self),
    of(ApplyRequest.self),
    of(RecordStepsRequest.self),
    of(RecordStepsResponse.self),
    of(ListApplicationsResponse.self),
    of(NoticeSheet.self),
    of(AttachMinutesRequest.self),
    of(JournalPage.self),
    of(JournalProof.self),
    of(ProveRequest.self),
    of(SigningKeySet.self),
    of(BackupManifest.self),
    of(BackupPart.self),
    of(SetCodesRequest.self),
    of(SetPolicyRequest.self),
    of(SetLineRequest.self),
    of(SetQuotasRequest.self),
    of(ListQuotasResponse.self),
    of(PilotRecord.self),
    of(SetPilotRecordRequest.self),
    of(TrialBalance.self),
    of(FollowPilotRecordsResponse.self),
    of(Change.self),
    of(Proposal.self),
    of(SubmitChangeRequest.self),
    of(ListProposalsResponse.self),
    of(Arrival.self),
    of(HandOver.self),
    of(SettleArrivalRequest.self),
    of(EraseHouseholdRequest.self),
    of(ImportRosterRequest.self),
    of(ListRostersResponse.self),
    of(ConvergenceReport.self),
    of(ConvergenceRows.self),
    of(ProposeFromRosterRequest.self),
    of(SettleStartsRequest.self),
  ]
}
