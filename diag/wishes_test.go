package diag

import (
	"path/filepath"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/collect"
)

func TestWishes(t *testing.T) {
	p := Profile{
		Products: []Product{
			{Name: "words alone", Version: "1"}, {Name: "ERP", VersionCommand: []string{"erp", "--version"}}, {Name: "DB", VersionFile: "/opt/db/version"},
		},
		Logs:     []Log{{Path: "/var/log/erp.log"}, {Path: "/nowhere.log", OS: []string{"another"}}},
		Commands: []Command{{Name: "Status", Path: "/opt/erp/ctl", Args: []string{"status", "--all files"}}, {Path: "not-here", OS: []string{"another"}}},
		Registry: []string{`HKLM\SOFTWARE\ERP`}, Exports: []Place{{Path: "/etc/erp/*.conf"}}, CrashFolders: []Place{{Path: "/var/erp/crash"}},
		Endpoints: []Endpoint{{Name: "Web", URL: "https://erp.example"}}, Hosts: []string{"db.example"}, TimeServers: []string{"time.example:123"},
		Environment: []string{"ERP_HOME"},
	}
	got := p.Wishes()
	want := Wishes{
		Programs: [][]string{{filepath.FromSlash("/opt/erp/ctl"), "status", "--all files"}, {"erp", "--version"}},
		Files:    []string{filepath.FromSlash("/etc/erp/*.conf"), filepath.FromSlash("/var/erp/crash"), filepath.FromSlash("/opt/db/version")},
		Registry: []string{`HKLM\SOFTWARE\ERP`}, Variables: []string{"ERP_HOME"},
		Addresses: []string{"db.example", "time.example:123", "https://erp.example"}, Logs: []string{filepath.FromSlash("/var/log/erp.log")},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if !got.Beyond() || BuiltinProfile().Wishes().Beyond() || (&Profile{Logs: p.Logs}).Wishes().Beyond() {
		t.Error("what goes beyond logs is not told from logs")
	}
}

// TestWishesAreWhole goes through all that a run can be given: a new kind of
// evidence must be named in Wishes, or here as nothing that a profile wants.
func TestWishesAreWhole(t *testing.T) {
	named := map[string]bool{
		"Logs": true, "Endpoints": true, "Hosts": true, "TimeServers": true, "Commands": true, "Exports": true,
		"Environment": true, "Registry": true, "Products": true, "CrashFolders": true,
		"Folders": true, // those in which the named logs and files are
	}
	others := map[string]bool{"Screens": true, "DeskWay": true, "Since": true, "Until": true, "Files": true, "Window": true, "Region": true}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[collect.Options]()) {
		if named[f.Name] == others[f.Name] {
			t.Errorf("%s is not known here", f.Name)
		}
	}
}

// TestManifestSaysWhatWasUsed: of a profile that nobody trusted has signed.
func TestManifestSaysWhatWasUsed(t *testing.T) {
	for signed, want := range map[Signed]string{Unsigned: "words and logs", Stranger: "words and logs", Trusted: "", Builtin: ""} {
		path := filepath.Join(t.TempDir(), "case.zip")
		o := Options{Profile: &Profile{Name: "Example", Signed: signed, Use: UseWords}}
		if _, err := run(t.Context(), path, o, nil, nil); err != nil {
			t.Fatal(err)
		}
		r, err := bundle.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		if m := r.Manifest(); m.Use != want || m.Unsigned != (want != "") {
			t.Errorf("%v: %q, unsigned: %v", signed, m.Use, m.Unsigned)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}
