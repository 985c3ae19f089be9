package redact

// Rule is one thing that is looked for. Exactly one of Keys, Starts, Pattern
// and the built-in find says how.
type Rule struct {
	Name string // lower case with dashes, unique
	Kind Kind
	Why  string // one sentence: what it looks for, and why that is nobody's business

	// Goes are examples; what must go stands between ‹ and ›. Stays are
	// look-alikes that must stay whole. Both are run when a rule is compiled.
	Goes, Stays []string

	// Keys are the words before a value: "password", "serial number". Words of
	// one key may stand apart, joined by - _ or ., or together.
	Keys  []string
	Form  Form // how the value after a key is read
	Bare  bool // a blank is enough between key and value
	least int  // the shortest number or code that is meant; 4 unless told

	// Starts are the fixed beginnings of values that are known by them.
	Starts []Start

	// Pattern is an RE2 expression that begins with at least three fixed
	// letters or digits at the beginning of a word.
	Pattern string

	// find reads around the word from s to e and replaces what it recognises.
	// It returns where to go on, or 0 when it found nothing.
	find func(sc *scanner, rule *Rule, s, e int) int
	// ends are endings of words that call find, starts their beginnings.
	ends, begins []string
	shapes       []shape
}

// Start is the beginning of a value that is known by it, and what may follow.
type Start struct {
	Prefix   string
	Rest     chars // what the value consists of after the prefix
	Min, Max int   // length after the prefix; 0 as Max: no limit
}

// Form is how the value after a key is read.
type Form int

// Forms of values.
const (
	Any     Form = iota // whatever follows, but for words that say a state (expired, required)
	Strong              // at least eight characters that do not look like a word
	Header              // an HTTP header's value: a scheme and what it proves
	Jar                 // the pairs of a Cookie header
	SetJar              // the first pair of a Set-Cookie header
	Account             // a name of an account
	Label               // a name of a machine
	Number              // digits with the usual separators between them
	Code                // letters and digits with at least one digit
	Phrase              // a name with spaces, up to the end of the quotes or of the line
	Decimal             // a number of degrees
)

// shape asks for words by what they are made of and what stands beside them.
type shape struct {
	class    shapeClass
	min, max int    // length
	next     string // bytes of which one must follow; empty is any
	prev     string // bytes of which one must stand before; empty is any
	notPrev  string // bytes of which none may stand before
}

// shapeClass is what words are made of.
type shapeClass int

const (
	anyClass shapeClass = iota
	digits              // digits only
	numbered            // digits and others
)

// classes is how many classes the scanner tells apart: a bit each for no digit
// and for digits only.
const (
	noDigit = 1 << iota
	allDigit
	classes
)

// includes reports whether words of a class are among those that s asks for.
func (s shapeClass) includes(class int) bool {
	switch s {
	case digits:
		return class&allDigit != 0
	case numbered:
		return class == 0
	}
	return true
}
