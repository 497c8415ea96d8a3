internal import Journal
package import RegistryAPI
internal import RPCProtobuf

/// The octets that the exchange's signatures are over; the first octet keeps each kind apart from
/// leaves, nodes, heads and decisions (proto/EXCHANGE.md).
package enum Statements {
  /// What the stream's key signs of a batch.
  package static func manifest(_ encoded: [UInt8]) -> [UInt8] {
    [0x04] + Array("registry manifest/1".utf8) + encoded
  }

  /// What the receiver's key signs of a receipt.
  package static func receipt(_ encoded: [UInt8]) -> [UInt8] {
    [0x05] + Array("registry receipt/1".utf8) + encoded
  }

  /// What a node's certificate signs of a stream: the introduction without its signature.
  package static func introduction(_ introduction: StreamIntroduction) throws -> [UInt8] {
    var signed = introduction
    signed.signature = []
    return [0x06] + Array("registry stream/1".utf8) + (try signed.serializedBytes())
  }
}
