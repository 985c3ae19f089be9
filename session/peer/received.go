package peer

import (
	"errors"
	"net/netip"
	"strconv"
	"strings"
)

// A candidate's fields (RFC 8839, section 5.1): foundation, component,
// transport, priority, address, port, "typ", its type, and pairs behind them.
const (
	fieldTransport = 2
	fieldAddress   = 4
	fieldPort      = 5
	fieldType      = 7
	leastFields    = 8
)

var errCandidate = errors.New("it is no candidate")

// received is one of the other side's candidates in its fields.
type received []string

func parseCandidate(line string) (received, error) {
	fields := received(strings.Fields(line))
	if len(fields) < leastFields || fields[fieldType-1] != "typ" {
		return nil, errCandidate
	}
	return fields, nil
}

func (r received) String() string { return strings.Join(r, " ") }

// at is the candidate's address.
func (r received) at() (netip.AddrPort, bool) {
	address, err := netip.ParseAddr(r[fieldAddress])
	port, perr := strconv.ParseUint(r[fieldPort], 10, 16)
	return netip.AddrPortFrom(address.Unmap().WithZone(""), uint16(port)), err == nil && perr == nil && port != 0
}

// passive is the address that a passive TCP candidate listens on, and the
// candidate as pion can use it (see streams).
func (r received) passive() (at netip.AddrPort, usable received, ok bool) {
	at, ok = r.at()
	if !ok || !strings.EqualFold(r[fieldTransport], "tcp") {
		return netip.AddrPort{}, nil, false
	}
	for i := leastFields; i+1 < len(r); i += 2 {
		if r[i] == "tcptype" && r[i+1] == "passive" {
			usable := append(received(nil), r...)
			usable[i+1] = "so"
			return at, usable, true
		}
	}
	return netip.AddrPort{}, nil, false
}

// hidden is the name that a browser has put in the place of a host
// candidate's address (draft-ietf-mmusic-mdns-ice-candidates): a UUID and
// ".local", nothing else.
func (r received) hidden() (name string, ok bool) {
	name = strings.ToLower(r[fieldAddress])
	uuid, ok := strings.CutSuffix(name, ".local")
	if !ok || len(uuid) != 36 || r[fieldType] != "host" {
		return "", false
	}
	for i, c := range []byte(uuid) {
		switch {
		case i == 8 || i == 13 || i == 18 || i == 23:
			ok = ok && c == '-'
		default:
			ok = ok && (c >= '0' && c <= '9' || c >= 'a' && c <= 'f')
		}
	}
	return name, ok
}

// named is the candidate at the address that its name stands for.
func (r received) named(at netip.Addr) received {
	found := append(received(nil), r...)
	found[fieldAddress] = at.String()
	return found
}
