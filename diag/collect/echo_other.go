//go:build !linux && !darwin && !windows

package collect

import (
	"net"
	"net/netip"
)

func newEchoer(netip.Addr) (echoer, error) { return nil, errNoEcho }

func connectionMTU(net.Conn) int { return 0 }
