package collect

import (
	"cmp"
	"context"
	"fmt"
	gonet "net"
	"slices"
	"strconv"
	"strings"

	"github.com/shirou/gopsutil/v3/net"
)

// SocketsFacts is who listens on the network and how many connections there are.
type SocketsFacts struct {
	Listening  []Listener    `json:"listening"`
	States     []SocketState `json:"connections"`                   // by protocol and state
	Tracked    *uint64       `json:"tracked_connections,omitempty"` // by the firewall; nil: it tracks none
	MaxTrack   *uint64       `json:"tracked_connections_limit,omitempty"`
	Overflows  *uint64       `json:"listen_overflows,omitempty"` // connections lost because a program did not accept them in time, since the start
	LocalPorts string        `json:"local_ports,omitempty"`      // "32768 to 60999"
	Notes      []string      `json:"notes,omitempty"`
}

// Listener is an open port.
type Listener struct {
	Address  string `json:"address"`           // "0.0.0.0:22", "[::1]:631"
	Protocol string `json:"protocol"`          // "tcp", "udp"
	Process  string `json:"process,omitempty"` // "" it may not be known to this person
	PID      int    `json:"pid,omitempty"`
	User     string `json:"user,omitempty"`
	Waiting  uint64 `json:"waiting"` // connections not yet accepted, or bytes not yet read
}

// SocketState counts sockets of one kind.
type SocketState struct {
	State string `json:"state"` // "tcp established", "tcp close wait", "udp"
	Count int    `json:"count"`
}

// sockets is read of /proc/net on Linux, else in the way that the system has.
type sockets struct{ machine }

// maxListeners is how many open ports are listed.
const maxListeners = 2000

func (sockets) Name() string  { return "sockets" }
func (sockets) Title() string { return titleSockets }

func (c sockets) Collect(ctx context.Context, s Sink) error {
	f := SocketsFacts{Listening: []Listener{}, States: []SocketState{}}
	var err error
	if c.system == "linux" {
		err = f.linux(ctx, c.machine)
	} else {
		err = f.everywhere(ctx)
	}
	if err != nil {
		return fmt.Errorf("list the open ports: %w", err)
	}
	slices.SortStableFunc(f.Listening, func(a, b Listener) int {
		return cmp.Or(cmp.Compare(a.Protocol, b.Protocol), cmp.Compare(port(a.Address), port(b.Address)), cmp.Compare(a.Address, b.Address))
	})
	f.Listening = slices.Compact(f.Listening)
	if n := len(f.Listening) - maxListeners; n > 0 {
		f.Listening = f.Listening[:maxListeners]
		f.Notes = append(f.Notes, fmt.Sprintf("%d more are left out", n))
	}
	return writeFacts(s, "system/sockets.json", titleSockets, f)
}

func port(address string) int {
	n, _ := strconv.Atoi(address[strings.LastIndexByte(address, ':')+1:]) // we wrote it
	return n
}

// count adds to a state's number.
func (f *SocketsFacts) count(state string) {
	for i := range f.States {
		if f.States[i].State == state {
			f.States[i].Count++
			return
		}
	}
	f.States = append(f.States, SocketState{state, 1})
}

// everywhere asks as gopsutil does.
func (f *SocketsFacts) everywhere(ctx context.Context) error {
	all, err := net.ConnectionsWithContext(ctx, "inet")
	if err != nil {
		return err
	}
	names := map[int32]Process{}
	for _, c := range all {
		protocol := "tcp"
		if c.Type == 2 { // SOCK_DGRAM
			protocol = "udp"
		}
		state := strings.ToLower(strings.ReplaceAll(c.Status, "_", " "))
		f.count(strings.TrimSpace(protocol + " " + strings.TrimSuffix(state, "none")))
		if c.Status != "LISTEN" && (protocol != "udp" || c.Raddr.Port != 0) {
			continue
		}
		p, ok := names[c.Pid]
		if !ok {
			p.PID = c.Pid
			everySystem{}.describe(ctx, &p)
			names[c.Pid] = p
		}
		host := c.Laddr.IP
		if host == "*" || host == "" {
			host = "0.0.0.0"
		}
		f.Listening = append(f.Listening, Listener{
			Address: gonet.JoinHostPort(host, strconv.Itoa(int(c.Laddr.Port))), Protocol: protocol, Process: p.Name, PID: int(c.Pid), User: p.User,
		})
	}
	return ctx.Err()
}
