package terms

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func of(tag, text string) []string {
	var list []string
	for _, w := range Document(tag, []Field{{Text: text}}) {
		list = append(list, w.Term)
	}
	return list
}

func TestSameStem(t *testing.T) {
	for _, c := range []struct{ tag, one, other string }{
		{"de", "Lieferschein", "Lieferscheine"},
		{"de", "gebucht", "gebuchte"},
		{"de", "Buchung", "Buchungen"},
		{"de", "Häuser", "Haeuser"},
		{"de", "Straße", "Strasse"},
		{"de", "übertragen", "uebertragen"},
		{"nl", "factuur", "Factuur"},
		{"nl", "bestelling", "bestellingen"},
		{"nl", "klant", "klanten"},
		{"en", "printing", "printed"},
		{"en", "invoices", "invoice"},
		{"en", "customer's", "customer"},
		{"en", "e-mail", "email"},
		{"de", "Lieferschein-Druck", "Lieferscheindruck"},
	} {
		one, other := of(c.tag, c.one), of(c.tag, c.other)
		if !slices.ContainsFunc(one, func(s string) bool { return slices.Contains(other, s) }) {
			t.Errorf("%s: %q is %q, %q is %q", c.tag, c.one, one, c.other, other)
		}
	}
}

func TestCompounds(t *testing.T) {
	for text, want := range map[string][]string{
		"de Lieferscheindruck":   {"lieferschein", "druck"},
		"de Buchungsfehler":      {"buchung", "fehl"},
		"nl verkoopfacturen":     {"verkop", "factur"},
		"de Rechnungsnummern":    {"rechnung", "numm"},
		"de Datenbankverbindung": {"datenbank", "verbind"},
	} {
		tag, word, _ := strings.Cut(text, " ")
		got := of(tag, word)
		for _, part := range want {
			if !slices.Contains(got, part) {
				t.Errorf("%s: %q, without %q", word, got, part)
			}
		}
	}
}

func TestCodes(t *testing.T) {
	for text, want := range map[string]string{
		"ORA-00942: table or view does not exist":                 "!ora-00942",
		"Windows says 0x80070005.":                                "!0x80070005",
		"the answer was HTTP 503":                                 "!http 503",
		"Fehler 1603 bei der Installation":                        "!error 1603",
		"Error: 1603":                                             "!error 1603",
		"java.lang.NullPointerException":                          "!nullpointerexception",
		"System.IO.FileNotFoundException: x":                      "!filenotfoundexception",
		"at com.example.OrderService.book(OrderService.java:118)": "!orderservice.java:118",
		"panic: main.go:12 +0x1d":                                 "!main.go:12",
		"net::ERR_CONNECTION_RESET":                               "!err_connection_reset",
		"connect ECONNREFUSED 192.0.2.7:5432":                     "!econnrefused",
		"since KB5001330 was installed":                           "!kb5001330",
		"(SQL0803N)":                                              "!sql0803n",
		"TypeError: x is undefined":                               "!typeerror",
	} {
		if got := of("en", text); !slices.Contains(got, want) {
			t.Errorf("%q: %q, without %q", text, got, want)
		}
	}
	for _, text := range []string{"The invoice 4711 is wrong", "On 2026-11-20 at 10:14", "https://example.com/a/b", "Hello Sam, it does not print", "v24.2"} {
		for _, term := range of("en", text) {
			if IsSign(term) {
				t.Errorf("%q has the sign %q", text, term)
			}
		}
	}
}

func TestShapes(t *testing.T) {
	one := shapeOf(`2026-11-20 09:14:03 ERROR connection to 192.0.2.7:5432 refused after 20 ms`)
	for _, line := range []string{
		`2026-11-21 10:00:00 ERROR connection to 192.0.2.9:5432 refused after 31 ms`,
		`# ERROR connection to # refused after # ms`,
		`# error  connection to # refused after # ms`,
	} {
		if got := shapeOf(line); got != one {
			t.Errorf("%q is another shape", line)
		}
	}
	if shapeOf("ERROR connection to # closed after # ms") == one || shapeOf("12 34") != "" {
		t.Error("a shape of too little, or another line's")
	}
	if !slices.Contains(of("de", "Beim Buchen kommt\n2026-11-20 09:14:03 ERROR connection to 192.0.2.7:5432 refused after 20 ms\nund dann nichts"), one) {
		t.Error("a line that a program wrote is not known within what a person wrote")
	}
}

