internal import Bilingual
internal import Exchange
internal import Glibc
internal import Journal
internal import RPCCore
internal import RegistryClient
internal import RegistryModel
internal import RegistryServer
internal import RegistryStore

/// A registry's file that is opened in this process: the same services, rules and journal as behind
/// a server, for offices without a network.
struct LocalRegistry: Channel {
  private let node: RegistryNode
  private let channel: InProcessChannel

  /// Opens the file that a profile names and signs its office in.
  ///
  /// - Throws: `CommandFailure`: `configuration` for a certificate that is not to be trusted, a key
  ///   that is not its own, a file that is no registry's; `temporary` while another process has it.
  static func open(_ profile: Profile) throws(CommandFailure) -> LocalRegistry {
    let path = profile.database ?? ""
    let (certificate, key) = try signIn(profile)
    do {
      let database = StoreDatabase(path)
      guard database.isFile else {
        throw CommandFailure(
          .usage,
          en: "--database: a file; a server's database is served by registryd",
          zh: "--database：须为文件；服务器上的数据库由 registryd 提供服务"
        )
      }
      guard try database.exists() else {
        throw CommandFailure(
          .notFound,
          en: "\(path) is not there; registryctl database create makes it",
          zh: "没有 \(path)；可用 registryctl database create 建立"
        )
      }
      let owner = try RegistryStore.owner(of: database)
      var configuration = NodeConfiguration(
        database: database,
        sealingKey: "\(path).key",
        identity: owner.node
      )
      configuration.signingKey = "\(path).signing.pem"
      configuration.authorities = profile.authorities
      configuration.credential = Renewable(
        NodeCredential(certificate: certificate.der, key: key)
      )
      configuration.isSynthetic = owner.synthetic
      configuration.software = "registryctl \(Program.version)"
      let node = try RegistryNode(opening: configuration)
      let peer = Peer(
        identity: certificate.identity ?? "",
        commonName: certificate.commonName,
        certificate: certificate.der
      )
      return LocalRegistry(node: node, channel: InProcessChannel(router: node.router, peer: peer))
    } catch {
      throw CommandFailure(opening: path, error)
    }
  }

  /// The office's certificate, once it and its key are proved.
  private static func signIn(
    _ profile: Profile
  ) throws(CommandFailure) -> (SignerCertificate, SigningKey) {
    do {
      let pem = try InputFile(path: profile.certificate).bytes(limit: 1 << 20)
      let chain = try SignerCertificate.chain(pem: pem)
      let secret = try InputFile(path: profile.key).bytes(limit: 1 << 16)
      let key = try SigningKey(pem: secret, passphrase: profile.passphrase)
      var challenge = [UInt8](repeating: 0, count: 32)
      for index in challenge.indices { challenge[index] = UInt8.random(in: 0...255) }
      guard let own = chain.first, try own.verifies(try key.sign(challenge), of: challenge) else {
        throw CommandFailure(
          .configuration,
          en: "the key \(profile.key) is not the certificate's \(profile.certificate)",
          zh: "私钥 \(profile.key) 不是证书 \(profile.certificate) 的私钥"
        )
      }
      let trust = try CertificateTrust(authorities: profile.authorities)
      let isTrusted = try trust.vouches(
        for: own,
        through: Array(chain.dropFirst()),
        now: Int64(time(nil))
      )
      guard isTrusted, own.identity != nil else {
        throw CommandFailure(
          .configuration,
          en: "the certificate \(profile.certificate) was not issued to an office by the authority "
            + "\(profile.authorities), or is not valid today",
          zh: "证书 \(profile.certificate) 并非由 \(profile.authorities) 签发给机构，或今日无效"
        )
      }
      return (own, key)
    } catch let failure as CommandFailure {
      throw failure
    } catch let error as JournalError {
      throw CommandFailure(
        .configuration,
        en: error.message,
        zh: Phrasebook.storage.chinese(error.message) ?? error.message
      )
    } catch {
      throw CommandFailure(error) ?? .unexpected(error)
    }
  }

  func open(_ method: MethodDescriptor, options: CallOptions) async throws -> any ClientCall {
    try await channel.open(method, options: options)
  }

  func unary<Request: WireMessage, Response: WireMessage>(
    _ method: MethodDescriptor,
    _ request: Request,
    returning: Response.Type,
    options: CallOptions
  ) async throws -> Response {
    try await channel.unary(method, request, returning: returning, options: options)
  }

  func close() async {
    await channel.close()
    await node.close()
  }
}

extension CommandFailure {
  /// A fault of ours.
  static func unexpected(_ error: any Error) -> CommandFailure {
    CommandFailure(.software, en: "\(error)", zh: "内部错误：\(error)")
  }

  /// Why a registry's file cannot be opened.
  init(opening path: String, _ error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let error as NodeError:
      self.init(.configuration, en: error.description, zh: error.description)
    case let error as JournalError:
      self.init(
        .configuration,
        en: "\(path).key: \(error.message)",
        zh: "\(path).key：\(Phrasebook.storage.chinese(error.message) ?? error.message)"
      )
    case let error as StoreError:
      let cause = error.cause.map { " (\($0))" } ?? ""
      self.init(
        error.isInUse ? .tryLater : .configuration,
        en: "\(path): \(error.message)\(cause)",
        zh: "\(path)：\(error.messageChinese)"
      )
    default: self = CommandFailure(error) ?? .unexpected(error)
    }
  }
}
