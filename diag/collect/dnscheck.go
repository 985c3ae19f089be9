package collect

import (
	"context"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
)

// dns is how names are resolved.
type dns struct {
	hosts     []string
	config    func(context.Context) DNSFacts // the system's configuration alone
	hostsFile string
	resolver  *net.Resolver
	port      string // of DNS servers
}

const (
	lookupTime   = 5 * time.Second // one name, with every server that the system asks for it
	questionTime = 2 * time.Second // one server, one datagram
	maxLookups   = 32
	maxServers   = 8
	askedAtOnce  = 8
)

func newDNS(opts Options) dns {
	hosts := slices.Clone(opts.Hosts)
	for _, e := range opts.Endpoints {
		if u, err := parseEndpoint(e); err == nil && !slices.Contains(hosts, u.Hostname()) {
			hosts = append(hosts, u.Hostname())
		}
	}
	hosts = slices.DeleteFunc(hosts, func(h string) bool {
		_, err := netip.ParseAddr(h)
		return err == nil // an address needs no resolver
	})
	return dns{hosts: hosts[:min(len(hosts), maxLookups)], config: dnsConfig, hostsFile: hostsFile(), resolver: net.DefaultResolver, port: "53"}
}

func (dns) Name() string  { return "dns" }
func (dns) Title() string { return titleDNS }
func (dns) Limit() Limit  { return Limit{25 * time.Second, 1 << 20} }

func (d dns) Collect(ctx context.Context, s Sink) error {
	f := d.config(ctx)
	f.Servers = f.Servers[:min(len(f.Servers), maxServers)]
	if f.Servers == nil {
		f.Servers = []ServerFacts{}
	}
	// Without a host of the profile's the root is asked for, which says nothing about anyone.
	question := "."
	if len(d.hosts) > 0 {
		question = strings.TrimSuffix(d.hosts[0], ".") + "."
	}
	f.Lookups = make([]LookupFacts, len(d.hosts))
	each(len(f.Servers)+len(d.hosts), askedAtOnce, func(i int) {
		if i < len(f.Servers) {
			f.Servers[i] = ask(ctx, f.Servers[i], d.port, question)
			return
		}
		i -= len(f.Servers)
		f.Lookups[i] = d.lookup(ctx, d.hosts[i])
	})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if text, err := os.ReadFile(d.hostsFile); err == nil && len(text) < 16<<20 {
		f.Hosts = hostsLines(string(text), d.hosts)
	}
	return writeFacts(s, "system/dns.json", titleDNS, f)
}

// each calls work for 0 to n-1, at most atOnce at a time, and waits for all.
func each(n, atOnce int, work func(i int)) {
	var all sync.WaitGroup
	room := make(chan struct{}, atOnce)
	for i := range n {
		room <- struct{}{}
		all.Go(func() {
			defer func() { <-room }()
			work(i)
		})
	}
	all.Wait()
}

// lookup asks the system's resolver as any program would.
func (d dns) lookup(ctx context.Context, name string) LookupFacts {
	timed, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	f := LookupFacts{Host: name}
	start := time.Now()
	found, err := d.resolver.LookupNetIP(timed, "ip", name)
	f.Milliseconds = milliseconds(time.Since(start))
	if err != nil {
		f.Kind, f.Error = problemOf(err), err.Error()
		return f
	}
	for _, a := range found[:min(len(found), 16)] {
		f.Addresses = append(f.Addresses, a.Unmap().String())
	}
	if cname, err := d.resolver.LookupCNAME(timed, name); err == nil {
		if cname = strings.TrimSuffix(cname, "."); !strings.EqualFold(cname, strings.TrimSuffix(name, ".")) {
			f.Canonical = cname
		}
	}
	return f
}

// hostsLines finds names in a hosts file (hosts(5)).
func hostsLines(text string, names []string) []HostsFacts {
	var found []HostsFacts
	number := 0
	for line := range strings.Lines(text) {
		number++
		line, _, _ = strings.Cut(line, "#")
		fields := strings.Fields(line)
		for _, name := range names {
			if len(fields) > 1 && slices.ContainsFunc(fields[1:], func(f string) bool { return strings.EqualFold(f, strings.TrimSuffix(name, ".")) }) {
				found = append(found, HostsFacts{Host: name, Address: fields[0], Line: number})
			}
		}
	}
	return found
}
