internal import Glibc

/// A window of valid UTF-8 over a file: what the reader has not taken yet, and what it takes next.
///
/// Bytes `start ..< end` are text that was checked. The window moves and grows only in `refill`, up
/// to its fixed capacity, so memory does not depend on the file.
final class TextWindow {
  let encoding: CSVEncoding
  // Unchecked like the reader's fields, for the same reason.
  @exclusivity(unchecked) private(set) var start = 0
  @exclusivity(unchecked) private(set) var end = 0
  /// Nothing follows `end`: the file is finished, or what follows is not text (`isBroken`).
  private(set) var isFinished = false
  /// Whether the bytes after `end` are not text in the file's encoding, or a NUL.
  private(set) var isBroken = false
  /// Whether what breaks the text is a NUL.
  private(set) var isNUL = false
  let bytes: UnsafeMutablePointer<UInt8>
  let capacity: Int

  private let descriptor: Int32
  private let transcoder: Transcoder?
  /// Bytes as in the file, not yet converted or checked: `raw[0 ..< rawCount]`.
  private let raw: UnsafeMutableRawBufferPointer
  private var rawCount = 0
  private var isAtEndOfFile = false

  /// Reads the first bytes and finds the encoding, unless it is given. The descriptor stays the
  /// caller's.
  init(descriptor: Int32, encoding: CSVEncoding?, limits: CSVLimits) throws(CSVError) {
    let chunk = max(limits.chunk, 64 * 1024)
    let raw = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 16)
    do throws(CSVError) {
      rawCount = try Descriptor.fill(descriptor, raw)
      let head = UnsafeRawBufferPointer(rebasing: raw[..<min(rawCount, 64 * 1024)])
      var found = encoding
      if found == nil {
        found = try CSVEncoding.detect(head, isWhole: rawCount == head.count && rawCount < chunk)
      }
      self.encoding = found ?? .utf8
      transcoder = self.encoding == .utf8 ? nil : try Transcoder(from: self.encoding)
    } catch {
      raw.deallocate()
      throw error
    }
    isAtEndOfFile = rawCount < chunk
    self.raw = raw
    self.descriptor = descriptor
    // A record that just fits, one chunk after it, and what a chunk of two-byte characters may
    // grow to when it becomes UTF-8.
    capacity = limits.record + chunk * 3
    bytes = .allocate(capacity: capacity)
    if startsWithByteOrderMark { dropRaw(CSVEncoding.byteOrderMark.count) }
  }

  deinit {
    raw.deallocate()
    bytes.deallocate()
  }

  /// Gives up the first bytes of the window.
  func take(upTo position: Int) { start = position }

  /// Adds text at the end; the bytes that were not taken move to the front.
  ///
  /// - Returns: whether there is news, be it the end; false when the window is full.
  func refill() throws(CSVError) -> Bool {
    guard !isFinished else { return false }
    if start > 0 {
      bytes.update(from: bytes + start, count: end - start)
      end -= start
      start = 0
    }
    let before = end
    while end == before, !isFinished {
      if !isAtEndOfFile, rawCount < raw.count { try readMore() }
      guard capacity - end >= 4 else { return false }
      convert()
    }
    return end > before || isFinished
  }

  private var startsWithByteOrderMark: Bool {
    encoding == .utf8 && raw[..<rawCount].starts(with: CSVEncoding.byteOrderMark)
  }

  private func readMore() throws(CSVError) {
    let free = UnsafeMutableRawBufferPointer(rebasing: raw[rawCount...])
    let got = try Descriptor.fill(descriptor, free)
    rawCount += got
    isAtEndOfFile = got < free.count
  }

  /// Moves as many raw bytes as are valid and fit into the window.
  private func convert() {
    let source = UnsafeMutableRawBufferPointer(rebasing: raw[..<rawCount])
    let target = UnsafeMutableRawBufferPointer(start: bytes + end, count: capacity - end)
    let step = transcoder.map { $0.convert(source, into: target) } ?? copy(source, into: target)
    end += step.produced
    dropRaw(step.consumed)
    isNUL = holdsNUL(in: step.produced) || (step.isBroken && rawCount > 0 && raw[0] == 0)
    if step.isBroken || isNUL {
      isBroken = true
      isFinished = true
    } else if isAtEndOfFile, step.consumed == 0 || rawCount == 0 {
      // What is left can only be a character that was cut off.
      isBroken = rawCount > 0
      isFinished = true
    }
  }

  private func copy(
    _ source: UnsafeMutableRawBufferPointer,
    into target: UnsafeMutableRawBufferPointer
  ) -> Transcoder.Step {
    let part = UnsafeRawBufferPointer(rebasing: source[..<min(source.count, target.count)])
    let result = UTF8Check.check(part)
    if result.valid > 0 {
      target.copyMemory(from: UnsafeRawBufferPointer(rebasing: part[..<result.valid]))
    }
    return Transcoder.Step(
      consumed: result.valid,
      produced: result.valid,
      isBroken: result.isBroken
    )
  }

  /// A NUL that iconv let through ends the text there.
  private func holdsNUL(in produced: Int) -> Bool {
    guard transcoder != nil, let found = memchr(bytes + end - produced, 0, produced) else {
      return false
    }
    end = UnsafeRawPointer(found) - UnsafeRawPointer(bytes)
    return true
  }

  private func dropRaw(_ count: Int) {
    guard count > 0, let base = raw.baseAddress else { return }
    rawCount -= count
    if rawCount > 0 { base.copyMemory(from: base + count, byteCount: rawCount) }
  }
}
