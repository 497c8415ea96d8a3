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
    v6.server = "county.example"
    #expect(try v6.profile().port == 7443)
  }

  @Test(
    "A field that is missing or wrong is named",
    arguments: [
      (\ProfileFields.server, String?.none, "--server"), (\.node, nil, "--node"),
      (\.ca, "", "--ca"), (\.purpose, "看", "--purpose"),
      (\.server, "a:b:7443", "--server"), (\.server, "x:0", "--server"),
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
    let error = try #require(throws: ProfileError.self) { try fields.profile() }
    let failure = try #require(CommandFailure(error))
    #expect(failure.status == .configuration)
    #expect(failure.words.en.contains(word) && failure.words.zh.contains(word))
  }

  @Test("A named profile's paths are seen from its file, and flags go before it")
  func file() throws {
    let directory = FileManager.default.temporaryDirectory
      .appending(path: "profiles-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let path = directory.appending(path: "p.json").path
    let text =
      #"{"profiles": {"t": {"server": "h:1", "ca": "ca.pem", "cert": "~/o.pem", "key": "/k","#
      + #" "purpose": "inspection"}}}"#
    try Data(text.utf8).write(to: URL(filePath: path))
    let environment = ["REGISTRY_PROFILES": path, "HOME": "/home/x"]
    let file = ProfileFile(path: nil, environment: environment)
    let fields = try file.fields(of: "t", home: "/home/x")
    #expect(fields.ca == "\(directory.path)/ca.pem")
    #expect(fields.cert == "/home/x/o.pem" && fields.purpose == "inspection")
    #expect(ProfileFields(server: "other:2").over(fields).server == "other:2")
    #expect(ProfileFields(purpose: "medical-support").over(fields).purpose == "medical-support")

    let unknown = try #require(throws: ProfileError.self) { try file.fields(of: "u", home: nil) }
    #expect(CommandFailure(unknown)?.details == [Text(en: "it has: t", zh: "现有：t")])
    try Data("{".utf8).write(to: URL(filePath: path))
    let broken = try #require(throws: ProfileError.self) { try file.fields(of: "t", home: nil) }
    #expect(CommandFailure(broken)?.status == .configuration)
    let missing = try #require(throws: ProfileError.self) {
      try ProfileFile(path: path + "x").fields(of: "t", home: nil)
    }
    #expect(CommandFailure(missing)?.words.zh == "无法读取配置文件 \(path)x")
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
