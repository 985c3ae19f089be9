package app

import (
	"os"
	"runtime/debug"
)

// frugal lets this process collect its garbage more often once it has this
// much memory, in bytes: a run must not be felt, and 64 MB is what it may take,
// with what it uses of the program's file, some 16. What is needed at one time is
// at most some 35 MB: a dictionary of 16, and four files at once.
func frugal() {
	const enough = 44 << 20
	debug.SetMemoryLimit(enough)
}

// waiting lets a desk collect its garbage at half of what is the usual: most
// of its memory are people who wait, who make no garbage that would call for
// collecting what their coming left. GOGC says otherwise where it is set.
func waiting() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
}
