// swift-tools-version:6.1
import PackageDescription

// One block of shared settings for every Swift target.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  // Async functions stay on their caller's executor: a call's path changes it only where it says so.
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  // Views of messages say whose memory they look at.
  .enableExperimentalFeature("Lifetimes"),
]

let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let metrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let http = Target.Dependency.product(name: "FlyingFox", package: "FlyingFox")
let sockets = Target.Dependency.product(name: "FlyingSocks", package: "FlyingFox")
let collections = Target.Dependency.product(name: "DequeModule", package: "swift-collections")

func library(
  _ name: String,
  _ dependencies: [Target.Dependency] = [],
  resources: [Resource]? = nil
) -> Target {
  .target(
    name: name,
    dependencies: dependencies,
    resources: resources,
    swiftSettings: settings
  )
}

func tests(
  _ name: String,
  _ dependencies: [Target.Dependency] = [],
  resources: [Resource]? = nil
) -> Target {
  .testTarget(
    name: name,
    dependencies: dependencies,
    resources: resources,
    swiftSettings: settings
  )
}

func program(_ name: String, _ dependencies: [Target.Dependency], path: String? = nil) -> Target {
  .executableTarget(
    name: name,
    dependencies: dependencies,
    path: path,
    swiftSettings: settings
  )
}

// C: module maps of system libraries, and generated protobuf-c code.
let cTargets: [Target] = [
  .systemLibrary(
    name: "CProtobufC",
    pkgConfig: "libprotobuf-c",
    providers: [.apt(["libprotobuf-c-dev"])]
  ),
  .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
  .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
  .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
  .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
  .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
  .systemLibrary(name: "CNGHTTP2", pkgConfig: "libnghttp2", providers: [.apt(["libnghttp2-dev"])]),
  .systemLibrary(name: "CLinux"),
  .target(name: "CRegistryAPI", dependencies: ["CProtobufC"]),
  .target(name: "CRPCServices", dependencies: ["CProtobufC"]),
  .target(name: "CPluginAPI", dependencies: ["CProtobufC"]),
  // The frames' payloads by protobuf-c: the tests compare the engine's own reader with it.
  .target(name: "CRPCMessages", dependencies: ["CProtobufC"], path: "Tests/CRPCMessages"),
  .target(name: "CTestSchema", dependencies: ["CProtobufC"], path: "Tests/CTestSchema"),
]

// The RPC: a gRPC-style service over TLS sockets.
let rpcTargets: [Target] = [
  library("RPCCore", [collections]),
  library("RPCProtobuf", ["RPCCore", "CProtobufC"]),
  library("RPCWire", ["RPCCore", "CNGHTTP2", collections]),
  library("RPCSockets", ["CLinux", collections]),
  library("RPCTLS", ["COpenSSL"]),
  library(
    "RPCTransport",
    ["RPCCore", "RPCWire", "RPCSockets", "RPCTLS", "Compression", log, collections]
  ),
  // Messages by descriptors that are known only when the program runs.
  library("RPCReflection", ["RPCProtobuf", "RPCCore", "CPluginAPI", "CProtobufC"]),
  library(
    "RPCServices",
    ["RPCReflection", "RPCProtobuf", "RPCCore", "CRPCServices", "CProtobufC", metrics]
  ),
  library("RPCCodeGen", ["RPCProtobuf", "RPCCore", "CPluginAPI", "CProtobufC"]),
  program(
    "protoc-gen-registry-swift",
    ["RPCCodeGen"],
    path: "tools/protoc-gen-registry-swift"
  ),
]

