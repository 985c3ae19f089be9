// Package terms makes of texts the terms by which they are found: stems of
// words in German, Dutch and English, and signs, which are error texts, shapes
// of log lines, error codes and places in programs.
//
// It does no I/O, and the same text gives the same terms on every machine, so
// that an index is the same whatever it is kept in. Version says when that changed.
package terms

// Version is raised when the same text gives other terms than before; an
// index made with another is made anew.
const Version = 1

// Limits of what becomes terms, so that nobody's text fills the index.
const (
	MaxText  = 64 << 10 // bytes of one field that are looked at
	MaxTerms = 400      // of one document, those that weigh most
	MaxWords = 64       // of one query
	maxTerm  = 48       // bytes of one term
)

// First bytes of terms that are no words. No word begins with one of them.
const (
	code  = '!' // an error code, the name of an exception, a constant, a place in a program
	shape = '~' // of a whole line that tells of an error
)

// IsSign says whether a term is more telling than a word.
func IsSign(term string) bool { return term != "" && (term[0] == code || term[0] == shape) }
