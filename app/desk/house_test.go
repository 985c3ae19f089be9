package desk

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
	"github.com/beistand/beistand/app/desk/store/people/peopletest"
)

const password = "correct horse"

// clock is time that a test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Now().Truncate(time.Second)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// house is a desk that serves on loopback, with one supporter, "sam".
type house struct {
	*Server
	t     *testing.T
	clock *clock
	stop  func() error // ends Serve and gives what it gave
}

func open(t *testing.T, change ...func(*Config)) *house {
	t.Helper()
	h := start(t, newClock(), change...)
	if err := h.hire("sam", "Sam Support", api.RoleStaff); err != nil {
		t.Fatal(err)
	}
	return h
}

// hire makes a member of staff.
func (h *house) hire(user, name string, roles ...api.Role) error {
	return peopletest.Hire(h.t.Context(), h.people.DB(), api.NewStaff{User: user, Name: name, Roles: roles, Password: password})
}

// reopen starts a desk after another one, with its time and its people.
func reopen(t *testing.T, after *house, change ...func(*Config)) *house {
	t.Helper()
	return start(t, after.clock, change...)
}

func start(t *testing.T, c *clock, change ...func(*Config)) *house {
	t.Helper()
	h := &house{t: t, clock: c}
	cfg := Config{
		Dir: filepath.Join(t.TempDir(), "desk"), Listen: "127.0.0.1:0", RelayListen: "127.0.0.1:0", Organisation: "Example Care", Version: "test",
		seams: seams{now: h.clock.now, sweepEvery: time.Hour},
	}
	checked := newChecked(t)
	cfg.seams.around = checked.around
	for _, c := range change {
		c(&cfg)
	}
	if cfg.Database == "" {
		dbtest.Fill(t, cfg.Dir)
	}
	s, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	h.Server = s
	checked.read(s.openAPI)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx) }()
	h.stop = sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() {
		http.DefaultClient.CloseIdleConnections()
		if err := h.stop(); err != nil {
			t.Errorf("stop: %v", err)
		}
	})
	return h
}

// client speaks with the desk, without a token when token is "".
func (h *house) client(token string) *client.Client {
	return dial(h.t, h.URL(), token)
}

func dial(t *testing.T, url, token string) *client.Client {
	t.Helper()
	c, err := client.New(url, client.Options{Token: token})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.CloseIdle)
	return c
}

// staff is a token of sam's.
func (h *house) staff() string {
	h.t.Helper()
	return h.tokenOf("sam")
}

func (h *house) tokenOf(user string) string {
	h.t.Helper()
	token, err := h.people.AddStaffToken(h.t.Context(), user, h.clock.now(), h.clock.now().Add(staffTokenTTL))
	if err != nil {
		h.t.Fatal(err)
	}
	return token
}

func newTicket() api.NewTicket {
	return api.NewTicket{
		ID: client.NewTicketID(), Title: "Drucker druckt nicht", Description: "Seit heute früh.\nLampe blinkt.",
		Product: "Example 4.2", Priority: api.High, Name: "Ümit Jansen", Contact: "uj@example.com", Language: "de",
	}
}

// ticket files one past the limits.
func (h *house) ticket() api.CreatedTicket {
	h.t.Helper()
	made, err := h.store.CreateTicket(h.t.Context(), newTicket(), h.clock.now(), h.clock.now().Add(ticketTokenTTL))
	if err != nil {
		h.t.Fatal(err)
	}
	return made
}

// session asks for one over HTTP, as sam.
func (h *house) session(ticket int64) api.Session {
	h.t.Helper()
	n, err := h.client(h.staff()).AskSession(h.t.Context(), ticket, api.NewSession{})
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

// do sends one request and gives status, header and body.
func (h *house) do(method, path, token string, body []byte, header ...string) (int, http.Header, []byte) {
	h.t.Helper()
	req, err := http.NewRequest(method, h.URL()+path, bytes.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	if strings.HasPrefix(path, api.PathUploads) {
		req.Header.Set("Tus-Resumable", tusVersion)
	}
	for i := 0; i < len(header); i += 2 {
		if header[i+1] == "" {
			req.Header.Del(header[i])
			continue
		}
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return resp.StatusCode, resp.Header, b
}

func metadata(ticket int64, name string, content []byte) string {
	b64 := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	sum := sha256.Sum256(content)
	return fmt.Sprintf("ticket %s,filename %s,sha256 %s", b64(fmt.Sprint(ticket)), b64(name), b64(hex.EncodeToString(sum[:])))
}

// create makes an upload of content and gives its path.
func (h *house) create(made api.CreatedTicket, content []byte) string {
	h.t.Helper()
	status, head, body := h.do("POST", api.PathUploads, made.Token, nil,
		"Upload-Length", fmt.Sprint(len(content)), "Upload-Metadata", metadata(made.Ticket.Number, "case.zip", content))
	if status != http.StatusCreated {
		h.t.Fatalf("create: %d %s", status, body)
	}
	return head.Get("Location")
}

// patch sends content from at.
func (h *house) patch(path, token string, at int, content []byte, header ...string) (int, http.Header, []byte) {
	h.t.Helper()
	return h.do("PATCH", path, token, content,
		append([]string{"Content-Type", patchType, "Upload-Offset", fmt.Sprint(at)}, header...)...)
}

// offset is what HEAD answers.
func (h *house) offset(path, token string) string {
	h.t.Helper()
	status, head, _ := h.do("HEAD", path, token, nil)
	if status != http.StatusOK {
		h.t.Fatalf("HEAD: %d", status)
	}
	return head.Get("Upload-Offset")
}

// noise is content that nothing compresses or repeats, the same for the same size.
func noise(size int) []byte {
	b := make([]byte, size)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(b) // never fails
	return b
}

// noiseFile is a file of noise.
func noiseFile(t testing.TB, size int) (path string, content []byte) {
	t.Helper()
	content = noise(size)
	path = filepath.Join(t.TempDir(), "case.zip")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path, content
}

func kind(t *testing.T, body []byte) api.ErrorKind {
	t.Helper()
	var e api.Error
	if err := json.Unmarshal(body, &e); err != nil {
		t.Fatalf("%q: %v", body, err)
	}
	return e.Kind
}

// until waits for what to come true; tests have a deadline of their own.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for end := time.After(20 * time.Second); !is(); {
		select {
		case <-tick.C:
		case <-end:
			t.Fatalf("did not happen: %s", what)
		}
	}
}
