internal import Journal
package import RegistryAPI

extension BatchChunk {
  /// A piece of a payload with its checksum.
  package init(
    of stream: [UInt8],
    manifest: [UInt8],
    offset: Int,
    octets: ArraySlice<UInt8>
  ) throws {
    let octets = Array(octets)
    self.init(
      stream: stream,
      manifest: manifest,
      offset: UInt64(offset),
      octets: octets,
      checksum: Array(try SHA256Context().hash(octets).bytes.prefix(4))
    )
  }
}
