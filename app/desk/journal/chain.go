package journal

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// row is an entry as it is kept.
type row struct {
	Entry
	address string // of a mail
	erased  bool   // address and detail are not there any more
	salt    []byte
	private []byte
	hash    []byte
}

// saltSize keeps what was erased from being guessed by its hash.
const saltSize = 16

// newRow makes e, which was checked, a row without a place in the chain.
func newRow(e Entry) row {
	r := row{Entry: e, salt: make([]byte, saltSize)}
	rand.Read(r.salt) // never fails (crypto/rand)
	r.Actor.Name, r.address = split(e.Actor)
	r.private = r.hidden()
	return r
}

// hidden is the hash of what can be erased.
func (r *row) hidden() []byte {
	h := sha256.Sum256([]byte(hex.EncodeToString(r.salt) + "\n" + r.address + "\n" + string(r.Detail) + "\n"))
	return h[:]
}

// link is the row's hash behind the one before it, which is 32 zero bytes for
// the first. docs/journal.md says the same in words.
func (r *row) link(before []byte) []byte {
	h := sha256.Sum256([]byte(strings.Join([]string{
		hex.EncodeToString(before), strconv.FormatInt(r.Seq, 10), strconv.FormatInt(r.At.UnixMicro(), 10),
		r.Actor.Kind, r.Actor.Name, strconv.FormatInt(r.Ticket, 10), r.Action, r.Subject, hex.EncodeToString(r.private),
	}, "\n") + "\n"))
	return h[:]
}

// entry is the row as readers get it.
func (r *row) entry() Entry {
	e := r.Entry
	if r.address != "" {
		e.Actor.Name = r.address
	}
	if r.erased {
		e.Detail = nil
	}
	return e
}

const rowColumns = "seq, at, kind, name, address, ticket, action, subject, detail, salt, private, hash"

func scanRow(from interface{ Scan(...any) error }) (row, error) {
	var r row
	var at int64
	var address, detail *string
	err := from.Scan(&r.Seq, &at, &r.Actor.Kind, &r.Actor.Name, &address, &r.Ticket, &r.Action, &r.Subject, &detail, &r.salt, &r.private, &r.hash)
	r.At = time.UnixMicro(at).UTC()
	if address != nil {
		r.address = *address
	}
	if r.erased = detail == nil; !r.erased {
		r.Detail = []byte(*detail)
	}
	return r, err
}

// first is what the first entry's hash is behind.
var first = make([]byte, sha256.Size)
