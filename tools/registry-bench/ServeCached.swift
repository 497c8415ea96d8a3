internal import ArgumentParser
internal import Dispatch
internal import Glibc
internal import RPCCore
internal import RPCProtobuf
internal import RPCTransport
internal import RegistryAPI
internal import RegistryServer

/// Serves one cached answer of 300 bytes: what the RPC alone costs.
struct ServeCached: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve-cached",
    abstract: "Serves GetHousehold and bench.v1.Bench with cached answers until it is terminated."
  )

  @OptionGroup var files: CredentialFiles
  @Option(help: "The answer's size in bytes.") var size = 300
  @Option(help: "Event loops.") var loops = 1
  @Flag(help: "Reads uploaded records where they lie, not as values.") var views = false

  @Option(help: "Microseconds of computing that each unary call takes.") var work = 0
  @Flag(help: "Each unary call then waits for work elsewhere, as for a disk.") var waits = false

  private static let get = MethodDescriptor(
    service: "bench.v1.Bench",
    method: "Get",
    kind: .unary,
    isReadOnly: true
  )
  private static let upload = MethodDescriptor(
    service: "bench.v1.Bench",
    method: "Upload",
    kind: .clientStreaming
  )

  /// Uses the processor for a time (ns).
  private static func compute(for time: UInt64) {
    guard time > 0 else { return }
    let end = nanoseconds(CLOCK_THREAD_CPUTIME_ID) + time
    while nanoseconds(CLOCK_THREAD_CPUTIME_ID) < end {}
  }

  /// What a call costs besides its answer: computing (ns), and perhaps a millisecond off the loop.
  private static func spend(_ work: UInt64, _ waits: Bool) async {
    compute(for: work)
    guard waits else { return }
    await withCheckedContinuation { done in
      DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(1)) { done.resume() }
    }
  }

  private static func nanoseconds(_ clock: clockid_t) -> UInt64 {
    var instant = timespec()
    clock_gettime(clock, &instant)
    return UInt64(instant.tv_sec) * 1_000_000_000 + UInt64(instant.tv_nsec)
  }

  func run() async throws {
    // Two tags and lengths and the text: `size` bytes in all for sizes of 138 to 16,000.
    let text = String(repeating: "x", count: max(0, size - 6))
    let answer = EncodedMessage(
      try Household(contact: Contact(address: text)).serializedBytes()
    )
    let work = UInt64(max(0, work)) * 1_000
    let waits = waits
    var router = Router(defaultPolicy: MethodPolicy(isLeaf: true))
    router.unary(HouseholdMethods.getHousehold) { (_: GetHouseholdRequest, _) async in
      await Self.spend(work, waits)
      return answer
    }
    // A `bench.v1.Answer`: one text of 297 letters.
    let other = EncodedMessage([0x0a, 0xa9, 0x02] + [UInt8](repeating: 0x78, count: 297))
    router.unary(Self.get) { (_: GetHouseholdRequest, _) async in
      await Self.spend(work, waits)
      return other
    }
    // What reads records as Swift values, as an import does, or where they lie.
    let views = views
    router.clientStreaming(Self.upload) { (records: RequestStream<Household>, _) async throws in
      var count = 0
      if views {
        try await records.read(as: Household.View.self) { record in
          count += record.number.count + (record.contact?.address.count ?? 0)
        }
      } else {
        for try await record in records {
          count += record.number.utf8.count + (record.contact?.address.utf8.count ?? 0)
        }
      }
      guard count > 0 else { throw RPCError(.invalidArgument, "records without numbers") }
      return other
    }
    var configuration = ServerConfiguration(
      endpoints: [Endpoint(host: "127.0.0.1", port: 0)],
      credentials: files.credentials
    )
    configuration.loops = loops
    let server = try RPCServer(router: router, configuration: configuration)
    let bound = try await server.start()
    print("ready \(bound[0])")
    fflush(nil)
    while true { try await Task.sleep(for: .seconds(3600)) }
  }
}

/// The PEM files of one side.
struct CredentialFiles: ParsableArguments {
  @Option(help: "The authority's certificate.") var ca: String
  @Option(help: "The own certificate.") var cert: String
  @Option(help: "The own key.") var key: String

  var credentials: Credentials {
    Credentials(authorities: [ca], certificate: cert, key: key)
  }
}
