package peer

import (
	"net/netip"
	"sync"
)

// maxRelays bounds the servers and addresses that are remembered.
const maxRelays = 64

// relays are the machines that lend addresses, and the addresses that the
// other side has said to have borrowed there. A check that comes from a relay
// before the address was announced is not taken: pion would think it a better,
// direct way, choose it too early, and say so. It comes again soon.
type relays struct {
	mu       sync.Mutex // guards both
	machines map[netip.Addr]bool
	lent     map[netip.AddrPort]bool
}

// know notes that a machine is a relay.
func (r *relays) know(machine netip.Addr) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.machines == nil {
		r.machines, r.lent = map[netip.Addr]bool{}, map[netip.AddrPort]bool{}
	}
	if len(r.machines) < maxRelays && !machine.IsLoopback() { // both programs and the relay on one machine
		r.machines[machine.Unmap()] = true
	}
}

// announce notes an address that the other side has borrowed.
func (r *relays) announce(at netip.AddrPort) {
	r.know(at.Addr())
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.lent) < maxCandidates {
		r.lent[at] = true
	}
}

// admit says whether a check from an address may be taken now.
func (r *relays) admit(from netip.AddrPort) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	at := netip.AddrPortFrom(from.Addr().Unmap(), from.Port())
	return !r.machines[at.Addr()] || r.lent[at]
}
