internal import Foundation
internal import RPCCodeGen

do {
  let request = try FileHandle.standardInput.readToEnd() ?? Data()
  let response = try PlugIn.respond(to: [UInt8](request))
  try FileHandle.standardOutput.write(contentsOf: Data(response))
} catch {
  FileHandle.standardError.write(Data("protoc-gen-registry-swift: \(error)\n".utf8))
  exit(1)
}
