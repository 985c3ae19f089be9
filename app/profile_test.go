package app

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/beistand/beistand/diag"
)

// full is a profile that wants one of each.
func full(signed diag.Signed) *diag.Profile {
	return &diag.Profile{
		Name: "Example", Commands: []diag.Command{{Path: "/opt/ctl"}}, Exports: []diag.Place{{Path: "/etc/a"}}, Environment: []string{"PATH"},
		CrashFolders: []diag.Place{{Path: "/var/crash"}}, Registry: []string{`HKLM\A`}, TimeServers: []string{"time.example"},
		Endpoints: []diag.Endpoint{{URL: "https://a.example"}}, Hosts: []string{"a.example"}, Logs: []diag.Log{{Path: "/var/log/a.log"}},
		Products: []diag.Product{{Name: "ERP", VersionCommand: []string{"erp", "--version"}, VersionFile: "/opt/erp/version"}},
		Signed:   signed,
	}
}

func TestUnsignedProfileStartsNothingUnasked(t *testing.T) {
	for _, signed := range []diag.Signed{diag.Unsigned, diag.Stranger} {
		profile := full(signed)
		got := granted(profile, false)
		if w := got.Wishes(); w.Beyond() {
			t.Errorf("%v: %+v would be used", signed, w)
		}
		if got.Name != "Example" || len(got.Logs) != 1 || got.Products[0].Name != "ERP" || got.Signed != signed || got.Use != diag.UseWords {
			t.Errorf("%v: words and logs are gone: %+v", signed, got)
		}
		if d := cmp.Diff(full(signed), profile); d != "" {
			t.Error("the profile itself was changed", d)
		}
		if got := granted(profile, true); got.Use != diag.UseAll || cmp.Diff(got.Wishes(), profile.Wishes()) != "" {
			t.Errorf("%v: after a yes only this is used: %+v", signed, got)
		}
		profile.Use = diag.UseUnasked
		if got := granted(profile, false); got != profile {
			t.Errorf("%v: what an option allowed was cut to %+v", signed, got)
		}
	}
}

func TestKnownProfileIsUsedWhole(t *testing.T) {
	for _, signed := range []diag.Signed{diag.Trusted, diag.Builtin} {
		profile := full(signed)
		if got := granted(profile, false); got != profile || got.Use != "" {
			t.Errorf("%v: a known profile became %+v", signed, got)
		}
	}
}
