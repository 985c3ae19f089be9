package app

import (
	"os"
	"path/filepath"
	"testing"
)

func TestFiledCases(t *testing.T) {
	dir := t.TempDir()
	names := func(name string) string { return filepath.Join(dir, name) }
	if wasFiled(dir) {
		t.Error("an empty folder is a ticket's")
	}
	want := filed{Desk: "https://desk.example.com", Number: 17, Token: "secret"}
	if err := want.save(names("names-17.json")); err != nil {
		t.Fatal(err)
	}
	if got, err := filedAs(names("names-17.json")); err != nil || got == nil || *got != want {
		t.Errorf("%+v, %v", got, err)
	}
	for _, other := range []string{"names.json", "names-18.json", "some.names"} {
		if got, err := filedAs(names(other)); err != nil || got != nil {
			t.Errorf("%s: %+v, %v", other, got, err)
		}
	}
	if info, err := os.Stat(names("ticket-17.json")); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("%v, %v", info, err)
	}
	if !wasFiled(dir) {
		t.Error("the folder of a ticket is not known as one")
	}
	if err := os.WriteFile(names("ticket.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := filedAs(names("names.json")); err != nil || got != nil {
		t.Errorf("no ticket: %+v, %v", got, err)
	}
}
