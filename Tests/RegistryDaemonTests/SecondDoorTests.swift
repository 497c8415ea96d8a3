import Foundation
import RegistryClient
import TestCertificates
import TestRegistry
import Testing

/// The running program as clients of gRPC see it, which have nothing of this project but its schema.
@Suite(.timeLimit(.minutes(3)), .serialized) struct SecondDoorTests {
  private typealias Run = (end: DaemonProcess.End?, output: String, words: String)

  private let folder: DaemonFolder
  private let daemon: DaemonProcess
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  init() async throws {
    folder = try DaemonFolder()
    daemon = try await folder.start()
    let client = try folder.client(daemon)
    let (results, failure) = await SampleImport(20, size: 20).run(client)
    #expect(results.count == 20 && failure == nil)
    await client.close()
  }

  private func inquiry(
    _ leaf: TestLeaf,
    _ words: [String],
    at server: String? = nil
  ) async throws -> Run {
    let identity = try folder.issue(leaf)
    let python =
      ProcessInfo.processInfo.environment["REGISTRY_PYTHON"]
      ?? Self.root.appendingPathComponent(".build/venv/bin/python3").path
    return try await DaemonProcess.run(
      [
        "-B", Self.root.appendingPathComponent("Tests/python/inquiry.py").path,
        "--server", server ?? daemon.address, "--ca", identity.authority,
        "--cert", identity.chain, "--key", identity.key,
        "--proto", Self.root.appendingPathComponent("proto").path,
      ] + words,
      environment: [:],
      program: URL(fileURLWithPath: python)
    )
  }

  private let number = SampleHousehold.citizenID(3, member: 0)

  @Test func anInquiryInPythonWithNothingOfOurs() async throws {
    let found = try await inquiry(.office("421224", "poverty-office", "p0009"), [number])
    #expect(found.end?.status == 0, "\(found)")
    #expect(found.output.hasPrefix("household 421224"), "\(found.output)")
    // What an office must say, and what it may not see, is the same through either door.
    let audit = TestLeaf.office("421224", "audit", "p0031")
    let silent = try await inquiry(audit, [number])
    #expect(silent.end?.status == 1 && silent.output.contains("PERMISSION_DENIED"), "\(silent)")
    #expect(silent.output.contains("office.purpose"), "the details: \(silent.output)")
    let stated = try await inquiry(audit, [number, "inspection"])
    #expect(stated.end?.status == 0, "\(stated)")
    let elsewhere = try await inquiry(.office("421223", "poverty-office", "p0009"), [number])
    #expect(elsewhere.end?.status == 1, "\(elsewhere)")
    // The household learns of these looks as of any.
    let client = try folder.client(daemon)
    let seen = try await client.households.getHousehold(.init(by: .citizenId(number)))
    #expect(found.output.contains(seen.number))
    await client.close()
  }

  /// The command line through the second door.
  @Test(arguments: ["grpc", "native"])
  func operatorsChooseTheTransport(_ transport: String) async throws {
    let office = folder.office
    let options = [
      "--server", daemon.address, "--node", "registry://421224/node/main", "--ca",
      office.authority, "--cert", office.certificate, "--key", office.key, "--transport",
      transport,
    ]
    for words in [
      ["ping"], ["household", "list", "--all", "--output", "csv"], ["report"], ["health"],
      ["services"], ["household", "list", "--all", "--compress"],
    ] {
      let run = try await DaemonProcess.run(
        words + options,
        environment: ["LC_ALL": "C", "REGISTRY_PROFILE": ""],
        program: DaemonProcess.program("registryctl")
      )
      #expect(run.end?.status == 0, "\(words) \(run.words)")
    }
    let wrong = try await DaemonProcess.run(
      ["ping"] + options.dropLast() + ["http"],
      environment: ["LC_ALL": "C", "REGISTRY_PROFILE": ""],
      program: DaemonProcess.program("registryctl")
    )
    #expect(wrong.end?.status == 64, "\(wrong.words)")
  }

  /// nginx in front, which passes TLS through: who calls is proved to the registry, not to nginx.
  @Test func nginxPassesTheConnectionThrough() async throws {
    let nginx = try #require(
      ["/usr/sbin/nginx", "/usr/bin/nginx"].first(where: FileManager.default.isExecutableFile),
      "no nginx: tools/test sets it up"
    )
    let socket = try FreePort()
    let configuration = """
      daemon off; pid \(folder.path("nginx.pid")); error_log stderr;
      load_module /usr/lib/nginx/modules/ngx_stream_module.so;
      events { worker_connections 64; }
      stream {
        server { listen 127.0.0.1:\(socket.port); proxy_pass \(daemon.address); }
      }
      """
    try Data(configuration.utf8).write(to: URL(fileURLWithPath: folder.path("nginx.conf")))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: nginx)
    process.arguments = ["-p", folder.url.path, "-c", folder.path("nginx.conf")]
    process.standardError = FileHandle.nullDevice
    try process.run()
    defer {
      process.terminate()
      process.waitUntilExit()
    }
    let office = TestLeaf.office("421224", "poverty-office", "p0009")
    var run = try await inquiry(office, [number], at: "127.0.0.1:\(socket.port)")
    // It may not listen yet.
    for _ in 0..<5 where run.end?.status != 0 {
      run = try await inquiry(office, [number], at: "127.0.0.1:\(socket.port)")
    }
    #expect(run.end?.status == 0 && run.output.hasPrefix("household 421224"), "\(run)")
  }

  /// What carries out calls does not know through which door they came.
  @Test func noServiceKnowsTheDoor() throws {
    for module in ["RegistryServer", "RegistryStore", "RPCServices", "RPCCore", "RegistryModel"] {
      let folder = Self.root.appendingPathComponent("Sources/\(module)")
      let files = try #require(
        FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
      ).compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
      #expect(!files.isEmpty)
      for file in files {
        let text = try String(contentsOf: file, encoding: .utf8)
        for word in ["HTTP2", "nghttp2", "Engine", "import RPCWire", "Door"] {
          #expect(!text.contains(word), "\(file.lastPathComponent) knows \(word)")
        }
      }
    }
  }
}

/// A port that nobody has at the moment.
private struct FreePort {
  let port: UInt16

  init() throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 ? getsockname(descriptor, $0, &length) : -1
      }
    }
    guard status == 0 else { throw CocoaError(.fileNoSuchFile) }
    port = UInt16(bigEndian: address.sin_port)
  }
}
