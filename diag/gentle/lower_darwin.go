package gentle

import "golang.org/x/sys/unix"

// From sys/resource.h: a thread in the background, for processor and disk.
const (
	prioDarwinThread = 3
	prioDarwinBG     = 0x1000
)

func lower() { _ = unix.Setpriority(prioDarwinThread, 0, prioDarwinBG) }
