internal import RPCCore
internal import RegistryAPI
internal import RegistryClient
internal import RegistryModel

extension RegistryClient {
  /// The office of the profile's certificate, as the node sees it.
  func office() async throws -> OfficeIdentity {
    let caller = try await node.getNode(GetNodeRequest()).caller
    guard let identity = OfficeIdentity(uri: caller) else {
      throw CommandFailure(
        .software,
        en: "the server does not say who is calling",
        zh: "服务器未说明调用者身份"
      )
    }
    return identity
  }

  /// The move by which the profile's office approves.
  ///
  /// - Throws: `permission` for an office that is neither a poverty office nor civil affairs.
  func approval() async throws -> ProcedureMove {
    let identity = try await office()
    switch identity.kind {
    case .povertyOffice: return .approvePoverty
    case .civilAffairs: return .approveSecurity
    default:
      throw CommandFailure(
        .permission,
        en: "\(identity.kind.rawValue) does not approve: that is for the county's poverty office "
          + "and civil affairs",
        zh: "\(identity.kind.chinese)不能审批：应由县扶贫办和县民政局审批"
      )
    }
  }
}

/// One application by its printed number, its id, or a member's citizen ID number.
enum ApplicationKey {
  /// The request for what a person wrote: 32 hexadecimal digits are an id, else it is a number.
  static func request(_ text: String) -> GetApplicationRequest {
    if text.count == 32, let id = Hexadecimal.bytes(text), id.count == 16 {
      return GetApplicationRequest(by: .id(id))
    }
    return GetApplicationRequest(by: .number(text.trimmingSpaces))
  }
}
