// Package dbtest runs a test on both databases: SQLite in a file, and PostgreSQL's own server, which it starts.
package dbtest

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/beistand/beistand/app/desk/store/db"
)

// Each runs test once on SQLite and once on PostgreSQL, as subtests of these
// names. Each time the database is new and its tables are up to date.
func Each(t *testing.T, test func(t *testing.T, d *db.DB)) {
	t.Helper()
	EachSource(t, func(t *testing.T, source string) { test(t, Open(t, source)) })
}

// EachSource is Each for who opens the database: source is what db.Open takes.
func EachSource(t *testing.T, test func(t *testing.T, source string)) {
	t.Helper()
	t.Run(string(db.SQLite), func(t *testing.T) { test(t, File(t)) })
	t.Run(string(db.PostgreSQL), func(t *testing.T) { test(t, URL(t)) })
}

// Open opens a database for as long as the test runs.
func Open(tb testing.TB, source string) *db.DB {
	tb.Helper()
	d, err := db.Open(tb.Context(), source)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := d.Close(); err != nil {
			tb.Errorf("close the database: %v", err)
		}
	})
	return d
}

// URL is the URL of a new PostgreSQL database with tables that are up to date,
// on a server that all tests of this process share. It is not safe against a
// machine's crash: fsync is off. The database is gone after the test.
func URL(tb testing.TB) string {
	tb.Helper()
	s, err := shared()
	if err != nil {
		tb.Fatal(err)
	}
	return s.URL(tb)
}

// shared is the server of this process. It ends with Main, or else with the process.
var shared = sync.OnceValues(func() (*Server, error) {
	s, err := start(true)
	if err == nil {
		started.Lock()
		defer started.Unlock()
		started.server = s
	}
	return s, err
})

// started is the shared server, if a test has wanted it.
var started struct {
	sync.Mutex // guards what follows
	server     *Server
}

// Main is a *testing.M whose Run ends the server, too, for packages that look
// for leaks afterwards: goleak.VerifyTestMain(dbtest.Main(m)). Without it the
// server ends with the process, however that ends.
func Main(m *testing.M) interface{ Run() int } { return run{m} }

type run struct{ m *testing.M }

func (r run) Run() int {
	code := r.m.Run()
	started.Lock()
	defer started.Unlock()
	if started.server == nil {
		return code
	}
	if err := started.server.end(); err != nil {
		os.Stderr.WriteString("end PostgreSQL: " + err.Error() + "\n")
		return max(code, 1)
	}
	return code
}

// migrated is an SQLite database's file with tables that are up to date.
var migrated = sync.OnceValues(func() (_ []byte, err error) {
	dir, err := os.MkdirTemp("", "beistand-sqlite-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "desk.db")
	d, err := db.Open(context.Background(), path)
	if err != nil {
		return nil, err
	}
	if err := d.Close(); err != nil { // which puts everything into the one file
		return nil, err
	}
	return os.ReadFile(path)
})

// File is the path of a new SQLite database with tables that are up to date.
func File(tb testing.TB) string {
	tb.Helper()
	return Fill(tb, tb.TempDir())
}

// Fill puts such a database into a desk's folder, which is made if it is not
// there, and gives its path. A database that is there stays.
func Fill(tb testing.TB, dir string) string {
	tb.Helper()
	content, err := migrated()
	if err != nil {
		tb.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		tb.Fatal(err)
	}
	path := filepath.Join(dir, "desk.db")
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return path
	}
	if err == nil {
		_, err = f.Write(content)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		tb.Fatal(err)
	}
	return path
}
