internal import Journal
internal import RPCProtobuf
package import RegistryAPI

/// The octets that the exchange's signatures are over; the first octet keeps each kind apart from
/// leaves, nodes, heads and decisions (proto/EXCHANGE.md).
package enum Statements {
  /// What a node's key signs of its journal's head: stream (16), size (8), root (32), instant (8).
  ///
  /// Empty for a head whose stream or root has another length: nothing signs that.
  package static func head(_ head: JournalHead) -> [UInt8] {
    guard let position = head.position, position.stream.count == 16, position.root.count == 32
    else { return [] }
    var octets = [0x02] + Array("registry head/1".utf8) + position.stream
    append(position.size, to: &octets)
    octets += position.root
    append(UInt64(bitPattern: head.recordedAt), to: &octets)
    return octets
  }

  /// What both keys sign where one takes the place of the other.
  package static func key(_ key: [UInt8], after previous: [UInt8], of stream: [UInt8]) -> [UInt8] {
    [0x07] + Array("registry key/1".utf8) + stream + previous + key
  }

  private static func append(_ number: UInt64, to octets: inout [UInt8]) {
    withUnsafeBytes(of: number.bigEndian) { octets.append(contentsOf: $0) }
  }

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
