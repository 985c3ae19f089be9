package plant

import (
	"encoding/base64"
	"fmt"
	"hash/crc32"
	"strconv"
	"strings"
)

// password makes one of a style. The plain style has a sign, but none that
// ends a value in a common format.
func (g *gen) password(style string) string {
	word := func() string {
		return g.pick("Sonne", "Regen", "Garten", "Kaffee", "Wolke", "Fahrrad", "Tulpe", "Molen", "Kabel", "Anker")
	}
	switch style {
	case "alnum":
		return g.pattern("&{5}#&{4}@#&{4}")
	case "season": // what people choose
		return g.pick("Sommer", "Winter", "Herbst", "Welkom", "Zomer", "Start") + g.pattern("20##") + g.pick("!", "?", "!!", "#")
	case "phrase":
		return word() + "-" + word() + "-" + word() + g.pattern("##")
	case "spaces":
		return word() + " " + strings.ToLower(word()) + g.pattern(" ## ") + word()
	case "umlaut":
		return g.pick("Grün", "Öl", "Süß", "Käse") + g.pattern("#$&{4}") + g.pick("ß", "ö", "ü") + g.pattern("##")
	case "digits":
		return g.pattern("########")
	case "pin":
		return g.pattern("^#####")
	case "signs": // what generators of passwords give
		return g.pattern("&{4}") + g.pick("(", "[", "{") + g.pattern("&{3}") + g.pick("$", "=", "^", "~") + g.pattern("&{4}#")
	case "colon":
		return g.pattern("&{5}") + g.pick(":", "@", "/") + g.pattern("&{5}#")
	case "percent": // as a URL holds it
		return g.pattern("&{5}") + g.pick("%40", "%3A", "%2F", "%23", "%21") + g.pattern("&{4}#")
	case "escaped": // as JSON holds a quote
		return g.pattern(`&{4}#\\"&{5}`)
	case "entity": // as XML holds an ampersand
		return g.pattern("&{5}#") + "&amp;" + g.pattern("&{5}")
	case "quote": // as SQL holds a quote
		return g.pattern("&{5}#''&{4}")
	}
	return g.pattern("&{4}") + g.pick("!", "#", "$", "_", "-", "+", "*", "%") + g.pattern("&{3}#@&{3}")
}

// base64 gives unpadded URL-safe text of so many bytes; "std 32" the padded
// standard form, "text x" that form of a pattern in which NUL is a zero byte.
func (g *gen) base64(arg string) string {
	if n, ok := strings.CutPrefix(arg, "std "); ok {
		size, _ := strconv.Atoi(n)
		return base64.StdEncoding.EncodeToString(g.bytes(size))
	}
	if text, ok := strings.CutPrefix(arg, "text "); ok {
		text = strings.ReplaceAll(g.pattern(text), "NUL", "\x00")
		return base64.StdEncoding.EncodeToString([]byte(text))
	}
	size, _ := strconv.Atoi(arg)
	return base64.RawURLEncoding.EncodeToString(g.bytes(size))
}

// basic gives what stands behind "Basic" (RFC 7617).
func (g *gen) basic() string {
	return base64.StdEncoding.EncodeToString([]byte(g.user("") + ":" + g.password("")))
}

// jwt gives a signed token (RFC 7519), with "jwe" an encrypted one of five
// parts (RFC 7516), with "none" one without a signature.
func (g *gen) jwt(arg string) string {
	enc := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	if arg == "jwe" {
		head := enc(`{"alg":"RSA-OAEP","enc":"A256GCM"}`)
		return head + "." + g.base64("128") + "." + g.base64("12") + "." + g.base64("60") + "." + g.base64("16")
	}
	claims := enc(fmt.Sprintf(`{"sub":"%s","exp":%d,"jti":"%s"}`, g.pattern("^#{9}"), g.now.Unix()+3600, g.pattern("%{16}")))
	switch arg {
	case "none":
		return enc(`{"alg":"none"}`) + "." + claims + "."
	case "rs256":
		return enc(`{"alg":"RS256","kid":"`+g.pattern("%{8}")+`","typ":"JWT"}`) + "." + claims + "." + g.base64("256")
	case "es256":
		return enc(`{"typ":"at+jwt","alg":"ES256"}`) + "." + claims + "." + g.base64("64")
	}
	return enc(`{"alg":"HS256","typ":"JWT"}`) + "." + claims + "." + g.base64("32")
}

const base62 = digits + upper + lower

// checked gives a token as GitHub and npm make them: a prefix, 30 letters and
// their CRC-32 as six digits of base 62.
func (g *gen) checked(prefix string) string {
	body := g.chars(base62, 30)
	return prefix + body + checksum(body)
}

func checksum(body string) string {
	sum := crc32.ChecksumIEEE([]byte(body))
	tail := make([]byte, 6)
	for i := 5; i >= 0; i-- {
		tail[i] = base62[sum%62]
		sum /= 62
	}
	return string(tail)
}

// bech gives a prefix and 58 capitals of bech32, as long as a key of age.
func (g *gen) bech(prefix string) string {
	return prefix + g.chars("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58)
}

// pemBlock gives a key of "lines label|sep": armour and body joined by sep, in
// which \n is a new line and \e a backslash; each line of the body is a value.
func (g *gen) pemBlock(arg string) (string, []string) {
	arg, sep, _ := strings.Cut(arg, "|")
	count, label, _ := strings.Cut(arg, " ")
	n, _ := strconv.Atoi(count)
	body := g.pem(n)
	all := append([]string{"-----BEGIN " + label + "-----"}, body...)
	return strings.Join(append(all, "-----END "+label+"-----"), unescape(sep)), body
}

// keyLines gives "lines|sep": lines of base64 without armour, each a value.
func (g *gen) keyLines(arg string) (string, []string) {
	count, sep, _ := strings.Cut(arg, "|")
	n, _ := strconv.Atoi(count)
	body := g.pem(n)
	return strings.Join(body, unescape(sep)), body
}

func unescape(sep string) string { return strings.NewReplacer(`\n`, "\n", `\e`, `\`).Replace(sep) }
