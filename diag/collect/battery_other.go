//go:build !windows

package collect

// system has nothing to ask here.
func (*BatteryFacts) system() {}
