package seal

import (
	"encoding/binary"
	"fmt"

	"golang.org/x/crypto/chacha20poly1305"
)

// Rising opens one direction's messages on a way that loses some: each stands
// beside its number, which only rises. A gap is allowed; what is replayed,
// reordered, reflected or altered, its number too, does not open and changes
// nothing. It is not safe for concurrent use.
type Rising struct{ channel }

// NewRising makes an opener for what a Sealer with the same key seals.
func NewRising(key [KeySize]byte) *Rising { return &Rising{newChannel(key)} }

// Next is the lowest number that opens.
func (r *Rising) Next() uint64 { return r.next }

// Open appends the message with this number to dst.
func (r *Rising) Open(dst []byte, number uint64, sealed []byte) ([]byte, error) {
	if r.err != nil {
		return nil, r.err
	}
	if number < r.next || number >= r.limit {
		return nil, fmt.Errorf("open message %d after %d: %w", number, r.next, ErrOpen)
	}
	var nonce [chacha20poly1305.NonceSize]byte
	binary.LittleEndian.PutUint64(nonce[4:], number)
	message, err := r.aead.Open(dst, nonce[:], sealed, nil)
	if err != nil {
		return nil, fmt.Errorf("open message %d of %d bytes: %w", number, len(sealed), ErrOpen)
	}
	r.next = number + 1
	return message, nil
}

// Next is the number of the message that is sealed next.
func (s *Sealer) Next() uint64 { return s.next }
