import Glibc
import Testing

@testable import Journal

@Suite struct NodeKeyFileTests {
  /// A directory of its own, removed afterwards.
  private func withPath(_ body: (String) throws -> Void) throws {
    var template = Array("/tmp/node-key-XXXXXX".utf8CString)
    let directory = try #require(mkdtemp(&template).map { String(cString: $0) })
    let path = directory + "/node.key"
    defer {
      unlink(path)
      rmdir(directory)
    }
    try body(path)
  }

  private func write(_ text: String, to path: String, mode: mode_t = 0o600) throws {
    let file = try #require(fopen(path, "w"))
    fputs(text, file)
    fclose(file)
    try #require(chmod(path, mode) == 0)
  }

  @Test func createsOnceAndReads() throws {
    try withPath { path in
      try NodeKeyFile.create(at: path)
      var status = stat()
      #expect(stat(path, &status) == 0)
      #expect(status.st_mode & 0o777 == 0o600)
      let first = try NodeKeyFile.read(at: path)
      #expect(try NodeKeyFile.read(at: path).current.id == first.current.id)
      #expect(throws: JournalError(.keyFile, "")) { try NodeKeyFile.create(at: path) }
      #expect(try NodeKeyFile.read(at: path).current.id == first.current.id)
    }
  }

  @Test(arguments: [0o640, 0o604, 0o620, 0o602, 0o644] as [mode_t])
  func refusesFilesOpenToOthers(mode: mode_t) throws {
    try withPath { path in
      try NodeKeyFile.create(at: path)
      try #require(chmod(path, mode) == 0)
      #expect(throws: JournalError(.keyFile, "")) { try NodeKeyFile.read(at: path) }
    }
  }

  @Test func refusesWhatIsAbsentOrNotAFile() throws {
    #expect(throws: JournalError(.keyFile, "")) { try NodeKeyFile.read(at: "/tmp/none/node.key") }
    #expect(throws: JournalError(.keyFile, "")) { try NodeKeyFile.create(at: "/tmp/none/node.key") }
    #expect(throws: JournalError(.keyFile, "")) { try NodeKeyFile.read(at: "/tmp") }
  }

  @Test func refusesDamagedText() throws {
    let octets = Array(UInt8(0)..<32)
    let good = "registry-node-key/1 2d0d880e \(hexadecimal(octets))\n"
    #expect(try NodeKeyFile.parse(Array(good.utf8)[...]).current.id == 0x2d0d_880e)
    let bad = [
      "", "\n", String(good.dropLast(2)), good + good, "registry-node-key/2" + good.dropFirst(19),
      good.replacing("1f", with: "1e"), good.replacing("1f", with: "1F"), " " + good,
      good.replacing("2d0d", with: "2d0e"), good + "x\n",
    ]
    for text in bad {
      #expect(throws: JournalError(.keyFile, ""), "\(text)") {
        try NodeKeyFile.parse(Array(text.utf8)[...])
      }
    }
    try withPath { path in
      try write(String(repeating: good, count: 100), to: path)
      #expect(throws: JournalError(.keyFile, "")) { try NodeKeyFile.read(at: path) }
    }
  }
}
