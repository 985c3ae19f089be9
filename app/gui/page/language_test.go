//go:build !headless

package page

import (
	"testing"

	"fyne.io/fyne/v2/lang"
)

func TestSpeak(t *testing.T) {
	t.Cleanup(func() { _, _ = Speak("en") }) // for the other tests
	for name, c := range map[string]struct{ system, choice, language, send, cancel, screenshot string }{
		"the system's":             {"de_AT.UTF-8", "", "de", "Senden", "Abbrechen", "Bildschirmfoto"},
		"chosen against it":        {"de_DE.UTF-8", "nl", "nl", "Verzenden", "Annuleren", "Schermafbeelding"},
		"with a region":            {"en_GB.UTF-8", "nl-BE", "nl", "Verzenden", "Annuleren", "Schermafbeelding"},
		"one that we do not speak": {"fr_FR.UTF-8", "", "en", "Send", "Cancel", "Screenshot"},
		"none":                     {"C", "", "en", "Send", "Cancel", "Screenshot"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("LANGUAGE", "")
			t.Setenv("LC_ALL", c.system)
			got, err := Speak(c.choice)
			if err != nil || got != c.language {
				t.Fatalf("speaks %q, %v, want %q", got, err, c.language)
			}
			for key, want := range map[string]string{"Send": c.send, "Cancel": c.cancel, "Screenshot": c.screenshot} {
				if got := lang.L(key); got != want {
					t.Errorf("%s is %q, want %q", key, got, want)
				}
			}
		})
	}
}
