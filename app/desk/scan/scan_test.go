package scan

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"log"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store"
)

// asScanner makes the test's own program a scanner.
const asScanner = "BEISTAND_TEST_SCANNER"

func TestMain(m *testing.M) {
	if os.Getenv(asScanner) == "" {
		os.Exit(m.Run())
	}
	content, err := io.ReadAll(os.Stdin)
	switch {
	case err != nil || len(os.Args) != 2 || os.Args[1] != "$(an argument)":
		os.Exit(3)
	case bytes.Contains(content, []byte("hang")):
		select {}
	case bytes.Contains(content, []byte("broken")):
		os.Exit(2)
	case bytes.Contains(content, []byte("virus")):
		os.Stdout.WriteString("Example.Virus FOUND\n")
		os.Exit(1)
	}
	os.Exit(0)
}

// brought is a bundle that came, and its ticket.
func brought(t *testing.T, s *store.Store, content string) (int64, string) {
	t.Helper()
	now := time.Now()
	made, err := s.CreateTicket(t.Context(), api.NewTicket{ID: content, Title: "t", Priority: api.Low}, now, now.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(content))
	u, err := s.CreateUpload(t.Context(), store.Upload{
		Ticket: made.Ticket.Number, Name: "a.zip", Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:]), Expires: now.Add(time.Hour),
	}, now)
	if err == nil {
		u, err = s.Append(t.Context(), u, strings.NewReader(content), nil, u.Expires)
	}
	if err == nil {
		err = s.FinishUpload(t.Context(), u, now, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return made.Ticket.Number, u.ID
}

// TestScan: only what the command calls clean is, whatever goes wrong with it.
func TestScan(t *testing.T) {
	t.Setenv(asScanner, "1")
	s, err := store.Open(t.Context(), t.TempDir(), store.Options{Scans: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for name, c := range map[string]struct {
		content string
		command []string
		limit   time.Duration
		want    api.Scan
	}{
		"clean":         {"nothing special", []string{os.Args[0], "$(an argument)"}, time.Minute, api.ScanClean},
		"found":         {"a virus", []string{os.Args[0], "$(an argument)"}, time.Minute, api.ScanFound},
		"broken":        {"broken scanner", []string{os.Args[0], "$(an argument)"}, time.Minute, api.ScanFailed},
		"too long":      {"hang", []string{os.Args[0], "$(an argument)"}, 50 * time.Millisecond, api.ScanFailed},
		"no such thing": {"something", []string{"/nothing/there"}, time.Minute, api.ScanFailed},
	} {
		t.Run(name, func(t *testing.T) {
			number, id := brought(t, s, c.content)
			if b, err := s.Bundle(t.Context(), number, id); err != nil || b.Scan != api.ScanWaiting {
				t.Fatalf("before: %+v %v", b, err)
			}
			var said lines
			if _, err := (Config{Store: s, Command: c.command, Limit: c.limit, Most: 2, Log: log.New(&said, "", 0)}).look(t.Context()); err != nil {
				t.Fatal(err)
			}
			if b, err := s.Bundle(t.Context(), number, id); err != nil || b.Scan != c.want {
				t.Errorf("after: %+v %v", b, err)
			}
			if clean := c.want == api.ScanClean; clean != (said.String() == "") || c.want == api.ScanFound && !strings.Contains(said.String(), "Example.Virus") {
				t.Errorf("said: %q", said.String())
			}
		})
	}
}

// TestScanRuns: what comes while it runs is scanned, and what failed is tried again with the next start.
func TestScanRuns(t *testing.T) {
	t.Setenv(asScanner, "1")
	s, err := store.Open(t.Context(), t.TempDir(), store.Options{Scans: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	number, id := brought(t, s, "failed before")
	if err := s.Scanned(t.Context(), func() string { b, _ := s.Bundle(t.Context(), number, id); return b.SHA256 }(), api.ScanFailed); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	var all sync.WaitGroup
	all.Go(func() {
		Run(ctx, Config{Store: s, Command: []string{os.Args[0], "$(an argument)"}, Log: log.New(io.Discard, "", 0)})
	})
	clean := func(number int64, id string) {
		t.Helper()
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for {
			b, err := s.Bundle(t.Context(), number, id)
			if err != nil {
				t.Fatal(err)
			}
			if b.Scan == api.ScanClean {
				return
			}
			select {
			case <-tick.C:
			case <-ctx.Done():
				t.Fatalf("it stays %q", b.Scan)
			}
		}
	}
	clean(number, id)
	for _, content := range []string{"one more", "and another"} {
		clean(brought(t, s, content))
	}
	stop()
	all.Wait()
}

type lines struct {
	mu sync.Mutex // guards the rest
	strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Builder.Write(p)
}
