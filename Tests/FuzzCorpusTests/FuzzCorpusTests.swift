import Foundation
import FuzzBodies
import Testing

/// The fuzzer's targets over their corpus, and over some thousand changes of it.
@Suite(.timeLimit(.minutes(3)))
struct FuzzCorpusTests {
  private static let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "tools/fuzz-targets/corpus")

  /// Inputs by their names, in the order of these.
  private static func inputs(_ target: FuzzTarget) throws -> [(name: String, bytes: [UInt8])] {
    let folder = corpus.appending(path: target.rawValue)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
      ($0, Array(try Data(contentsOf: folder.appending(path: $0))))
    }
  }

  private func run(_ target: FuzzTarget, _ bytes: [UInt8], _ name: String) {
    do {
      try bytes.withUnsafeBytes { try target.run($0) }
    } catch {
      let text = Data(bytes).base64EncodedString()
      Issue.record("\(target.rawValue), \(name): \(error); the input in base64: \(text)")
    }
  }

  @Test(arguments: FuzzTarget.allCases)
  func corpus(target: FuzzTarget) throws {
    let inputs = try Self.inputs(target)
    #expect((5...50).contains(inputs.count))
    #expect(inputs.reduce(0) { $0 + $1.bytes.count } < 200 << 10)
    for input in inputs { run(target, input.bytes, input.name) }
  }

  @Test(arguments: FuzzTarget.allCases)
  func changes(target: FuzzTarget) throws {
    let inputs = try Self.inputs(target)
    var random = Random(state: 20_260_501)
    for round in 0..<2_000 {
      guard let input = inputs.randomElement(using: &random),
        let other = inputs.randomElement(using: &random)
      else { return }
      let bytes = Self.change(input.bytes, other.bytes, &random)
      run(target, bytes, "change \(round) of \(input.name)")
    }
  }

  /// One to four changes as a fuzzer makes them.
  private static func change(
    _ bytes: [UInt8],
    _ other: [UInt8],
    _ random: inout Random
  ) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      let count = min(bytes.count - place, Int.random(in: 1...8, using: &random))
      switch Int.random(in: 0..<6, using: &random) {
      case 0 where count > 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1 where count > 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 2: bytes.removeSubrange(place..<place + count)
      case 3: bytes.insert(contentsOf: bytes[place..<place + count], at: place)
      case 4:
        let from = Int.random(in: 0...other.count, using: &random)
        bytes.insert(contentsOf: other[from...].prefix(64), at: place)
      default:
        let interesting: [UInt8] = [0, 1, 0x7F, 0x80, 0xFF]
        bytes.insert(interesting.randomElement(using: &random) ?? 0, at: place)
      }
    }
    return bytes
  }
}

/// Numbers that are the same in every run.
private struct Random: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
