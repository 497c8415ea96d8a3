internal import ArgumentParser
internal import Dispatch
internal import FaultProxy
internal import Glibc

/// `fault-proxy`: passes TCP connections on, and lets go wrong what it is told.
struct FaultProxyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fault-proxy",
    abstract: "Passes TCP connections on to a server, and lets go wrong what it is told.",
    discussion: """
      A fault is: [connection=N] up|down at=OCTETS WHAT, and WHAT is one of close, reset, \
      stall[=MILLISECONDS], slow=OCTETS-PER-SECOND, half-open, corrupt, replay.

        fault-proxy 7443 --fault 'connection=1 up at=5000 reset'
        fault-proxy 7443 --fault 'up at=0 slow=2000' --fault 'down at=0 slow=2000'
        fault-proxy 7443 --cuts 100000 --seed 7
      """
  )

  @Argument(help: "The server's port on 127.0.0.1.")
  var target: UInt16
  @Option(help: "The port to listen on; 0 takes a free one.")
  var port: UInt16 = 0
  @Option(help: "What goes wrong; may be given several times.", transform: Self.fault)
  var fault: [Fault] = []
  @Option(help: "Cuts connections at random, after so many octets on the average.")
  var cuts: Int?
  @Option(help: "What chance begins with; the same seed gives the same faults.")
  var seed: UInt64 = 1
  @Option(help: "A file to write the port into once it listens.")
  var readyFile: String?

  private static func fault(_ text: String) throws -> Fault {
    do throws(FaultScriptError) {
      return try FaultScript.fault(text)
    } catch {
      throw ValidationError("'\(error.word)' is no fault")
    }
  }

  func run() throws {
    signal(SIGPIPE, SIG_IGN)
    let proxy = try FaultProxy(
      port: port,
      target,
      script: FaultScript(fault, meanOctetsBetweenCuts: cuts),
      seed: seed,
      log: {
        print($0)
        fflush(nil)
      }
    )
    print("listening on 127.0.0.1:\(proxy.port)")
    fflush(nil)
    if let readyFile, let file = fopen(readyFile, "w") {
      fputs("\(proxy.port)\n", file)
      fclose(file)
    }
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    var received: Int32 = 0
    sigwait(&signals, &received)
    proxy.stop()
    let sum = proxy.statistics
    print(
      "{\"connections\":\(sum.connections),\"up\":\(sum.up),\"down\":\(sum.down),"
        + "\"faults\":\(sum.faults)}"
    )
  }
}

FaultProxyCommand.main()
