//go:build !headless

package app

import (
	"image"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/diag/redact"
	"github.com/beistand/beistand/diag/revise"
)

// draftsOf are the drafts of one start in a state folder.
func draftsOf(t *testing.T, state, name string) drafts {
	t.Helper()
	cases := filepath.Join(state, "cases")
	if err := os.MkdirAll(filepath.Join(cases, name), 0o700); err != nil {
		t.Fatal(err)
	}
	return drafts{path: filepath.Join(state, "draft.json"), language: "de", cases: cases, name: name}
}

func TestDraftSurvivesARestartAndIsForgottenOnceSent(t *testing.T) {
	state := t.TempDir()
	d := draftsOf(t, state, "first")
	typed, err := d.Load()
	if err != nil || typed.Ticket.ID == "" {
		t.Fatalf("fresh draft: %+v, %v", typed, err)
	}
	typed.Ticket.Title = "Der Drucker schweigt"
	typed.Changes = revise.Changes{
		Hide: []string{"Nordwind"}, Restore: []redact.Kind{redact.User},
		Black: map[string][]image.Rectangle{"screens/1.png": {image.Rect(1, 2, 3, 4)}},
	}
	if err := d.Save(typed); err != nil {
		t.Fatal(err)
	}
	// What is hidden is in the case's folder alone, and for nobody else.
	changes := filepath.Join(state, "cases", "first", changesName)
	info, err := os.Stat(changes)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", info, err)
	}
	if text, err := os.ReadFile(d.path); err != nil || strings.Contains(string(text), "Nordwind") {
		t.Errorf("the draft's file has what is hidden: %s, %v", text, err)
	}

	d = draftsOf(t, state, "second")
	again, err := d.Load()
	if err != nil || !reflect.DeepEqual(again, typed) {
		t.Fatalf("after a restart: %+v, %v; want %+v", again, err, typed)
	}
	if err := d.Save(again); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(changes); !os.IsNotExist(err) {
		t.Errorf("the first start's changes are still there: %v", err)
	}
	if third, err := draftsOf(t, state, "third").Load(); err != nil || !reflect.DeepEqual(third, typed) {
		t.Fatalf("after a second restart: %+v, %v", third, err)
	}

	// Sent by a window that has changed nothing itself.
	d = draftsOf(t, state, "third")
	if err := d.Save(page.Draft{}); err != nil {
		t.Fatal(err)
	}
	if fresh, err := d.Load(); err != nil || fresh.Ticket.Title != "" || fresh.Ticket.ID == again.Ticket.ID || !fresh.Changes.Empty() {
		t.Fatalf("after sending: %+v, %v", fresh, err)
	}
	left, err := filepath.Glob(filepath.Join(state, "cases", "*", "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %q, %v", left, err)
	}
}

func TestChangesThatAreTakenBackAreForgotten(t *testing.T) {
	d := draftsOf(t, t.TempDir(), "case")
	draft, err := d.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, changes := range []revise.Changes{{Hide: []string{"Nordwind"}}, {}} {
		draft.Changes = changes
		if err := d.Save(draft); err != nil {
			t.Fatal(err)
		}
		if again, err := d.Load(); err != nil || !reflect.DeepEqual(again.Changes, changes) {
			t.Errorf("%+v, %v; want %+v", again.Changes, err, changes)
		}
	}
	if _, err := os.Stat(filepath.Join(d.cases, d.name, changesName)); !os.IsNotExist(err) {
		t.Errorf("the file is still there: %v", err)
	}
}

// TestADraftNamesNoOtherFolder: the draft's file is read, not trusted.
func TestADraftNamesNoOtherFolder(t *testing.T) {
	state := t.TempDir()
	d := draftsOf(t, state, "case")
	if err := os.WriteFile(filepath.Join(state, changesName), []byte(`{"hide":["other"]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"..", "../", "../cases/..", "/"} {
		if err := writeKept(d.path, keptDraft{Case: name}); err != nil {
			t.Fatal(err)
		}
		text, _ := os.ReadFile(d.path)
		if err := os.WriteFile(d.path, []byte(strings.Replace(string(text), `"id":""`, `"id":"x"`, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		if draft, err := d.Load(); err != nil || draft.Ticket.ID != "x" || !draft.Changes.Empty() {
			t.Errorf("%s: %+v, %v", name, draft, err)
		}
		if err := d.Save(page.Draft{}); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(filepath.Join(state, changesName)); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

func TestUnreadableDraftIsSetAside(t *testing.T) {
	d := drafts{path: filepath.Join(t.TempDir(), "draft.json")}
	if err := os.WriteFile(d.path, []byte("{half a dra"), 0o600); err != nil {
		t.Fatal(err)
	}
	if fresh, err := d.Load(); err == nil || fresh.Ticket.ID == "" {
		t.Fatalf("%+v, %v: want a fresh draft and an error to log", fresh, err)
	}
	kept, err := os.ReadFile(d.path + ".unreadable")
	if err != nil || string(kept) != "{half a dra" {
		t.Fatalf("what was typed is gone: %q, %v", kept, err)
	}
}
