package desk

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

// TestLimiter moves time by hand.
func TestLimiter(t *testing.T) {
	l := gate.Limiter{Burst: 2, Every: time.Minute}
	now := time.Unix(1000, 0)
	steps := []struct {
		after time.Duration
		key   string
		ok    bool
		wait  time.Duration
	}{
		{0, "a", true, 0},
		{0, "a", true, 0},
		{0, "a", false, time.Minute},
		{0, "b", true, 0},
		{30 * time.Second, "a", false, 30 * time.Second},
		{30 * time.Second, "a", true, 0},
		{0, "a", false, time.Minute},
		{-time.Hour, "a", false, time.Minute}, // a clock that goes back gives nothing
		{3 * time.Hour, "a", true, 0},
		{0, "a", true, 0},
		{0, "a", false, time.Minute},
	}
	for i, s := range steps {
		now = now.Add(s.after)
		if wait, ok := l.Take(s.key, now); ok != s.ok || wait != s.wait {
			t.Errorf("step %d: %v %v", i, wait, ok)
		}
	}
	l.Give("a", now)
	if _, ok := l.Take("a", now); !ok {
		t.Error("a try that was given back is not there")
	}
	l.Tidy(now.Add(time.Hour))
	if l.Len() != 0 {
		t.Errorf("%d keys are remembered for nothing", l.Len())
	}
}

func TestTooManyTickets(t *testing.T) {
	h := open(t)
	c := h.client("")
	for range h.filing.Burst {
		if _, err := c.CreateTicket(t.Context(), newTicket()); err != nil {
			t.Fatal(err)
		}
	}
	_, err := c.CreateTicket(t.Context(), newTicket())
	var e *client.Error
	if !errors.As(err, &e) || e.Status != 429 || e.Kind != api.KindTooMany || e.After != time.Minute {
		t.Fatalf("%+v", err)
	}
	h.clock.pass(time.Minute)
	if _, err := c.CreateTicket(t.Context(), newTicket()); err != nil {
		t.Fatal(err)
	}
}

// TestSignInLimits: an unknown name is answered as a wrong password is, and both cost tries.
func TestSignInLimits(t *testing.T) {
	h := open(t)
	c := h.client("")
	var words []string
	for _, user := range []string{"sam", "nobody"} {
		for i := range 5 { // docs/api.md
			_, err := c.SignIn(t.Context(), user, "wrong horse")
			if client.KindOf(err) != api.KindUnauthorized {
				t.Fatalf("%s %d: %v", user, i, err)
			}
			words = append(words, err.Error())
		}
		if _, err := c.SignIn(t.Context(), strings.ToUpper(user), password); client.KindOf(err) != api.KindTooMany {
			t.Fatalf("%s: %v", user, err)
		}
	}
	for _, w := range words {
		if w != words[0] {
			t.Errorf("%q tells apart from %q", w, words[0])
		}
	}
	h.clock.pass(12 * time.Second)
	if _, err := c.SignIn(t.Context(), "sam", password); err != nil {
		t.Fatal(err)
	}
}

func TestTicketChecks(t *testing.T) {
	h := open(t)
	for name, change := range map[string]func(*api.NewTicket){
		"no title":       func(n *api.NewTicket) { n.Title = " \u00a0" },
		"long title":     func(n *api.NewTicket) { n.Title = strings.Repeat("ä", api.MaxTitle+1) },
		"title of lines": func(n *api.NewTicket) { n.Title = "a\nb" },
		"long text":      func(n *api.NewTicket) { n.Description = strings.Repeat("ä", api.MaxDescription+1) },
		"bell":           func(n *api.NewTicket) { n.Description = "a\ab" },
		"escape":         func(n *api.NewTicket) { n.Contact = "\x1b[2J" },
		"priority":       func(n *api.NewTicket) { n.Priority = "urgent" },
		"id":             func(n *api.NewTicket) { n.ID = "1" },
		"language":       func(n *api.NewTicket) { n.Language = "../de" },
	} {
		n := newTicket()
		change(&n)
		if _, err := rule.Filed(n); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	full := newTicket()
	full.Title, full.Description = strings.Repeat("😀", api.MaxTitle), strings.Repeat("\U0001F600", api.MaxDescription)
	body := []byte(asciiJSON(t, full))
	status, _, answer := h.do("POST", api.PathTickets, "", body, "Content-Type", "application/json; charset=utf-8")
	if status != 201 {
		t.Fatalf("the longest ticket of %d bytes: %d %s", len(body), status, answer)
	}
	for name, c := range map[string]struct {
		body, media string
		status      int
	}{
		"too long":    {strings.Repeat(" ", reply.MaxBody+1), "application/json", 413},
		"no JSON":     {"{", "application/json", 400},
		"two values":  {"{} {}", "application/json", 400},
		"wrong type":  {`{"title": 1}`, "application/json", 400},
		"a form":      {"title=x", "application/x-www-form-urlencoded", 415},
		"no type":     {"{}", "", 415},
		"empty value": {"{}", "application/json", 422},
	} {
		if status, _, b := h.do("POST", api.PathTickets, "", []byte(c.body), "Content-Type", c.media); status != c.status || kind(t, b) == "" {
			t.Errorf("%s: %d %s", name, status, b)
		}
	}
	for _, q := range []string{"limit=0x", "limit=201", "limit=-1", "before=x", "before=-1", "text=" + strings.Repeat("x", 401)} {
		if status, _, b := h.do("GET", api.PathTickets+"?"+q, h.staff(), nil); status != 400 {
			t.Errorf("%s: %d %s", q, status, b)
		}
	}
}

// asciiJSON writes every character outside ASCII as escapes, which is the longest form there is.
func asciiJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, r := range string(b) {
		switch {
		case r < 0x80:
			out.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&out, `\u%04x\u%04x`, 0xd800+(r-0x10000)>>10, 0xdc00+(r-0x10000)&0x3ff)
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
	}
	return out.String()
}

