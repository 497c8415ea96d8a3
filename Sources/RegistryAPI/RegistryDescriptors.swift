internal import CRegistryAPI

/// The descriptors of the registry's own `.proto` files.
package enum RegistryDescriptors {
  /// A `google.protobuf.FileDescriptorSet` with all of them; it lives as long as the program.
  package static var fileSet: UnsafeRawBufferPointer {
    var count = 0
    let start = registry_api_descriptors(&count)
    return UnsafeRawBufferPointer(start: start, count: count)
  }
}
