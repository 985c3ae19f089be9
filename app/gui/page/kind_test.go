//go:build !headless

package page

import (
	"testing"

	"github.com/beistand/beistand/diag/redact"
)

// TestEveryKindHasWords: a kind that the engine learns needs its own here.
func TestEveryKindHasWords(t *testing.T) {
	t.Cleanup(func() { _, _ = Speak("en") })
	for _, language := range []string{"en", "de", "nl"} {
		if _, err := Speak(language); err != nil {
			t.Fatal(err)
		}
		for _, k := range redact.Kinds() {
			if Removed(k, 2) == Removed("?", 2) || !k.Secret() && Kinds(k) == Kinds("?") {
				t.Errorf("%s: %s has no words of its own", language, k)
			}
			if Removed(k, 1) == "" || Removed(k, 1) == Removed(k, 2) {
				t.Errorf("%s: %s: one is %q", language, k, Removed(k, 1))
			}
		}
	}
	for language, want := range map[string][4]string{
		"en": {"12 passwords removed", "1 password removed", "3 names kept", "1 user name replaced"},
		"de": {"12 Passwörter entfernt", "1 Passwort entfernt", "3 Namen beibehalten", "1 Benutzername ersetzt"},
		"nl": {"12 wachtwoorden verwijderd", "1 wachtwoord verwijderd", "3 namen behouden", "1 gebruikersnaam vervangen"},
	} {
		if _, err := Speak(language); err != nil {
			t.Fatal(err)
		}
		got := [4]string{Removed(redact.Password, 12), Removed(redact.Password, 1), Kept(redact.Name, 3), Removed(redact.User, 1)}
		if got != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
	}
}
