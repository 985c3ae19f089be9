//go:build !headless

package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/revise"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/rights"
)

// smallCase is a bundle in memory.
type smallCase map[string]string

func (c smallCase) Manifest() (m bundle.Manifest) {
	for _, path := range []string{"system/host.json", "logs/a.log", "logs/b.log", "screens/1.png"} {
		if text, ok := c[path]; ok {
			media := map[bool]string{true: "image/png", false: "text/plain"}[strings.HasSuffix(path, ".png")]
			m.Files = append(m.Files, bundle.File{Path: path, MediaType: media, Size: int64(len(text))})
		}
	}
	return m
}

func (c smallCase) OpenFile(path string) (io.ReadCloser, error) {
	text, ok := c[path]
	if !ok {
		return nil, fmt.Errorf("open %q: %w", path, fs.ErrNotExist)
	}
	return io.NopCloser(strings.NewReader(text)), nil
}

func (smallCase) Close() error { return nil }

// TestEvidenceIsWhatWasShown holds that exactly the text that was asked about
// leaves, as the owner left it.
func TestEvidenceIsWhatWasShown(t *testing.T) {
	long := strings.Repeat("an old line\n", 300_000) + "the newest line\n"
	c := smallCase{"system/host.json": `{"host":"buero"}`, "logs/a.log": "hello Zorbig\nbye\n", "logs/b.log": long, "screens/1.png": "\x89PNG"}
	changes, err := revise.Changes{}.With("Zorbig")
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		which      rights.Right
		keep       func(bundle.File) bool
		yes        bool
		has, lacks []string
		err        error
	}{
		"logs":         {which: rights.Logs, yes: true, has: []string{"=== logs/a.log ===", "bye", "the newest line", "(only the end)"}, lacks: []string{"Zorbig", "buero", "PNG"}},
		"system":       {which: rights.System, yes: true, has: []string{"buero"}, lacks: []string{"bye"}},
		"unticked":     {which: rights.Logs, yes: true, keep: func(f bundle.File) bool { return f.Path != "logs/b.log" }, has: []string{"bye"}, lacks: []string{"newest"}},
		"all unticked": {which: rights.Logs, yes: true, keep: func(bundle.File) bool { return false }, err: errNoEvidence},
		"no":           {which: rights.Logs, err: session.ErrNotWanted},
	} {
		t.Run(name, func(t *testing.T) {
			if test.keep == nil {
				test.keep = func(bundle.File) bool { return true }
			}
			var shown []byte
			e := &evidenceOut{of: page.Case{Revision: revise.New(c, revise.Table{}, changes), Keep: test.keep}, ask: func(_ context.Context, h page.Handing) bool {
				shown = h.Text
				if h.Right != test.which || h.Size != int64(len(h.Text)) {
					t.Errorf("asked about %s, %d bytes of %d", h.Right, h.Size, len(h.Text))
				}
				return test.yes
			}}
			_, content, err := e.Collect(t.Context(), test.which)
			if !errors.Is(err, test.err) {
				t.Fatalf("got %v, want %v", err, test.err)
			}
			if err != nil {
				return
			}
			defer content.Close()
			sent, err := io.ReadAll(content)
			if err != nil || !bytes.Equal(sent, shown) {
				t.Errorf("%d bytes are sent, %d were shown: %v", len(sent), len(shown), err)
			}
			if len(sent) > 2*evidenceFile {
				t.Errorf("%d bytes are sent", len(sent))
			}
			for _, words := range test.has {
				if !bytes.Contains(sent, []byte(words)) {
					t.Errorf("%q is not in it", words)
				}
			}
			for _, words := range test.lacks {
				if bytes.Contains(sent, []byte(words)) {
					t.Errorf("%q is in it", words)
				}
			}
		})
	}
}
