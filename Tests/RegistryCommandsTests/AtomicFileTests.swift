internal import Glibc
internal import Testing

@testable internal import RegistryCommands

@Suite("Files that appear when they are whole", .timeLimit(.minutes(1)))
struct AtomicFileTests {
  @Test("Nothing stands in the directory before the file is whole; then it replaces the old one")
  func unnamed() throws {
    let directory = try TemporaryDirectory()
    for text in ["first", "second"] {
      let before = directory.names
      let file = try AtomicFile(path: directory.path("out.csv"))
      try file.write(Array(text.utf8))
      #expect(directory.names == before)
      try file.commit()
      #expect(directory.names == ["out.csv"])
      #expect(try directory.read("out.csv") == text)
    }
  }

  @Test("Where files must have names, a file that is given up goes")
  func named() throws {
    let directory = try TemporaryDirectory()
    do {
      let file = try AtomicFile(path: directory.path("out.csv"), unnamed: false)
      try file.write(Array("x".utf8))
      #expect(directory.names.count == 1)
    }
    #expect(directory.names.isEmpty)
    let file = try AtomicFile(path: directory.path("out.csv"), unnamed: false)
    try file.commit()
    #expect(directory.names == ["out.csv"])
  }

  @Test("Where files must have names, a signal takes them away")
  func signal() async throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("out.csv")
    await #expect(processExitsWith: .signal(SIGTERM)) { [path = path as String] in
      let file = try AtomicFile(path: path, unnamed: false)
      try file.write(Array("x".utf8))
      // To the process: a task's own thread may take no signals.
      kill(getpid(), SIGTERM)
      pause()
      try file.commit()
    }
    #expect(directory.names.isEmpty)
  }
}
