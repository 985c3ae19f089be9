package dbtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"github.com/beistand/beistand/app/desk/store/db"
)

// patience bounds every wait for the server.
const patience = time.Minute

// Server is a PostgreSQL server in a folder of its own, which only this user
// (or, for root, the user that PostgreSQL runs as) can reach.
type Server struct {
	dir      string   // data, log and socket
	settings []string // -c name=value
	over     *exec.Cmd
	hold     io.WriteCloser // the server ends when it is closed, be it by this process's end
	admin    *sql.DB        // the database postgres
	template func() error   // makes the database that others are copies of, once
	making   sync.Mutex     // one copy at a time: PostgreSQL wants the template for itself
}

// keeper runs PostgreSQL until its standard input ends, which it does with the
// process that holds the other end, however that dies. Then it cleans up.
// $1 is the folder, $2 the program, what follows its arguments.
const keeper = `dir=$1; shift
"$@" >>"$dir/log" 2>&1 </dev/null &
pid=$!
read -r word
if [ "$word" = stop ]; then kill -QUIT $pid; wait $pid; exit 0; fi
kill -INT $pid 2>/dev/null
wait $pid
if [ -e "$dir/kept" ]; then exit 0; fi
cd /
rm -rf "$dir"
`

// Start starts a server for this test alone, which keeps what it was told
// through a crash (fsync is on). settings are PostgreSQL's, such as "work_mem=8MB".
func Start(tb testing.TB, settings ...string) *Server {
	tb.Helper()
	s, err := start(false, settings...)
	return stopped(tb, s, err)
}

// Keep is Start with its data in dir, an absolute path, which stays there after
// the test for another one. Where there is none yet, it is made.
func Keep(tb testing.TB, dir string, settings ...string) *Server {
	tb.Helper()
	s, err := keep(dir, settings)
	return stopped(tb, s, err)
}

func keep(dir string, settings []string) (*Server, error) {
	if _, err := os.Stat(filepath.Join(dir, "kept")); err == nil {
		return in(dir, false, settings)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	s, err := made(dir, false, settings)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "kept"), nil, 0o644)
	}
	return s, err
}

// stopped ends s after the test.
func stopped(tb testing.TB, s *Server, err error) *Server {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.end(); err != nil {
			tb.Errorf("end PostgreSQL: %v", err)
		}
	})
	return s
}

func start(quick bool, settings ...string) (*Server, error) {
	dir, err := os.MkdirTemp("", "beistand-pg-") // short: it holds a socket
	if err != nil {
		return nil, err
	}
	return made(dir, quick, settings)
}

// made makes a server's data in dir and starts it.
func made(dir string, quick bool, settings []string) (*Server, error) {
	programs, err := programs()
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	who, err := giveAway(dir)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	initdb := exec.Command(filepath.Join(programs, "initdb"), "--pgdata="+filepath.Join(dir, "data"),
		"--username=beistand", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions")
	initdb.Dir, initdb.SysProcAttr = dir, who
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, errors.Join(fmt.Errorf("initdb: %w: %s", err, out), os.RemoveAll(dir))
	}
	s, err := in(dir, quick, settings)
	if err != nil {
		err = errors.Join(err, os.RemoveAll(dir))
	}
	return s, err
}

// in starts a server on the data in dir.
func in(dir string, quick bool, settings []string) (_ *Server, err error) {
	s := &Server{dir: dir, settings: append([]string{
		"listen_addresses=", "unix_socket_directories=" + dir, "shared_buffers=32MB", "max_connections=200",
		"autovacuum_naptime=10s", "log_min_messages=warning",
	}, settings...)}
	if quick {
		s.settings = append(s.settings, "fsync=off", "full_page_writes=off")
	}
	if s.admin, err = sql.Open("pgx", s.url("postgres")); err != nil {
		return nil, err
	}
	s.admin.SetMaxIdleConns(1)
	s.template = sync.OnceValue(s.makeTemplate)
	if err := s.run(); err != nil {
		return nil, errors.Join(err, s.end())
	}
	return s, nil
}

