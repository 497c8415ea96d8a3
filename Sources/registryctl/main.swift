internal import Glibc
internal import RegistryCommands

// A reader that goes away (`registryctl … | head`) is an error of writing, not a signal.
signal(SIGPIPE, SIG_IGN)
exit(await Program.run(Array(CommandLine.arguments.dropFirst()), on: .ofProcess()))