// The registry: messages, rules, journal, store, services.
let registryTargets: [Target] = [
  library("RegistryAPI", ["RPCCore", "RPCProtobuf", "CRegistryAPI", "CProtobufC"]),
  library("RegistryModel", ["RegistryAPI"], resources: [.copy("Data")]),
  library("Journal", ["COpenSSL"]),
  library("Certificates", ["COpenSSL"]),
  library("CSV"),
  library("Compression", ["CZstd", "CZlib"]),
  library("Exchange", ["Journal", "RegistryAPI", "RPCProtobuf", "RPCCore"]),
  library("SQL"),
  library("SQLite", ["SQL", "CSQLite"]),
  library("PostgreSQL", ["SQL", "CPostgreSQL", collections]),
  library(
    "RegistryStore",
    [
      "SQL", "SQLite", "PostgreSQL", "Journal", "Exchange", "Compression", "RegistryModel",
      "RegistryAPI", "RPCProtobuf", "RPCCore", collections, metrics,
    ]
  ),
  library(
    "RegistryServer",
    [
      "RegistryStore", "SQLite", "Journal", "Exchange", "RegistryModel", "RegistryAPI",
      "RPCServices", "RPCReflection", "RPCProtobuf", "RPCCore",
    ]
  ),
  library(
    "RegistryLink",
    ["RegistryStore", "RegistryAPI", "Exchange", "Journal", "RPCProtobuf", "RPCCore", log, metrics]
  ),
  library("Bilingual", [arguments]),
  library("RegistryClient", ["RegistryAPI", "RPCCore", "RPCTransport", "Journal"]),
  library(
    "RegistryDaemon",
    [
      "Bilingual", "RegistryServer", "RegistryLink", "RegistryStore", "Exchange", "SQL", "Journal",
      "RegistryModel", "RegistryAPI", "RPCServices", "RPCTransport", "RPCWire", "RPCTLS", "RPCCore",
      log, arguments, http, sockets,
    ]
  ),
  library(
    "RegistryCommands",
    [
      "Bilingual", "RegistryClient", "RegistryServer", "RegistryStore", "RegistryModel",
      "RegistryAPI", "Exchange", "Journal", "Certificates", "CSV", "RPCServices", "RPCReflection",
      "RPCProtobuf", "RPCCore", arguments,
    ]
  ),
  program("registryd", ["RegistryDaemon"]),
  program("registryctl", ["RegistryCommands"]),
  library("SyntheticPopulation", ["RegistryModel", "CSV"], resources: [.copy("Data")]),
  program(
    "synthetic-population",
    ["SyntheticPopulation", "RegistryModel", "CSV", arguments],
    path: "tools/synthetic-population"
  ),
]

let benchmarkTargets: [Target] = [
  program(
    "registry-bench",
    [
      "RPCCore", "RPCProtobuf", "RPCTransport", "RegistryAPI", "RegistryModel", "RegistryServer",
      "Journal", arguments,
    ],
    path: "tools/registry-bench"
  )
]

// What the kernel here cannot do to a link.
let faultTargets: [Target] = [
  .target(name: "FaultProxy", path: "tools/fault-proxy/FaultProxy", swiftSettings: settings),
  program("fault-proxy", ["FaultProxy", arguments], path: "tools/fault-proxy/program"),
]

// What the fuzzer and a test feed with bytes; the fuzzer's own program only where tools/fuzz asks
// for it, since it links against libFuzzer.
let fuzzTargets: [Target] =
  [
    .target(
      name: "FuzzBodies",
      dependencies: [
        "RPCWire", "RPCProtobuf", "RPCCore", "RegistryAPI", "RegistryModel", "CSV", "Compression",
        "Exchange", "Journal", "Certificates", "TestSchema", "TestCertificates",
      ],
      path: "tools/fuzz-targets/FuzzBodies",
      swiftSettings: settings
    )
  ]
  + (Context.environment["REGISTRY_FUZZ"] == nil
    ? []
    : [
      .executableTarget(
        name: "registry-fuzz",
        dependencies: ["FuzzBodies"],
        path: "tools/fuzz-targets/program"
      )
    ])

