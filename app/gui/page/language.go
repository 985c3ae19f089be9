//go:build !headless

package page

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/beistand/beistand/assets"
)

// languages are those that we have texts for; the first is for everybody else.
var languages = []string{"en", "de", "nl"}

// Speak makes lang.L give texts in the chosen language, or in the system's
// when choice is empty. It says which language it is, "en", "de" or "nl".
//
// Fyne decides by the system alone. So the texts of the language that is
// wanted are given to it as those of the system's language; among them are
// the few words that Fyne's own dialogs use.
func Speak(choice string) (string, error) {
	system := lang.SystemLocale()
	if choice == "" {
		choice = system.String()
	}
	name := languages[0]
	for _, l := range languages {
		if base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(choice), "_", "-"), "-"); base == l {
			name = l
		}
	}
	texts, err := assets.Translations.ReadFile("translations/" + name + ".json")
	if err != nil {
		return name, fmt.Errorf("read the texts: %w", err)
	}
	for _, as := range []fyne.Locale{system, fyne.Locale(name)} {
		if err := lang.AddTranslationsForLocale(texts, as); err != nil {
			return name, fmt.Errorf("read the texts for %s: %w", name, err)
		}
	}
	return name, nil
}
