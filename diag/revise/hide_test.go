package revise

import (
	"bytes"
	"strings"
	"testing"
)

// hidden hides texts, written in pieces of a size.
func hidden(t testing.TB, text string, piece int, texts ...string) string {
	t.Helper()
	var out bytes.Buffer
	h := newHider(&out, texts)
	for at := 0; at < len(text); at += piece {
		if _, err := h.Write([]byte(text[at:min(len(text), at+piece)])); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestHide(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		texts []string
		want  string
	}{
		"whole words":               {"project Nordwind starts", []string{"Nordwind"}, "project <hidden> starts"},
		"any case":                  {"NORDWIND nordwind", []string{"Nordwind"}, "<hidden> <hidden>"},
		"inside of words":           {"xNordwind2 @nordwind", []string{"Nordwind"}, "x<hidden>2 @<hidden>"},
		"the beginning of a word":   {"Nordwind", []string{"Nord"}, "<hidden>wind"},
		"umlauts in capitals":       {"MÜLLER Müller müller", []string{"Müller"}, "<hidden> <hidden> <hidden>"},
		"an old code page":          {"M\xfcller", []string{"Müller"}, "<hidden>"},
		"over each other":           {"abcdef", []string{"abcd", "cdef"}, "<hidden>"},
		"not what a word says":      {"<password> pass", []string{"pass"}, "<password> <hidden>"},
		"not a pseudonym's number":  {"<user-4711> 4711", []string{"4711"}, "<user-4711> <hidden>"},
		"with a pseudonym inside":   {"login <user-27> failed", []string{"login <user-27> failed"}, "<hidden>"},
		"not what hides":            {"hidden", []string{"hidden"}, "<hidden>"},
		"marks that are no letters": {"a --- b", []string{"---"}, "a <hidden> b"},
		"nothing":                   {"a", []string{"b"}, "a"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, piece := range []int{1, 7, 1000} {
				if got := hidden(t, c.text, piece, c.texts...); got != c.want {
					t.Errorf("in pieces of %d: %q, want %q", piece, got, c.want)
				}
			}
		})
	}
}

// TestHideAcrossBlocks puts a text at every place around a block's edge.
func TestHideAcrossBlocks(t *testing.T) {
	for shift := range 400 {
		before := strings.Repeat(".", hideBlock-380+shift)
		got := hidden(t, before+"<user-27>Nordwind<password>tail", 4096, "nordwind", "sword", "user")
		if want := before + "<user-27><hidden><password>tail"; got != want {
			t.Fatalf("at %d: it ends %q", len(before), got[len(before):])
		}
	}
}

func FuzzHide(f *testing.F) {
	f.Add("a Nordwind b", "nordwind", 3)
	f.Add("<user-27> anna <password>", "word", 5)
	f.Add("<hid<hidden>den>", "hidden", 1)
	f.Fuzz(func(t *testing.T, text, hide string, piece int) {
		if len(hide) < MinText || len(hide) > maxText || piece < 1 {
			return // no text that can be hidden
		}
		got := hidden(t, text, piece, hide)
		if got != hidden(t, text, len(text)+1, hide) {
			t.Errorf("in pieces of %d it is another text: %q", piece, got)
		}
		if len(got) > len(text)/MinText*len(gone)+len(text) {
			t.Errorf("%d bytes became %d", len(text), len(got))
		}
		low := string(lower(nil, []byte(got)))
		for at := 0; ; at++ {
			i := strings.Index(low[at:], string(lower(nil, []byte(hide))))
			if i < 0 {
				break
			}
			at += i
			if whole(Marks([]byte(got)), at, at+len(hide)) && !touches(got, at, at+len(hide)) {
				t.Fatalf("%q is left in %q", hide, got)
			}
		}
	})
}

// touches says that what is found was made of what hides, and was not there before.
func touches(text string, from, to int) bool {
	return strings.Contains(text[max(0, from-len(gone)):min(len(text), to+len(gone))], string(gone))
}

func TestMarksAndCounter(t *testing.T) {
	text := "a <password> b <user-27><net-41>.17 <user> <nobody-3> <password-3> <user-> 1<2 <user-12345678901234567890123456789> <ip"
	var got []string
	for _, m := range Marks([]byte(text)) {
		got = append(got, text[m.From:m.To])
	}
	if want := "<password> <user-27> <net-41> <user>"; strings.Join(got, " ") != want {
		t.Errorf("found %q, want %q", got, want)
	}
	for piece := 1; piece < len(text); piece++ {
		c := counter{gone: NewTally().Gone}
		for at := 0; at < len(text); at += piece {
			_, _ = c.Write([]byte(text[at:min(len(text), at+piece)]))
		}
		if len(c.gone) != 3 || c.gone["password"] != 1 || c.gone["user"] != 2 || c.gone["net"] != 1 {
			t.Fatalf("in pieces of %d: %v", piece, c.gone)
		}
	}
}
