internal import COpenSSL

/// AES-256-GCM with reused OpenSSL contexts, one for each direction; for one thread at a time.
final class GCMContext {
  private let encryption: OpaquePointer
  private let decryption: OpaquePointer

  /// A context whose key is given with each call, or once with `key`.
  init(key: SecretBytes? = nil) throws(JournalError) {
    let cipher = try requireObject(Algorithms.shared.aes256GCM, "fetching AES-256-GCM")
    encryption = try requireObject(EVP_CIPHER_CTX_new(), "making a cipher context")
    guard let decryption = EVP_CIPHER_CTX_new() else {
      EVP_CIPHER_CTX_free(encryption)
      throw JournalError(.cryptography, "making a cipher context failed")
    }
    self.decryption = decryption
    let address = key?.octets.address
    try requireSuccess(EVP_EncryptInit_ex2(encryption, cipher, address, nil, nil), "setting a key")
    try requireSuccess(EVP_DecryptInit_ex2(decryption, cipher, address, nil, nil), "setting a key")
  }

  deinit {
    EVP_CIPHER_CTX_free(encryption)
    EVP_CIPHER_CTX_free(decryption)
  }

  /// Starts a seal: with nil for `key` the context's key is used again.
  func startSealing(
    key: UnsafeRawBufferPointer?,
    nonce: UnsafeRawBufferPointer,
    associated: UnsafeRawBufferPointer
  ) throws(JournalError) {
    try requireSuccess(
      EVP_EncryptInit_ex2(encryption, nil, key?.address, nonce.address, nil),
      "starting a seal"
    )
    var count: Int32 = 0
    try requireSuccess(
      EVP_EncryptUpdate(encryption, nil, &count, associated.address, Int32(associated.count)),
      "binding a seal"
    )
  }

  /// Encrypts octets into `output`, which has room for as many.
  func seal(
    _ plain: UnsafeRawBufferPointer,
    into output: UnsafeMutableRawBufferPointer
  ) throws(JournalError) {
    if plain.isEmpty { return }
    var count: Int32 = 0
    try requireSuccess(
      EVP_EncryptUpdate(encryption, output.address, &count, plain.address, Int32(plain.count)),
      "sealing"
    )
  }

  /// Ends the seal and writes its tag.
  func finishSealing(tag: UnsafeMutableRawBufferPointer) throws(JournalError) {
    var count: Int32 = 0
    try requireSuccess(EVP_EncryptFinal_ex(encryption, tag.address, &count), "ending a seal")
    try requireSuccess(
      EVP_CIPHER_CTX_ctrl(
        encryption,
        EVP_CTRL_AEAD_GET_TAG,
        Int32(SealedFormat.tagCount),
        tag.baseAddress
      ),
      "taking a tag"
    )
  }

  /// Opens what was sealed into `output`, which has room for as many octets as `sealed`; with nil
  /// for `key` the context's key is used again.
  ///
  /// False if the tag does not fit: the output holds nothing to be used then.
  func open(
    _ sealed: UnsafeRawBufferPointer,
    key: UnsafeRawBufferPointer?,
    nonce: UnsafeRawBufferPointer,
    associated: UnsafeRawBufferPointer,
    tag: UnsafeRawBufferPointer,
    into output: UnsafeMutableRawBufferPointer
  ) throws(JournalError) -> Bool {
    try requireSuccess(
      EVP_DecryptInit_ex2(decryption, nil, key?.address, nonce.address, nil),
      "starting to open"
    )
    var count: Int32 = 0
    try requireSuccess(
      EVP_DecryptUpdate(decryption, nil, &count, associated.address, Int32(associated.count)),
      "binding"
    )
    try requireSuccess(
      EVP_DecryptUpdate(decryption, output.address, &count, sealed.address, Int32(sealed.count)),
      "opening"
    )
    // OpenSSL reads the tag, though its parameter is not const.
    try requireSuccess(
      EVP_CIPHER_CTX_ctrl(
        decryption,
        EVP_CTRL_AEAD_SET_TAG,
        Int32(SealedFormat.tagCount),
        UnsafeMutableRawPointer(mutating: tag.baseAddress)
      ),
      "giving a tag"
    )
    let opened = EVP_DecryptFinal_ex(decryption, output.address, &count) == 1
    if !opened { ERR_clear_error() }
    return opened
  }
}
