package analyze

import (
	"bytes"
	"io"
	"testing"
	"time"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/collect"
)

// realSink keeps what collectors write on this machine.
type realSink struct {
	collector string
	*fixture
}

type realFile struct {
	bytes.Buffer
	close func(text string)
}

func (f *realFile) Close() error {
	f.close(f.String())
	return nil
}

func (s realSink) Create(path string, f collect.FileInfo) (io.WriteCloser, error) {
	return &realFile{close: func(text string) {
		s.files[path] = text
		s.manifest.Files = append(s.manifest.Files, bundle.File{Path: path, Title: f.Title, Collector: s.collector, Source: f.Source, MediaType: f.MediaType})
	}}, nil
}

// TestReal draws findings from this machine: every file of facts is one that
// rules know and can read.
func TestReal(t *testing.T) {
	f := newFixture(t, map[string]string{})
	f.manifest.Created = time.Now()
	for _, c := range collect.Standard(collect.Options{}) {
		if err := c.Collect(t.Context(), realSink{c.Name(), f}); err != nil {
			t.Logf("%s: %v", c.Name(), err)
		}
	}
	known := 0
	for _, one := range f.manifest.Files {
		if one.MediaType == "application/json" {
			known++
			strict(t, one.Collector, f.files[one.Path])
		}
	}
	if known < 10 {
		t.Errorf("only %d files of facts", known)
	}
	all, err := Run(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range all {
		t.Logf("%s\n  %s", told(one, f.files), one.Advice(nil))
		if one.ID == "evidence-unreadable" {
			t.Error(one.Detail)
		}
	}
}
