package app

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/beistand/beistand/diag/redact/plant"
)

// redactLog is the log that is measured: a planted one, or the one that
// BEISTAND_REDACT_LOG names.
func redactLog(tb testing.TB, size int64) string {
	tb.Helper()
	if path := os.Getenv("BEISTAND_REDACT_LOG"); path != "" {
		return path
	}
	path := filepath.Join(tb.TempDir(), "app.log")
	f, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := plant.Write(f, 1, size); err != nil {
		tb.Fatal(err)
	}
	if err := f.Close(); err != nil {
		tb.Fatal(err)
	}
	return path
}

// cpuOf runs a program over a file and gives its processor time.
func cpuOf(tb testing.TB, path, program string, args ...string) time.Duration {
	tb.Helper()
	f, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	cmd := exec.Command(program, args...)
	cmd.Stdin = f
	if err := cmd.Run(); err != nil {
		tb.Fatalf("%s: %v", program, err)
	}
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}

// BenchmarkRedact has the program as it is shipped redact a log as a filter,
// and zstd -1 pack the same one, in turns; both read a file and write nowhere.
// ratio is zstd's processor time in parts of ours: more than 1 is quicker.
func BenchmarkRedact(b *testing.B) {
	beistand := program(b)
	path := redactLog(b, 200e6)
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	cpuOf(b, path, "cat") // so that neither reads from the disk
	b.SetBytes(info.Size())
	var ours, zstd time.Duration
	rounds := 0
	for b.Loop() {
		ours += cpuOf(b, path, beistand, "redact", "-q")
		zstd += cpuOf(b, path, "zstd", "-1", "-q", "--single-thread", "-c")
		rounds++
	}
	mb := float64(info.Size()) * float64(rounds) / 1e6
	b.ReportMetric(mb/ours.Seconds(), "MB/cpu-s")
	b.ReportMetric(mb/zstd.Seconds(), "zstd-MB/cpu-s")
	b.ReportMetric(zstd.Seconds()/ours.Seconds(), "ratio")
}

// BenchmarkRedactRecall says how many of the planted values are gone and how
// many look-alikes are left, in percent, after the program as it is shipped.
func BenchmarkRedactRecall(b *testing.B) {
	beistand := program(b)
	own := plant.Own()
	profile := filepath.Join(b.TempDir(), "profile.yaml")
	text := "name: Example\nredact:\n  names: [\"" + own.Names[0] + "\", \"" + own.Names[1] + "\"]\n  domains: [" + own.Domains[0] + ", " + own.Domains[1] + "]\n"
	if err := os.WriteFile(profile, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	var log bytes.Buffer
	plants, err := plant.Write(&log, 2, 32<<20)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		cmd := exec.Command(beistand, "redact", "-q", "--profile", profile)
		cmd.Stdin = bytes.NewReader(log.Bytes())
		out, err := cmd.Output()
		if err != nil {
			b.Fatal(err)
		}
		score, err := plant.Check(bytes.NewReader(out), plants)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(100*score.Recall(), "gone-%")
		b.ReportMetric(100*score.Survived(), "left-%")
	}
}

// BenchmarkRedactLine has one line of 1 GB, a secret at its end.
func BenchmarkRedactLine(b *testing.B) {
	const size = 1 << 30
	beistand := program(b)
	b.SetBytes(size)
	for b.Loop() {
		cmd := exec.Command(beistand, "redact", "-q")
		cmd.Stdin = io.MultiReader(bytes.NewReader([]byte(`{"pad":"`)), io.LimitReader(&pad{}, size), bytes.NewReader([]byte(`","password":"Xk82hqP0aZ"}`)))
		var end tail
		cmd.Stdout = &end
		if err := cmd.Start(); err != nil {
			b.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		most, _, err := peak(cmd.Process.Pid, ended)
		if err != nil {
			b.Fatal(err)
		}
		if want := `"password":"<password>"}`; !bytes.HasSuffix(end, []byte(want)) {
			b.Errorf("it ends in %q", end)
		}
		b.ReportMetric(float64(most)/(1<<20), "MB")
	}
}

// pad is text without an end and without a line break.
type pad struct{ at int }

func (p *pad) Read(b []byte) (int, error) {
	const text = "some words that stand in a line "
	for i := range b {
		b[i] = text[(p.at+i)%len(text)]
	}
	p.at = (p.at + len(b)) % len(text)
	return len(b), nil
}

// tail keeps the last bytes written to it.
type tail []byte

func (t *tail) Write(p []byte) (int, error) {
	*t = append(*t, p[max(0, len(p)-100):]...)
	*t = (*t)[max(0, len(*t)-100):]
	return len(p), nil
}