// run starts the server and waits until it answers.
func (s *Server) run() error {
	programs, err := programs()
	if err != nil {
		return err
	}
	args := []string{"-c", keeper, "keeper", s.dir, filepath.Join(programs, "postgres"), "-D", filepath.Join(s.dir, "data")}
	for _, one := range s.settings {
		args = append(args, "-c", one)
	}
	r, w, err := os.Pipe()
	if err != nil {
		return err
	}
	s.over, s.hold = exec.Command("/bin/sh", args...), w
	s.over.Dir, s.over.Stdin = s.dir, r
	if s.over.SysProcAttr, err = owner(s.dir); err != nil {
		return errors.Join(err, r.Close(), w.Close())
	}
	if err := errors.Join(s.over.Start(), r.Close()); err != nil {
		return errors.Join(err, w.Close())
	}
	ctx, enough := context.WithTimeout(context.Background(), patience)
	defer enough()
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for {
		err := s.admin.PingContext(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			said, _ := os.ReadFile(filepath.Join(s.dir, "log"))
			return fmt.Errorf("start PostgreSQL: %w: %s", err, said)
		}
	}
}

// end ends the server and removes its folder.
func (s *Server) end() error {
	err := s.admin.Close()
	if s.hold == nil {
		return err
	}
	return errors.Join(err, s.hold.Close(), s.over.Wait())
}

// Restart ends the server as a crash of its machine's would, and starts it
// again on what is on disk.
func (s *Server) Restart() error {
	if _, err := io.WriteString(s.hold, "stop\n"); err != nil {
		return err
	}
	if err := errors.Join(s.over.Wait(), s.hold.Close()); err != nil {
		return err
	}
	return s.run()
}

// url is a database's, whose name needs no escapes.
func (s *Server) url(name string) string {
	u := url.URL{Scheme: "postgres", User: url.User("beistand"), Path: "/" + name, RawQuery: url.Values{"host": {s.dir}}.Encode()}
	return u.String()
}

// makeTemplate makes a database whose tables are up to date.
func (s *Server) makeTemplate() error {
	ctx, enough := context.WithTimeout(context.Background(), patience)
	defer enough()
	if _, err := s.admin.ExecContext(ctx, "CREATE DATABASE template_desk"); err != nil {
		return err
	}
	d, err := db.Open(ctx, s.url("template_desk"))
	if err != nil {
		return err
	}
	return d.Close()
}

// URL is a new database's on this server; it is dropped after the test.
func (s *Server) URL(tb testing.TB) string {
	tb.Helper()
	if err := s.template(); err != nil {
		tb.Fatal(err)
	}
	return s.made(tb, "template_desk")
}

// made is a new database's URL, which begins as a copy of the other one.
func (s *Server) made(tb testing.TB, template string) string {
	tb.Helper()
	name := "test_" + rand.Text()
	if err := s.copy(tb.Context(), name, template); err != nil {
		tb.Fatalf("make a database: %v", err)
	}
	tb.Cleanup(func() {
		ctx, enough := context.WithTimeout(context.Background(), patience)
		defer enough()
		if _, err := s.admin.ExecContext(ctx, `DROP DATABASE "`+name+`" WITH (FORCE)`); err != nil {
			tb.Errorf("drop the database: %v", err)
		}
	})
	return s.url(name)
}

// Named is the URL of the database of that name, which is made, empty, when it
// is not there, and stays.
func (s *Server) Named(tb testing.TB, name string) string {
	tb.Helper()
	var there bool
	err := s.admin.QueryRowContext(tb.Context(), "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)", name).Scan(&there)
	if err == nil && !there {
		_, err = s.admin.ExecContext(tb.Context(), `CREATE DATABASE "`+name+`"`)
	}
	if err != nil {
		tb.Fatalf("make a database: %v", err)
	}
	return s.url(name)
}

// Pid is the server's process, the parent of all that it serves with.
func (s *Server) Pid() (int, error) {
	text, err := os.ReadFile(filepath.Join(s.dir, "data", "postmaster.pid"))
	if err != nil {
		return 0, err
	}
	first, _, _ := strings.Cut(string(text), "\n")
	return strconv.Atoi(first)
}

func (s *Server) copy(ctx context.Context, name, template string) error {
	s.making.Lock()
	defer s.making.Unlock()
	_, err := s.admin.ExecContext(ctx, `CREATE DATABASE "`+name+`" TEMPLATE `+template)
	return err
}

// programs is the folder of PostgreSQL's programs: the one on the PATH, or the
// newest where Debian and others put them.
func programs() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			return filepath.Dir(path), nil
		}
	}
	found := ""
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin/initdb", "/usr/pgsql-*/bin/initdb", "/opt/homebrew/opt/postgresql@*/bin/initdb"} {
		all, err := filepath.Glob(pattern)
		if err != nil {
			return "", err
		}
		for _, one := range all {
			if len(one) > len(found) || len(one) == len(found) && one > found {
				found = one
			}
		}
	}
	if found == "" {
		return "", fmt.Errorf("no PostgreSQL server is installed on this %s: .ci/packages test installs it", runtime.GOOS)
	}
	return filepath.Dir(found), nil
}
