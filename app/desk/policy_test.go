package desk

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
)

// policies are the lines of every endpoint and page there is, a file for each
// part of the desk. The desk has no other rule about who may what: an endpoint
// without a line fails TestPolicy, and so does a line without an endpoint.
var policies = [][]line{
	deskPolicy,
	outsidePolicy,
	peoplePolicy,
	casesPolicy,
	teamPolicy,
	knowledgePolicy,
	mailPolicy,
}

// line is one endpoint's: who may, and what it answers them.
type line struct {
	endpoint string // "GET " + api.PathTicket
	may      who    // the others are refused: 401 without a token that holds, 403 with one
	ok       int    // the status for those who may
	asks     asks   // what is needed for asking; nil: nothing but the endpoint itself
	refused  int    // in place of 401 and 403, such as 303 for a page; 0: those
}

// asks makes what an endpoint is asked about, for one caller, and says how to
// ask. It is called anew for each that may, since asking may use it up.
type asks func(t *testing.T, p *place) question

// place is where a question is asked.
type place struct {
	*house
	ticket int64 // the own ticket's number
	own    api.CreatedTicket
	token  string // the caller's; "" for nobody
	staff  string // the caller's name to sign in with; "" for the others
}

// question is a request beside its method. In the endpoint's path {n} is the
// own ticket, unless paths says otherwise.
type question struct {
	paths  map[string]string // "{id}": "7"
	query  string            // "limit=1"
	json   any               // the body
	raw    []byte            // or the body as it is
	header http.Header
}

func TestPolicy(t *testing.T) {
	h := open(t, func(c *Config) {
		c.BehindProxy, c.URL = true, "https://desk.example.com" // which says that everybody has an address of their own
		c.seams.limits = func(l *limits) { l.filing.Burst = 1000 }
	})
	cast := newCast(t, h)
	lines := map[string]line{}
	for _, part := range policies {
		for _, l := range part {
			if _, twice := lines[l.endpoint]; twice {
				t.Errorf("%s: two lines", l.endpoint)
			}
			lines[l.endpoint] = l
		}
	}
	for _, r := range h.routes {
		l, ok := lines[r.Method+" "+r.Path]
		if !ok {
			t.Errorf("%s %s: the policy has no line for it", r.Method, r.Path)
			continue
		}
		delete(lines, l.endpoint)
		t.Run(l.endpoint, func(t *testing.T) {
			cast.next(t)
			var unused *question // by anybody, since they all may not
			for i, name := range whoNames {
				w := who(1) << i
				may := l.may&w != 0
				p := cast.place(t, w, may)
				var q question
				switch {
				case l.asks == nil:
				case may:
					q = l.asks(t, p)
				case unused != nil:
					q = *unused
				default:
					q = l.asks(t, p)
					unused = &q
				}
				if got := p.ask(t, r, q); got != l.answer(w) {
					t.Errorf("%s: %d, want %d", name, got, l.answer(w))
				}
			}
		})
	}
	for endpoint := range lines {
		t.Errorf("%s: a line, and no endpoint", endpoint)
	}
}

// answer is the status for one of who.
func (l line) answer(w who) int {
	switch {
	case l.may&w != 0:
		return l.ok
	case l.refused != 0:
		return l.refused
	case w&unknown != 0:
		return http.StatusUnauthorized
	}
	return http.StatusForbidden
}

// ask asks once, and gives the status.
func (p *place) ask(t *testing.T, r gate.Route, q question) int {
	t.Helper()
	path := r.Path
	for from, to := range q.paths {
		path = strings.ReplaceAll(path, from, to)
	}
	path = strings.ReplaceAll(path, "{n}", fmt.Sprint(p.ticket))
	if q.query != "" {
		path += "?" + q.query
	}
	body := q.raw
	if q.json != nil {
		var err error
		if body, err = json.Marshal(q.json); err != nil {
			t.Fatal(err)
		}
	}
	req, err := http.NewRequest(r.Method, p.URL()+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if q.header != nil {
		req.Header = q.header.Clone()
	}
	if req.Header.Get("Content-Type") == "" {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("X-Forwarded-For", fmt.Sprintf("2001:db8:%x:%x::1", rand.N(1<<16), rand.N(1<<16)))
	if p.token != "" {
		req.Header.Set("Authorization", "Bearer "+p.token)
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}
