package analyze

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/diag/bundle"
)

// fixture is evidence made of texts.
type fixture struct {
	files    map[string]string
	manifest bundle.Manifest
}

// fixtureTime is when the evidence of all fixtures was collected.
var fixtureTime = time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)

// newFixture makes evidence of files as collectors would have named them:
// logs/system*.log is the system's own, other logs are programs'. A file
// manifest.json gives the collectors' outcomes.
func newFixture(t testing.TB, files map[string]string) *fixture {
	t.Helper()
	f := &fixture{files: files, manifest: bundle.Manifest{Schema: bundle.Schema, Created: fixtureTime, OS: "linux"}}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		one := bundle.File{Path: name, Size: int64(len(files[name])), MediaType: "text/plain", Collector: "log-1"}
		switch {
		case name == bundle.ManifestName:
			if err := json.Unmarshal([]byte(files[name]), &f.manifest); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			continue
		case strings.HasPrefix(name, "system/"):
			one.Collector, one.MediaType = strings.TrimSuffix(path.Base(name), ".json"), "application/json"
			strict(t, one.Collector, files[name])
		case strings.HasPrefix(name, "logs/system"):
			one.Collector = "system-log"
		default:
			one.Source = "/var/log/" + path.Base(name)
		}
		f.manifest.Files = append(f.manifest.Files, one)
	}
	return f
}

// strict holds that a fixture has no key that its collector does not write.
func strict(t testing.TB, name, text string) {
	t.Helper()
	s := shapeOf(name)
	if s == nil {
		t.Fatalf("no collector writes system/%s.json", name)
	}
	if !json.Valid([]byte(text)) {
		return // damaged on purpose
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(reflect.New(s.t).Interface()); err != nil {
		t.Errorf("system/%s.json is not as its collector writes it: %v", name, err)
	}
}

func (f *fixture) Manifest() bundle.Manifest { return f.manifest }

func (f *fixture) OpenFile(name string) (io.ReadCloser, error) {
	text, ok := f.files[name]
	if !ok {
		return nil, fmt.Errorf("open %q: %w", name, fs.ErrNotExist)
	}
	return io.NopCloser(bytes.NewReader([]byte(text))), nil
}

// found runs all rules and gives the findings of one.
func found(t testing.TB, f Evidence, id string, declared ...Rule) []Finding {
	t.Helper()
	all, err := Run(context.Background(), f, declared...)
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(f Finding) bool { return f.ID != id })
}
