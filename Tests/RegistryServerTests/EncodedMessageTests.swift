import RPCCore
import RPCProtobuf
import RegistryAPI
import TestRegistry
import Testing

@testable import RegistryServer

/// Pages built from stored bytes decode as what they are.
@Suite struct EncodedMessageTests {
  @Test(arguments: [0, 1, 3, 40])
  func anExportPageIsTheMessageThatItSays(count: Int) throws {
    let households = SampleHousehold.households(0..<count)
    let page = EncodedMessage.exportPage(
      households: try households.map { try $0.serializedBytes() },
      resumeToken: count == 0 ? "" : "token"
    )
    let decoded = try ExportHouseholdsResponse(serializedBytes: page.encodedArray())
    #expect(decoded.households == households)
    #expect(decoded.resumeToken == (count == 0 ? "" : "token"))
  }

  @Test func bytesPassThrough() throws {
    let bytes: [UInt8] = [0x0a, 1, 7]
    #expect(try EncodedMessage(bytes).encodedArray() == bytes)
    #expect(try EncodedMessage([]).encodedArray().isEmpty)
  }
}
