internal import ArgumentParser
internal import RPCCore
internal import RegistryClient
internal import RegistryModel

/// A command that does its work on a console, so that tests can give it one of theirs.
protocol ConsoleCommand: AsyncParsableCommand {
  /// The option that says in which language to print.
  var languageOptions: LanguageOptions { get }

  /// Does the work.
  ///
  /// - Throws: `CommandFailure`, or an error that `CommandFailure.init(_:)` can tell.
  func run(on console: Console) async throws
}

/// A command that may call a server, and prints a result.
protocol ResultCommand: ConsoleCommand {
  var serverOptions: ServerOptions { get }
  var printOptions: PrintOptions { get }
}

/// A command that calls a server and prints the answer.
protocol ServerCommand: ResultCommand {
  /// Does the work over an open channel.
  func run(on console: Console, over channel: any Channel) async throws
}

/// A command that calls a server with a client, which signs decisions, and prints the answer.
protocol ClientCommand: ResultCommand {
  /// Does the work with an open client.
  func run(on console: Console, with client: RegistryClient) async throws
}

extension ClientCommand {
  func run(on console: Console) async throws {
    try await console.withClient(serverOptions) { client in
      try await run(on: console, with: client)
    }
  }
}

extension ServerCommand {
  func run(on console: Console) async throws {
    try await console.withChannel(serverOptions) { channel in
      try await run(on: console, over: channel)
    }
  }
}

extension ResultCommand {
  var languageOptions: LanguageOptions { printOptions.language }

  /// Prints a table in the form that was asked for.
  func show(_ rows: Rows, on console: Console) throws(CommandFailure) {
    try console.print(printOptions.output.text(rows, console.language))
  }

  /// Prints a record in the form that was asked for.
  func show(_ record: Record, on console: Console) throws(CommandFailure) {
    try console.print(printOptions.output.text(record, console.language))
  }

  /// The options of a call: a write goes under a key of its own, so that it may be sent again.
  func callOptions(writes: Bool = false) -> CallOptions {
    CallOptions(idempotencyKey: writes ? IdempotencyKey.random() : nil)
  }
}

extension Console {
  /// Connects to the server that the options name, and closes the channel whatever happens.
  func withChannel(
    _ server: ServerOptions,
    _ body: (any Channel) async throws -> Void
  ) async throws {
    try await withChannel(to: profile(server), body)
  }

  private func withChannel(
    to profile: Profile,
    _ body: (any Channel) async throws -> Void
  ) async throws {
    let channel = try await connect(profile)
    do {
      try await body(channel)
    } catch {
      await channel.close()
      throw error
    }
    await channel.close()
  }

  /// As `withChannel`, with a client that signs decisions with the key of the options.
  func withClient(
    _ server: ServerOptions,
    _ body: (RegistryClient) async throws -> Void
  ) async throws {
    let profile = try profile(server)
    let signer = StepSigner(keyFile: profile.key, passphrase: profile.passphrase)
    try await withChannel(to: profile) { channel in
      try await body(RegistryClient(channel: channel, signer: signer))
    }
  }

  /// The profile of the options; asks for the passphrase of a key that is locked.
  private func profile(_ server: ServerOptions) throws(CommandFailure) -> Profile {
    var profile = try server.resolve(environment: environment)
    if IdentityFile.isLocked(profile.key) {
      profile.passphrase = try passphrase(
        Text(en: "Passphrase of \(profile.key): ", zh: "\(profile.key) 的口令：")
      )
    }
    return profile
  }

  /// The code lists that come with the program.
  ///
  /// - Throws: `software` when they are damaged.
  func codeLists() throws(CommandFailure) -> CodeLists {
    do throws(ModelDataError) {
      return try CodeLists.load()
    } catch {
      throw CommandFailure(
        .software,
        en: "the program's code lists cannot be read",
        zh: "无法读取程序自带的代码表"
      )
    }
  }

  /// The code lists with the codes that the server's node has beside; an older node has none, and some
  /// offices are not told.
  ///
  /// - Throws: `software` when the program's own are damaged; what the call throws.
  func codeLists(over channel: any Channel) async throws -> CodeLists {
    var lists = try codeLists()
    do {
      let answer = try await PolicyClient(channel).listCodes(ListCodesRequest())
      for code in answer.codes {
        guard let name = CodeListName(extensible: code.list) else { continue }
        let entry = CodeList.Entry(
          code: Int32(clamping: code.code),
          chinese: code.nameZh,
          english: code.nameEn
        )
        if (0..<128).contains(entry.code) { lists = lists.setting(entry, in: name) }
      }
    } catch let error as RPCError
      where error.code == .unimplemented || error.code == .permissionDenied
    {
      return lists
    }
    return lists
  }

  /// Says that the people are generated, when they are.
  func noteSynthetic(_ isSynthetic: Bool) {
    guard isSynthetic else { return }
    note(Text(en: "SYNTHETIC: the people of this node are generated", zh: "合成数据：本节点人口均为生成"))
  }
}
