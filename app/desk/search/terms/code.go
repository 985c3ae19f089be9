package terms

import (
	"strings"
)

// codes of a chunk are what programs write and people search for: ORA-00942,
// 0x80070005, KB5001330, NullPointerException, ERR_CONNECTION_RESET,
// ECONNREFUSED, main.go:12. Lower case, without code's mark. Ahead is the
// chunk before in lower case, for "HTTP 503" and "error 1603".
func codes(s, ahead string) []string {
	if len(s) < 2 || len(s) > maxChunk || !ascii(s) {
		return nil
	}
	var found []string
	if digitsOnly(s) {
		if said, ok := numbered[ahead]; ok && len(s) <= 10 {
			found = append(found, said+" "+s)
		}
		return found
	}
	if file, line, ok := place(s); ok {
		return append(found, file+":"+line, file)
	}
	for one := range strings.FieldsFuncSeq(s, between) {
		switch {
		case len(one) < 3:
		case hexCode(one), lettersDigits(one), upperName(one), errno(one):
			found = append(found, strings.ToLower(one))
		case thrown(one):
			found = append(found, strings.ToLower(one[strings.LastIndexByte(one, '.')+1:]))
		}
	}
	return found
}

// numbered are words after which a number is a code.
var numbered = map[string]string{
	"http": "http", "status": "http", "error": "error", "code": "error", "errno": "error", "exit": "error", "sqlstate": "sqlstate",
	"fehler": "error", "fehlercode": "error", "fehlernummer": "error", "statuscode": "http", "errorcode": "error",
	"fout": "error", "foutcode": "error", "foutnummer": "error", "event": "event", "ereignis": "event", "kb": "kb",
}

// between is what stands between codes within one chunk.
func between(r rune) bool { return strings.ContainsRune("()[]{}<>,;=/\\'`@#&+*!?$%:", r) }

func digitsOnly(s string) bool { return strings.Trim(s, "0123456789") == "" }

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// hexCode is 0x80070005.
func hexCode(s string) bool {
	return len(s) >= 5 && len(s) <= 18 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X') &&
		strings.Trim(s[2:], "0123456789abcdefABCDEF") == ""
}

// lettersDigits is ORA-00942, KB5001330, SQL0803N, E-1234: letters in
// capitals, at most one sign, at least three digits, at most one letter behind.
func lettersDigits(s string) bool {
	n := span(s, upper)
	if n < 1 || n > 8 || len(s) > 20 {
		return false
	}
	rest := s[n:]
	if rest != "" && (rest[0] == '-' || rest[0] == '_') {
		rest = rest[1:]
	}
	d := span(rest, digit)
	return d >= 3 && (len(rest) == d || len(rest) == d+1 && upper(rest[d]))
}

// upperName is ERR_CONNECTION_RESET or E_ACCESSDENIED.
func upperName(s string) bool {
	line := strings.IndexByte(s, '_')
	return line > 0 && len(s) >= 6 && span(s, func(b byte) bool { return upper(b) || digit(b) || b == '_' }) == len(s) && upper(s[0])
}

// errno is ECONNREFUSED.
func errno(s string) bool {
	return len(s) >= 5 && len(s) <= 15 && s[0] == 'E' && span(s, upper) == len(s) && known[s]
}

var known = func() map[string]bool {
	names := strings.Fields(`EACCES EADDRINUSE EADDRNOTAVAIL EAGAIN EBUSY ECONNABORTED ECONNREFUSED ECONNRESET EEXIST EHOSTDOWN
		EHOSTUNREACH EINVAL EISDIR EMFILE ENETDOWN ENETUNREACH ENFILE ENODEV ENOENT ENOMEM ENOSPC ENOTCONN ENOTDIR ENOTEMPTY
		ENOTFOUND EPERM EPIPE EPROTO EROFS ETIMEDOUT ETXTBSY`)
	m := make(map[string]bool, len(names))
	for _, name := range names {
		m[name] = true
	}
	return m
}()

// thrown is the name of an exception, with or without its package.
func thrown(s string) bool {
	name := s[strings.LastIndexByte(s, '.')+1:]
	if len(name) < 6 || len(name) > 60 || !upper(name[0]) || span(name, func(b byte) bool { return letter(b) || digit(b) }) != len(name) {
		return false
	}
	for _, end := range []string{"Exception", "Error", "Fault", "Failure", "Warning"} {
		if head, ok := strings.CutSuffix(name, end); ok && head != "" {
			return true
		}
	}
	return false
}

// place is a file and a line: main.go:12, OrderService.java:118. Columns are left out.
func place(s string) (file, line string, ok bool) {
	s = s[strings.LastIndexAny(s, `/\(`)+1:]
	file, rest, ok := strings.Cut(s, ":")
	if !ok {
		return "", "", false
	}
	line = rest[:span(rest, digit)]
	dot := strings.LastIndexByte(file, '.')
	if line == "" || len(line) > 7 || dot < 1 || len(file) > 40 || len(file)-dot < 2 || len(file)-dot > 7 {
		return "", "", false
	}
	if ext := file[dot+1:]; span(ext, letter) != len(ext) {
		return "", "", false
	}
	return strings.ToLower(file), line, true
}

func span(s string, is func(byte) bool) int {
	n := 0
	for n < len(s) && is(s[n]) {
		n++
	}
	return n
}

func upper(b byte) bool  { return b >= 'A' && b <= 'Z' }
func digit(b byte) bool  { return b >= '0' && b <= '9' }
func letter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }
