package collect

// machineKinds are the kinds of facts about the machine, its programs and
// what became of them; FactWords takes its words from them.
func machineKinds() []any {
	return []any{
		HostFacts{},
		ProcessorFacts{},
		MemoryFacts{},
		PressureFacts{},
		LoadFacts{},
		ProcessesFacts{},
		UsersFacts{},
		FileSystemsFacts{},
		DisksFacts{},
		SmartFacts{},
		BoardFacts{},
		GPUFacts{},
		DisplaysFacts{},
		BatteryFacts{},
		SensorsFacts{},
		ClockFacts{},
		PackagesFacts{},
		ProductsFacts{},
		ServicesFacts{},
		AutostartFacts{},
		JobsFacts{},
		RuntimesFacts{},
		ModulesFacts{},
		UpdatesFacts{},
		ProtectionFacts{},
		SocketsFacts{},
		CrashesFacts{},
		OOMFacts{},
	}
}
