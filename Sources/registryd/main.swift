internal import RegistryDaemon

await DaemonProgram.main()
