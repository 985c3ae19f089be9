package collect

import (
	"context"
	"net"
	"net/netip"
	"slices"
	"time"
)

// pathMTU is how large a packet gets through.
type pathMTU struct {
	targets  []pathTarget
	resolver *net.Resolver
	echoes   func(netip.Addr) (echoer, error)
}

type pathTarget struct {
	host string
	port string // of a service there, for the way without echoes; "" if there is none
}

// echoer sends packets that must not be split and come back.
type echoer interface {
	// echo sends one packet of each size (bytes, with IP header) and gives
	// how long each took that came back within wait. A size that this
	// machine refuses to send is one that did not come back.
	echo(ctx context.Context, sizes []int, wait time.Duration) (map[int]time.Duration, error)
	// told is the MTU of the way as routers have told it to this system;
	// 0 is not known.
	told() int
	Close() error
}

const (
	maxPaths = 8
	pathTime = 8 * time.Second // one host
	echoWait = 700 * time.Millisecond
)

func newPathMTU(opts Options) pathMTU {
	p := pathMTU{resolver: net.DefaultResolver, echoes: newEchoer}
	seen := map[string]bool{}
	for _, e := range opts.Endpoints {
		u, err := parseEndpoint(e)
		if err != nil || seen[u.Hostname()] || len(p.targets) == maxPaths {
			continue
		}
		seen[u.Hostname()] = true
		_, port, _ := net.SplitHostPort(addressOf(u))
		p.targets = append(p.targets, pathTarget{u.Hostname(), port})
	}
	return p
}

func (pathMTU) Name() string  { return "path-mtu" }
func (pathMTU) Title() string { return titlePathMTU }
func (pathMTU) Limit() Limit  { return Limit{pathTime + 4*time.Second, 1 << 20} }

func (p pathMTU) Collect(ctx context.Context, s Sink) error {
	f := PathMTUFacts{Paths: make([]PathFacts, len(p.targets))}
	each(len(p.targets), maxPaths, func(i int) {
		timed, cancel := context.WithTimeout(ctx, pathTime)
		defer cancel()
		f.Paths[i] = p.measure(timed, p.targets[i])
	})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return writeFacts(s, "system/path-mtu.json", titlePathMTU, f)
}

func (p pathMTU) measure(ctx context.Context, t pathTarget) PathFacts {
	f := PathFacts{Host: t.host}
	ips, err := p.resolver.LookupNetIP(ctx, "ip", t.host)
	if err != nil {
		f.Kind, f.Error = problemOf(err), err.Error()
		return f
	}
	to := ips[0].Unmap()
	f.Address, f.Interface = to.String(), interfaceMTU(to)
	e, err := p.echoes(to)
	if err == nil {
		defer e.Close()
		err = f.search(ctx, e)
	}
	if err == nil && f.MTU > 0 {
		return f
	}
	if t.port != "" {
		d := net.Dialer{Timeout: connectTime}
		start := time.Now()
		c, cerr := d.DialContext(ctx, "tcp", net.JoinHostPort(f.Address, t.port))
		if cerr == nil {
			defer c.Close()
			f.Milliseconds = milliseconds(time.Since(start))
			if f.MTU = connectionMTU(c); f.MTU > 0 {
				f.How = "connection"
				return f
			}
		}
	}
	f.Kind, f.Error = ProblemTimeout, "no echo came back"
	if err != nil {
		f.Kind, f.Error = problemOf(err), err.Error()
	}
	return f
}

// usual are the sizes that ways have (Ethernet, PPPoE, tunnels, the least of
// IPv6 and of IPv4); the search begins with them.
var usual = []int{9000, 1500, 1492, 1480, 1472, 1460, 1454, 1440, 1420, 1400, 1380, 1360, 1340, 1320, 1300, 1280, 1200, 1000, 576}

// search finds the largest size that comes back: first among the usual ones,
// then between the last that did and the first that did not.
func (f *PathFacts) search(ctx context.Context, e echoer) error {
	const small = 84 // what ping sends
	back, err := e.echo(ctx, []int{small}, 2*echoWait)
	if err != nil || len(back) == 0 {
		return err
	}
	f.Milliseconds = milliseconds(back[small])
	good, bad := small, 65536 // the first is known to come back, the second not to
	if f.Interface > 0 {
		bad = min(bad, f.Interface+1)
	}
	sizes := append([]int{bad - 1}, usual...)
	for bad-good > 1 && ctx.Err() == nil {
		sizes = slices.DeleteFunc(sizes, func(n int) bool { return n <= good || n >= bad })
		if len(sizes) == 0 {
			for i := 1; i <= 16; i++ {
				sizes = append(sizes, good+max(1, (bad-good)*i/17))
			}
		}
		slices.Sort(sizes)
		sizes = slices.Compact(sizes)
		for range 2 { // one packet can be lost for other reasons
			back, err := e.echo(ctx, sizes, echoWait)
			if err != nil {
				return err
			}
			for n := range back {
				good = max(good, n)
			}
			if sizes = slices.DeleteFunc(sizes, func(n int) bool { return n <= good }); len(sizes) == 0 {
				break
			}
		}
		if len(sizes) > 0 {
			bad = min(bad, sizes[0])
			sizes = sizes[:0]
		}
	}
	f.MTU, f.How = good, "echo"
	if told := e.told(); told > good && (f.Interface == 0 || good < f.Interface) {
		f.Silent = good + 1
	}
	return ctx.Err()
}

// interfaceMTU is that of the interface through which an address is reached.
func interfaceMTU(to netip.Addr) int {
	c, err := net.DialUDP("udp", nil, net.UDPAddrFromAddrPort(netip.AddrPortFrom(to, 9)))
	if err != nil {
		return 0
	}
	defer c.Close()
	from := c.LocalAddr().(*net.UDPAddr).IP
	all, err := net.Interfaces()
	if err != nil {
		return 0
	}
	for _, i := range all {
		addrs, _ := i.Addrs()
		for _, a := range addrs {
			if n, ok := a.(*net.IPNet); ok && n.IP.Equal(from) {
				return i.MTU
			}
		}
	}
	return 0
}