func FuzzTicket(f *testing.F) {
	f.Add("Title", "text\r\nmore", "de", "high")
	f.Add(" a ", "\xff", "", "low")
	f.Fuzz(func(t *testing.T, title, text, language, priority string) {
		n := newTicket()
		n.Title, n.Description, n.Language, n.Priority = title, text, language, api.Priority(priority)
		b, err := json.Marshal(n)
		if err != nil {
			t.Fatal(err)
		}
		var back api.NewTicket
		if err := json.Unmarshal(b, &back); err != nil {
			t.Fatal(err)
		}
		once, err := rule.Filed(back)
		if err != nil {
			return
		}
		twice, err := rule.Filed(once)
		if err != nil || !reflect.DeepEqual(twice, once) {
			t.Fatalf("%+v became %+v: %v", once, twice, err)
		}
		again, err := json.Marshal(once)
		if err != nil {
			t.Fatal(err)
		}
		var kept api.NewTicket
		if err := json.Unmarshal(again, &kept); err != nil || !reflect.DeepEqual(kept, once) {
			t.Fatalf("%+v became %+v: %v", once, kept, err)
		}
	})
}

// TestListeners: a slow one is dropped, and there is a bound to them.
func TestListeners(t *testing.T) {
	var l listeners
	slow, quick := l.join(1, forStaff), l.join(1, forStaff)
	for i := range maxWaiting + 1 {
		l.publish(1, forAll, api.Event{Kind: fmt.Sprint(i)})
		<-quick
	}
	for range maxWaiting {
		<-slow
	}
	if _, ok := <-slow; ok {
		t.Error("the slow listener was not dropped")
	}
	l.leave(1, slow)
	l.publish(1, forAll, api.Event{})
	if _, ok := <-quick; !ok {
		t.Error("the quick listener was dropped too")
	}
	for range maxListeners - 1 {
		if l.join(1, forStaff) == nil {
			t.Fatal("refused below the bound")
		}
	}
	if l.join(1, forStaff) != nil {
		t.Error("one more than the bound was let in")
	}
}

// TestHeartbeat reads the raw stream: hello, then comments while nothing happens.
func TestHeartbeat(t *testing.T) {
	h := open(t, func(c *Config) { c.seams.heartbeat = 5 * time.Millisecond })
	made := h.ticket()
	req, err := http.NewRequestWithContext(t.Context(), "GET", h.URL()+api.EventsPath(made.Ticket.Number), nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+made.Token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if got := resp.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Error(got)
	}
	lines := bufio.NewScanner(resp.Body)
	for _, want := range []string{"event: hello", `data: {"kind":"hello"}`, "", ":", "", ":"} {
		if !lines.Scan() || lines.Text() != want {
			t.Fatalf("%q, want %q", lines.Text(), want)
		}
	}
}