func TestLanguageIsTheTextsOwn(t *testing.T) {
	for text, want := range map[string]Language{
		"Ich kann die Rechnung nicht drucken, und der Drucker ist an": German,
		"Ik kan het niet afdrukken, maar de printer staat aan":        Dutch,
		"I cannot print this, but the printer is on":                  English,
		"Drucker": Dutch,
	} {
		if got := detect(text, Dutch); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestQuery(t *testing.T) {
	words := Query("", []Field{{Text: "die Lieferscheine mit ORA-00942 druck"}}, true)
	var texts []string
	for _, w := range words {
		texts = append(texts, w.Text)
	}
	for _, want := range []string{"Lieferscheine", "ORA-00942", "druck"} {
		if !slices.Contains(texts, want) {
			t.Errorf("%q, without %q", texts, want)
		}
	}
	if slices.Contains(texts, "die") {
		t.Errorf("%q has a word that says nothing", texts)
	}
	if last := words[len(words)-1]; last.Prefix != "druck" {
		t.Errorf("the last word is finished: %+v", last)
	}
	for _, w := range Query("", []Field{{Text: "drucken "}}, true) {
		if w.Prefix != "" {
			t.Error("a word before a space may be unfinished")
		}
	}
}

func TestFind(t *testing.T) {
	text := "Der Lieferscheindruck bricht ab:\n2026-11-20 ERROR ORA-00942 table or view does not exist"
	words := Query("de", []Field{{Text: "Lieferschein drucken"}, {Text: "# ERROR ORA-# table or view does not exist", Sign: true}}, false)
	var marked []string
	for _, s := range Find(text, words) {
		marked = append(marked, text[s.From:s.To])
	}
	if len(marked) != 2 || marked[0] != "Lieferscheindruck" || marked[1] != "2026-11-20 ERROR ORA-00942 table or view does not exist" {
		t.Errorf("marked %q", marked)
	}
}

// FuzzTerms holds that terms are bounded, of the form that an index takes and
// the same each time, and that what is marked is where it says.
func FuzzTerms(f *testing.F) {
	f.Add("de", "Der Lieferscheindruck bricht ab: ORA-00942, HTTP 503 in main.go:12 (OrderService.java:118)", "Lieferschein")
	f.Add("nl", "auto's \xff\xfe e-mail ERR_X_Y 0x80070005", "e")
	f.Add("", strings.Repeat("ä", 300)+" "+strings.Repeat("x1", 90), "ää")
	f.Add("en", "don’t\u00ad—“quoted” ｆｕｌｌ １２３", "don't")
	f.Fuzz(func(t *testing.T, tag, text, ask string) {
		fields := []Field{{Text: text}, {Text: ask, Sign: true}}
		list := Document(tag, fields)
		if len(list) > MaxTerms || !slices.Equal(list, Document(tag, fields)) {
			t.Fatal("too many, or others each time")
		}
		for i, w := range list {
			if w.Term == "" || len(w.Term) > maxTerm || !utf8.ValidString(w.Term) || w.Weight == 0 || strings.ContainsRune(w.Term, 0) {
				t.Fatalf("%q", w.Term)
			}
			if i > 0 && list[i-1].Term >= w.Term {
				t.Fatal("not in order")
			}
		}
		words := Query(tag, []Field{{Text: ask}, {Text: text, Sign: true}}, true)
		end := 0
		for _, s := range Find(text, words) {
			if s.From < end || s.To <= s.From || s.To > len(text) || s.Word >= len(words) {
				t.Fatalf("%+v", s)
			}
			end = s.To
		}
	})
}
