import Foundation
import TestCertificates
import Testing

@testable import RegistryDaemon

/// What keeps the program from starting is told with the file at fault, by its exit code, and in
/// both languages.
@Suite(.timeLimit(.minutes(2)), .serialized) struct DaemonFailureTests {
  /// Runs the program, which ends at once, in English and in Chinese.
  private func refused(
    _ folder: DaemonFolder,
    _ flags: [String],
    status: Int32,
    naming path: String,
    _ english: String,
    _ chinese: String
  ) async throws {
    for (language, words) in [("C", english), ("zh_CN.UTF-8", chinese)] {
      let run = try await folder.run(flags, environment: ["LC_ALL": language])
      #expect(run.end?.status == status, "\(run.words)")
      #expect(run.words.contains(path) && run.words.contains(words), "\(run.words)")
    }
  }

  @Test func aFolderThatCannotBeWritten() async throws {
    let folder = try DaemonFolder()
    // Not even the superuser writes there.
    let flags = ["--database", "/proc/registry/registry.db", "--sealing-key", folder.path("a.key")]
    try await refused(
      folder,
      flags,
      status: 74,
      naming: "/proc/registry/registry.db",
      "No such file or directory",
      "没有此文件或目录"
    )
    try await refused(
      folder,
      ["--sealing-key", "/proc/registry/a.key"],
      status: 74,
      naming: "/proc/registry/a.key",
      "the key file cannot be created",
      "无法建立密钥文件"
    )
  }

  @Test func aFileThatIsNoDatabaseOfOurs() async throws {
    let folder = try DaemonFolder()
    let text = folder.path("text.db")
    try String(repeating: "this is no database at all\n", count: 100)
      .write(toFile: text, atomically: true, encoding: .utf8)
    // With the key of another database and without one: the database is at fault both times.
    let daemon = try await folder.start()
    daemon.send(SIGTERM)
    #expect(await daemon.end()?.status == 0)
    for key in ["registry.key", "none.key"] {
      try await refused(
        folder,
        ["--database", text, "--sealing-key", folder.path(key)],
        status: 74,
        naming: text,
        "file is not a database",
        "文件不是数据库"
      )
    }
    let other = folder.path("other.db")
    let made = try await DaemonProcess.run(
      [
        "-c",
        "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); d.execute('CREATE TABLE t (a)')",
        other,
      ],
      program: URL(fileURLWithPath: "/usr/bin/python3")
    )
    #expect(made.end?.status == 0, "\(made.words)")
    for key in ["registry.key", "none.key"] {
      try await refused(
        folder,
        ["--database", other, "--sealing-key", folder.path(key)],
        status: 78,
        naming: other,
        "another program",
        "另一程序"
      )
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path("none.key")))
  }

  @Test func keysAndNodesThatAreNotTheDatabases() async throws {
    let folder = try DaemonFolder()
    let daemon = try await folder.start()
    let database = folder.path("registry.db")
    try await refused(
      folder,
      [],
      status: 75,
      naming: database,
      "another process has the database open",
      "数据库正被另一进程使用"
    )
    daemon.send(SIGTERM)
    #expect(await daemon.end()?.status == 0)
    let missing = folder.path("missing.key")
    try await refused(
      folder,
      ["--sealing-key", missing],
      status: 78,
      naming: missing,
      "is missing",
      "缺少"
    )
    let other = try await folder.start([
      "--database", folder.path("other.db"), "--sealing-key", folder.path("other.key"),
    ])
    other.send(SIGTERM)
    #expect(await other.end()?.status == 0)
    try await refused(
      folder,
      ["--sealing-key", folder.path("other.key")],
      status: 78,
      naming: folder.path("other.key"),
      "has not the key of this database",
      "没有此数据库的密钥"
    )
    try Data("no key\n".utf8).write(to: URL(fileURLWithPath: folder.path("broken.key")))
    #expect(chmod(folder.path("broken.key"), 0o600) == 0)
    try await refused(
      folder,
      ["--sealing-key", folder.path("broken.key")],
      status: 78,
      naming: folder.path("broken.key"),
      "the key file is damaged: line 1 is not a key",
      "密钥文件损坏：第 1 行不是密钥"
    )
    let second = try folder.issue(.node("421224", "second"))
    try await refused(
      folder,
      ["--node", "second", "--certificate", second.chain, "--key", second.key],
      status: 78,
      naming: database,
      "belongs to registry://421224/node/main",
      "数据库属于 registry://421224/node/main"
    )
  }

  @Test func configurationIsToldInChinese() async throws {
    let folder = try DaemonFolder()
    let chinese = ["LC_ALL": "zh_CN.UTF-8"]
    let level = try await folder.run(["--log-level", "loud"], environment: chinese)
    #expect(level.end?.status == 78)
    #expect(level.words.hasPrefix("registryd：log-level（选项 --log-level）：应为：trace、debug"))
    let number = try await folder.run(["--drain-limit", "0", "--lang", "zh"])
    #expect(number.words == "registryd：drain-limit（选项 --drain-limit）：应为 1 至 600 的整数\n")
    let unknown = try await folder.run(["--lissen", "x"], environment: chinese)
    #expect(unknown.end?.status == 64)
    #expect(unknown.words.hasPrefix("错误：没有选项 '--lissen'。是否想用 '--listen'？"))
    let help = try await folder.run(["--help"], environment: chinese)
    #expect(help.end?.status == 0 && help.words.isEmpty)
    for word in ["OVERVIEW", "USAGE", "OPTIONS", "SETTINGS", "Show ", "unless set", "must be set"] {
      #expect(!help.output.contains(word), "\(help.output)")
    }
    let daemon = try await folder.start(["--lang", "zh"])
    for words in ["行政区划  421224 湖北省咸宁市通山县", "0 户，0 人", "新密钥"] {
      #expect(daemon.words.contains(words), "\(daemon.words)")
    }
    let busy = try await folder.run(
      [
        "--listen", daemon.address, "--database", folder.path("b.db"), "--sealing-key",
        folder.path("b.key"),
      ],
      environment: chinese
    )
    #expect(busy.end?.status == 69 && busy.words.contains("地址已被占用"), "\(busy.words)")
  }
}
