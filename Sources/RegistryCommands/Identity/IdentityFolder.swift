internal import Certificates
internal import Glibc
internal import RegistryModel

/// An authority's directory as `tools/certs` lays it out: `ca.pem`, `ca-key.pem`, `issued.csv`,
/// `revoked.csv` and `crl.pem`.
struct IdentityFolder {
  let path: String

  /// The list of what was issued.
  var issued: IssuedList { IssuedList(path: path + "/issued.csv") }

  /// The list of what was revoked.
  var revoked: RevokedList { RevokedList(path: path + "/revoked.csv") }

  /// The authority.
  ///
  /// - Throws: `configuration` naming the file that cannot be used.
  func authority(on console: Console) throws(CommandFailure) -> CertificateAuthority {
    let file = path + "/ca.pem"
    let certificate = try IdentityFile.certificate(file)
    let key = try IdentityFile.key(path + "/ca-key.pem", on: console)
    do throws(CertificateError) {
      return try CertificateAuthority(certificate: certificate, key: key)
    } catch {
      throw CommandFailure(file, error)
    }
  }
}

/// Keys, requests and certificates in files.
enum IdentityFile {
  /// The largest file read.
  private static let limit = 65_536

  static func certificate(_ path: String) throws(CommandFailure) -> IssuedCertificate {
    let bytes = try InputFile(path: path).bytes(limit: limit)
    do throws(CertificateError) {
      return try IssuedCertificate(pem: bytes)
    } catch {
      throw CommandFailure(path, error)
    }
  }

  static func request(_ path: String) throws(CommandFailure) -> CertificateRequest {
    let bytes = try InputFile(path: path).bytes(limit: limit)
    do throws(CertificateError) {
      return try CertificateRequest(pem: bytes)
    } catch {
      throw CommandFailure(path, error)
    }
  }

  /// A private key; asks for the passphrase of one that is locked.
  static func key(_ path: String, on console: Console) throws(CommandFailure) -> PrivateKey {
    let file = try InputFile(path: path)
    var status = stat()
    guard fstat(file.descriptor, &status) == 0, status.st_mode & 0o077 == 0 else {
      throw CommandFailure(
        .configuration,
        en: "the key \(path) can be read by others: chmod 600",
        zh: "私钥 \(path) 可被他人读取：请 chmod 600"
      )
    }
    let bytes = try file.bytes(limit: limit)
    do throws(CertificateError) {
      guard PrivateKey.isLocked(bytes) else { return try PrivateKey(pem: bytes) }
    } catch {
      throw CommandFailure(path, error)
    }
    let word = try console.passphrase(
      Text(en: "Passphrase of \(path): ", zh: "\(path) 的口令：")
    )
    do throws(CertificateError) {
      return try PrivateKey(pem: bytes, passphrase: word)
    } catch {
      throw CommandFailure(path, error)
    }
  }

  /// Whether a file holds a key that a passphrase locks; anything else is told by those who use it.
  static func isLocked(_ path: String) -> Bool {
    guard let file = try? InputFile(path: path) else { return false }
    return (try? file.bytes(limit: limit)).map(PrivateKey.isLocked) ?? false
  }

  /// Writes a new file; one that exists is never written over.
  ///
  /// - Throws: `cannotWrite`.
  static func create(
    _ path: String,
    _ bytes: [UInt8],
    mode: mode_t
  ) throws(CommandFailure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw .cannotWrite(path, errno) }
    defer { close(descriptor) }
    do throws(CommandFailure) {
      try DescriptorSink(descriptor).write(bytes)
      guard fsync(descriptor) == 0 else { throw .cannotWrite(path, errno) }
    } catch {
      unlink(path)
      throw error
    }
  }
}

extension CommandFailure {
  /// A key, request or certificate that is not taken.
  init(_ path: String, _ error: CertificateError) {
    let status: ExitStatus =
      switch error.code {
      case .passphrase, .stranger, .malformed: .configuration
      case .cryptography: .software
      case .notPermitted: .permission
      default: .dataRefused
      }
    self.init(
      status,
      en: "\(path): \(error.english) (\(error.code.rawValue))",
      zh: "\(path)：\(error.chinese)（\(error.code.rawValue)）"
    )
  }
}
