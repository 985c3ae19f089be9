package app

import "testing"

// A database's password is never printed.
func TestDatabasePrinted(t *testing.T) {
	for given, want := range map[string]string{
		"": "",
		"postgres://beistand@db.example.com/beistand":        "postgres://beistand@db.example.com/beistand",
		"postgres://beistand:hush@db.example.com/beistand":   "postgres://beistand:xxxxx@db.example.com/beistand",
		"postgres://db.example.com/b?password=hush&user=sam": "postgres://db.example.com/b?password=xxxxx&user=sam",
		"postgres://hush:%zz@db":                             "postgres://…",
	} {
		if got := databaseURL(given).String(); got != want {
			t.Errorf("%q is printed as %q, want %q", given, got, want)
		}
	}
}
