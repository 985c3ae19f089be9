package form

import (
	"net/http/httptest"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestMail(t *testing.T) {
	for in, want := range map[string]string{
		"": "", " Anna@Example.COM ": "anna@example.com", "a.b+c@x-y.example": "a.b+c@x-y.example",
		"anna": "-", "Anna <anna@example.com>": "-", "a@b, c@d": "-", "a@b\r\nBcc: c@d": "-", "<a@b.example>": "-",
		strings.Repeat("a", 250) + "@example.com": "-", `"a b"@example.com`: "-",
	} {
		got := in
		if err := Mail(&got); (err != nil) != (want == "-") || (err == nil && got != want) {
			t.Errorf("%q: %q %v", in, got, err)
		}
	}
}

func TestDomain(t *testing.T) {
	for in, want := range map[string]string{
		"Example.com": "example.com", "@mail.example.com ": "mail.example.com", "xn--bcher-kva.example": "xn--bcher-kva.example",
		"": "-", "com": "-", "a..b": "-", "-a.example": "-", "a b.example": "-", "example.com/x": "-",
	} {
		got := in
		if err := Domain(&got); (err != nil) != (want == "-") || (err == nil && got != want) {
			t.Errorf("%q: %q %v", in, got, err)
		}
	}
}

func TestWords(t *testing.T) {
	m := map[string]string{"de": " Hallo\r\nWelt ", "en": "  "}
	if err := Words("notes", m, 20); err != nil || len(m) != 1 || m["de"] != "Hallo\nWelt" {
		t.Errorf("%q %v", m, err)
	}
	for _, m := range []map[string]string{{"": "x"}, {"d e": "x"}, {" de": "x"}, {"de": "a\x00b"}, {"de": "123456"}} {
		if err := Words("notes", m, 5); err == nil {
			t.Errorf("%q is taken", m)
		}
	}
}

func TestQueryWords(t *testing.T) {
	for words, fine := range map[int]bool{1: true, maxWords: true, maxWords + 1: false} {
		q := QueryOf(httptest.NewRequest("GET", "/?text="+strings.Repeat("a+", words), nil))
		if q.Words("text", 200); (q.Err == nil) != fine {
			t.Errorf("%d words: %v", words, q.Err)
		}
	}
}

func TestQuery(t *testing.T) {
	for query, fine := range map[string]bool{
		"": true, "limit=200&before=3&open=1&text=a%20b&state=a&state=b": true,
		"limit=201": false, "before=-1": false, "before=x": false, "open=yes": false, "text=%ff": false,
		"text=" + strings.Repeat("a", 11): false, "text=%zz": false, "state=" + strings.Repeat("a", 11): false,
		strings.Repeat("state=a&", 101): false,
	} {
		q := QueryOf(httptest.NewRequest("GET", "/?"+query, nil))
		q.Limit()
		q.Number("before")
		q.Flag("open")
		q.Text("text", 10)
		q.Texts("state", 10)
		if (q.Err == nil) != fine {
			t.Errorf("%q: %v", query, q.Err)
		}
	}
}

// FuzzText proves that what is kept can be shown, and is kept as it is the next time.
func FuzzText(f *testing.F) {
	f.Add("  a\r\nb\t", 10)
	f.Add("\u202eevil", 10)
	f.Add("\xff", 3)
	f.Fuzz(func(t *testing.T, text string, most int) {
		if Text("text", &text, most, true) != nil {
			return
		}
		if !utf8.ValidString(text) || utf8.RuneCountInString(text) > most || text == "" ||
			strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
			t.Errorf("%q is kept", text)
		}
		again := text
		if err := Text("text", &again, most, true); err != nil || again != text {
			t.Errorf("%q becomes %q: %v", text, again, err)
		}
	})
}
