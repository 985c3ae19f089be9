// Package seal encrypts what goes in one direction.
//
// ChaCha20-Poly1305 (RFC 8439) under a key that is used for one direction of
// one channel only. Sealer and Opener are strict: the nonce is the message's
// number, which both sides count and nobody sends. A message that is replayed,
// left out, reordered, reflected or altered does not open, and nothing after it
// does either. Rising allows gaps, datagrams any order.
package seal

import (
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"fmt"

	"golang.org/x/crypto/chacha20poly1305"
)

// KeySize is a key's length in bytes.
const KeySize = chacha20poly1305.KeySize

// Overhead is how much longer a sealed message is, in bytes.
const Overhead = chacha20poly1305.Overhead

// maxMessages is far below where ChaCha20-Poly1305's bounds or the counter
// would begin to matter, and more than any session sends.
const maxMessages = 1 << 48

// Reasons that callers branch on.
var (
	ErrOpen      = errors.New("a sealed message does not open")
	ErrExhausted = errors.New("the key has sealed its share of messages")
)

// Sealer seals one direction's messages. It is not safe for concurrent use:
// messages must go out in the order in which they were sealed.
type Sealer struct{ channel }

// Opener opens one direction's messages, in the order in which they were
// sealed. It is not safe for concurrent use.
type Opener struct{ channel }

type channel struct {
	aead  cipher.AEAD
	next  uint64 // the next message's number
	limit uint64
	err   error // sticky
}

// NewSealer makes a sealer; a key is given to one sealer only, ever.
func NewSealer(key [KeySize]byte) *Sealer { return &Sealer{newChannel(key)} }

// NewOpener makes an opener.
func NewOpener(key [KeySize]byte) *Opener { return &Opener{newChannel(key)} }

func newChannel(key [KeySize]byte) channel {
	aead, err := chacha20poly1305.New(key[:])
	return channel{aead: aead, limit: maxMessages, err: err} // err is nil: the size is right
}

// Seal appends the sealed message to dst. Only ErrExhausted can happen.
func (s *Sealer) Seal(dst, message []byte) ([]byte, error) {
	nonce, err := s.nonce()
	if err != nil {
		return nil, err
	}
	return s.aead.Seal(dst, nonce[:], message, nil), nil
}

// Open appends the message to dst. After an error every further call gives it again.
func (o *Opener) Open(dst, sealed []byte) ([]byte, error) {
	nonce, err := o.nonce()
	if err != nil {
		return nil, err
	}
	message, err := o.aead.Open(dst, nonce[:], sealed, nil)
	if err != nil {
		o.err = fmt.Errorf("open message %d of %d bytes: %w", o.next-1, len(sealed), ErrOpen)
		return nil, o.err
	}
	return message, nil
}

func (c *channel) nonce() (nonce [chacha20poly1305.NonceSize]byte, err error) {
	if c.err == nil && c.next == c.limit {
		c.err = ErrExhausted
	}
	if c.err != nil {
		return nonce, c.err
	}
	binary.LittleEndian.PutUint64(nonce[4:], c.next)
	c.next++
	return nonce, nil
}
