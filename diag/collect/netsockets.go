package collect

import (
	"bufio"
	"context"
	"encoding/hex"
	"io"
	"net/netip"
	"os"
	"strconv"
	"strings"
)

// tcpStates are the numbers of /proc/net/tcp (include/net/tcp_states.h).
var tcpStates = map[string]string{
	"01": "established", "02": "syn sent", "03": "syn received", "04": "fin wait 1", "05": "fin wait 2", "06": "time wait",
	"07": "closed", "08": "close wait", "09": "last ack", "0A": "listen", "0B": "closing", "0C": "new syn received",
}

// maxSockets is how many lines of one table are read; a busy proxy has some
// hundred thousand.
const maxSockets = 500_000

// linux reads the tables of sockets and finds who holds those that listen.
func (f *SocketsFacts) linux(ctx context.Context, m machine) error {
	listening := map[string][]int{} // places in f.Listening by inode
	tables := 0
	for _, protocol := range []string{"tcp", "tcp6", "udp", "udp6"} {
		file, err := os.Open(m.path("/proc/net/" + protocol))
		if err != nil {
			continue
		}
		tables++
		f.table(ctx, m, io.LimitReader(file, maxSockets*200), protocol[:3], listening)
		file.Close()
	}
	if tables == 0 {
		return absent("this system has no table of its connections")
	}
	f.owners(ctx, m, listening)
	f.limits(m)
	return ctx.Err()
}

// table reads one: number, local and remote address, state, queues, ..., user, ..., inode.
func (f *SocketsFacts) table(ctx context.Context, m machine, r io.Reader, protocol string, listening map[string][]int) {
	lines := bufio.NewScanner(r)
	lines.Scan() // the heading
	for lines.Scan() && ctx.Err() == nil {
		v := strings.Fields(lines.Text())
		if len(v) < 10 {
			continue
		}
		state := tcpStates[v[3]]
		if protocol == "udp" {
			state = ""
		}
		f.count(strings.TrimSpace(protocol + " " + state))
		// A udp socket without a remote end waits for whoever comes.
		if v[3] != "0A" && (protocol != "udp" || v[3] != "07") {
			continue
		}
		address, ok := tableAddress(v[1])
		if !ok || len(f.Listening) > 2*maxListeners {
			continue
		}
		_, queue, _ := strings.Cut(v[4], ":")
		waiting, _ := strconv.ParseUint(queue, 16, 64) // the kernel writes only numbers
		listening[v[9]] = append(listening[v[9]], len(f.Listening))
		f.Listening = append(f.Listening, Listener{Address: address.String(), Protocol: protocol, User: m.userName(v[7]), Waiting: waiting})
	}
}

// tableAddress reads "0100007F:1F90": each 32 bits in the machine's byte
// order, which is little-endian wherever this program is built for.
func tableAddress(s string) (netip.AddrPort, bool) {
	host, port, ok := strings.Cut(s, ":")
	b, err := hex.DecodeString(host)
	n, perr := strconv.ParseUint(port, 16, 16)
	if !ok || err != nil || perr != nil {
		return netip.AddrPort{}, false
	}
	for i := 0; i+4 <= len(b); i += 4 {
		b[i], b[i+1], b[i+2], b[i+3] = b[i+3], b[i+2], b[i+1], b[i]
	}
	address, ok := netip.AddrFromSlice(b)
	return netip.AddrPortFrom(address, uint16(n)), ok
}

// owners looks into the processes' open files for the sockets that listen.
func (f *SocketsFacts) owners(ctx context.Context, m machine, listening map[string][]int) {
	hidden := 0
	for _, pid := range m.names("/proc") {
		n, err := strconv.Atoi(pid)
		if err != nil || len(listening) == 0 || ctx.Err() != nil {
			continue
		}
		dir := "/proc/" + pid + "/fd"
		if m.denied(dir) {
			hidden++
			continue
		}
		for _, fd := range m.names(dir) {
			target, err := os.Readlink(m.path(dir + "/" + fd))
			inode, ok := strings.CutPrefix(target, "socket:[")
			if err != nil || !ok {
				continue
			}
			for _, i := range listening[strings.TrimSuffix(inode, "]")] {
				if f.Listening[i].PID == 0 {
					f.Listening[i].PID, f.Listening[i].Process = n, m.text("/proc/"+pid+"/comm")
				}
			}
		}
	}
	if hidden > 0 {
		f.Notes = append(f.Notes, "who holds a port is not told of other people's programs")
	}
}

// limits reads how much of the kernel's own room is taken.
func (f *SocketsFacts) limits(m machine) {
	f.Tracked = m.number("/proc/sys/net/netfilter/nf_conntrack_count")
	f.MaxTrack = m.number("/proc/sys/net/netfilter/nf_conntrack_max")
	if v := strings.Fields(m.text("/proc/sys/net/ipv4/ip_local_port_range")); len(v) == 2 {
		f.LocalPorts = v[0] + " to " + v[1]
	}
	// Pairs of lines: names and, below each, its number.
	var names []string
	for line := range strings.Lines(m.text("/proc/net/netstat")) {
		v := strings.Fields(line)
		if len(v) > 0 && v[0] == "TcpExt:" && names == nil {
			names = v
			continue
		}
		for i, name := range names {
			if name == "ListenOverflows" && i < len(v) {
				f.Overflows = parseNumber(v[i])
			}
		}
		if names != nil {
			break
		}
	}
}
