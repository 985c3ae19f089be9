package assets

import (
	"encoding/json"
	"os"
	"runtime"
	"strings"
	"sync"
)

// Languages are the ones that the program speaks, the fallback first.
var Languages = []string{"en", "de", "nl"}

// Language finds the one to speak: wanted when the program speaks it, else the
// first of the environment's (POSIX locale variables), else English. A region
// is ignored: "de_AT.UTF-8" is "de".
func Language(wanted string) string {
	candidates := []string{wanted}
	if runtime.GOOS != "windows" {
		candidates = append(candidates, strings.Split(os.Getenv("LANGUAGE"), ":")...)
		for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
			candidates = append(candidates, os.Getenv(name))
		}
	}
	for _, c := range candidates {
		for _, l := range Languages {
			if strings.EqualFold(c, l) || len(c) > 2 && strings.EqualFold(c[:2], l) && strings.ContainsAny(c[2:3], "_-.@") {
				return l
			}
		}
	}
	return Languages[0]
}

// Translator gives the texts of one language for programs without a window; a
// text that is missing stays English.
func Translator(language string) func(key string) string {
	return func(key string) string {
		if s := texts(language)[key]; s != "" {
			return s
		}
		return key
	}
}

// read are the languages' texts without plural forms, each read once: a desk
// asks for them with every page.
var read = func() map[string]func() map[string]string {
	all := make(map[string]func() map[string]string, len(Languages))
	for _, l := range Languages {
		all[l] = sync.OnceValue(func() map[string]string { return plain(l) })
	}
	return all
}()

// texts are a language's; nil when there is no such language.
func texts(language string) map[string]string {
	if of := read[language]; of != nil {
		return of()
	}
	return nil
}

// Has says whether key is one of the program's texts, other than those with
// plural forms.
func Has(key string) bool {
	_, ok := texts(Languages[0])[key]
	return ok
}

// plain reads a language's texts without plural forms, by their keys.
func plain(language string) map[string]string {
	var all map[string]any
	text, err := Translations.ReadFile("translations/" + language + ".json")
	if err != nil || json.Unmarshal(text, &all) != nil {
		return nil
	}
	texts := make(map[string]string, len(all))
	for key, v := range all {
		if s, ok := v.(string); ok {
			texts[key] = s
		}
	}
	return texts
}
