//go:build !headless

package app

import (
	"os"
	"path/filepath"
	"testing"
)

func TestDraftSurvivesARestartAndIsForgottenOnceSent(t *testing.T) {
	d := drafts{path: filepath.Join(t.TempDir(), "draft.json"), language: "de"}
	typed, err := d.Load()
	if err != nil || typed.ID == "" {
		t.Fatalf("fresh draft: %+v, %v", typed, err)
	}
	typed.Title = "Der Drucker schweigt"
	if err := d.Save(typed); err != nil {
		t.Fatal(err)
	}
	again, err := d.Load()
	if err != nil || again != typed {
		t.Fatalf("after a restart: %+v, %v; want %+v", again, err, typed)
	}
	typed.ID = ""
	if err := d.Save(typed); err != nil {
		t.Fatal(err)
	}
	if fresh, err := d.Load(); err != nil || fresh.Title != "" || fresh.ID == again.ID {
		t.Fatalf("after sending: %+v, %v", fresh, err)
	}
}

func TestUnreadableDraftIsSetAside(t *testing.T) {
	d := drafts{path: filepath.Join(t.TempDir(), "draft.json")}
	if err := os.WriteFile(d.path, []byte("{half a dra"), 0o600); err != nil {
		t.Fatal(err)
	}
	if fresh, err := d.Load(); err == nil || fresh.ID == "" {
		t.Fatalf("%+v, %v: want a fresh draft and an error to log", fresh, err)
	}
	kept, err := os.ReadFile(d.path + ".unreadable")
	if err != nil || string(kept) != "{half a dra" {
		t.Fatalf("what was typed is gone: %q, %v", kept, err)
	}
}
