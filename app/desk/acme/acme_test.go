package acme_test

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk"
	"github.com/beistand/beistand/app/desk/acme"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

const patience = 60 * time.Second // for a test that fails; none waits for it

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m).Run()) }

// lines are a desk's log.
type lines chan string

func (l lines) Printf(format string, args ...any) {
	select {
	case l <- fmt.Sprintf(format, args...):
	default: // nobody looks
	}
}

func (l lines) await(t *testing.T, part string) string {
	t.Helper()
	for {
		select {
		case line := <-l:
			if strings.Contains(line, part) {
				return line
			}
		case <-time.After(patience):
			t.Fatalf("nothing about %q is logged", part)
		}
	}
}

// served is a desk with certificates by ACME.
type served struct {
	*desk.Server
	log  lines
	stop func()
}

func made(t *testing.T, cfg desk.Config) *served {
	t.Helper()
	s := &served{log: make(lines, 1000)}
	cfg.Listen, cfg.Log, cfg.Version = "127.0.0.1:0", s.log, "test"
	if cfg.Dir == "" {
		cfg.Dir = filepath.Join(t.TempDir(), "desk")
	}
	if cfg.Database == "" {
		dbtest.Fill(t, cfg.Dir)
	}
	var err error
	if s.Server, err = desk.New(cfg); err != nil {
		t.Fatal(err)
	}
	s.stop = sync.OnceFunc(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	t.Cleanup(func() { s.stop() })
	return s
}

func (s *served) serve(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx) }()
	s.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
}

// health asks for the desk's health under a name, and gives the serial number of
// the certificate.
func (s *served) health(t *testing.T, a *authority, name string) (serial string) {
	t.Helper()
	over := &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: a.roots}, ForceAttemptHTTP2: true,
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, s.Addr())
		},
	}
	defer over.CloseIdleConnections()
	c := &http.Client{Transport: over, Timeout: patience}
	answer, err := c.Get("https://" + name + "/api/v1/health")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var is api.Health
	if err := json.NewDecoder(answer.Body).Decode(&is); err != nil || answer.StatusCode != http.StatusOK || is.Version != "test" {
		t.Fatalf("%s, %+v, %v", answer.Status, is, err)
	}
	return answer.TLS.PeerCertificates[0].SerialNumber.String()
}

// A desk orders a certificate, answers the challenge on its own port, and is
// trusted by who trusts the server. After a restart it has it still.
func TestIssued(t *testing.T) {
	dbtest.EachSource(t, func(t *testing.T, source string) {
		a := listen(t)
		cfg := desk.Config{Dir: filepath.Join(t.TempDir(), "desk"), ACME: a.config(support)}
		if strings.HasPrefix(source, "postgres") {
			cfg.Database = source
		} else {
			source = filepath.Join(cfg.Dir, "desk.db")
		}
		first := made(t, cfg)
		a.attend(t, first.Addr())
		first.serve(t)
		serial := first.wait(t, a, support)
		first.stop()
		if n, m := a.orders.Load(), a.accounts.Load(); n != 1 || m != 1 {
			t.Errorf("%d orders and %d accounts, want one each", n, m)
		}

		d := dbtest.Open(t, source)
		answerLater(t, d, support)
		again := made(t, cfg)
		again.serve(t)
		if now := again.wait(t, a, support); now != serial {
			t.Errorf("certificate %s after a restart, had %s", now, serial)
		}
		if n := a.orders.Load(); n != 1 {
			t.Errorf("%d orders after a restart, want still one", n)
		}

		t.Run("a challenge's connection is closed", func(t *testing.T) {
			conn, err := tls.Dial("tcp", again.Addr(), &tls.Config{ServerName: support, RootCAs: a.roots, NextProtos: []string{acme.Proto}})
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
				t.Fatal(err)
			}
			if got := conn.ConnectionState().NegotiatedProtocol; got != acme.Proto {
				t.Errorf("negotiated %q", got)
			}
			if n, err := conn.Read(make([]byte, 1)); n != 0 || err != io.EOF {
				t.Errorf("read %d bytes, %v, want the end", n, err)
			}
		})
		t.Run("an unlisted name", func(t *testing.T) {
			for _, name := range []string{"other.example.com", help, "example.com", "localhost"} {
				for _, protos := range [][]string{nil, {acme.Proto}} {
					conn, err := tls.Dial("tcp", again.Addr(), &tls.Config{ServerName: name, InsecureSkipVerify: true, NextProtos: protos})
					if err == nil {
						conn.Close()
						t.Errorf("%s has a certificate", name)
					}
				}
			}
			if n := a.orders.Load(); n != 1 {
				t.Errorf("%d orders, want still one", n)
			}
		})
		t.Run("no name", func(t *testing.T) {
			conn, err := tls.Dial("tcp", again.Addr(), &tls.Config{InsecureSkipVerify: true})
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if got := conn.ConnectionState().PeerCertificates[0].SerialNumber.String(); got != serial {
				t.Errorf("certificate %s, want %s", got, serial)
			}
		})
	})
}

