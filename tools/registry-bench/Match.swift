internal import ArgumentParser
internal import Glibc
internal import RPCCore
internal import RPCTransport
internal import RegistryAPI

/// Streams a list of ID numbers to be compared, as a department does.
struct Match: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compares a list with a registry; prints numbers per second, and how many were found."
  )

  @OptionGroup var files: CredentialFiles
  @Option(help: "The server's host and port.") var server: String
  @Option(help: "The node URI that its certificate names.") var node: String
  @Option(help: "A file with one number a line.") var list: String
  @Option(help: "Numbers of one message.") var part = 5_000

  func run() async throws {
    guard let endpoint = Endpoint(server) else { throw ValidationError("no endpoint: \(server)") }
    let numbers = try lines()
    let channel = try RPCChannel(
      configuration: ChannelConfiguration(
        endpoints: [endpoint],
        credentials: files.credentials,
        node: node
      )
    )
    let start = Deadline.now()
    let call = try await InquiryClient(channel).matchPeople()
    // Who sends must also read: answers that nobody reads would stop the server from reading on.
    async let sent: Void = {
      for first in stride(from: 0, to: numbers.count, by: part) {
        let end = min(first + part, numbers.count)
        try await call.send(MatchPeopleRequest(citizenIds: Array(numbers[first..<end])))
      }
      try await call.finishSending()
    }()
    var found = 0
    while let response = try await call.responses.next() { found += response.matches.count }
    try await sent
    let seconds = Double(Deadline.now() - start) / 1e9
    print("match \(Int(Double(numbers.count) / seconds)) \(found)")
    await channel.close()
  }

  private func lines() throws -> [String] {
    guard let file = fopen(list, "r") else { throw ValidationError("cannot read \(list)") }
    defer { fclose(file) }
    var numbers: [String] = []
    var line = [CChar](repeating: 0, count: 128)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = line.prefix { $0 != 0 && $0 != 0x0A }.map(UInt8.init(bitPattern:))
      if !text.isEmpty { numbers.append(String(decoding: text, as: UTF8.self)) }
    }
    return numbers
  }
}
