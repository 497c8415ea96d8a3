internal import Glibc

extension Console {
  /// The longest passphrase in bytes.
  private static let passphraseLimit = 256

  /// Asks for a passphrase at the terminal, without showing it.
  ///
  /// - Throws: `usage` where there is no terminal, `interrupted` when nothing is given.
  func passphrase(_ prompt: Text) throws(CommandFailure) -> [UInt8] {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard terminal >= 0 else {
      throw CommandFailure(
        .usage,
        en: "a passphrase is needed, and there is no terminal to ask at",
        zh: "需要口令，但没有可供输入的终端"
      )
    }
    defer { close(terminal) }
    var before = termios()
    guard tcgetattr(terminal, &before) == 0 else {
      throw CommandFailure(.inputOutput, en: "the terminal cannot be set", zh: "无法设置终端")
    }
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(terminal, TCSADRAIN, &silent)
    defer { tcsetattr(terminal, TCSADRAIN, &before) }
    try DescriptorSink(terminal).write(prompt(language))
    var word: [UInt8] = []
    var byte: UInt8 = 0
    while word.count < Self.passphraseLimit {
      let count = read(terminal, &byte, 1)
      if count < 0, errno == EINTR { continue }
      if count <= 0 || byte == 0x0A || byte == 0x0D { break }
      word.append(byte)
    }
    try DescriptorSink(terminal).write("\n")
    guard !word.isEmpty else {
      throw CommandFailure(.interrupted, en: "no passphrase was given", zh: "未输入口令")
    }
    return word
  }

  /// Asks for a new passphrase twice.
  ///
  /// - Throws: `usage` when the two differ or have fewer than 8 bytes.
  func newPassphrase() throws(CommandFailure) -> [UInt8] {
    let first = try passphrase(Text(en: "New passphrase: ", zh: "新口令："))
    guard first.count >= 8 else {
      throw CommandFailure(
        .usage,
        en: "a passphrase has at least 8 characters",
        zh: "口令至少 8 个字符"
      )
    }
    guard try passphrase(Text(en: "Once more: ", zh: "再次输入：")) == first else {
      throw CommandFailure(.usage, en: "the two differ", zh: "两次输入不一致")
    }
    return first
  }
}
