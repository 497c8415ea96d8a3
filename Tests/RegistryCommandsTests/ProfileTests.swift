internal import FoundationEssentials
internal import RegistryClient
internal import RegistryCommands
internal import Testing

@Suite("Profiles")
struct ProfileTests {
  typealias Field = any WritableKeyPath<ProfileFields, String?> & Sendable

  private let whole = ProfileFields(
    server: "county.example:7443",
    ca: "/c/ca.pem",
    cert: "/c/o.pem",
    key: "/c/o.key",
    node: "registry://421224/node/main"
  )

  @Test("All five fields make a profile")
  func complete() throws {
    let profile = try whole.profile()
    #expect(profile.host == "county.example" && profile.port == 7443)
    var v6 = whole
    v6.server = "[::1]:9"
    #expect(try v6.profile().host == "::1")
  }

  @Test(
    "A field that is missing or wrong is named",
    arguments: [
      (\ProfileFields.server, String?.none, "--server"), (\.node, nil, "--node"),
      (\.ca, "", "--ca"), (\.server, "county.example", "HOST:PORT"),
      (\.server, "a:b:7443", "HOST:PORT"), (\.server, "x:0", "HOST:PORT"),
      (\.node, "https://x", "--node"),
    ] as [(Field, String?, String)]
  )
  func incomplete(
    path: Field,
    value: String?,
    word: String
  ) throws {
    var fields = whole
    fields[keyPath: path] = value
    let failure = try #require(throws: CommandFailure.self) { try fields.profile() }
    #expect(failure.status == .configuration)
    #expect(failure.words.en.contains(word))
  }

  @Test("A named profile's paths are seen from its file, and flags go before it")
  func file() throws {
    let directory = FileManager.default.temporaryDirectory
      .appending(path: "profiles-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let path = directory.appending(path: "p.json").path
    try Data(
      #"{"profiles": {"t": {"server": "h:1", "ca": "ca.pem", "cert": "~/o.pem", "key": "/k"}}}"#
        .utf8
    ).write(to: URL(filePath: path))
    let environment = ["REGISTRY_PROFILES": path, "HOME": "/home/x"]
    let file = ProfileFile(path: nil, environment: environment)
    let fields = try file.fields(of: "t", environment: environment)
    #expect(fields.ca == "\(directory.path)/ca.pem")
    #expect(fields.cert == "/home/x/o.pem")
    #expect(ProfileFields(server: "other:2").over(fields).server == "other:2")

    let unknown = try #require(throws: CommandFailure.self) {
      try file.fields(of: "u", environment: environment)
    }
    #expect(unknown.details == [Text(en: "it has: t", zh: "现有：t")])
    try Data("{".utf8).write(to: URL(filePath: path))
    let broken = #expect(throws: CommandFailure.self) {
      try file.fields(of: "t", environment: environment)
    }
    #expect(broken?.status == .configuration)
    let missing = #expect(throws: CommandFailure.self) {
      try ProfileFile(path: path + "x", environment: [:]).fields(of: "t", environment: [:])
    }
    #expect(missing?.status == .configuration)
  }

  @Test("Without any place named, the file is in the home directory")
  func place() {
    #expect(
      ProfileFile(path: nil, environment: ["HOME": "/home/x"]).path
        == "/home/x/.config/registry/profiles.json"
    )
    #expect(ProfileFile(path: "/p", environment: ["REGISTRY_PROFILES": "/q"]).path == "/p")
  }
}
