package acme_test

import (
	"crypto/x509"
	"encoding/pem"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/letsencrypt/pebble/v2/ca"
	pebbledb "github.com/letsencrypt/pebble/v2/db"
	"github.com/letsencrypt/pebble/v2/va"
	"github.com/letsencrypt/pebble/v2/wfe"
	"github.com/miekg/dns"

	"github.com/beistand/beistand/app/desk/acme"
)

// Names that the test's name server has, and one that it has not.
const (
	support = "support.example.com"
	help    = "help.example.com"
	gone    = "gone.example.com"
)

// authority is Let's Encrypt's test server, Pebble, on loopback. It asks each
// challenge's answer three times at the port that it is given by attend.
type authority struct {
	directory string
	file      string // PEM: what the server itself is trusted by
	roots     *x509.CertPool
	orders    atomic.Int64
	accounts  atomic.Int64
	handler   atomic.Pointer[http.Handler]
}

// listen has the server's address, before there is a server: it has to know the
// desk's port, and the desk its address.
func listen(t *testing.T) *authority {
	t.Helper()
	a := &authority{}
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/order-plz":
			a.orders.Add(1)
		case "/sign-me-up":
			a.accounts.Add(1)
		}
		h := a.handler.Load()
		if h == nil {
			http.Error(w, "not yet", http.StatusServiceUnavailable)
			return
		}
		(*h).ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	a.directory = s.URL + "/dir"
	a.file = filepath.Join(t.TempDir(), "root.pem")
	if err := os.WriteFile(a.file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	return a
}

// attend begins to serve. Challenges are looked for at that address's port.
func (a *authority) attend(t *testing.T, desk string) {
	t.Helper()
	t.Setenv("PEBBLE_VA_NOSLEEP", "1") // else each look waits for up to five seconds
	t.Setenv("PEBBLE_WFE_NONCEREJECT", "0")
	_, digits, err := net.SplitHostPort(desk)
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.Atoi(digits)
	if err != nil {
		t.Fatal(err)
	}
	quiet := log.New(io.Discard, "", 0)
	kept := pebbledb.NewMemoryStore()
	issuer := ca.New(quiet, kept, "", "ecdsa", 0, 1, map[string]ca.Profile{"default": {ValidityPeriod: 90 * 24 * 3600}})
	looks := va.New(quiet, 0, port, true, names(t), kept)
	front := wfe.New(quiet, kept, looks, issuer, []string{"pebble.letsencrypt.org"}, true, false, 1, 1)
	a.roots = x509.NewCertPool()
	a.roots.AppendCertsFromPEM(issuer.GetRootCert(0).PEM())
	h := front.Handler()
	a.handler.Store(&h)
}

func (a *authority) config(names ...string) acme.Config {
	return acme.Config{Names: names, Email: "desk@example.com", Directory: a.directory, CA: a.file}
}

// names is a name server: what it has leads to loopback.
func names(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &dns.Server{Listener: l, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		answer := new(dns.Msg).SetReply(q)
		switch name := q.Question[0].Name; {
		case name == gone+".":
			answer.Rcode = dns.RcodeNameError
		case q.Question[0].Qtype == dns.TypeA && (name == support+"." || name == help+"."):
			answer.Answer = []dns.RR{&dns.A{
				Hdr: dns.RR_Header{Name: name, Rrtype: dns.TypeA, Class: dns.ClassINET}, A: net.IPv4(127, 0, 0, 1),
			}}
		}
		_ = w.WriteMsg(answer) // who has gone needs none
	})}
	ended := make(chan error, 1)
	up := make(chan struct{})
	s.NotifyStartedFunc = func() { close(up) }
	go func() { ended <- s.ActivateAndServe() }()
	<-up
	t.Cleanup(func() {
		if err := s.Shutdown(); err != nil {
			t.Errorf("name server: %v", err)
		}
		<-ended
	})
	return l.Addr().String()
}
