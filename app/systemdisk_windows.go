//go:build !headless

package app

import "os"

// systemDisk is the disk that the system is on.
func systemDisk() string { return envOr("SystemDrive", "C:") + string(os.PathSeparator) }
