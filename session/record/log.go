package record

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/beistand/beistand/session/invite"
)

// Key signs for one side of one session. It is drawn for the session, its
// public half travels under the code, and it is forgotten with the session:
// afterwards nobody can write or change a record with it.
type Key struct{ private ed25519.PrivateKey }

// NewKey draws a key.
func NewKey() (Key, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return Key{}, fmt.Errorf("draw the record's key: %w", err)
	}
	return Key{private}, nil
}

// Public is the key that checks what this one has signed, KeySize bytes.
func (k Key) Public() []byte { return k.private.Public().(ed25519.PublicKey) }

func (k Key) sign(message []byte) string { return hex.EncodeToString(ed25519.Sign(k.private, message)) }

// Keep stores one line, without its line feed, so that it survives what comes
// next; nil keeps nothing.
type Keep func(line []byte) error

// Log writes a record: the customer's side. It is not safe for concurrent use.
type Log struct {
	chain Chain
	key   Key
	keep  Keep
	err   error // sticky: what could not be kept
}

// NewLog begins an empty record.
func NewLog(key Key, keep Keep) *Log { return &Log{key: key, keep: keep} }

// Write makes e the record's next entry, keeps it, and gives its line.
func (l *Log) Write(e Entry, at time.Time) ([]byte, error) {
	line, err := l.Next(e, at)
	if err != nil {
		return nil, err
	}
	return line, l.Keep(line)
}

// Next makes e the record's next entry and gives its line, which Keep has to
// be given: the end can so be told before a slow disk has taken it.
func (l *Log) Next(e Entry, at time.Time) ([]byte, error) {
	if l.err != nil {
		return nil, l.err
	}
	e.Version, e.Number, e.Before, e.At = Version, l.chain.Len()+1, l.chain.Head(), whole(at)
	if e.What == Asked {
		e.Before, e.Key = first, hex.EncodeToString(l.key.Public())
	}
	message, err := e.signed()
	if err != nil {
		return nil, err
	}
	e.Signature = l.key.sign(message)
	line, err := write(e)
	if err == nil {
		err = l.chain.Add(line)
	}
	if err != nil {
		return nil, fmt.Errorf("write %q into the record: %w", e.What, err)
	}
	return line, nil
}

// Keep stores a line that Next gave.
func (l *Log) Keep(line []byte) error {
	if l.err == nil && l.keep != nil {
		if err := l.keep(line); err != nil {
			l.err = fmt.Errorf("%w: %w", ErrKeep, err)
		}
	}
	return l.err
}

// Countersigned takes what the supporter's program has signed.
func (l *Log) Countersigned(line []byte) error {
	if err := l.chain.Add(line); err != nil {
		return fmt.Errorf("take the supporter's signature: %w", err)
	}
	return l.Keep(line)
}

// Chain is the record so far, to be read.
func (l *Log) Chain() *Chain { return &l.chain }

// Expected is what the supporter's side knows of a record before it comes.
type Expected struct {
	Key        []byte // the customer's, as it came with the key exchange
	Invitation invite.Invitation
}

// Copy is the supporter's side of a record. It is not safe for concurrent use.
type Copy struct {
	chain Chain
	want  Expected
	key   Key
	keep  Keep
}

// NewCopy begins an empty copy; key countersigns.
func NewCopy(want Expected, key Key, keep Keep) *Copy {
	return &Copy{want: want, key: key, keep: keep}
}

// Take checks an entry's line, keeps it and countersigns it. The answer is nil
// for the first entry, which comes before the supporter's key does, and for
// one that is there already. Any error means that the other side is not the
// one that the code was shared with, or does not tell the truth.
func (c *Copy) Take(line []byte) ([]byte, error) {
	if c.chain.Has(line) {
		return nil, nil
	}
	counter, err := kindOf(line)
	if err != nil {
		return nil, fmt.Errorf("take the record's next line: %w", err)
	}
	if counter { // only this side makes them
		return nil, fmt.Errorf("take the record's next line: %w", ErrOrder)
	}
	if err := c.check(line); err != nil {
		return nil, fmt.Errorf("take the record's next line: %w", err)
	}
	if err := c.chain.Add(line); err != nil {
		return nil, fmt.Errorf("take the record's next line: %w", err)
	}
	if err := c.store(line); err != nil || c.chain.Len() == 1 {
		return nil, err
	}
	s := countersignature{Version: Version, Of: c.chain.Len(), Hash: c.chain.Head()}
	s.Signature = c.key.sign(s.signed())
	answer, err := write(s)
	if err == nil {
		err = c.chain.Add(answer)
	}
	if err != nil {
		return nil, fmt.Errorf("countersign the record: %w", err)
	}
	return answer, c.store(answer)
}

// check holds what the record says against what this side knows by itself.
func (c *Copy) check(line []byte) error {
	var e Entry
	if err := parse(line, &e); err != nil {
		return err
	}
	switch e.What {
	case Asked:
		told, err := e.Invitation()
		if err != nil {
			return err
		}
		w := c.want.Invitation
		if e.Key != hex.EncodeToString(c.want.Key) || !bytes.Equal(told.Statement(), w.Statement()) || !bytes.Equal(told.Signature, w.Signature) {
			return ErrStranger
		}
	case Agreed:
		if e.Key != hex.EncodeToString(c.key.Public()) {
			return ErrStranger
		}
	}
	return nil
}

func (c *Copy) store(line []byte) error {
	if c.keep == nil {
		return nil
	}
	if err := c.keep(line); err != nil {
		return fmt.Errorf("%w: %w", ErrKeep, err)
	}
	return nil
}

// Chain is the record so far, to be read.
func (c *Copy) Chain() *Chain { return &c.chain }
