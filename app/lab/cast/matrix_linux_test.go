package cast

import (
	"fmt"
	"testing"

	"github.com/beistand/beistand/app/lab"
	"github.com/beistand/beistand/session"
)

func TestMain(m *testing.M) {
	Play()
	m.Run()
}

// Each kind of router before the customer against each before the supporter.
// Two machines find a direct way unless one of them has another port for
// everybody and the other answers only whom it has spoken to.
func TestRouters(t *testing.T) {
	t.Parallel()
	h := Open(t, false, nil)
	for i, a := range lab.NATs {
		for _, b := range lab.NATs[i:] {
			want := session.PathDirect
			if b == lab.Symmetric && (a == lab.PortRestricted || a == lab.Symmetric) {
				want = session.PathRelayed
			}
			t.Run(fmt.Sprintf("%s and %s", a, b), func(t *testing.T) {
				h := h.For(t)
				s := h.Meet(Meeting{
					Customer:  h.Home(fmt.Sprintf("customer-%d", i), lab.HomeConfig{NAT: a}).Machine,
					Supporter: h.Home("supporter", lab.HomeConfig{NAT: b}).Machine,
				})
				first := s.First()
				if path := s.Path(); path != want {
					t.Errorf("the path is %s, want %s", path, want)
				}
				t.Logf("%s, first picture after %v", s.Path(), first)
			})
		}
	}
}
