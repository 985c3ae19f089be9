package collect_test

import (
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/beistand/beistand/diag"
	"github.com/beistand/beistand/diag/bundle"
)

// quickPlugins are those of sos that collect what the standard run does, as
// docs/collectors.md has it side by side, and no more.
const quickPlugins = "apt,block,date,dpkg,filesys,hardware,host,kernel,logs,md,memory,networking,pci,process,processor,release,services,systemd"

// spent is what this process and the children it has waited for took of the processors.
func spent(b *testing.B) time.Duration {
	b.Helper()
	var sum time.Duration
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var u syscall.Rusage
		if err := syscall.Getrusage(who, &u); err != nil {
			b.Fatal(err)
		}
		sum += time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	return sum
}

// BenchmarkStandardRun makes a bundle of a standard run, and beside it, where
// sos is installed, sos' report: quick, with the plugins that collect the
// same, and as it comes. It prints seconds of wall and of processor time, and
// how many times what the standard run took.
func BenchmarkStandardRun(b *testing.B) {
	var ours, oursSpent float64
	measure := func(name string, run func(dir string) error) {
		b.Run(name, func(b *testing.B) {
			var wall, cpu time.Duration
			for b.Loop() {
				dir := b.TempDir()
				before, start := spent(b), time.Now()
				if err := run(dir); err != nil {
					b.Fatal(err)
				}
				wall += time.Since(start)
				cpu += spent(b) - before
			}
			w, c := wall.Seconds()/float64(b.N), cpu.Seconds()/float64(b.N)
			b.ReportMetric(0, "ns/op") // temporary folders are no part of it
			b.ReportMetric(w, "s-wall")
			b.ReportMetric(c, "s-cpu")
			if ours == 0 {
				ours, oursSpent = w, c
				return
			}
			b.ReportMetric(w/ours, "x-wall")
			b.ReportMetric(c/oursSpent, "x-cpu")
		})
	}
	measure("beistand", func(dir string) error {
		m, err := diag.Run(b.Context(), filepath.Join(dir, "case.zip"), diag.Options{Tool: "benchmark"}, nil)
		if err != nil {
			return err
		}
		for _, c := range m.Collectors {
			if c.State == bundle.Failed || c.State == bundle.TimedOut {
				b.Errorf("%s: %s", c.Name, c.Error)
			}
		}
		return nil
	})
	sos, err := exec.LookPath("sos")
	if err != nil {
		b.Log("sos is not installed: nothing to compare with")
		return
	}
	report := func(options ...string) func(string) error {
		return func(dir string) error {
			args := append([]string{"report", "--batch", "--quiet", "--tmp-dir", dir}, options...)
			return exec.CommandContext(b.Context(), sos, args...).Run()
		}
	}
	measure("sos quick", report("--only-plugins", quickPlugins))
	measure("sos default", report())
}
