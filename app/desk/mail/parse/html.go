package parse

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// quoteMark stands on a line of its own where mail programs say in HTML that the
// mail before begins. It is of the characters that mean nothing (private use).
const quoteMark = "\ue000\ue001"

// htmlText makes text of HTML. Nothing is fetched and nothing is run: what is not text is left out.
func htmlText(s string) string {
	z := html.NewTokenizer(strings.NewReader(s))
	z.SetMaxBuf(1 << 20)
	t := texter{}
	for {
		switch z.Next() {
		case html.ErrorToken:
			return t.done()
		case html.TextToken:
			t.text(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			t.start(z.Token())
		case html.EndTagToken:
			name, _ := z.TagName()
			t.end(atom.Lookup(name))
		}
	}
}

// texter writes text as HTML shows it, roughly.
type texter struct {
	b      strings.Builder
	line   strings.Builder
	silent atom.Atom // inside of what is not shown; 0: shown
	pre    int
	quotes int
	lists  []int // items so far of each list that is open; -1: without numbers
	blank  int   // empty lines since the last text
	href   string
	marked bool
}

func (t *texter) text(s string) {
	if t.silent != 0 {
		return
	}
	if t.pre > 0 {
		for i, part := range strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
			if i > 0 {
				t.flush()
			}
			t.line.WriteString(part)
		}
		return
	}
	for _, word := range strings.FieldsFunc(s, blank) {
		if t.line.Len() > maxShown {
			t.flush()
		}
		if t.line.Len() > 0 && (strings.IndexFunc(s, blank) == 0 || !strings.HasPrefix(s, word)) && !strings.HasSuffix(t.line.String(), " ") {
			t.line.WriteByte(' ')
		}
		t.line.WriteString(word)
		s = s[strings.Index(s, word)+len(word):]
	}
	if s != "" && t.line.Len() > 0 && !strings.HasSuffix(t.line.String(), " ") {
		t.line.WriteByte(' ')
	}
}

// blank is what HTML shows as one space; a no-break space is not among them.
func blank(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' }

// maxShown bounds a line, in bytes: no person has written a longer one.
const maxShown = 10_000

// flush ends a line.
func (t *texter) flush() {
	s := strings.TrimRight(t.line.String(), " ")
	t.line.Reset()
	if s == "" {
		t.blank++
		if t.pre == 0 && t.blank > 1 {
			return
		}
	} else {
		t.blank = 0
	}
	if t.quotes > 0 {
		s = strings.TrimRight(strings.Repeat(">", min(t.quotes, 20))+" "+s, " ")
	}
	t.b.WriteString(s + "\n")
}

// fresh begins a line; apart leaves an empty one before it.
func (t *texter) fresh(apart bool) {
	if t.line.Len() > 0 {
		t.flush()
	}
	if apart && t.b.Len() > 0 && t.blank == 0 {
		t.flush()
	}
}

// quoteFrom marks where the mail before begins, once.
func (t *texter) quoteFrom() {
	if !t.marked && t.silent == 0 {
		t.fresh(false)
		t.marked = true
		t.b.WriteString(quoteMark + "\n")
	}
}

func (t *texter) done() string {
	t.fresh(false)
	return t.b.String()
}
