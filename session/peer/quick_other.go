//go:build !linux

package peer

import "syscall"

const pollable = false

// writable would say whether a socket takes a packet without waiting.
func writable(syscall.RawConn) bool { return false }
