internal import RPCCore
internal import RegistryModel
internal import RegistryStore

extension ServerContext {
  /// Records what is about to be shown of households and applications; nothing may leave before it
  /// returns.
  ///
  /// Throws `StoreError` as `RegistryStore.disclose` does.
  func disclose(
    _ files: [[UInt8]],
    people: Int = 0,
    asked: Int = 0,
    from store: RegistryStore
  ) async throws {
    try await store.disclose(
      Disclosure(files: files, people: people, asked: asked),
      to: peer.commonName,
      scope: try scope
    )
  }
}
