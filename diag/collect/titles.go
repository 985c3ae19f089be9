package collect

// The titles: English, and the keys of their translations.
const (
	titleHost      = "Computer"
	titleProcessor = "Processor"
	titleMemory    = "Memory"
	titleDisks     = "Disks"
	titleProcesses = "Processes"
	titleLoad      = "Load"
	titleUsers     = "Logged-in users"
)

// Titles lists every title of a collector or a file, each once.
func Titles() []string {
	return append(networkTitles(),
		titleHost, titleProcessor, titleMemory, titleDisks, titleProcesses, titleLoad, titleUsers,
	)
}