// TestListenRefused: in the clear only this machine is answered.
func TestListenRefused(t *testing.T) {
	for listen, refused := range map[string]bool{
		"0.0.0.0:0": true, ":0": true, "[::]:0": true, "192.0.2.1:0": true, "127.0.0.1:0": false, "localhost:0": false,
	} {
		s, err := New(Config{Dir: filepath.Dir(dbtest.Fill(t, t.TempDir())), Listen: listen})
		var insecure *InsecureError
		if errors.As(err, &insecure) != refused {
			t.Errorf("%s: %v", listen, err)
		}
		if err == nil {
			err = s.Close()
			if err != nil {
				t.Error(err)
			}
		}
	}
	s, err := New(Config{Dir: filepath.Dir(dbtest.Fill(t, t.TempDir())), Listen: "0.0.0.0:0", BehindProxy: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// TestAddress is whom a limit is for.
func TestAddress(t *testing.T) {
	for _, c := range []struct {
		remote, forwarded string
		proxy             bool
		want              string
	}{
		{"192.0.2.1:99", "", false, "192.0.2.1"},
		{"192.0.2.1:99", "198.51.100.7", false, "192.0.2.1"},
		{"127.0.0.1:99", "198.51.100.7", true, "198.51.100.7"},
		{"127.0.0.1:99", "1.1.1.1, 198.51.100.7", true, "198.51.100.7"},
		{"127.0.0.1:99", "rubbish", true, "unknown"},
		{"[2001:db8:1:2:3:4:5:6]:99", "", false, "2001:db8:1:2::/64"},
		{"[::ffff:192.0.2.1]:99", "", false, "192.0.2.1"},
	} {
		s := &Server{cfg: Config{BehindProxy: c.proxy}}
		r := &http.Request{RemoteAddr: c.remote, Header: http.Header{}}
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := s.address(r); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

// from is a connection whose other end is there.
type from struct {
	net.Conn
	at net.TCPAddr
}

func (f from) RemoteAddr() net.Addr { return &f.at }

// TestWhose: connections count as requests do, with TLS around the relay or without.
func TestWhose(t *testing.T) {
	for at, want := range map[string]string{
		"192.0.2.1":            "192.0.2.1",
		"::ffff:192.0.2.1":     "192.0.2.1",
		"2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64",
		"2001:db8:1:2:ffff::1": "2001:db8:1:2::/64",
	} {
		conn := from{at: net.TCPAddr{IP: net.ParseIP(at), Port: 99}}
		for _, c := range []net.Conn{conn, markTLS(conn)} {
			if got := gate.Whose(c); got != want {
				t.Errorf("%s: %s, want %s", c.RemoteAddr(), got, want)
			}
		}
	}
}

// TestStop ends a desk with everything open at once: events, a room, a hung upload, an allocation.
func TestStop(t *testing.T) {
	h := open(t)
	made, n, sup, cus := h.pair()
	heard := make(chan error, 1)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	events := make(chan api.Event, 4)
	go func() {
		heard <- h.client(made.Token).Events(ctx, made.Ticket.Number, func(e api.Event) { events <- e })
	}()
	<-events
	path := h.create(made, noise(1<<20))
	hung := h.hang(path, made.Token, noise(1 << 20)[:600_000], 1<<20)
	until(t, "the hung request is at work", func() bool { return h.partial(path) > 0 })
	ice, err := h.client(made.Token).ICE(t.Context(), n.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := allocate(t, h, ice, "tcp"); err != nil {
		t.Fatal(err)
	}
	closed := make(chan websocket.StatusCode, 2)
	for _, c := range []*websocket.Conn{sup, cus} {
		go func() {
			_, _, err := c.Read(context.Background())
			closed <- websocket.CloseStatus(err)
		}()
	}
	if err := h.stop(); err != nil {
		t.Fatal(err)
	}
	if status := <-hung; status != 400 {
		t.Errorf("the hung upload: %d", status)
	}
	for range 2 {
		if code := <-closed; code != websocket.StatusGoingAway {
			t.Errorf("a room closed with %d", code)
		}
	}
	cancel()
	<-heard
	// What came of the hung upload is known to the next desk.
	s, err := New(Config{Dir: h.cfg.Dir, Listen: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	u, err := s.store.Upload(t.Context(), path[strings.LastIndex(path, "/")+1:])
	if err != nil || u.Offset == 0 {
		t.Fatalf("%+v %v", u, err)
	}
	if open, err := s.store.OpenSessions(t.Context(), 0); err != nil || len(open) != 1 {
		t.Errorf("sessions after a stop: %v %v", open, err)
	}
}

// TestNoSecrets looks for every secret of a case in the log and, as it is, in the desk's files.
func TestNoSecrets(t *testing.T) {
	var out guarded
	h := open(t, func(c *Config) { c.Log = log.New(&out, "", 0) })
	staff := h.client("")
	in, err := staff.SignIn(t.Context(), "sam", password)
	if err != nil {
		t.Fatal(err)
	}
	_, err = staff.SignIn(t.Context(), "sam", "wrong horse battery")
	if err == nil {
		t.Fatal("signed in")
	}
	filed := newTicket()
	made, err := staff.CreateTicket(t.Context(), filed)
	if err != nil {
		t.Fatal(err)
	}
	h.do("GET", api.TicketPath(99), made.Token, nil)
	h.do("GET", "/nothing", made.Token, nil)
	if err := h.stop(); err != nil {
		t.Fatal(err)
	}
	kept := []byte(out.String())
	err = filepath.WalkDir(h.cfg.Dir, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		if d.IsDir() {
			return nil
		}
		b, err := os.ReadFile(path)
		kept = append(kept, b...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, secret := range map[string]string{
		"staff token": in.Token, "ticket token": made.Token, "password": password, "tried password": "wrong horse battery", "ticket ID": filed.ID,
	} {
		if bytes.Contains(kept, []byte(secret)) {
			t.Errorf("the %s is kept or logged as it is", name)
		}
	}
}

// guarded is a log that several goroutines write.
type guarded struct {
	mu sync.Mutex
	b  strings.Builder
}

func (g *guarded) Write(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.b.Write(p)
}

func (g *guarded) String() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.b.String()
}
