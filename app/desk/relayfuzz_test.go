package desk

import (
	"net/netip"
	"testing"

	"github.com/beistand/beistand/app/desk/internet"
)

// FuzzPermit asks for permissions in every spelling that a packet can have.
func FuzzPermit(f *testing.F) {
	for _, a := range []string{"9.9.9.9", "9.9.9.1", "127.0.0.1", "10.1.2.3", "::ffff:9.9.9.9", "::ffff:127.0.0.1", "2a00:1450:4001:800::200e", "64:ff9b::a00:1"} {
		f.Add(netip.MustParseAddr(a).AsSlice())
	}
	f.Add([]byte{127, 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		a, ok := netip.AddrFromSlice(b)
		r := &relay{public: netip.MustParseAddr("9.9.9.1"), clients: map[string]*relaySocket{}}
		if !ok {
			if r.permit(nowhere{}, b) {
				t.Fatalf("%d bytes are an address", len(b))
			}
			return
		}
		plain := a.Unmap()
		r.clients[clientKey(nowhere{})] = &relaySocket{peers: map[netip.Addr]bool{}}
		if r.permit(nowhere{}, b) != (plain.Is4() && (internet.Filter{}.Admits(a) || plain == r.public)) {
			t.Fatalf("%s: the permission is not the filter's", a)
		}
	})
}

type nowhere struct{}

func (nowhere) Network() string { return "udp" }
func (nowhere) String() string  { return "192.0.2.1:9" }

// FuzzUser reads user names as strangers send them.
func FuzzUser(f *testing.F) {
	for _, u := range []string{"1:2:3", "9999999999:session:customer", "::", "-1:a:b", "99999999999999999999:a:b", "+1:a:b", " 1:a:b"} {
		f.Add(u)
	}
	f.Fuzz(func(t *testing.T, user string) {
		expires, session := (&relay{}).parse(user)
		if expires.IsZero() && session != "" || !expires.IsZero() && expires.Unix() <= 0 {
			t.Fatalf("%q is %v, %q", user, expires, session)
		}
	})
}
