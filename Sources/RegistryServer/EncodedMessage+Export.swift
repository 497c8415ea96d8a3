package import RPCCore

extension EncodedMessage {
  /// An `ExportHouseholdsResponse` around households that are encoded already.
  ///
  /// Fields 1 (`households`) and 2 (`resume_token`) are both length-delimited.
  package static func exportPage(households: [[UInt8]], resumeToken: String) -> EncodedMessage {
    var bytes: [UInt8] = []
    let size = households.reduce(resumeToken.utf8.count + 16) { $0 + $1.count + 6 }
    bytes.reserveCapacity(size)
    for household in households { append(household, field: 1, to: &bytes) }
    if !resumeToken.isEmpty { append(Array(resumeToken.utf8), field: 2, to: &bytes) }
    return EncodedMessage(bytes)
  }

  private static func append(_ content: [UInt8], field: UInt8, to bytes: inout [UInt8]) {
    bytes.append(field << 3 | 2)
    var length = UInt64(content.count)
    while length >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: length) | 0x80)
      length >>= 7
    }
    bytes.append(UInt8(length))
    bytes += content
  }
}
