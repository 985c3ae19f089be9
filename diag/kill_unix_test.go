//go:build unix

package diag

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/collect"
)

// victimEnv names the bundle that this test binary is to write until it is killed.
const victimEnv = "BEISTAND_TEST_VICTIM"

func TestMain(m *testing.M) {
	if path := os.Getenv(victimEnv); path != "" {
		victim(path)
		return
	}
	os.Exit(m.Run())
}

// victims are collectors that deliver small and large files, packed well and
// badly, and two that never end.
func victims() []collect.Collector {
	var all []collect.Collector
	for i := range 12 {
		all = append(all, fake{fmt.Sprint("many-", i), func(ctx context.Context, s collect.Sink) error {
			for j := range 40 {
				size := 200 + j*70
				if j%10 == 9 {
					size = 1_500_000 // beyond what is kept in memory
				}
				if err := put(s, fmt.Sprintf("logs/%d/%d.log", i, j), "text/plain", string(noise(i*40+j, size))); err != nil {
					return err
				}
			}
			return nil
		}})
		if i == 5 || i == 8 {
			all = append(all, fake{fmt.Sprint("endless-", i), func(ctx context.Context, s collect.Sink) error {
				w, err := s.Create(fmt.Sprintf("logs/endless-%d.log", i), collect.FileInfo{Title: "Log file", MediaType: "text/plain"})
				if err != nil {
					return err
				}
				io.WriteString(w, "the beginning\n")
				<-ctx.Done()
				return ctx.Err()
			}})
		}
	}
	return all
}

func victim(path string) {
	_, err := run(context.Background(), path, Options{Tool: "victim"}, victims(), nil)
	fmt.Fprintln(os.Stderr, "it ended by itself:", err)
	os.Exit(1)
}

// TestKilled kills a real process at 100 moments of a run.
func TestKilled(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var files, unfinished int
	for i := range 100 {
		path := filepath.Join(t.TempDir(), "case.zip")
		cmd := exec.Command(program)
		cmd.Env = append(os.Environ(), victimEnv+"="+path)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for {
			if _, err := os.Stat(path); err == nil {
				break
			}
		}
		// The moments lie closer to each other where there is more to break.
		wait := time.Duration(rand.Float64() * rand.Float64() * float64(700*time.Millisecond))
		<-time.After(wait)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		var exit *exec.ExitError
		if err := cmd.Wait(); !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
			t.Fatalf("it was not killed: %v", err)
		}
		m := verified(t, path)
		files += len(m.Files)
		if m.Unfinished == "" {
			t.Fatalf("kill %d, after %v: the manifest does not say that collecting was interrupted", i, wait)
		}
		if len(m.Collectors) > 0 || len(m.Files) > 0 { // the very first bundle is empty
			unfinished += interrupted(t, m)
		}
		z, err := zip.OpenReader(path)
		if err != nil {
			t.Fatalf("kill %d, after %v: %v", i, wait, err)
		}
		if len(z.File) != len(m.Files)+1 {
			t.Fatalf("%d entries, %d files", len(z.File), len(m.Files))
		}
		z.Close()
		if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
			t.Fatalf("left behind: %v", left)
		}
	}
	if files == 0 || unfinished == 0 {
		t.Errorf("all kills came too early or too late: %d files, %d unfinished collectors", files, unfinished)
	}
	t.Logf("%d files were kept, %d collectors named as unfinished", files, unfinished)
}

// interrupted counts the collectors that had not ended, all of which are named.
func interrupted(t *testing.T, m bundle.Manifest) (n int) {
	t.Helper()
	if len(m.Collectors) != len(victims()) {
		t.Fatalf("%d collectors are named", len(m.Collectors))
	}
	for _, o := range m.Collectors {
		if strings.HasPrefix(o.Error, "collecting was interrupted") {
			n++
		} else if o.State != bundle.OK {
			t.Fatalf("%+v", o)
		}
	}
	return n
}
