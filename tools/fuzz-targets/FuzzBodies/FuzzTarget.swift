internal import Glibc

/// What a fuzz target found: a property that does not hold. A crash needs no words.
package struct FuzzFinding: Error, CustomStringConvertible {
  /// What does not hold.
  package let description: String

  init(_ description: String) { self.description = description }
}

/// A body that is fed with bytes from a fuzzer, or from the corpus by a test.
package enum FuzzTarget: String, CaseIterable, Sendable {
  /// One end of a connection, or both, fed with frames.
  case frames
  /// The same of gRPC over HTTP/2.
  case http2
  /// The decoder of messages.
  case messages
  /// The reader and writer of CSV files.
  case csv
  /// What comes from other nodes and from people's files: batches, proofs, envelopes, certificates.
  case manifests

  /// Runs the target once.
  ///
  /// - Throws: `FuzzFinding` for a property that does not hold.
  package func run(_ bytes: UnsafeRawBufferPointer) throws {
    switch self {
    case .frames: try FramesBody.run(bytes, isHTTP2: false)
    case .http2: try FramesBody.run(bytes, isHTTP2: true)
    case .messages: try MessagesBody.run(bytes)
    case .csv: try CSVBody.run(bytes)
    case .manifests: try ManifestsBody.run(bytes)
    }
  }
}

func check(_ holds: Bool, _ words: @autoclosure () -> String) throws {
  if !holds { throw FuzzFinding(words()) }
}

/// The target that `REGISTRY_FUZZ_TARGET` names.
private let chosen: FuzzTarget? = getenv("REGISTRY_FUZZ_TARGET").flatMap {
  FuzzTarget(rawValue: String(cString: $0))
}

/// libFuzzer's entry, by way of C: answers 0, or ends the process with what was found.
@_cdecl("registry_fuzz")
package func registryFuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  do {
    guard let chosen else { throw FuzzFinding("REGISTRY_FUZZ_TARGET names no target") }
    try chosen.run(UnsafeRawBufferPointer(start: bytes, count: count))
  } catch {
    // By hand, since optimised programs stop without words.
    var words = Array("found: \(error)\n".utf8)
    write(STDERR_FILENO, &words, words.count)
    abort()
  }
  return 0
}
