package collect

import (
	"context"
	"encoding/hex"
	"fmt"
	"math/bits"
	"net/netip"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// maxRoutes is how many routes are told; routers of the Internet have a million.
const maxRoutes = 500

// Flags of routes, linux/route.h.
const (
	routeUp     = 0x1
	routeReject = 0x200
	routeLocal  = 0x80000000 // of IPv6: the machine's own addresses
)

// readRoutes reads /proc/net below root (proc(5)).
func readRoutes(_ context.Context, root string) (RoutesFacts, error) {
	dir := filepath.Join("/", root, "proc/net")
	f := RoutesFacts{Routes: []RouteFacts{}}
	four, err := os.ReadFile(filepath.Join(dir, "route"))
	if err != nil {
		return f, fmt.Errorf("read the routes: %w", err)
	}
	f.Routes = append(f.Routes, routes4(string(four))...)
	if six, err := os.ReadFile(filepath.Join(dir, "ipv6_route")); err == nil { // none without IPv6
		f.Routes = append(f.Routes, routes6(string(six))...)
	}
	arp, _ := os.ReadFile(filepath.Join(dir, "arp"))
	f.Gateways = gateways(f.Routes, string(arp))
	if n := len(f.Routes) - maxRoutes; n > 0 {
		f.Routes, f.Cut = f.Routes[:maxRoutes], fmt.Sprintf("%d more routes", n)
	}
	return f, nil
}

// routes4 reads /proc/net/route: numbers are hexadecimal in the machine's
// byte order, which is little-endian wherever this program is built for.
func routes4(table string) []RouteFacts {
	var all []RouteFacts
	for line := range strings.Lines(table) {
		v := strings.Fields(line)
		if len(v) < 8 {
			continue
		}
		to, ok1 := address4(v[1])
		via, ok2 := address4(v[2])
		mask, err := strconv.ParseUint(v[7], 16, 32)
		flags, err2 := strconv.ParseUint(v[3], 16, 32)
		if !ok1 || !ok2 || err != nil || err2 != nil || flags&routeUp == 0 {
			continue
		}
		metric, _ := strconv.Atoi(v[6])
		all = append(all, route(netip.PrefixFrom(to, bits.OnesCount64(mask)), via, v[0], metric, flags))
	}
	return all
}

func address4(text string) (netip.Addr, bool) {
	n, err := strconv.ParseUint(text, 16, 32)
	return netip.AddrFrom4([4]byte{byte(n), byte(n >> 8), byte(n >> 16), byte(n >> 24)}), err == nil
}

// routes6 reads /proc/net/ipv6_route: destination, length, source, length,
// gateway, metric, uses, uses, flags, interface.
func routes6(table string) []RouteFacts {
	var all []RouteFacts
	for line := range strings.Lines(table) {
		v := strings.Fields(line)
		if len(v) < 10 {
			continue
		}
		to, ok1 := address6(v[0])
		via, ok2 := address6(v[4])
		length, err := strconv.ParseUint(v[1], 16, 8)
		metric, err2 := strconv.ParseUint(v[5], 16, 32)
		flags, err3 := strconv.ParseUint(v[8], 16, 32)
		if !ok1 || !ok2 || err != nil || err2 != nil || err3 != nil || length > 128 {
			continue
		}
		if flags&routeUp == 0 || flags&routeLocal != 0 || to.IsMulticast() || flags&routeReject != 0 && v[9] == "lo" {
			continue // the kernel's own, which say nothing
		}
		all = append(all, route(netip.PrefixFrom(to, int(length)), via, v[9], int(metric), flags))
	}
	return all
}

func address6(text string) (netip.Addr, bool) {
	var a [16]byte
	n, err := hex.Decode(a[:], []byte(text[:min(len(text), 32)]))
	return netip.AddrFrom16(a), err == nil && n == 16
}

func route(to netip.Prefix, via netip.Addr, name string, metric int, flags uint64) RouteFacts {
	r := RouteFacts{Destination: to.String(), Interface: name, Metric: metric}
	if to.Bits() == 0 {
		r.Destination = "default"
	}
	if !via.IsUnspecified() {
		r.Gateway = via.String()
	}
	if flags&routeReject != 0 {
		r.Gateway = "refused"
	}
	return r
}

// gateways are those of default routes, with what /proc/net/arp has of them:
// address, type, flags (2: it answered), hardware address, mask, interface.
func gateways(all []RouteFacts, arp string) []GatewayFacts {
	var found []GatewayFacts
	seen := map[string]bool{}
	for _, r := range all {
		if r.Destination != "default" || r.Gateway == "" || r.Gateway == "refused" || seen[r.Gateway+r.Interface] {
			continue
		}
		seen[r.Gateway+r.Interface] = true
		g := GatewayFacts{Address: r.Gateway, Interface: r.Interface}
		for line := range strings.Lines(arp) {
			if v := strings.Fields(line); len(v) >= 6 && v[0] == g.Address && v[5] == g.Interface {
				flags, _ := strconv.ParseUint(strings.TrimPrefix(v[2], "0x"), 16, 32)
				answers := flags&2 != 0
				if g.Answers = &answers; answers {
					g.Hardware = v[3]
				}
			}
		}
		found = append(found, g)
	}
	return found
}
