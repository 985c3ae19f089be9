package bundle

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// redacted makes a bundle with counts and risks.
func redacted(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "case.zip")
	m := head
	m.Redaction = &Redaction{}
	w, err := Create(path, m)
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"logs/a.log", "logs/b.log", "logs/c.log"} {
		e, err := w.Add(File{Path: name, Title: "Log file", MediaType: "text/plain"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := e.Write([]byte("text")); err != nil {
			t.Fatal(err)
		}
		e.SetReplaced(Counts{"password": 1, "user": i})
		if i == 2 {
			err = e.Quarantine("it is no text but\na database")
			var q *QuarantineError
			if !errors.As(err, &q) || q.Path != name {
				t.Errorf("%v", err)
			}
			continue
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
	var risks []Risk
	for i := range MaxRisks + 5 {
		risks = append(risks, Risk{Path: "logs/" + string("ab"[i%2]) + ".log", What: "a private\nkey", Line: int64(i), Lines: 1})
	}
	w.SetRisks(risks, "")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRedaction(t *testing.T) {
	path := redacted(t)
	r, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	m := r.Manifest()
	if d := cmp.Diff(Counts{"password": 2, "user": 1}, m.Redaction.Replaced); d != "" {
		t.Error(d)
	}
	if len(m.Files) != 2 || m.Files[1].Replaced["user"] != 1 {
		t.Errorf("%+v", m.Files)
	}
	if d := cmp.Diff([]LeftOut{{Path: "logs/c.log", Title: "Log file", Why: "it is no text but a database", Quarantined: true}}, m.LeftOut); d != "" {
		t.Error(d)
	}
	if len(m.Redaction.Risks) != MaxRisks || m.Redaction.MoreRisks != 5 || m.Redaction.Risks[0].What != "a private key" {
		t.Errorf("%d risks, %d more", len(m.Redaction.Risks), m.Redaction.MoreRisks)
	}
	t.Run("what is left away takes its counts and risks along", func(t *testing.T) {
		less := filepath.Join(t.TempDir(), "less.zip")
		if err := Select(less, r, func(f File) bool { return f.Path == "logs/b.log" }); err != nil {
			t.Fatal(err)
		}
		r, err := Open(less)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		m := r.Manifest()
		if d := cmp.Diff(Counts{"password": 1, "user": 1}, m.Redaction.Replaced); d != "" || len(m.Redaction.Risks) != MaxRisks/2 {
			t.Errorf("%s, %d risks", d, len(m.Redaction.Risks))
		}
		if len(m.LeftOut) != 2 || !m.LeftOut[0].Quarantined {
			t.Errorf("%+v", m.LeftOut)
		}
	})
}

func TestHostileRedaction(t *testing.T) {
	many := Counts{}
	for i := range maxKinds + 1 {
		many[fmt.Sprint("kind", i)] = 1
	}
	for name, r := range map[string]*Redaction{
		"many kinds":       {Replaced: many},
		"invisible kind":   {Replaced: Counts{"a\u202eb": 1}},
		"invisible risk":   {Risks: []Risk{{What: "a\nb"}}},
		"many risks":       {Risks: make([]Risk, MaxRisks+1)},
		"invisible reason": {Unchecked: strings.Repeat("x", MaxText+1)},
	} {
		f := &forgery{manifest: Manifest{Schema: Schema, Collectors: []Outcome{}, LeftOut: []LeftOut{}, Redaction: r}, name: ManifestName}
		b := f.bytes()
		if _, err := NewReader(bytes.NewReader(b), int64(len(b))); err == nil {
			t.Errorf("%s: it was opened", name)
		}
	}
}
