package app

import (
	"testing"

	"github.com/beistand/beistand/diag"
)

func TestUnsignedProfileStartsNothing(t *testing.T) {
	full := diag.Profile{
		Name: "Example", Commands: []diag.Command{{}}, Exports: []diag.Place{{}}, Environment: []string{"PATH"},
		Endpoints: []diag.Endpoint{{}}, Hosts: []string{"a.example"}, Logs: []diag.Log{{Path: "/var/log/a.log"}},
		Products: []diag.Product{{Name: "ERP", VersionCommand: []string{"erp", "--version"}}},
	}
	for _, signed := range []diag.Signed{diag.Unsigned, diag.Stranger} {
		full.Signed = signed
		got := wordsAlone(&full)
		if len(got.Commands)+len(got.Exports)+len(got.Environment)+len(got.Endpoints)+len(got.Hosts)+len(got.Products[0].VersionCommand) != 0 {
			t.Errorf("%v: %+v would be used", signed, got)
		}
		if got.Name != "Example" || len(got.Logs) != 1 || got.Products[0].Name != "ERP" || got.Signed != signed {
			t.Errorf("%v: words and logs are gone: %+v", signed, got)
		}
	}
	if len(full.Products[0].VersionCommand) == 0 {
		t.Error("the profile itself was changed")
	}
	full.Signed = diag.Trusted
	if got := wordsAlone(&full); len(got.Commands) != 1 {
		t.Errorf("a signed profile lost its commands: %+v", got)
	}
}
