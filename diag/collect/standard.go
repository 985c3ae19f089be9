package collect

// Standard returns the collectors of every case: host, processor, memory,
// disks, network, processes, load, users, the system's log, each named log
// and the screens, in the order in which a person reads them.
func Standard(opts Options) []Collector {
	return nil
}

// Titles lists every title of a collector or a file, each once.
func Titles() []string {
	return nil
}
