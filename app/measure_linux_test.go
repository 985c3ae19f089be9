package app

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// program builds the program without windows, as it is shipped for servers.
func program(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "beistand")
	cmd := exec.Command("go", "build", "-trimpath", "-tags", "headless", "-o", path, module)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// profileOf makes a profile that takes logs whole.
func profileOf(t *testing.T, logs []string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("name: Example\nlogs:\n")
	for _, path := range logs {
		fmt.Fprintf(&b, "  - {path: %s, bytes: 1073741824}\n", path)
	}
	path := filepath.Join(t.TempDir(), "profile.yaml")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// largeLogs makes logs of blocks that are packed a little.
func largeLogs(t *testing.T, count, blocks int) (paths []string) {
	t.Helper()
	dir := t.TempDir()
	var block bytes.Buffer
	for block.Len() < 1<<20 {
		fmt.Fprintf(&block, "2026-11-20 09:14:03 request %s answered in %d ms\n", rand.Text(), block.Len())
	}
	for i := range count {
		path := filepath.Join(dir, fmt.Sprintf("large-%d.log", i))
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		for range blocks {
			if _, err := f.Write(block.Bytes()); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// TestMeasured measures runs of the program as it is shipped.
func TestMeasured(t *testing.T) {
	beistand := program(t)
	t.Run("memory", func(t *testing.T) { measureMemory(t, beistand) })
	t.Run("processor", func(t *testing.T) { measureProcessor(t, beistand) })
}

// measureMemory takes the most memory that a run has over large logs, four
// at once, packed ones, and one that is 20 GB long and mostly empty.
func measureMemory(t *testing.T, beistand string) {
	logs := largeLogs(t, 4, 60)
	for _, path := range largeLogs(t, 2, 20) { // packed with as large a dictionary as is taken
		if out, err := exec.Command("xz", "-7", "-T1", path).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		logs = append(logs, path+".xz")
	}
	sparse := filepath.Join(t.TempDir(), "sparse.log")
	if err := os.WriteFile(sparse, []byte("the beginning\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(sparse, 20<<30); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "case.zip")
	cmd := exec.Command(beistand, "collect", "-q", "-o", out, "--no-screens", "--accept-unsigned", "--max-time", "10m", "--max-size", "1GB",
		"--profile", profileOf(t, append(logs, sparse)))
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir(), "GOMEMLIMIT=off", "GOGC=100")
	var text bytes.Buffer
	cmd.Stdout, cmd.Stderr = &text, &text
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	most, all, err := peak(cmd.Process.Pid, ended)
	if err != nil {
		t.Fatalf("%v\n%s", err, text.String())
	}
	t.Logf("at most %d MB, %d MB with the pages of the program's file", most>>20, all>>20)
	if all > 64<<20 {
		t.Errorf("it had %d MB with the pages of the program's file", all>>20)
	}
	if most > 48<<20 {
		t.Errorf("it had %d MB of memory", most>>20)
	}
}

// peak reads the high-water mark of a process's memory, in bytes, until it
// ends, without and with the pages of the program's file, which the system drops
// when it wants to, and of which there are more the more parts the program has.
// The mark that the kernel gives at the end (ru_maxrss) is of no use: it counts the test's
// own memory, which the child shared until it became the program.
func peak(pid int, ended <-chan error) (most, all int64, err error) {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-ended:
			return most, all, err
		case <-tick.C:
		}
		exe, err := os.Readlink(fmt.Sprintf("/proc/%d/exe", pid))
		if err != nil || filepath.Base(exe) != "beistand" {
			continue // not yet, or no longer
		}
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		if err != nil {
			continue
		}
		var whole, file int64 // kB
		_, high, _ := strings.Cut(string(status), "VmHWM:")
		_, mapped, _ := strings.Cut(string(status), "RssFile:")
		if _, err := fmt.Sscan(high, &whole); err != nil {
			continue
		}
		all = max(all, whole<<10)
		if _, err := fmt.Sscan(mapped, &file); err == nil {
			most = max(most, (whole-file)<<10)
		}
	}
}

// measureProcessor takes how much of a processor a run has that may have a
// fifth of one, and would take all it could have.
func measureProcessor(t *testing.T, beistand string) {
	out := filepath.Join(t.TempDir(), "case.zip")
	cmd := exec.Command(beistand, "collect", "--events", "-o", out, "--no-screens", "--accept-unsigned", "--max-time", "6s", "--max-cpu", "20",
		"--profile", profileOf(t, largeLogs(t, 2, 120)))
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir())
	cmd.Stderr = os.Stderr
	start := time.Now()
	text, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	wall := time.Since(start)
	share := float64(cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime()) / float64(wall)
	t.Logf("%.0f %% of a processor for %v", share*100, wall)
	// Facts are collected without a pause, and the first tenth of a second is free.
	if share > 0.35 {
		t.Errorf("%.0f %% of a processor", share*100)
	}
	lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	var last finishedEvent
	if err := json.Unmarshal(lines[len(lines)-1], &last); err != nil || last.Event != "finished" {
		t.Errorf("%s, %v", lines[len(lines)-1], err)
	}
	if last.At > 15 { // on a busy machine it takes a while to end
		t.Errorf("6 s became %v", last.At)
	}
}
