package collect

// networkKinds are the kinds of facts about how the machine is connected and
// what the profile names; FactWords takes its words from them.
func networkKinds() []any {
	return []any{
		NetworkFacts{},
		RoutesFacts{},
		DNSFacts{},
		ProxyFacts{},
		DeskWayFacts{},
		EndpointsFacts{},
		PathMTUFacts{},
		EnvironmentFacts{},
		CommandFacts{},
		FilesFacts{},
		FoldersFacts{},
		RegistryFacts{},
	}
}

// The titles of the same collectors.
const (
	titleNetwork       = "Network"
	titleRoutes        = "Routes"
	titleDNS           = "Name resolution"
	titleProxy         = "Proxy"
	titleEndpoints     = "Services to reach"
	titlePathMTU       = "Largest packets"
	titleEnvironment   = "Environment"
	titleDeskWay       = "Way to the support desk"
	titleSystemLog     = "System log"
	titleLogFile       = "Log file"
	titleCommand       = "Command of the product"
	titleCommandErrors = "What a command complained of"
	titleExport        = "File of the product"
	titleAdded         = "Added file"
	titleFolders       = "Folders of the product"
	titleRegistry      = "Registry"
	titleScreens       = "Screens"
	titleScreenshot    = "Screenshot"
)

func networkTitles() []string {
	return []string{
		titleNetwork, titleRoutes, titleDNS, titleProxy, titleDeskWay, titleEndpoints, titlePathMTU, titleEnvironment,
		titleSystemLog, titleLogFile, titleCommand, titleCommandErrors, titleExport, titleAdded, titleFolders, titleRegistry,
		titleScreens, titleScreenshot,
	}
}