let testTargets: [Target] = [
  library("TestSchema", ["RPCCore", "RPCProtobuf", "CTestSchema", "CProtobufC"]),
  library("TestCertificates", ["COpenSSL"]),
  library("TestRegistry", ["RegistryAPI"]),
  library("TestDatabases", ["CPostgreSQL"]),
  // The README's example, as another package would write it.
  program("lookup-example", ["RegistryClient"], path: "Tests/LookupExample"),
  tests("RPCCoreTests", ["RPCCore"]),
  tests(
    "RPCProtobufTests",
    ["RPCProtobuf", "RPCReflection", "RPCCore", "TestSchema"],
    resources: [.copy("crosscheck")]
  ),
  tests("RPCCodeGenTests", ["RPCCodeGen"]),
  tests("RPCWireTests", ["RPCWire", "RPCCore", "CRPCMessages"]),
  tests("RPCSocketsTests", ["RPCSockets"]),
  tests("RPCTLSTests", ["RPCTLS", "RPCSockets", "TestCertificates", "COpenSSL"]),
  tests(
    "RPCTransportTests",
    [
      "RPCTransport", "RPCWire", "RPCSockets", "RPCTLS", "RPCProtobuf", "RPCCore", "Certificates",
      "Compression", "TestSchema", "TestCertificates", log,
    ]
  ),
  tests(
    "RegistryClientTests",
    ["RegistryClient", "RPCTransport", "Journal", "TestCertificates"]
  ),
  tests("CSVTests", ["CSV"]),
  tests("JournalTests", ["Journal", "TestCertificates"]),
  tests("SQLTests", ["SQL", "SQLite", "PostgreSQL", "TestDatabases"]),
  tests("CertificatesTests", ["Certificates"]),
  tests("SQLiteTests", ["SQL", "SQLite"]),
  tests("PostgreSQLTests", ["SQL", "PostgreSQL", "TestDatabases"]),
  tests("RegistryModelTests", ["RegistryModel", "RegistryAPI"]),
  tests(
    "SyntheticPopulationTests",
    ["SyntheticPopulation", "RegistryModel", "RegistryAPI", "CSV"]
  ),
  tests(
    "RegistryStoreTests",
    [
      "RegistryStore", "RegistryModel", "RegistryAPI", "Journal", "SQL", "SQLite", "PostgreSQL",
      "TestDatabases", "RPCCore", "RPCProtobuf", "TestCertificates",
    ]
  ),
  tests(
    "RegistryServerTests",
    [
      "RegistryServer", "RegistryStore", "RegistryModel", "RegistryAPI", "RPCServices",
      "RPCProtobuf", "RPCCore", "RPCTransport", "TestCertificates", "TestRegistry",
    ]
  ),
  tests(
    "RegistryLinkTests",
    [
      "RegistryLink", "RegistryServer", "RegistryStore", "Exchange", "Journal", "RegistryModel",
      "RegistryAPI", "RPCServices", "RPCTransport", "RPCProtobuf", "RPCCore", "SQL", "FaultProxy",
      "TestCertificates", "TestDatabases", "TestRegistry", log,
    ]
  ),
  tests("FaultProxyTests", ["FaultProxy"]),
  tests("FuzzCorpusTests", ["FuzzBodies"]),
  tests("CompressionTests", ["Compression"]),
  tests("ExchangeTests", ["Exchange", "Journal"]),
  tests("BilingualTests", ["Bilingual", arguments]),
  tests(
    "RegistryDaemonTests",
    [
      "RegistryDaemon", "RegistryCommands", "RegistryClient", "RegistryLink", "RegistryServer",
      "RegistryStore", "RegistryModel", "RegistryAPI", "Exchange", "FaultProxy", "Journal",
      "RPCServices", "RPCProtobuf", "RPCCore", "TestCertificates", "TestRegistry", "TestDatabases",
      log, metrics,
    ]
  ),
  tests(
    "RegistryCommandsTests",
    [
      "RegistryCommands", "RegistryClient", "RegistryModel", "RegistryAPI", "RPCTransport",
      "RPCCore",
      "Journal", "TestCertificates",
    ]
  ),
]

for target in testTargets where target.path == nil { target.path = "Tests/\(target.name)" }

let package = Package(
  name: "household-registry",
  products: [
    .library(name: "RegistryClient", targets: ["RegistryClient", "RegistryAPI", "RPCCore"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.7.0"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
  ],
  targets: cTargets + rpcTargets + registryTargets + benchmarkTargets + faultTargets + fuzzTargets
    + testTargets
)
