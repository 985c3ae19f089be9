//go:build !headless

package gui

import (
	"testing"

	"fyne.io/fyne/v2/lang"
)

func TestSpeak(t *testing.T) {
	t.Cleanup(func() { _, _ = speak("en") }) // for the other tests
	for name, c := range map[string]struct{ system, choice, language, send, cancel, description string }{
		"the system's":             {"de_AT.UTF-8", "", "de", "Senden", "Abbrechen", "Beschreibung"},
		"chosen against it":        {"de_DE.UTF-8", "nl", "nl", "Verzenden", "Annuleren", "Beschrijving"},
		"with a region":            {"en_GB.UTF-8", "nl-BE", "nl", "Verzenden", "Annuleren", "Beschrijving"},
		"one that we do not speak": {"fr_FR.UTF-8", "", "en", "Send", "Cancel", "Description"},
		"none":                     {"C", "", "en", "Send", "Cancel", "Description"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("LANGUAGE", "")
			t.Setenv("LC_ALL", c.system)
			got, err := speak(c.choice)
			if err != nil || got != c.language {
				t.Fatalf("speaks %q, %v, want %q", got, err, c.language)
			}
			for key, want := range map[string]string{"Send": c.send, "Cancel": c.cancel, "Description": c.description} {
				if got := lang.L(key); got != want {
					t.Errorf("%s is %q, want %q", key, got, want)
				}
			}
		})
	}
}
