import RPCCore
import RPCProtobuf
import RegistryAPI
import RegistryModel
import Testing

@testable import RegistryStore

@Suite struct StoreErrorTests {
  func violations(_ count: Int) -> [Violation] {
    (0..<count).map { Violation(.required, row: 0, member: UInt32($0), field: "members.identity") }
  }

  /// The wire drops details of more than 6,144 octets.
  @Test(arguments: [1, 20, 50, 1_000])
  func asManyViolationsAreToldAsTheWireCarries(count: Int) throws {
    let error = StoreError.broken(violations(count)).rpcError
    #expect(error.details.count <= 6_144)
    let told = try ErrorDetails(serializedBytes: error.details).violations
    #expect(told == Array(violations(count).prefix(told.count)))
    #expect(told.count == count || error.details.count > 5_900)
    #expect(error.message.contains(" \(count) rule(s)"))
    #expect(error.message.hasSuffix("the first \(told.count)") == (told.count < count))
  }
}
