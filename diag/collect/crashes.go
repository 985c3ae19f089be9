package collect

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/beistand/beistand/diag/facts"
)

// CrashesFacts is what is left of programs that crashed.
type CrashesFacts struct {
	Count   int      `json:"count"`
	Crashes []Crash  `json:"crashes"`                // newest first
	Pattern string   `json:"core_pattern,omitempty"` // what the kernel does with a crashed program's memory
	Limit   string   `json:"core_limit,omitempty"`   // how large it may be; "0": none is kept
	Looked  []string `json:"looked_in"`              // the folders and programs that were asked
	Notes   []string `json:"notes,omitempty"`
}

// Crash is one program's end, or a file that it left.
type Crash struct {
	Name    string     `json:"name"` // of the program, or of the file if that is all there is
	At      *time.Time `json:"crash_time,omitempty"`
	Kind    string     `json:"kind"`             // "core dump", "crash report", "minidump", "Windows error report", "kernel crash"
	Signal  string     `json:"signal,omitempty"` // "SIGSEGV"; on Windows the exception's code
	Module  string     `json:"module,omitempty"` // where it happened
	Version string     `json:"version,omitempty"`
	PID     int        `json:"pid,omitempty"`
	Size    int64      `json:"size_bytes,omitempty"`
	Path    string     `json:"path,omitempty"`
	Taken   string     `json:"taken_as,omitempty"` // the report's path in the bundle
}

// crashes is read of the folders where systems and products leave them.
type crashes struct {
	machine
	folders []string // the profile's
}

// What is listed, and taken into the bundle: of the newest reports that are
// text, the beginning, where the cause stands.
const (
	maxCrashes = 500
	maxReports = 10
	maxReport  = 256 << 10
)

func (crashes) Name() string  { return "crashes" }
func (crashes) Title() string { return titleCrashes }

func (c crashes) Collect(ctx context.Context, s Sink) error {
	f := CrashesFacts{Crashes: []Crash{}, Looked: []string{}}
	switch c.system {
	case "linux":
		f.linux(ctx, c.machine)
	case "windows":
		f.windows(ctx, c.machine)
	case "darwin":
		f.folder(ctx, c.machine, "/Library/Logs/DiagnosticReports", "crash report")
		f.folder(ctx, c.machine, c.home+"/Library/Logs/DiagnosticReports", "crash report")
	}
	for _, dir := range c.folders {
		for _, one := range c.expanded(dir) {
			f.folder(ctx, c.machine, one, "crash report")
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	slices.SortStableFunc(f.Crashes, func(a, b Crash) int { return later(b.At, a.At) })
	f.Count = len(f.Crashes)
	if f.Count > maxCrashes {
		f.Crashes = f.Crashes[:maxCrashes]
		f.Notes = append(f.Notes, fmt.Sprintf("%d older ones are not listed", f.Count-maxCrashes))
	}
	if err := f.take(ctx, c.machine, s); err != nil {
		return err
	}
	return writeFacts(s, "system/crashes.json", titleCrashes, f)
}

// expanded gives the folders that a path with *, ? or [] means.
func (m machine) expanded(dir string) []string {
	if !strings.ContainsAny(dir, "*?[") {
		return []string{dir}
	}
	found, err := filepath.Glob(m.path(dir))
	if err != nil || len(found) == 0 {
		return []string{dir}
	}
	for i := range found {
		found[i] = strings.TrimPrefix(found[i], m.root)
	}
	return found
}

// take stores the newest reports that are text and not yet too many.
func (f *CrashesFacts) take(ctx context.Context, m machine, s Sink) error {
	taken := 0
	for i := range f.Crashes {
		one := &f.Crashes[i]
		if one.Path == "" || one.Size == 0 || taken == maxReports || one.Kind == "core dump" || one.Kind == "minidump" {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		b, err := m.read(one.Path, maxReport)
		if err != nil || !isText(b) {
			continue
		}
		path := fmt.Sprintf("logs/crash-%d-%s.log", taken+1, SafeName(filepath.Base(filepath.FromSlash(strings.ReplaceAll(one.Path, `\`, "/")))))
		info := FileInfo{Title: titleCrash, MediaType: plainText, Source: one.Path}
		if left := one.Size - int64(len(b)); left > 0 {
			info.Cut = "the last " + facts.Size(left) + " are left out"
		}
		w, err := s.Create(path, info)
		if err != nil {
			return err
		}
		if _, err := w.Write([]byte(windowsText(b))); err != nil {
			w.Close()
			return err
		}
		if err := w.Close(); err != nil {
			return err
		}
		one.Taken, taken = path, taken+1
	}
	return nil
}

// isText says whether a report can be read by a person: text in UTF-8 or UTF-16.
func isText(b []byte) bool {
	head := b[:min(len(b), 8<<10)]
	if bytes.HasPrefix(head, []byte{0xff, 0xfe}) || bytes.HasPrefix(head, []byte{0xfe, 0xff}) {
		return true
	}
	strange := 0
	for _, c := range head {
		if c == 0 {
			return false
		}
		if c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != 0x1b {
			strange++
		}
	}
	return len(head) > 0 && strange*50 < len(head)
}
