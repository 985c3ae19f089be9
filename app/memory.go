package app

import "runtime/debug"

// frugal lets this process collect its garbage more often once it has this
// much memory, in bytes: a run must not be felt, and 64 MB is what it may take.
// What is needed at one time is at most some 35 MB: a dictionary of 16, and
// four files at once.
func frugal() {
	const enough = 48 << 20
	debug.SetMemoryLimit(enough)
}
