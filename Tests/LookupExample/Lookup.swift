import RegistryClient

/// Looks a person up by ID number: lookup PROFILES.json PROFILE ID-NUMBER
@main
struct Lookup {
  static func main() async throws {
    let words = CommandLine.arguments
    try await withRegistryClient(try Profile.load(words[2], from: words[1])) { client in
      let household = try await client.households.getHousehold(.init(by: .citizenId(words[3])))
      print("household \(household.number), \(household.members.count) members")
    }
  }
}
