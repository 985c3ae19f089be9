package gatetest

import (
	"slices"
	"testing"
)

// plainFigures are fields whose figure is no amount of work: what names a
// record, and what is booked on or known of one ticket.
var plainFigures = []string{"id", "number", "version", "level", "minutes", "parent", "organisation", "person", "installation", "limit", "before"}

// NoFigures fails a test when an answer, read as JSON, says how much somebody
// of the staff has or does. Of whoever asks, their own view may be counted.
func NoFigures(t testing.TB, path string, answer any, asker string) {
	t.Helper()
	var walk func(at string, v any)
	walk = func(at string, v any) {
		switch v := v.(type) {
		case []any:
			for _, one := range v {
				walk(at+"[]", one)
			}
		case map[string]any:
			named, counted := "", ""
			for key, value := range v {
				if _, is := staff[key]; is {
					named = key
				}
				switch value := value.(type) {
				case string:
					if _, is := staff[value]; is {
						named = value
					}
				case float64:
					if !slices.Contains(plainFigures, key) {
						counted = key
					}
				case map[string]any:
					if owners, ok := value["owners"].([]any); ok { // a query for somebody's
						for _, o := range owners {
							if name, _ := o.(string); name != "-" && name != asker {
								named = name
							}
						}
					}
				}
				walk(at+"."+key, value)
			}
			if named != "" && counted != "" {
				t.Errorf("%s%s: %q has a figure, %s", path, at, named, counted)
			}
		}
	}
	walk("", answer)
}
