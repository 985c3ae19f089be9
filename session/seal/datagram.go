package seal

import (
	"crypto/cipher"
	"encoding/binary"
	"fmt"

	"golang.org/x/crypto/chacha20poly1305"
)

// A sealed datagram is its number (8 bytes, big endian, from 0, rising by one)
// and the sealed message. The number is the nonce, so that no two datagrams of
// a key share one, and a datagram whose number was altered does not open.
const (
	DatagramFront    = 8                        // bytes of the number
	DatagramOverhead = DatagramFront + Overhead // how much longer a sealed datagram is
	DatagramWindow   = 4096                     // numbers below the highest that still open
)

// Why a datagram does not open; both are ErrOpen. They are made once, because
// anybody can send garbage as fast as the way allows.
var (
	errDatagram = fmt.Errorf("open datagram: %w", ErrOpen)
	errReplayed = fmt.Errorf("open datagram that came before or too late: %w", ErrOpen)
)

// DatagramSealer seals messages of one direction that travel each by itself: it
// does not matter which arrive, in what order and how often. It is not safe for
// concurrent use, and allocates nothing.
type DatagramSealer struct {
	aead  cipher.AEAD
	next  uint64
	limit uint64
	nonce [chacha20poly1305.NonceSize]byte
}

// NewDatagramSealer makes a sealer; a key is given to one sealer of any kind
// only, ever.
func NewDatagramSealer(key [KeySize]byte) *DatagramSealer {
	aead, _ := chacha20poly1305.New(key[:]) // the size is right
	return &DatagramSealer{aead: aead, limit: maxMessages}
}

// Seal appends the sealed datagram to dst, which must not overlap the message.
// Only ErrExhausted can happen.
func (s *DatagramSealer) Seal(dst, message []byte) ([]byte, error) {
	if s.next >= s.limit {
		return nil, ErrExhausted
	}
	dst = binary.BigEndian.AppendUint64(dst, s.next)
	binary.LittleEndian.PutUint64(s.nonce[4:], s.next)
	s.next++
	return s.aead.Seal(dst, s.nonce[:], message, nil), nil
}

// DatagramCounts says what became of datagrams.
type DatagramCounts struct {
	Opened   uint64
	Replayed uint64 // came before, or so late that nobody knows
	Foreign  uint64 // too short, altered, or sealed by somebody else
}

// DatagramOpener opens datagrams of one direction in any order, each once. What
// does not open changes nothing but the counts. It is not safe for concurrent
// use, and allocates nothing.
type DatagramOpener struct {
	aead   cipher.AEAD
	window window
	counts DatagramCounts
	nonce  [chacha20poly1305.NonceSize]byte
}

// NewDatagramOpener makes an opener for what a DatagramSealer with the same key
// seals.
func NewDatagramOpener(key [KeySize]byte) *DatagramOpener {
	aead, _ := chacha20poly1305.New(key[:]) // the size is right
	return &DatagramOpener{aead: aead}
}

// Open appends the message to dst. To open where the datagram stands, dst is
// datagram[DatagramFront:DatagramFront]; what stood there is then gone, also
// when it does not open. The error is always ErrOpen.
func (o *DatagramOpener) Open(dst, datagram []byte) ([]byte, error) {
	if len(datagram) < DatagramOverhead {
		o.counts.Foreign++
		return nil, errDatagram
	}
	number := binary.BigEndian.Uint64(datagram)
	if number >= maxMessages {
		o.counts.Foreign++
		return nil, errDatagram
	}
	if !o.window.fresh(number) { // before the cipher: it is the cheaper one
		o.counts.Replayed++
		return nil, errReplayed
	}
	binary.LittleEndian.PutUint64(o.nonce[4:], number)
	message, err := o.aead.Open(dst, o.nonce[:], datagram[DatagramFront:], nil)
	if err != nil {
		o.counts.Foreign++
		return nil, errDatagram
	}
	o.window.take(number)
	o.counts.Opened++
	return message, nil
}

// Counts says what became of all datagrams so far.
func (o *DatagramOpener) Counts() DatagramCounts { return o.counts }
