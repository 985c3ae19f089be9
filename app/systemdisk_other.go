//go:build !headless && !windows

package app

// systemDisk is the disk that the system is on.
func systemDisk() string { return "/" }
