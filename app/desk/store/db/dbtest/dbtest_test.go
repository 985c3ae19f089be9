package dbtest_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

func TestMain(m *testing.M) {
	if os.Getenv("BEISTAND_DBTEST_CHILD") != "" {
		os.Exit(m.Run()) // nobody ends the server
	}
	goleak.VerifyTestMain(dbtest.Main(m))
}

// Every test has tables, and nothing of another test.
func TestEach(t *testing.T) {
	kinds := map[db.Kind]bool{}
	for range 2 {
		dbtest.Each(t, func(t *testing.T, d *db.DB) {
			kinds[d.Kind()] = true
			var tickets int
			if err := d.QueryRowContext(t.Context(), "SELECT count(*) FROM tickets").Scan(&tickets); err != nil || tickets != 0 {
				t.Fatalf("%d tickets: %v", tickets, err)
			}
			mark(t, d) // which fails where it was done before
		})
	}
	if !kinds[db.SQLite] || !kinds[db.PostgreSQL] {
		t.Errorf("it ran on %v", kinds)
	}
}

// What was acknowledged is there after a crash of the server.
func TestRestart(t *testing.T) {
	s := dbtest.Start(t)
	d := dbtest.Open(t, s.URL(t))
	mark(t, d)
	if err := s.Restart(); err != nil {
		t.Fatal(err)
	}
	within(t, func() bool {
		var count int
		return d.QueryRowContext(t.Context(), "SELECT count(*) FROM marks").Scan(&count) == nil
	})
}

// mark leaves a trace in a database that has none.
func mark(t *testing.T, d *db.DB) {
	t.Helper()
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := tx.ExecContext(t.Context(), "CREATE TABLE marks (a INTEGER)")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestChild is TestKilled's other process: it starts a server and waits to be killed.
func TestChild(t *testing.T) {
	if os.Getenv("BEISTAND_DBTEST_CHILD") == "" {
		return
	}
	os.Stdout.WriteString(dbtest.URL(t) + "\n")
	select {}
}

// A killed test leaves neither the server nor its folder.
func TestKilled(t *testing.T) {
	child := exec.Command(os.Args[0], "-test.run=^TestChild$")
	child.Env = append(os.Environ(), "BEISTAND_DBTEST_CHILD=1")
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	said := make([]byte, 0, 256)
	for !bytes.HasSuffix(said, []byte("\n")) {
		one := make([]byte, 1)
		if _, err := out.Read(one); err != nil {
			t.Fatalf("%q: %v", said, errors.Join(err, child.Wait()))
		}
		said = append(said, one...)
	}
	source := string(bytes.TrimSpace(said))
	u, err := url.Parse(source)
	if err != nil {
		t.Fatal(err)
	}
	d := dbtest.Open(t, source)
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait() // it was killed
	within(t, func() bool {
		_, err := os.Stat(u.Query().Get("host"))
		return errors.Is(err, fs.ErrNotExist)
	})
	ctx, enough := context.WithTimeout(t.Context(), 10*time.Second)
	defer enough()
	var one int
	if err := d.QueryRowContext(ctx, "SELECT 1").Scan(&one); err == nil {
		t.Error("the server still answers")
	}
}

// within waits for a condition outside of this process.
func within(t *testing.T, is func() bool) {
	t.Helper()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for end := time.After(30 * time.Second); !is(); {
		select {
		case <-look.C:
		case <-end:
			t.Fatal("it does not come about")
		}
	}
}

// A new database is quick, since every test has its own.
func BenchmarkURL(b *testing.B) {
	dbtest.URL(b)
	for b.Loop() {
		dbtest.URL(b)
	}
}
