/// What messages are compressed with.
package enum MessageEncoding: Sendable {
  /// Zstandard (RFC 8878), of the native protocol.
  case zstandard
  /// gzip (RFC 1952), which every gRPC implementation speaks.
  case gzip
}
