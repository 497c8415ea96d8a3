internal import Exchange
internal import Journal
internal import RPCCore
internal import RegistryAPI

/// What comes from other nodes, from media and from people's files: one byte that chooses the parser,
/// and what it gets.
enum ManifestsBody {
  static func run(_ bytes: UnsafeRawBufferPointer) throws {
    var source = ByteSource(bytes)
    let kind = source.byte()
    switch kind % 16 {
    case 0: try BatchChecks.records(source.takeAll())
    case 1: try BatchChecks.header(source.takeAll())
    case 2: try BatchChecks.compressed(&source)
    case 3: try BatchChecks.compressing(source.takeAll())
    case 4: try BatchChecks.offer(source.takeAll())
    case 5: try JournalChecks.pages(&source)
    case 6: try JournalChecks.proof(source.takeAll())
    case 7: try JournalChecks.merkle(&source)
    case 8: try JournalChecks.list(&source)
    case 9: try SealChecks.envelope(source.takeAll())
    case 10: try SealChecks.changedEnvelope(&source)
    case 11: try SealChecks.sealed(source.takeAll())
    case 12: try SealChecks.changedBody(&source)
    case 13: try PaperChecks.certificates(source.takeAll())
    case 14: try PaperChecks.numbers(source.takeAll())
    default: try JournalChecks.credential(source.takeAll())
    }
  }
}
