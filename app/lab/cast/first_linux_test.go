package cast

import (
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/lab"
)

// BenchmarkFirstPicture is the time from the typed code to the first picture,
// beside what it should take on a LAN at most.
func BenchmarkFirstPicture(b *testing.B) {
	const direct, relayed = 2 * time.Second, 3 * time.Second
	cone, symmetric := lab.HomeConfig{NAT: lab.PortRestricted}, lab.HomeConfig{NAT: lab.Symmetric}
	noUDP := lab.HomeConfig{NAT: lab.PortRestricted, BlockUDP: true}
	for _, c := range []struct {
		name                string
		customer, supporter lab.HomeConfig
		besides             []string
		target              time.Duration
	}{
		{"direct", cone, cone, nil, direct},
		{"direct, beside servers that never answer", cone, cone, silent, direct},
		{"relayed", symmetric, symmetric, nil, relayed},
		{"relayed, beside servers that never answer", symmetric, symmetric, silent, relayed},
		{"relayed, UDP blocked", noUDP, noUDP, nil, relayed},
		{"relayed, only the desk's HTTPS port", cone, cone, nil, relayed},
	} {
		b.Run(c.name, func(b *testing.B) {
			h := Open(b, false, nil) // a supporter's sessions are limited, and so are an address's tickets
			if strings.Contains(c.name, "HTTPS") {
				c.customer.Only = netip.AddrPortFrom(h.Server.IPv4, deskPort)
				c.supporter.Only = c.customer.Only
			}
			customer, supporter := h.Home("customer", c.customer), h.Home("supporter", c.supporter)
			var took []time.Duration
			for b.Loop() {
				s := h.Meet(Meeting{Customer: customer.Machine, Supporter: supporter.Machine, Besides: c.besides})
				took = append(took, s.First())
				s.Viewer.Stop()
				s.Host.Stop()
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[(len(took)*95+99)/100-1].Milliseconds()), "p95-ms")
			b.ReportMetric(float64(took[len(took)/2].Milliseconds()), "median-ms")
			b.ReportMetric(float64(c.target.Milliseconds()), "target-ms")
		})
	}
}
