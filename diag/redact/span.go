package redact

// span is the end of a value that lies beyond the window.
type span struct {
	quote byte   // up to this mark
	level int    // with so many backslashes before it
	stop  *chars // or up to one of these
}

var (
	stopSpace = set(" \t\r\n\x00")
	stopLine  = set("\r\n\x00")
	stopTag   = set("<")
)

// find gives where the value that goes on at i ends. A quoted value ends with
// its line too.
func (sp *span) find(b []byte, i, n int) (end int, closed bool) {
	for ; i < n; i++ {
		c := b[i]
		switch {
		case sp.stop != nil:
			if sp.stop.has(c) {
				return i, true
			}
		case c == '\n':
			return i, true
		case c == sp.quote && ends(b, i, sp.level):
			return i - sp.level, true
		case sp.quote == 'U' && printQuote(b, i):
			return i, true
		case sp.quote == '%' && foldAt(b, i, "%22"), sp.quote == '&' && foldAt(b, i, "&quot;"):
			return i, true
		}
	}
	return n, false
}

// ends reports whether the quotation mark at i, escaped level times, closes
// what an equal one opened: a mark inside is escaped once more.
func ends(b []byte, i, level int) bool {
	slashes := 0
	for b[i-1-slashes] == '\\' && i-1-slashes > 0 {
		slashes++
	}
	unit := level + 1 // 1, 2, 4: text in text in text
	return slashes%(2*unit) == level
}

// hide replaces a secret, or gives a value its pseudonym.
func (sc *scanner) hide(rule *Rule, start, end int) int {
	if rule.Kind.Secret() {
		return sc.replace(rule, rule.Kind, secretText[rule.Kind], start, end)
	}
	return sc.rename(rule, rule.Kind, start, end)
}

// rename gives a value its pseudonym of a kind.
func (sc *scanner) rename(rule *Rule, kind Kind, start, end int) int {
	return sc.replace(rule, kind, sc.names.of(kind, sc.b[start:end]), start, end)
}

var secretText = func() map[Kind]string {
	m := map[Kind]string{}
	for _, k := range kinds {
		m[k] = "<" + string(k) + ">"
	}
	return m
}()
