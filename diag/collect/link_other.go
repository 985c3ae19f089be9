//go:build !linux

package collect

// linkOf has nothing to read where the kernel keeps no files about links.
func linkOf(string, string) *LinkFacts { return nil }
