package parse

import (
	"bytes"
	"crypto/sha256"
	"io"
	"mime"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/beistand/beistand/app/desk/late"
)

// field is one of a header; its name is in lower case, its value unfolded.
type field struct{ name, value string }

type header []field

// readHeader reads the fields on top of a message or a part. A line that is no
// field, such as the one that mailboxes begin a message with, is passed over.
func readHeader(raw []byte) (h header, body []byte, err error) {
	rest, size := raw, 0
	var open []byte // the value of the last field, which may go on
	done := func() {
		if len(h) > 0 {
			h[len(h)-1].value = string(open)
		}
	}
	for len(rest) > 0 {
		var line []byte
		before := len(rest)
		line, rest = nextLine(rest)
		if size += before - len(rest); size > maxHeader || len(h) > maxFields {
			return nil, nil, ErrHeader
		}
		if len(line) == 0 {
			done()
			return h, rest, nil
		}
		if line[0] == ' ' || line[0] == '\t' {
			open = append(append(open, ' '), bytes.TrimSpace(line)...)
			continue
		}
		name, value, ok := bytes.Cut(line, []byte(":"))
		name = bytes.TrimRight(name, " \t")
		if !ok || len(name) == 0 || bytes.ContainsAny(name, " \t") {
			continue
		}
		done()
		h = append(h, field{name: strings.ToLower(string(name))})
		open = append(open[:0], bytes.TrimSpace(value)...)
	}
	done()
	return h, nil, nil
}

// nextLine cuts the first line off; its end is CRLF, LF or the text's.
func nextLine(b []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(b, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), rest
}

func (h header) get(name string) string {
	for _, f := range h {
		if f.name == name {
			return f.value
		}
	}
	return ""
}

func (h header) has(name string) bool { return h.count(name) > 0 }

func (h header) count(name string) (n int) {
	for _, f := range h {
		if f.name == name {
			n++
		}
	}
	return n
}

// line is a field as people read it.
func (h header) line(name string) string { return oneLine(decodeWords(h.get(name))) }

var words = mime.WordDecoder{CharsetReader: func(charset string, r io.Reader) (io.Reader, error) {
	b, err := io.ReadAll(r) // of a field, which is bounded
	return strings.NewReader(toUTF8(b, charset)), err
}}

// decodeWords reads encoded words (RFC 2047) and bare bytes of older programs.
func decodeWords(s string) string {
	if d, err := words.DecodeHeader(s); err == nil && utf8.ValidString(d) {
		return d
	}
	return toUTF8([]byte(s), "")
}

// oneLine is a text without anything that is not seen in a line.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if hidden(r) {
			return ' '
		}
		return r
	}, s)), " ")
	if len(s) > maxLine {
		s = strings.ToValidUTF8(s[:maxLine], "")
	}
	return s
}

// hidden are control characters, and those that turn the direction of what follows.
func hidden(r rune) bool {
	return unicode.IsControl(r) || r == utf8.RuneError || unicode.Is(unicode.Bidi_Control, r) || r == 0x2028 || r == 0x2029
}

var idForm = late.Regexp(`<([^<>\s]{1,300})>`)

func firstID(s string) string {
	if m := idForm().FindStringSubmatch(s); m != nil {
		return oneLine(m[1])
	}
	return ""
}

// answers are the IDs in In-Reply-To, then those in References from the last on.
func answers(h header) []string {
	var ids []string
	for _, m := range idForm().FindAllStringSubmatch(h.get("in-reply-to"), maxAnswers) {
		ids = append(ids, oneLine(m[1]))
	}
	all := idForm().FindAllStringSubmatch(h.get("references"), -1)
	for i := len(all) - 1; i >= 0 && len(ids) < maxAnswers; i-- {
		ids = append(ids, oneLine(all[i][1]))
	}
	return ids
}

var addressParser = mail.AddressParser{WordDecoder: &words}

// addressForm finds an address in a field that is not as it should be.
var addressForm = late.Regexp(`[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}`)

func firstAddress(h header, names ...string) mail.Address {
	for _, name := range names {
		for _, f := range h {
			if f.name != name {
				continue
			}
			if list := parseAddresses(f.value); len(list) > 0 {
				return list[0]
			}
		}
	}
	return mail.Address{}
}

func addresses(h header, most int, names ...string) []string {
	var list []string
	for _, name := range names {
		for _, f := range h {
			if f.name != name {
				continue
			}
			for _, a := range parseAddresses(f.value) {
				if len(list) < most {
					list = append(list, a.Address)
				}
			}
		}
	}
	return list
}

// parseAddresses reads a list of addresses; of one that is broken, what looks like an address.
func parseAddresses(s string) []mail.Address {
	var out []mail.Address
	list, err := addressParser.ParseList(s)
	if err != nil {
		list = nil
		for _, at := range addressForm().FindAllStringIndex(s, maxTo) {
			name := ""
			if before := strings.Trim(s[:at[0]], ` "'<`); len(out) == 0 && !strings.Contains(before, "@") {
				name = decodeWords(before)
			}
			list = append(list, &mail.Address{Name: name, Address: s[at[0]:at[1]]})
		}
	}
	for _, a := range list {
		address := strings.ToLower(oneLine(a.Address))
		if len(address) > 254 || !strings.Contains(address, "@") || strings.ContainsAny(address, " \"(),:;<>\\") {
			continue
		}
		out = append(out, mail.Address{Name: oneLine(a.Name), Address: address})
	}
	return out
}

// mark is made of what stays the same on every way: who wrote it, its ID and date, and its body.
func mark(m Message, h header, body []byte) [32]byte {
	sum := sha256.New()
	for _, s := range []string{m.ID, m.From.Address, h.get("date"), h.get("subject")} {
		sum.Write([]byte(s))
		sum.Write([]byte{0})
	}
	for len(body) > 0 {
		var line []byte
		line, body = nextLine(body)
		sum.Write(bytes.TrimRight(line, " \t"))
		sum.Write([]byte{'\n'})
	}
	return [32]byte(sum.Sum(nil))
}
