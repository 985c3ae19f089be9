package redact

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"strconv"
	"strings"
	"sync"
)

const (
	// maxNames is how many values get a number of their own, all kinds
	// together; what comes after is replaced without one.
	maxNames = 100_000
	// maxNameSize is the longest value that is remembered, in bytes.
	maxNameSize = 256
)

// Names gives values their pseudonyms and remembers them. The numbers are drawn
// from a key, so that they say nothing about the values and differ from one
// ticket to the next; who has the key and the values can tell what was there,
// so both stay on the machine they come from.
type Names struct {
	mu     sync.Mutex
	key    []byte
	values map[Kind]map[string]int // value in its one spelling, its number
	taken  map[Kind]map[int]string // number, value as it was first written
	count  int
	mac    hash.Hash // over key
	buf    []byte
}

// KeySize is the length of the key that pseudonyms are drawn from, in bytes.
const KeySize = 32

// NewNames makes an empty table over a key of KeySize random bytes.
func NewNames(key []byte) (*Names, error) {
	if len(key) != KeySize {
		return nil, fmt.Errorf("a key of %d bytes, not of %d", len(key), KeySize)
	}
	key = append([]byte(nil), key...)
	return &Names{key: key, mac: hmac.New(sha256.New, key), values: map[Kind]map[string]int{}, taken: map[Kind]map[int]string{}}, nil
}

// of gives the pseudonym of a value.
func (n *Names) of(kind Kind, value []byte) string {
	var buf [maxNameSize]byte
	number := n.number(kind, spell(buf[:0], kind, value), value)
	if number == 0 {
		return "<" + string(kind) + ">"
	}
	return "<" + string(kind) + "-" + strconv.Itoa(number) + ">"
}

// number gives a value its number, 0 when the table is full. written is the
// value as it stands in the text.
func (n *Names) number(kind Kind, value, written []byte) int {
	value, written = value[:min(len(value), maxNameSize)], written[:min(len(written), maxNameSize)]
	n.mu.Lock()
	defer n.mu.Unlock()
	if number, ok := n.values[kind][string(value)]; ok {
		return number
	}
	if n.count >= maxNames {
		return 0
	}
	number := n.draw(kind, value)
	n.put(kind, string(value), string(written), number)
	return number
}

func (n *Names) put(kind Kind, value, written string, number int) {
	if n.values[kind] == nil {
		n.values[kind], n.taken[kind] = map[string]int{}, map[int]string{}
	}
	n.values[kind][value] = number
	n.taken[kind][number] = written
	n.count++
}

// draw picks a number that no other value of the kind has: of two digits while
// these suffice, so that people can say it, and of more when half are taken.
func (n *Names) draw(kind Kind, value []byte) int {
	low := 10
	for len(n.taken[kind]) >= (low*9)/2 {
		low *= 10
	}
	for round := byte(0); ; round++ {
		n.mac.Reset()
		n.buf = append(append(append(n.buf[:0], kind...), 0, round), value...)
		n.mac.Write(n.buf)
		n.buf = n.mac.Sum(n.buf[:0])
		number := low + int(binary.BigEndian.Uint64(n.buf)%uint64(low*9))
		if _, ok := n.taken[kind][number]; !ok {
			return number
		}
		if round == 255 {
			low *= 10
		}
	}
}

// one is the one spelling of a value that may be written in several ways.
func one(kind Kind, value []byte) string { return string(spell(nil, kind, value)) }

// spell appends the one spelling of a value.
func spell(out []byte, kind Kind, value []byte) []byte {
	drop := ""
	switch kind {
	case MAC:
		drop = ":-."
	case IBAN, Card, Phone, ID:
		drop = " -./()"
	case IP, Host, Domain, User, Email, Serial, Machine:
	default:
		return append(out, value...)
	}
	for _, c := range value {
		if strings.IndexByte(drop, c) < 0 {
			out = append(out, lower(c))
		}
	}
	return out
}

// ErrUnknown means that a pseudonym was not given by this table.
var ErrUnknown = errors.New("no value has this pseudonym here")

// Reveal gives the value of a pseudonym: "<user-27>", or "user-27".
func (n *Names) Reveal(pseudonym string) (Kind, string, error) {
	p := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(pseudonym), "<"), ">")
	i := strings.LastIndexByte(p, '-')
	if i < 0 {
		return "", "", ErrUnknown
	}
	number, err := strconv.Atoi(p[i+1:])
	if err != nil {
		return "", "", ErrUnknown
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	value, ok := n.taken[Kind(p[:i])][number]
	if !ok {
		return "", "", ErrUnknown
	}
	return Kind(p[:i]), value, nil
}
