internal import RPCCore
internal import RPCProtobuf
internal import RegistryAPI
package import RegistryModel

/// The rules by which a call is refused before it touches a record; the raw value stands in
/// `ErrorDetails.refused_by`.
package enum Refusal: String, Sendable, Hashable, CaseIterable {
  /// The method has no operation in the table.
  case methodUnlisted = "method.unlisted"
  /// The caller's division is not known here.
  case divisionUnknown = "office.division"
  /// No row allows the operation to the office's kind at its level.
  case operation = "office.operation"
  /// The operation is allowed for stated purposes only.
  case purposeMissing = "office.purpose-missing"
  /// The stated purpose is not one that the office has.
  case purposeNotAllowed = "office.purpose"
  /// The files of the office's area belong to another node.
  case foreignFiles = "office.foreign-files"
  /// The server is that of another division.
  case otherServer = "office.other-server"

  /// The rule behind an error of the table.
  package init(_ error: AuthorizationError) {
    switch error {
    case .notAllowed: self = .operation
    case .purposeMissing: self = .purposeMissing
    case .purposeNotAllowed: self = .purposeNotAllowed
    }
  }

  /// PERMISSION_DENIED that names the rule, in both languages.
  func error(en: String, zh: String) -> RPCError {
    RPCError(.permissionDenied, en: en, zh: zh, refusedBy: rawValue)
  }
}

extension RPCError {
  /// A failure told in both languages: English in the status, Chinese in its details.
  init(_ code: StatusCode, en: String, zh: String, refusedBy rule: String = "") {
    // Details that can't be encoded would be a fault of ours; the code and words still stand.
    let details = try? ErrorDetails(refusedBy: rule, messageZh: zh).serializedBytes()
    self.init(code: code, message: en, details: details ?? [])
  }
}
