package import RPCCore
package import RegistryAPI
package import RegistryStore
package struct StatisticsServer: Sendable { package init(store: RegistryStore) {}
 package func register(in router: inout Router) {} }
