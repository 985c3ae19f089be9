package crash

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
)

// smallDisk is where the test's program, started again in namespaces of its own, has its small disk.
const smallDisk = "BEISTAND_CRASH_DISK"

// TestFull fills a real disk (tmpfs(5), in a mount namespace of its own) so
// that so many pages are left, for every number there is, and files a case on it.
func TestFull(t *testing.T) {
	if dir := os.Getenv(smallDisk); dir != "" {
		full(t, dir)
		return
	}
	dir := t.TempDir()
	cmd := exec.Command(os.Args[0], "-test.run", "^TestFull$", "-test.v")
	cmd.Env = append(os.Environ(), smallDisk+"="+dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
		Pdeathsig:   syscall.SIGKILL,
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, "positions") {
			t.Log(strings.TrimSpace(line))
		}
	}
}

const (
	diskSize = 8 << 20
	page     = 4 << 10
)

func full(t *testing.T, dir string) {
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprint("size=", diskSize)); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), filepath.Join(dir, "desk"), store.Options{Free: func(string) (uint64, error) { return 1 << 40, nil }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	refused, through := 0, 0
	for left := 0; through < 3; left++ { // pages; three cases in a row that met no end
		shorten(t, filepath.Join(dir, "desk", "desk.db"))
		c := &filing{t: t, s: s, n: left}
		filler := fillUp(t, dir, left)
		err := c.all()
		switch {
		case err == nil:
			through++
		case errors.Is(err, db.ErrNoSpace):
			through = 0
			refused++
			if r := reply.To(err); r.Status != http.StatusInsufficientStorage || r.Body.Kind != api.KindNoSpace {
				t.Errorf("%d pages left: answered %d %s", left, r.Status, r.Body.Kind)
			}
		default:
			t.Fatalf("%d pages left: %v", left, err)
		}
		c.reads() // also with a full disk
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
		if err := c.all(); err != nil { // with room it goes on where it stood
			t.Fatalf("%d pages left, and then room: %v", left, err)
		}
		c.reads()
		c.forget()
	}
	t.Logf("%d positions of a full disk were refused", refused)
	if refused < 20 {
		t.Error("the disk was hardly ever full")
	}
	j, err := journal.New(t.Context(), journal.Config{DB: s.DB()})
	if err == nil {
		_, err = j.Verify(t.Context())
	}
	if err != nil {
		t.Errorf("journal: %v", err)
	}
}

// shorten empties the database's log, so that every commit wants room of the disk.
func shorten(t *testing.T, path string) {
	t.Helper()
	d, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.ExecContext(t.Context(), "PRAGMA wal_checkpoint(TRUNCATE)")
	if err = errors.Join(err, d.Close()); err != nil {
		t.Fatal(err)
	}
}

// fillUp leaves so many pages.
func fillUp(t *testing.T, dir string, left int) string {
	t.Helper()
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "filler")
	free := int64(st.Bavail)*st.Bsize - int64(left)*page
	if err := os.WriteFile(path, make([]byte, max(0, free)), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// filing is one case: a ticket, a bundle in two pieces, and the journal.
type filing struct {
	t      *testing.T
	s      *store.Store
	n      int
	ticket int64
	upload store.Upload
}

func (f *filing) content() []byte {
	b := bytes.Repeat([]byte(fmt.Sprintf("content %04d ", f.n)), 9000)
	return b[:100<<10]
}

func (f *filing) sum() string {
	sum := sha256.Sum256(f.content())
	return hex.EncodeToString(sum[:])
}

// all does what is not done yet.
func (f *filing) all() error {
	ctx, now := f.t.Context(), time.Now()
	if f.ticket == 0 {
		made, err := f.s.CreateTicket(ctx, api.NewTicket{
			ID: fmt.Sprint("id ", f.n), Title: "t", Description: strings.Repeat("d", 6000), Priority: api.Low,
		}, now, now.Add(time.Hour))
		if err != nil {
			return err
		}
		f.ticket = made.Ticket.Number
	}
	if f.upload.ID == "" {
		u, err := f.s.CreateUpload(ctx, store.Upload{Ticket: f.ticket, Name: "a.zip", Size: int64(len(f.content())), SHA256: f.sum(), Expires: now.Add(time.Hour)}, now)
		if err != nil {
			return err
		}
		f.upload = u
	}
	u, err := f.s.Upload(ctx, f.upload.ID)
	if err != nil || u.Done {
		return err
	}
	if placed, err := f.s.Placed(ctx, u, now, note); err != nil || placed {
		return err
	}
	if u.Offset < u.Size/2 { // the first half ends with a break, which keeps it
		u, err = f.s.Append(ctx, u, &halved{bytes.NewReader(f.content()[u.Offset : u.Size/2])}, nil, u.Expires)
		var cut *store.BodyError
		if !errors.As(err, &cut) || errors.Is(err, db.ErrNoSpace) {
			return err
		}
	}
	if u, err = f.s.Append(ctx, u, bytes.NewReader(f.content()[u.Offset:]), nil, u.Expires); err != nil {
		return err
	}
	return f.s.FinishUpload(ctx, u, now, note)
}

// halved breaks off where its bytes end.
type halved struct{ r *bytes.Reader }

func (h *halved) Read(p []byte) (int, error) {
	if h.r.Len() == 0 {
		return 0, errors.New("connection reset")
	}
	return h.r.Read(p)
}

func note(ctx context.Context, tx *db.Tx, u store.Upload) error {
	return journal.Write(ctx, tx, journal.Entry{
		Actor: api.Actor{Kind: api.ActorCustomer}, Ticket: u.Ticket, Action: "bundle.added", Subject: fmt.Sprint("ticket/", u.Ticket), Detail: []byte(`{}`),
	})
}

// reads looks at what is shown: a bundle is whole or is not there.
func (f *filing) reads() {
	f.t.Helper()
	if f.ticket == 0 {
		return
	}
	ticket, err := f.s.Ticket(f.t.Context(), f.ticket)
	if err != nil {
		f.t.Fatalf("case %d is not read: %v", f.n, err)
	}
	for _, b := range ticket.Bundles {
		content, err := f.s.Open(f.t.Context(), b.SHA256)
		if err != nil {
			f.t.Fatalf("case %d: %v", f.n, err)
		}
		var got bytes.Buffer
		_, err = got.ReadFrom(content)
		if err = errors.Join(err, content.Close()); err != nil || !bytes.Equal(got.Bytes(), f.content()) {
			f.t.Fatalf("case %d shows half a bundle: %d bytes %v", f.n, got.Len(), err)
		}
	}
}

// forget makes room for the next case.
func (f *filing) forget() {
	f.t.Helper()
	ticket, err := f.s.Ticket(f.t.Context(), f.ticket)
	if err != nil || len(ticket.Bundles) != 1 {
		f.t.Fatalf("case %d: %+v %v", f.n, ticket.Bundles, err)
	}
	err = f.s.DB().Tx(f.t.Context(), func(tx *db.Tx) error {
		_, err := tx.ExecContext(f.t.Context(), "DELETE FROM bundles WHERE ticket = ?", f.ticket)
		return err
	})
	if err == nil {
		_, err = f.s.DropUnused(f.t.Context(), time.Now())
	}
	if err != nil {
		f.t.Fatal(err)
	}
}
