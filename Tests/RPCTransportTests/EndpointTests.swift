import Testing

@testable import RPCTransport

@Suite struct EndpointTests {
  @Test(
    arguments: [
      ("county.example:7443", "county.example", 7443), ("county.example", "county.example", 7443),
      ("127.0.0.1:1", "127.0.0.1", 1), ("[::1]:80", "::1", 80), ("[::1]", "::1", 7443),
    ] as [(String, String, UInt16)]
  )
  func reads(text: String, host: String, port: UInt16) {
    #expect(Endpoint(text) == Endpoint(host: host, port: port))
  }

  @Test(arguments: ["", ":80", "a:b", "::1", "a:70000", "[::1", "[::1]80", "a:-1", "[]:1"])
  func refuses(text: String) {
    #expect(Endpoint(text) == nil)
  }
}
