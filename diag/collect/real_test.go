package collect

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/beistand/beistand/diag/facts"
)

// TestReal runs each collector on this machine.
func TestReal(t *testing.T) {
	titles, words := Titles(), FactWords()
	names := map[string]bool{}
	for _, c := range Standard(Options{Logs: []Log{{Path: "/proc/self/status"}}}) {
		t.Run(c.Name(), func(t *testing.T) {
			if names[c.Name()] || !slices.Contains(titles, c.Title()) {
				t.Errorf("name %q or title %q is not in order", c.Name(), c.Title())
			}
			names[c.Name()] = true
			if l := LimitOf(c); l == fallback || l.Time <= 0 || l.Size <= 0 {
				t.Error("it has no limit of its own")
			}
			s := &memSink{}
			err := c.Collect(t.Context(), s)
			if errors.Is(err, ErrAbsent) {
				t.Logf("not here: %v", err)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			for path, f := range s.files {
				if !f.closed || !slices.Contains(titles, f.Title) || int64(f.Len()) > LimitOf(c).Size {
					t.Errorf("%s: %+v", path, f.FileInfo)
				}
				if f.MediaType != "application/json" {
					continue
				}
				lines, err := facts.Lines(f.Bytes())
				if err != nil || len(lines) == 0 {
					t.Errorf("%s: %d lines, %v", path, len(lines), err)
				}
				for _, l := range lines {
					if l.Value != "" && !slices.Contains(words, l.Key) {
						t.Errorf("%q is not among the words of facts", l.Key)
					}
					t.Logf("%s%s: %s", strings.Repeat("  ", l.Depth), l.Key, l.Value)
				}
			}
		})
	}
}

// TestFigures holds some figures against what can be true.
func TestFigures(t *testing.T) {
	s := &memSink{}
	m := thisMachine()
	for _, c := range []Collector{memory{m}, newProcesses(m), host{m}, processor{m}, newFileSystems(m)} {
		if err := c.Collect(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	read := func(path string, into any) {
		if err := json.Unmarshal(s.files[path].Bytes(), into); err != nil {
			t.Fatal(err)
		}
	}
	var held MemoryFacts
	read("system/memory.json", &held)
	if held.Total < 1<<26 || held.Available > held.Total || held.Percent <= 0 || held.Percent > 100 {
		t.Errorf("%+v", held)
	}
	var p ProcessesFacts
	read("system/processes.json", &p)
	if p.Count == 0 || len(p.ByCPU) > topProcesses || p.ByMemory[0].Memory < p.ByMemory[len(p.ByMemory)-1].Memory {
		t.Errorf("%+v", p)
	}
	var h HostFacts
	read("system/host.json", &h)
	if h.Name == "" || h.System == "" || h.Uptime == 0 {
		t.Errorf("%+v", h)
	}
	var c ProcessorFacts
	read("system/cpu.json", &c)
	if c.Threads == 0 || c.Used == nil || *c.Used > 100 {
		t.Errorf("%+v", c)
	}
	var d FileSystemsFacts
	read("system/filesystems.json", &d)
	if len(d.FileSystems) == 0 || d.FileSystems[0].Use == nil || d.FileSystems[0].Use.Total == 0 {
		t.Errorf("%+v", d)
	}
}
