//go:build !headless

package evidence

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/diag/facts"
)

// said is a document as it is shown, in a language.
func said(t *testing.T, language, doc string) [][2]string {
	t.Helper()
	if _, err := page.Speak(language); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = page.Speak("en") })
	lines, err := facts.Lines([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	var shown [][2]string
	for _, l := range joined(lines) {
		shown = append(shown, [2]string{factKey(l), factValue(l.Value)})
	}
	return shown
}

func TestFacts(t *testing.T) {
	const doc = `{
  "uptime_seconds": 4800, "since_seconds": 172800, "sampled_seconds": 1.5,
  "swap": {"total_bytes": 1, "used_bytes": 1536, "used_percent": 12.5},
  "each_percent": [1.5, 100], "of their own": true, "shared": false, "vendor": null, "flags": [], "speed_mhz": 2400.4,
  "options": ["rw", "no", "2 days"],
  "disks": [{"mount": "free", "device": "free"}, {"device": 7}],
  "über": "yes and no", "version": "1.5"
}`
	for language, want := range map[string][][2]string{
		"en": {
			{"Uptime", "1 hour 20 minutes"},
			{"Since", "2 days"},
			{"Sampled", "1.5 s"},
			{"Swap", ""},
			{"Total", "1 byte"},
			{"Used", "1.5 kB, 12.5 %"},
			{"Each", "1.5 %, 100 %"},
			{"Of their own", "yes"},
			{"Shared", "no"},
			{"Vendor", "unknown"},
			{"Flags", "none"},
			{"Speed", "2400 MHz"},
			{"Options", "rw, no, 2 days"},
			{"Disks", ""},
			{"free", ""},
			{"Device", "free"},
			{"2", ""},
			{"Device", "7"},
			{"Über", "yes and no"},
			{"Version", "1.5"},
		},
		"de": {
			{"Betriebszeit", "1 Stunde 20 Minuten"},
			{"Seit", "2 Tage"},
			{"Gemessen über", "1,5 s"},
			{"Auslagerung", ""},
			{"Gesamt", "1 Byte"},
			{"Genutzt", "1,5 kB, 12,5 %"},
			{"Einzeln", "1,5 %, 100 %"},
			{"Of their own", "ja"},
			{"Gemeinsam genutzt", "nein"},
			{"Hersteller", "unbekannt"},
			{"Merkmale", "keine"},
			{"Taktfrequenz", "2400 MHz"},
			{"Optionen", "rw, no, 2 days"},
			{"Laufwerke", ""},
			{"free", ""},
			{"Gerät", "free"},
			{"2", ""},
			{"Gerät", "7"},
			{"Über", "yes and no"},
			{"Version", "1.5"},
		},
	} {
		t.Run(language, func(t *testing.T) {
			if d := cmp.Diff(want, said(t, language, doc)); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestFactsAreNoTemplates: keys and values come from somebody else's machine.
func TestFactsAreNoTemplates(t *testing.T) {
	const evil = `{{printf "%0100000000d" 1}}`
	if got := factKey(facts.Line{Key: evil}) + factValue(evil); got != evil+evil {
		t.Errorf("it was carried out: %d letters", len(got))
	}
}
