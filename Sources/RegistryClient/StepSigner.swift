internal import Glibc
internal import Journal
public import RPCCore
public import RegistryAPI

/// Signs lists of steps with the deciding person's key, that of the person's certificate.
///
/// What is signed stands at `StepSignature` in `registry/v1/procedure.proto`: one signature covers
/// a whole list, and each step carries its own proof that it stands in the list. The file is read
/// when something is to be signed; the key stays in this process.
public struct StepSigner: Sendable, Hashable {
  /// The most steps of one list.
  public static let limit = 2000
  /// The largest key file read, in bytes.
  private static let keyLimit = 65_536

  /// The PEM file with the private key (EC or Ed25519).
  public let keyFile: String
  private let passphrase: [UInt8]?

  /// Signs with the key in a file.
  ///
  /// - Parameter passphrase: opens a key that is locked by one.
  public init(keyFile: String, passphrase: [UInt8]? = nil) {
    self.keyFile = keyFile
    self.passphrase = passphrase
  }

  /// A request with the steps, each encoded once, and the signature over the list of encodings.
  ///
  /// - Parameter steps: 1 to 2,000 steps.
  /// - Throws: `RPCError`: INVALID_ARGUMENT for another number of steps or a step that has no
  ///   encoding, UNAUTHENTICATED when the key cannot be used, in words that name its file.
  public func request(_ steps: [Step]) throws(RPCError) -> RecordStepsRequest {
    var request = try RecordStepsRequest(unsigned: steps)
    do throws(JournalError) {
      let list = SignedList(request.steps, using: try SHA256Context())
      let key = try SigningKey(pem: try Self.read(keyFile), passphrase: passphrase)
      request.signature = StepSignature(value: try key.sign(list.signedOctets))
    } catch {
      throw RPCError(.unauthenticated, "cannot sign with the key \(keyFile): \(error.message)")
    }
    return request
  }

  /// A request for a record of pilot work, with the person's signature over its octets.
  ///
  /// - Throws: `RPCError`: INVALID_ARGUMENT for a record that has no encoding, UNAUTHENTICATED when
  ///   the key cannot be used, in words that name its file.
  public func request(_ record: PilotRecord) throws(RPCError) -> SetPilotRecordRequest {
    var request = SetPilotRecordRequest(record: try record.encodedArray())
    do throws(JournalError) {
      let list = SignedList([request.record], using: try SHA256Context())
      let key = try SigningKey(pem: try Self.read(keyFile), passphrase: passphrase)
      request.signature = StepSignature(value: try key.sign(list.signedOctets))
    } catch {
      throw RPCError(.unauthenticated, "cannot sign with the key \(keyFile): \(error.message)")
    }
    return request
  }

  private static func read(_ path: String) throws(JournalError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw JournalError(.keyFile, String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: keyLimit)
    var count = 0
    while count < keyLimit {
      let step = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, keyLimit - count)
      }
      if step < 0, errno == EINTR { continue }
      if step <= 0 { break }
      count += step
    }
    guard count > 0, count < keyLimit else {
      throw JournalError(.keyFile, "the file is empty, unreadable or too large")
    }
    return Array(bytes.prefix(count))
  }
}

extension SetPilotRecordRequest {
  /// A record without a signature.
  ///
  /// - Throws: `RPCError` (INVALID_ARGUMENT) for a record that has no encoding.
  public init(unsigned record: PilotRecord) throws(RPCError) {
    self.init(record: try record.encodedArray())
  }
}

extension RecordStepsRequest {
  /// The steps, each encoded once, without a signature.
  ///
  /// - Throws: `RPCError` (INVALID_ARGUMENT) for none or too many of them.
  init(unsigned steps: [Step]) throws(RPCError) {
    guard (1...StepSigner.limit).contains(steps.count) else {
      throw RPCError(.invalidArgument, "one call takes 1 to \(StepSigner.limit) steps")
    }
    self.init()
    for step in steps { self.steps.append(try step.encodedArray()) }
  }
}
