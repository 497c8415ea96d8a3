internal import RPCCore
internal import RegistryClient

extension Console {
  /// The console of this process, which connects over mutual TLS.
  package static func ofProcess() -> Console {
    .ofProcess { profile in
      if profile.database != nil { return profile.stated(over: try LocalRegistry.open(profile)) }
      do throws(RPCError) {
        return try RegistryClient(profile: profile).channel
      } catch {
        // Nothing was sent yet: a file of the profile cannot be used.
        throw CommandFailure(
          .configuration,
          en: error.message,
          zh: Phrasebook.connections.chinese(error.message) ?? error.message
        )
      }
    }
  }
}
