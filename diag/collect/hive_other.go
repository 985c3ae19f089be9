//go:build !windows

package collect

// thisHive is nil: only Windows has one.
func thisHive() hive { return nil }
