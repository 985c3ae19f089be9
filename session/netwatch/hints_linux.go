package netwatch

import (
	"context"
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// groups of rtnetlink(7) that tell of links, addresses and routes.
const groups = unix.RTMGRP_LINK | unix.RTMGRP_IPV4_IFADDR | unix.RTMGRP_IPV6_IFADDR |
	unix.RTMGRP_IPV4_ROUTE | unix.RTMGRP_IPV6_ROUTE

// hints tells that something about the network has changed; what, is looked at
// afterwards, so that a message that was lost to a full buffer does no harm. The
// channel is closed when ctx ends, or when the system does not tell.
func hints(ctx context.Context) <-chan struct{} {
	out := make(chan struct{}, 1)
	fd, err := unix.Socket(unix.AF_NETLINK, unix.SOCK_RAW|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, unix.NETLINK_ROUTE)
	if err != nil {
		close(out)
		return out
	}
	if err := unix.Bind(fd, &unix.SockaddrNetlink{Family: unix.AF_NETLINK, Groups: groups}); err != nil {
		_ = unix.Close(fd)
		close(out)
		return out
	}
	socket := os.NewFile(uintptr(fd), "netlink") // in the runtime's poller, so that Close ends a read
	stop := context.AfterFunc(ctx, func() { _ = socket.Close() })
	go func() {
		defer close(out)
		defer socket.Close()
		defer stop()
		buffer := make([]byte, 64<<10)
		for {
			_, err := socket.Read(buffer) // ENOBUFS: some were lost, which is a hint as well
			if err != nil && (ctx.Err() != nil || !errors.Is(err, unix.ENOBUFS)) {
				return
			}
			select {
			case out <- struct{}{}:
			default:
			}
		}
	}()
	return out
}
