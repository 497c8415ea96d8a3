internal import Synchronization

/// Something that is replaced while a node runs, such as a certificate that is renewed.
package final class Renewable<Value: Sendable>: Sendable {
  private let value: Mutex<Value>

  /// Starts with a value.
  package init(_ value: Value) { self.value = Mutex(value) }

  /// What it is now; who needs it for more than one step keeps it.
  package var current: Value { value.withLock { $0 } }

  /// From now on it is another.
  package func renew(_ value: Value) { self.value.withLock { $0 = value } }
}
