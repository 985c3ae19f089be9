package inbox_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/app/desk/mail/inbox"
	"github.com/beistand/beistand/app/desk/mail/mailtest"
	"github.com/beistand/beistand/app/desk/mail/parse"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// taker keeps what it is given.
type taker struct {
	mu    sync.Mutex // guards what follows
	got   []string   // subjects
	fails int        // how many are refused to be kept first
	said  strings.Builder
}

func (k *taker) take(_ context.Context, raw []byte) (bool, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	m, err := parse.Read(raw)
	if err != nil {
		return false, err
	}
	if k.fails > 0 {
		k.fails--
		return false, errors.New("no room for it now")
	}
	k.got = append(k.got, m.Subject)
	return m.Subject == "unwanted", nil
}

func (k *taker) Printf(format string, args ...any) {
	k.mu.Lock()
	defer k.mu.Unlock()
	fmt.Fprintf(&k.said, format+"\n", args...)
}

func (k *taker) has() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return strings.Join(k.got, " ")
}

func (k *taker) text() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.said.String()
}

// run fetches until what it gives is called.
func run(t *testing.T, b inbox.Box, k *taker) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	var all sync.WaitGroup
	all.Go(func() { b.Run(ctx, k.take, k) })
	stop = sync.OnceFunc(func() { cancel(); all.Wait() })
	t.Cleanup(stop)
	return stop
}

func send(t *testing.T, s *mailtest.Server, subject string) {
	t.Helper()
	s.Send(t, "anna@example.net", "support@example.com", "From: anna@example.net\nSubject: "+subject+"\n\ntext\n")
}

// What waits is fetched, what comes while it waits too; each once, and it is marked when it is kept.
func TestRun(t *testing.T) {
	s := mailtest.Start(t)
	for name, url := range map[string]string{"TLS": "imaps://support@" + s.IMAPS + "/INBOX", "this machine": "imap://support@" + s.IMAP} {
		send(t, s, "waiting")
		s.Flagged(t, "support", "", 1)
		b, err := inbox.Parse(url, mailtest.Password, s.Roots)
		if err != nil {
			t.Fatal(err)
		}
		first := &taker{fails: 1}
		stop := run(t, b, first)
		mailtest.Within(t, func() bool { return strings.Contains(first.text(), "stays where it is: no room for it now") })
		stop()
		s.Flagged(t, "support", "", 1) // not seen: it was not kept
		k := &taker{}
		stop = run(t, b, k)
		mailtest.Within(t, func() bool { return k.has() == "waiting" })
		send(t, s, "news")
		mailtest.Within(t, func() bool { return k.has() == "waiting news" })
		send(t, s, "unwanted")
		mailtest.Within(t, func() bool { return k.has() == "waiting news unwanted" })
		s.Flagged(t, "support", "S", 2)
		s.Flagged(t, "support", "FS", 1)
		stop()
		if k.text() != "" || first.has() != "" {
			t.Errorf("%s: %q, %q", name, k.text(), first.has())
		}
		s.Empty(t, "support")
	}
}

// What cannot be taken now is in nobody's way, however much of it there is.
func TestInTheWay(t *testing.T) {
	s := mailtest.Start(t)
	for range 51 {
		send(t, s, "later")
	}
	send(t, s, "one")
	s.Flagged(t, "support", "", 52)
	b, err := inbox.Parse("imaps://support@"+s.IMAPS, mailtest.Password, s.Roots)
	if err != nil {
		t.Fatal(err)
	}
	k := &taker{fails: 51}
	run(t, b, k)
	mailtest.Within(t, func() bool { return k.has() == "one" })
}

// What cannot be is said, and tried again.
func TestTrouble(t *testing.T) {
	s := mailtest.Start(t)
	for name, c := range map[string]struct{ url, password, said string }{
		"password": {"imaps://support@" + s.IMAPS, "wrong", "sign in as support"},
		"folder":   {"imaps://support@" + s.IMAPS + "/None", mailtest.Password, "open folder None"},
		"nobody":   {"imaps://support@127.0.0.1:1", mailtest.Password, "connection refused"},
	} {
		b, err := inbox.Parse(c.url, c.password, s.Roots)
		if err != nil {
			t.Fatal(err)
		}
		k := &taker{}
		stop := run(t, b, k)
		mailtest.Within(t, func() bool { return strings.Contains(k.text(), c.said) })
		stop()
		if strings.Contains(k.text(), mailtest.Password) || strings.Contains(k.text(), "wrong\"") {
			t.Errorf("%s: the password is in the log: %s", name, k.text())
		}
	}
	b, err := inbox.Parse("imaps://support@"+s.IMAPS, mailtest.Password, nil) // the system does not know who signed it
	if err != nil {
		t.Fatal(err)
	}
	k := &taker{}
	run(t, b, k)
	mailtest.Within(t, func() bool { return strings.Contains(k.text(), "certificate") })
	for _, url := range []string{"", "imaps://x", "http://u@x", "imaps://u:p@x", "imaps://u@", "imaps://u@x?y"} {
		if _, err := inbox.Parse(url, "word", nil); err == nil {
			t.Errorf("%q is taken", url)
		}
	}
}

// Long quiet times break nothing: a connection that waits for news is not one that hangs.
func TestQuiet(t *testing.T) {
	s := mailtest.Start(t)
	b, err := inbox.Parse("imaps://support@"+s.IMAPS, mailtest.Password, s.Roots)
	if err != nil {
		t.Fatal(err)
	}
	b.Hurry()
	k := &taker{}
	run(t, b, k)
	begun := time.Now()
	mailtest.Within(t, func() bool { return time.Since(begun) > 2*time.Second }) // more than an answer may take
	send(t, s, "late")
	mailtest.Within(t, func() bool { return k.has() == "late" })
	if k.text() != "" {
		t.Errorf("logged %q", k.text())
	}
}
