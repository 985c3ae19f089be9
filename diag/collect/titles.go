package collect

// The titles: English, and the keys of their translations.
const (
	titleHost        = "Computer"
	titleProcessor   = "Processor"
	titleMemory      = "Memory"
	titlePressure    = "Waiting for processor, memory and disk"
	titleLoad        = "Load"
	titleProcesses   = "Processes"
	titleUsers       = "Logged-in users"
	titleFileSystems = "File systems"
	titleDisks       = "Disks"
	titleSmart       = "Health of the disks"
	titleBoard       = "Board and firmware"
	titleGPU         = "Graphics"
	titleDisplays    = "Displays"
	titleBattery     = "Battery"
	titleSensors     = "Temperatures and fans"
	titleClock       = "Clock"
	titlePackages    = "Installed programs"
	titleProducts    = "Versions of the products"
	titleServices    = "Services"
	titleAutostart   = "Programs that start at login"
	titleJobs        = "Scheduled jobs"
	titleRuntimes    = "Runtimes"
	titleModules     = "Drivers and kernel modules"
	titleUpdates     = "Updates"
	titleProtection  = "Antivirus and firewall"
	titleSockets     = "Open ports"
	titleCrashes     = "Crashes"
	titleCrash       = "Crash report"
	titleOOM         = "Programs ended for want of memory"
)

// Titles lists every title of a collector or a file, each once.
func Titles() []string {
	return append(
		networkTitles(),
		titleHost, titleProcessor, titleMemory, titlePressure, titleLoad, titleProcesses, titleUsers,
		titleFileSystems, titleDisks, titleSmart, titleBoard, titleGPU, titleDisplays, titleBattery, titleSensors, titleClock,
		titlePackages, titleProducts, titleServices, titleAutostart, titleJobs, titleRuntimes, titleModules, titleUpdates, titleProtection,
		titleSockets, titleCrashes, titleCrash, titleOOM,
	)
}
