//go:build !windows

package collect

// serviceStates is nil: only Windows has such a manager.
func serviceStates(bool) map[string]serviceState { return nil }
