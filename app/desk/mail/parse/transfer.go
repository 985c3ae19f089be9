package parse

import (
	"bytes"
	"encoding/base64"
	"mime"
	"net/url"
	"strings"

	"github.com/beistand/beistand/app/desk/late"
)

// decode undoes a part's transfer encoding (RFC 2045, section 6). What is
// broken in it is passed over, as mail programs do.
func decode(b []byte, encoding string) []byte {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return decodeBase64(b)
	case "quoted-printable":
		return decodeQuoted(b)
	}
	return b
}

func decodeBase64(b []byte) []byte {
	clean := make([]byte, 0, len(b))
	for _, c := range b {
		switch {
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '+', c == '/':
			clean = append(clean, c)
		}
	}
	if len(clean)%4 == 1 {
		clean = clean[:len(clean)-1]
	}
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(clean)))
	n, _ := base64.RawStdEncoding.Decode(out, clean) // what is not of the alphabet is gone already
	return out[:n]
}

func decodeQuoted(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for len(b) > 0 {
		line, rest, more := bytes.Cut(b, []byte("\n"))
		b = rest
		line = bytes.TrimRight(line, " \t\r")
		soft := bytes.HasSuffix(line, []byte("="))
		if soft {
			line = line[:len(line)-1]
		}
		for i := 0; i < len(line); i++ {
			if line[i] == '=' && i+2 < len(line) {
				if hi, lo := hexDigit(line[i+1]), hexDigit(line[i+2]); hi >= 0 && lo >= 0 {
					out = append(out, byte(hi<<4|lo))
					i += 2
					continue
				}
			}
			out = append(out, line[i])
		}
		if more && !soft {
			out = append(out, '\n')
		}
	}
	return out
}

func hexDigit(c byte) int {
	return bytes.IndexByte([]byte("0123456789ABCDEF"), bytes.ToUpper([]byte{c})[0])
}

// mediaType reads a Content-Type or Content-Disposition; of one that is broken, what can be made out.
func mediaType(value string) (kind string, params map[string]string) {
	kind, params, err := mime.ParseMediaType(value)
	if err == nil {
		return kind, params
	}
	first, rest, _ := strings.Cut(value, ";")
	kind = strings.ToLower(strings.TrimSpace(first))
	if !typeForm().MatchString(kind) {
		kind = ""
	}
	params = map[string]string{}
	for _, m := range paramForm().FindAllStringSubmatch(rest, 20) {
		name, value := strings.ToLower(m[1]), m[2]+m[3]
		if plain, ok := strings.CutSuffix(name, "*"); ok { // RFC 2231, section 4
			charset, rest, _ := strings.Cut(value, "'")
			_, rest, _ = strings.Cut(rest, "'")
			if bare, err := url.PathUnescape(rest); err == nil {
				name, value = plain, toUTF8([]byte(bare), charset)
			}
		}
		params[name] = value
	}
	return kind, params
}

var (
	typeForm  = late.Regexp(`^[a-z0-9!#$&^_.+-]{1,60}(/[a-z0-9!#$&^_.+-]{1,80})?$`)
	paramForm = late.Regexp(`([A-Za-z0-9-]{1,40}\*?)\s*=\s*(?:"([^"]*)"|([^;"\s]*))`)
)
