/// The key that seals one household's octets; wiped when nobody holds it any more.
package final class HouseholdKey: Sendable {
  /// Whose key it is.
  package let household: Bytes16
  let secret: SecretBytes

  init(household: Bytes16, secret: SecretBytes) {
    self.household = household
    self.secret = secret
  }
}
