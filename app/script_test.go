package app

import (
	"bufio"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"beistand": func() {
			metadata := os.Getenv("TEST_METADATA")
			os.Exit(Main(metadata, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// TestScript types every command as a person or a script would.
func TestScript(t *testing.T) {
	metadata, err := os.ReadFile("../FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			home := filepath.Join(e.WorkDir, "home")
			e.Vars = append(e.Vars, "TEST_METADATA="+string(metadata), "HOME="+home, "LANG=C.UTF-8", "DISPLAY=")
			return os.MkdirAll(home, 0o700)
		},
		Cmds: commandsOfScripts(),
	})
}

func commandsOfScripts() map[string]func(*testscript.TestScript, bool, []string) {
	all := map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "desk": startDesk, "grow": grow, "records": records}
	maps.Copy(all, evidenceCommands)
	return all
}

// exits runs a command and compares its exit code: exits 3 beistand ...
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE program args...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("run %s: %v", args[1], err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// startDesk runs a real desk until the script's end and sets BEISTAND_DESK.
func startDesk(ts *testscript.TestScript, _ bool, args []string) {
	program, err := exec.LookPath("beistand")
	ts.Check(err)
	cmd := exec.Command(program, append([]string{"desk", "--listen", "127.0.0.1:0", "--data", ts.MkAbs("deskdata")}, args...)...)
	cmd.Env = append(os.Environ(), "TEST_METADATA="+ts.Getenv("TEST_METADATA"), "HOME="+ts.Getenv("HOME"))
	log, err := os.Create(ts.MkAbs("desk.log"))
	ts.Check(err)
	cmd.Stderr = log
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	ts.Defer(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
		_ = log.Close()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	ts.Check(err)
	address, ok := strings.CutPrefix(strings.TrimSpace(line), "listening on ")
	if !ok {
		ts.Fatalf("the desk said %q", line)
	}
	ts.Setenv("BEISTAND_DESK", address)
}

// grow makes a file sparse and large: grow FILE BYTES.
func grow(ts *testscript.TestScript, _ bool, args []string) {
	size, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_RDWR|os.O_CREATE, 0o600)
	ts.Check(err)
	_, err = f.WriteAt([]byte("\nthe last line\n"), size-15)
	ts.Check(errors.Join(err, f.Close()))
}
