package redact

func countDigits(val []byte) (n int) {
	for _, c := range val {
		if isDigit(c) {
			n++
		}
	}
	return n
}

// secretLike reports whether a word is no word of a language and no number: at
// least six bytes with letters and digits, or with marks that names lack.
func secretLike(val []byte) bool {
	if len(val) < 6 || val[0] == '/' || val[0] == '(' || val[0] == '-' || val[0] == '<' {
		return false
	}
	letter, digit, mark := false, false, false
	for i, c := range val {
		switch {
		case isLetter(c):
			letter = true
		case isDigit(c):
			digit = true
		case i < len(val)-1 && (c == '!' || c == '#' || c == '$' || c == '%' || c == '*' || c == '+' || c == '_' || c == '?' || c == '~' || c == '^' || c == '@'):
			mark = true
		case c == ':' || c == '/' || c == '(' || c == ')':
			return digit && letter && mark
		}
	}
	return letter && (digit || mark && !isLetter(val[len(val)-1]))
}
