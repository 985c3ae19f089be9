//go:build !linux

package peer

import "net"

// shallow would keep the system from queueing much of what is written to a
// stream; how much it queues is this system's own affair.
func shallow(net.Conn) {}
