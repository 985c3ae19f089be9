package collect

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"sync"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

// icmpEchoer sends echo requests through IcmpSendEcho (icmpapi.h), which needs no rights.
type icmpEchoer struct {
	to     netip.Addr
	handle uintptr
	send   *windows.LazyProc
	close  *windows.LazyProc
}

// ipOptions is IP_OPTION_INFORMATION (ipexport.h).
type ipOptions struct {
	ttl, tos, flags, optionsSize byte
	options                      *byte
}

// echoReply is the beginning of ICMP_ECHO_REPLY (ipexport.h).
type echoReply struct {
	address  [4]byte
	status   uint32
	time     uint32 // milliseconds
	dataSize uint16
	reserved uint16
	data     *byte
	options  ipOptions
}

const dontSplit = 2 // IP_FLAG_DF

func newEchoer(to netip.Addr) (echoer, error) {
	if !to.Is4() {
		return nil, fmt.Errorf("echo requests over IPv6: %w", windows.ERROR_NOT_SUPPORTED)
	}
	dll := windows.NewLazySystemDLL("iphlpapi.dll")
	e := &icmpEchoer{to: to, send: dll.NewProc("IcmpSendEcho"), close: dll.NewProc("IcmpCloseHandle")}
	handle, _, err := dll.NewProc("IcmpCreateFile").Call()
	if windows.Handle(handle) == windows.InvalidHandle {
		return nil, fmt.Errorf("prepare echo requests: %w", err)
	}
	e.handle = handle
	return e, nil
}

func (e *icmpEchoer) Close() error {
	e.close.Call(e.handle)
	return nil
}

// echo asks one size a thread, since each call waits for its answer.
func (e *icmpEchoer) echo(ctx context.Context, sizes []int, wait time.Duration) (map[int]time.Duration, error) {
	var mu sync.Mutex // guards back
	back := map[int]time.Duration{}
	each(len(sizes), 32, func(i int) {
		if ctx.Err() != nil {
			return
		}
		start := time.Now()
		if e.one(sizes[i], wait) {
			mu.Lock()
			defer mu.Unlock()
			back[sizes[i]] = time.Since(start)
		}
	})
	return back, ctx.Err()
}

func (e *icmpEchoer) one(size int, wait time.Duration) bool {
	data := make([]byte, max(1, size-28))
	reply := make([]byte, int(unsafe.Sizeof(echoReply{}))+len(data)+8)
	options := ipOptions{ttl: 128, flags: dontSplit}
	four := e.to.As4()
	n, _, _ := e.send.Call(e.handle, uintptr(*(*uint32)(unsafe.Pointer(&four))), uintptr(unsafe.Pointer(&data[0])), uintptr(len(data)),
		uintptr(unsafe.Pointer(&options)), uintptr(unsafe.Pointer(&reply[0])), uintptr(len(reply)), uintptr(wait.Milliseconds()))
	return n > 0 && (*echoReply)(unsafe.Pointer(&reply[0])).status == 0
}

// told has nothing to say: Windows keeps the figure to itself.
func (*icmpEchoer) told() int { return 0 }

func connectionMTU(net.Conn) int { return 0 }
