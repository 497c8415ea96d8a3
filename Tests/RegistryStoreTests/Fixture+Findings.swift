import Glibc
import RegistryAPI
import RegistryModel
import Synchronization

@testable import RegistryStore

extension Fixture {
  /// What a check finds.
  func findings(in store: RegistryStore, deep: Bool) async throws -> [CheckFinding] {
    let found = Mutex<[CheckFinding]>([])
    let scope = try Fixture.county(.check, in: store)
    _ = try await store.check(deep: deep, scope: scope) { progress in
      found.withLock { $0 += progress.findings }
    }
    return found.withLock { $0 }
  }

  /// Copies a file as it is at this moment.
  static func copy(_ source: String, _ target: String) throws {
    guard let from = fopen(source, "r"), let to = fopen(target, "w") else {
      throw StoreError(.dataFile, "copy")
    }
    defer {
      fclose(from)
      fclose(to)
    }
    var block = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&block, 1, block.count, from), count > 0 {
      fwrite(block, 1, count, to)
    }
  }
}
