internal import Glibc

/// Turns the bytes of a file into UTF-8, a chunk at a time: the one place that calls iconv.
///
/// It owns its conversion descriptor.
final class Transcoder {
  /// What one conversion did.
  struct Step {
    var consumed: Int
    var produced: Int
    /// Whether the byte after the consumed ones can never become text.
    var isBroken: Bool
  }

  private let handle: iconv_t

  init(from encoding: CSVEncoding) throws(CSVError) {
    // iconv_open's failure value is (iconv_t)-1.
    guard let handle = iconv_open(CSVEncoding.utf8.rawValue, encoding.rawValue),
      Int(bitPattern: handle) != -1
    else {
      throw CSVError(
        .unsupportedEncoding,
        "this system cannot read \(encoding.rawValue) (iconv: \(String(cString: strerror(errno))))"
      )
    }
    self.handle = handle
  }

  deinit { iconv_close(handle) }

  /// Converts what it can; a character that is only cut off stays unconsumed.
  func convert(_ source: UnsafeMutableRawBufferPointer, into target: UnsafeMutableRawBufferPointer)
    -> Step
  {
    var input = source.baseAddress?.assumingMemoryBound(to: CChar.self)
    var output = target.baseAddress?.assumingMemoryBound(to: CChar.self)
    var inputLeft = source.count
    var outputLeft = target.count
    let result = iconv(handle, &input, &inputLeft, &output, &outputLeft)
    // EILSEQ is a fault; EINVAL (cut off) and E2BIG (target full) only mean "later".
    let isBroken = result == -1 && errno == EILSEQ
    return Step(
      consumed: source.count - inputLeft,
      produced: target.count - outputLeft,
      isBroken: isBroken
    )
  }
}
