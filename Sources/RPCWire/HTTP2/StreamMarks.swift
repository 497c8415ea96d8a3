/// How far an HTTP/2 stream is beyond what `CallState` says.
struct StreamMarks: OptionSet {
  let rawValue: UInt8

  /// Its first HEADERS are with nghttp2: messages have a way to go.
  static let isBegun = StreamMarks(rawValue: 1)
  /// Client: the requests have ended behind all that was sent.
  static let hasEnded = StreamMarks(rawValue: 2)
  /// Server: the status stands behind the bytes that are being sent.
  static let isClosing = StreamMarks(rawValue: 4)
  /// The peer's messages may be compressed.
  static let isCompressed = StreamMarks(rawValue: 8)
}
