internal import RegistryAPI

/// What the store, and no caller's mask, says of a version: why it is made, from which day it holds.
struct VersionMark: Sendable {
  /// Why it is made.
  var note: ChangeNote
  /// The day, YYYYMMDD; 0 for the one that the household names, or today.
  var effectiveOn: Int32 = 0
  /// The ids of members who come from another file and keep them.
  var joining: Set<[UInt8]> = []

  /// A registration, or a change by an import, without the procedure.
  static let entry = VersionMark(note: ChangeNote(kind: .entry))
  /// A change by a mask.
  static let correction = VersionMark(note: ChangeNote(kind: .correction))
}