// answerLater leaves an answer to a challenge in the database, as another desk does.
func answerLater(t *testing.T, d *db.DB, name string) {
	t.Helper()
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		return db.One(tx.ExecContext(t.Context(), `INSERT INTO acme_cache (directory, name, content)
			SELECT directory, name || '+token', content FROM acme_cache WHERE name = ?`, name))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Of two desks one orders, and the other answers the challenge: the server
// reaches whichever the name leads to. Both then have the same certificate.
func TestShared(t *testing.T) {
	source := dbtest.URL(t)
	a := listen(t)
	reached := made(t, desk.Config{Database: source, ACME: a.config(support)})
	a.attend(t, reached.Addr())
	orders := made(t, desk.Config{Database: source, ACME: a.config(support)})
	orders.serve(t)
	serial := orders.wait(t, a, support)
	reached.serve(t)
	if other := reached.wait(t, a, support); other != serial {
		t.Errorf("certificates %s and %s", serial, other)
	}
	if n := a.orders.Load(); n != 1 {
		t.Errorf("%d orders, want one", n)
	}
}

// Two desks that begin at the same moment order one certificate.
func TestTogether(t *testing.T) {
	source := dbtest.URL(t)
	a := listen(t)
	var both [2]*served
	for i := range both {
		both[i] = made(t, desk.Config{Database: source, ACME: a.config(support)})
	}
	a.attend(t, both[0].Addr())
	for _, s := range both {
		s.serve(t)
	}
	serial := both[0].wait(t, a, support)
	if other := both[1].wait(t, a, support); other != serial {
		t.Errorf("certificates %s and %s", serial, other)
	}
	if n, m := a.orders.Load(), a.accounts.Load(); n != 1 || m != 1 {
		t.Errorf("%d orders and %d accounts, want one each", n, m)
	}
}

// wait makes handshakes until one is answered, and gives health: an order may
// take longer than the desk lets a handshake be.
func (s *served) wait(t *testing.T, a *authority, name string) string {
	t.Helper()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(patience); ; <-tick.C {
		conn, err := tls.Dial("tcp", s.Addr(), &tls.Config{ServerName: name, RootCAs: a.roots})
		if err == nil {
			conn.Close()
			return s.health(t, a, name)
		}
		if time.Now().After(end) {
			t.Fatal(err)
		}
	}
}

// A name that leads nowhere is said in one sentence; the desk's other name and
// its health go on, and it is not ordered again at once.
func TestFailed(t *testing.T) {
	a := listen(t)
	s := made(t, desk.Config{ACME: a.config(gone, support)})
	a.attend(t, s.Addr())
	s.serve(t)
	s.wait(t, a, support)
	line := s.log.await(t, gone)
	for _, part := range []string{"get a certificate for " + gone, "tried again in 2m0s", "port 443"} {
		if !strings.Contains(line, part) || strings.Contains(line, "\n") {
			t.Errorf("%q says nothing of %q", line, part)
		}
	}
	before := a.orders.Load()
	conn, err := tls.Dial("tcp", s.Addr(), &tls.Config{ServerName: gone, InsecureSkipVerify: true})
	if err == nil {
		conn.Close()
		t.Errorf("%s has a certificate", gone)
	}
	s.health(t, a, support)
	if n := a.orders.Load(); n != before {
		t.Errorf("%d orders after a handshake, had %d", n, before)
	}
}

// A desk stops while the ACME server keeps it waiting.
func TestStops(t *testing.T) {
	a := listen(t)
	asked := make(chan struct{}, 10)
	var hangs http.Handler = http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		asked <- struct{}{}
		<-r.Context().Done()
	})
	a.handler.Store(&hangs)
	s := made(t, desk.Config{ACME: a.config(support)})
	s.serve(t)
	<-asked
	conn, err := net.Dial("tcp", s.Addr())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	shaken := make(chan error, 1)
	go func() {
		shaken <- tls.Client(conn, &tls.Config{ServerName: support, InsecureSkipVerify: true}).HandshakeContext(context.Background())
	}()
	ended := make(chan struct{})
	go func() { s.stop(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(patience):
		t.Fatal("the desk does not stop")
	}
	if err := <-shaken; err == nil {
		t.Error("a handshake without a certificate")
	}
}

func TestConfig(t *testing.T) {
	one := []string{support}
	for name, c := range map[string]acme.Config{
		"a star":             {Names: []string{"*.example.com"}},
		"an address":         {Names: []string{"203.0.113.7"}},
		"IPv6":               {Names: []string{"2001:db8::7"}},
		"a port":             {Names: []string{"support.example.com:443"}},
		"a URL":              {Names: []string{"https://support.example.com"}},
		"one word":           {Names: []string{"localhost"}},
		"nothing":            {Names: []string{""}},
		"settings, no name":  {Email: "desk@example.com"},
		"two mail addresses": {Names: one, Email: "a@example.com,b@example.com"},
		"in the clear":       {Names: one, Directory: "http://127.0.0.1/dir"},
		"no directory":       {Names: one, Directory: "acme"},
	} {
		if err := c.Check(); err == nil {
			t.Errorf("%s: %+v is taken", name, c)
		}
	}
	for _, n := range []string{support, "Support.Example.COM", "hilfe.bücher.example", "support.example.com."} {
		if err := (acme.Config{Names: []string{n}}).Check(); err != nil {
			t.Errorf("%s: %v", n, err)
		}
	}
}

// ACME is TLS: other machines may reach the desk. With files it is refused, and
// so is a root that is none.
func TestDesk(t *testing.T) {
	dir := t.TempDir()
	s, err := desk.New(desk.Config{Dir: filepath.Join(dir, "desk"), Listen: "0.0.0.0:0", ACME: acme.Config{Names: []string{support}}})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(s.URL(), "https://") {
		t.Errorf("serves %s", s.URL())
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	for want, c := range map[string]desk.Config{
		"not both": {TLSCert: "cert.pem", TLSKey: "key.pem", ACME: acme.Config{Names: []string{support}}},
		"no name":  {ACME: acme.Config{Names: []string{"*.example.com"}}},
		"root":     {ACME: acme.Config{Names: []string{support}, CA: filepath.Join(dir, "missing.pem")}},
	} {
		c.Dir, c.Listen = filepath.Join(dir, "desk"), "127.0.0.1:0"
		if s, err := desk.New(c); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
			if err == nil {
				s.Close()
			}
		}
	}
}
