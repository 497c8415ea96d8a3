import Foundation
import Testing

@testable import RegistryDaemon

/// Settings from four layers, and errors that name key and source.
@Suite struct ConfigurationTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("registryd-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in ["ca.pem", "node.pem", "node-key.pem"] {
      _ = FileManager.default.createFile(
        atPath: folder.appendingPathComponent(name).path,
        contents: Data(),
        attributes: [.posixPermissions: 0o600]
      )
    }
  }

  private var minimum: [String: Any] {
    [
      "division": "421224", "ca": "ca.pem", "certificate": "node.pem", "key": "node-key.pem",
      "database": "registry.db",
    ]
  }

  private func file(_ object: [String: Any]) throws -> ConfigurationFile {
    try file(JSONSerialization.data(withJSONObject: object))
  }

  private func file(_ data: Data) throws -> ConfigurationFile {
    let path = folder.appendingPathComponent("registryd.json").path
    try data.write(to: URL(fileURLWithPath: path))
    return try ConfigurationFile(path: path)
  }

  private func configuration(
    flags: [Setting: String] = [:],
    environment: [String: String] = [:],
    changes: [String: Any] = [:]
  ) throws -> DaemonConfiguration {
    let file = try file(minimum.merging(changes) { $1 })
    return try DaemonConfiguration(
      SettingLayers(flags: flags, environment: environment, file: file)
    )
  }

  private func error(
    flags: [Setting: String] = [:],
    environment: [String: String] = [:],
    changes: [String: Any] = [:]
  ) -> ConfigurationError? {
    do {
      _ = try configuration(flags: flags, environment: environment, changes: changes)
      return nil
    } catch {
      return error as? ConfigurationError
    }
  }

  @Test func fileAndDefaultsAreEnough() throws {
    let configuration = try configuration(changes: ["synthetic": true, "drain-limit": 5])
    #expect(configuration.identity == "registry://421224/node/main")
    #expect(configuration.host == "127.0.0.1" && configuration.port == 7443)
    #expect("\(configuration.database)" == folder.path + "/registry.db")
    #expect(configuration.sealingKey == folder.path + "/registry.db.key")
    #expect(configuration.isSynthetic && configuration.drainLimit == .seconds(5))
    #expect(configuration.loops == nil && configuration.villages == nil)
  }

  @Test func flagsComeBeforeEnvironmentBeforeFile() throws {
    let changes = ["node": "from-file", "listen": "[::1]:1"]
    #expect(try configuration(changes: changes).node == "from-file")
    #expect(try configuration(changes: changes).host == "::1")
    let environment = ["REGISTRY_NODE": "from-environment", "REGISTRY_DRAIN_LIMIT": "7"]
    let middle = try configuration(environment: environment, changes: changes)
    #expect(middle.node == "from-environment" && middle.drainLimit == .seconds(7))
    let top = try configuration(
      flags: [.node: "from-flag"],
      environment: environment,
      changes: changes
    )
    #expect(top.node == "from-flag")
  }

  @Test(arguments: [
    (Setting.listen, "localhost"), (.listen, "::1:70"), (.listen, "a:70000"),
    (.division, "42122"), (.node, "Main"), (.synthetic, "yes"), (.loops, "0"),
    (.drainLimit, "0"), (.logLevel, "loud"), (.checkpointPages, "1"),
    (.pageCache, "4"), (.importWindow, "17"),
    (.authorities, "/nowhere/ca.pem"), (.villages, "/nowhere/villages.csv"),
  ])
  func namesKeyAndSourceOfAWrongValue(setting: Setting, value: String) {
    #expect(error(flags: [setting: value])?.source == .flag(setting))
    let second = error(environment: [setting.variable: value])
    #expect(second?.key == setting.rawValue && second?.source == .environment(setting))
    let third = error(changes: [setting.rawValue: value])
    #expect(third?.source == .file(folder.path + "/registryd.json"))
    #expect(third?.description.hasPrefix("\(setting.rawValue) (file /") == true)
  }

  @Test func namesWhatMustBeSet() throws {
    let layers = SettingLayers(flags: [:], environment: [:], file: nil)
    let error = #expect(throws: ConfigurationError.self) { try DaemonConfiguration(layers) }
    #expect(error?.key == "division" && error?.source == .standard)
  }

  @Test func refusesUnknownKeysAndOtherShapes() throws {
    let unknown = #expect(throws: ConfigurationError.self) { try file(["lisen": "x"]) }
    #expect(unknown?.key == "lisen")
    let nested = #expect(throws: ConfigurationError.self) { try file(["listen": ["a"]]) }
    #expect(nested?.key == "listen")
    for text in ["", "[]", "{\"listen\": ", "7"] {
      let shape = #expect(throws: ConfigurationError.self) { try file(Data(text.utf8)) }
      #expect(shape?.key == nil)
    }
  }

  @Test func refusesAKeyThatOthersCanRead() throws {
    let key = folder.appendingPathComponent("node-key.pem").path
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
    let error = error()
    #expect(error?.key == "key" && error?.description.contains("mode 644") == true)
  }
}
