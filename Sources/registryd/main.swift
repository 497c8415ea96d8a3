import RegistryDaemon

await DaemonCommand.main()
