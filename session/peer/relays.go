package peer

import (
	"net/netip"
	"sync"
	"time"
)

const (
	maxRelays = 64          // servers, and addresses, that are remembered
	announced = time.Second // within which the other side has said what it borrowed
)

// relays are the machines that lend addresses, and the addresses that the
// other side has said to have. A check that comes from a relay's machine and
// an address that was not announced is not taken at once: pion would think it
// a better, direct way, choose it too early, and say so. It comes again soon,
// and after a while counts all the same: a relay can stand behind the same
// router as the other side.
type relays struct {
	mu       sync.Mutex // guards all
	machines map[netip.Addr]bool
	known    map[netip.AddrPort]bool
	first    map[netip.AddrPort]time.Time // when an address that is not known was first seen
}

// know notes that a machine is a relay.
func (r *relays) know(machine netip.Addr) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.machines == nil {
		r.machines = map[netip.Addr]bool{}
	}
	if len(r.machines) < maxRelays {
		r.machines[machine.Unmap()] = true
	}
}

// announce notes an address that the other side has.
func (r *relays) announce(at netip.AddrPort) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil {
		r.known = map[netip.AddrPort]bool{}
	}
	r.known[at] = true // AddCandidate bounds their number
}

// admit says whether a check from an address may be taken now.
func (r *relays) admit(from netip.AddrPort, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	at := netip.AddrPortFrom(from.Addr().Unmap().WithZone(""), from.Port())
	if !r.machines[at.Addr()] || r.known[at] {
		return true
	}
	first, seen := r.first[at]
	if seen {
		return now.Sub(first) >= announced
	}
	if r.first == nil {
		r.first = map[netip.AddrPort]time.Time{}
	}
	if len(r.first) < maxRelays {
		r.first[at] = now
	}
	return false
}
