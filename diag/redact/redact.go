// Package redact replaces secrets and personal data in a stream of text by
// words that say what stood there.
//
// A secret becomes a word without a number, <password> or <token>, so that
// nothing can be compared with it. A name or an address becomes a pseudonym,
// <user-27> or <net-41>.17, the same wherever the same value stands, drawn from
// a key that stays with the person whose machine it is (see [Names]).
//
// The text is read once. 64 bytes at a time are cut into words (see classify);
// a word is looked at when its beginning, its ending, its shape or its
// neighbours are those of some rule (see filter). A rule then reads around the
// word, by code of its own, and says which bytes go. Rules are data with
// examples beside them (see [Rule]); the tests run every example.
//
// Text is UTF-8 or any code page that agrees with ASCII below 0x80. [Decode]
// brings UTF-16 and packed logs into that form and back, and refuses by name
// what it cannot read; what is refused must not be sent.
package redact

// Kind is what a replacement says was there.
type Kind string

// Kinds whose replacement carries no number: a secret must not be comparable,
// not even with itself.
const (
	Password   Kind = "password"
	Token      Kind = "token"
	Cookie     Kind = "cookie"
	PrivateKey Kind = "private-key"
	LicenseKey Kind = "license-key"
	Hidden     Kind = "hidden" // what the person selected
)

// Kinds that become pseudonyms.
const (
	IP      Kind = "ip"
	Net     Kind = "net" // the first three parts of an IPv4 address: <net-2>.17
	MAC     Kind = "mac"
	Host    Kind = "host"
	Domain  Kind = "domain"
	User    Kind = "user"
	Email   Kind = "email"
	Phone   Kind = "phone"
	IBAN    Kind = "iban"
	Card    Kind = "card"
	ID      Kind = "id" // tax and social-security numbers
	Serial  Kind = "serial"
	Machine Kind = "machine"
	SID     Kind = "sid"
	Wifi    Kind = "wifi"
	Place   Kind = "place"
	Name    Kind = "name" // customers and companies, as the profile names them
)

// kinds lists every kind, secret ones first; the order is the one in which
// they are shown.
var kinds = []Kind{
	Password, Token, Cookie, PrivateKey, LicenseKey, Hidden,
	User, Name, Email, Phone, Host, Domain, IP, Net, MAC, Wifi, Place,
	IBAN, Card, ID, Serial, Machine, SID,
}

// Kinds lists every kind in the order in which they are shown.
func Kinds() []Kind { return append([]Kind(nil), kinds...) }

// Secret reports whether a kind is replaced without a number and can never be
// brought back.
func (k Kind) Secret() bool {
	switch k {
	case Password, Token, Cookie, PrivateKey, LicenseKey, Hidden:
		return true
	}
	return false
}

// Replacement is one place where something was replaced.
type Replacement struct {
	Rule string // which rule found it
	Kind Kind
	Text string // what stands there now
	From int64  // offset in the input
	Size int    // bytes in the input; of a value longer than the window its first piece
	At   int64  // offset of Text in the output
}
