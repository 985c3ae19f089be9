package collect

// The titles: English, and the keys of their translations.
const (
	titleHost       = "Computer"
	titleProcessor  = "Processor"
	titleMemory     = "Memory"
	titleDisks      = "Disks"
	titleNetwork    = "Network"
	titleProcesses  = "Processes"
	titleLoad       = "Load"
	titleUsers      = "Logged-in users"
	titleSystemLog  = "System log"
	titleLogFile    = "Log file"
	titleScreens    = "Screens"
	titleScreenshot = "Screenshot"
)

// Titles lists every title of a collector or a file, each once.
func Titles() []string {
	return []string{
		titleHost, titleProcessor, titleMemory, titleDisks, titleNetwork, titleProcesses, titleLoad,
		titleUsers, titleSystemLog, titleLogFile, titleScreens, titleScreenshot,
	}
}
