package record

import (
	"crypto/ed25519"
	"slices"

	"github.com/beistand/beistand/session/rights"
)

// counterSize is more than a countersignature's line takes.
const counterSize = 280

// Chain is a record as far as it is known: every line is checked before it
// counts. The zero value is empty. It is not safe for concurrent use.
type Chain struct {
	hashes    []string // of the entries, in order
	first     Entry
	last      Entry
	customer  ed25519.PublicKey
	supporter ed25519.PublicKey // nil before Agreed
	given     map[string]bool   // rights that hold
	shown     bool              // some right has been given at some time
	stopped   bool              // it is paused or held
	counter   int               // the highest entry that is countersigned
	size      int               // bytes, with line feeds
}

// Len is how many entries there are.
func (c *Chain) Len() int { return len(c.hashes) }

// First is the entry that says whose record it is; a zero one when there is none.
func (c *Chain) First() Entry { return c.first }

// Last is the newest entry.
func (c *Chain) Last() Entry { return c.last }

// Head is the newest entry's hash, hex; "" when there is none.
func (c *Chain) Head() string {
	if len(c.hashes) == 0 {
		return ""
	}
	return c.hashes[len(c.hashes)-1]
}

// Ended says whether the record is whole: nothing can be cut off its end unseen.
func (c *Chain) Ended() bool { return c.last.What == Ended }

// Agreed says whether the code became a key.
func (c *Chain) Agreed() bool { return c.supporter != nil }

// Countersigned is the highest entry that the supporter's program has signed.
func (c *Chain) Countersigned() int { return c.counter }

// Room is how many bytes may still be added before the record is full: the end
// fits also when it is 0.
func (c *Chain) Room() int { return max(0, MaxSize-MaxLine-1-counterSize*(c.Len()-c.counter)-c.size) }

// Rights are those that are given and not taken back.
func (c *Chain) Rights() (s rights.Set) {
	for r, given := range c.given {
		if given {
			s = s.With(rights.Of(rights.Right(r)))
		}
	}
	return s
}

// Holds says whether a right is given and not taken back.
func (c *Chain) Holds(right string) bool { return c.given[right] }

// Has says whether the line, an entry or a countersignature, adds nothing:
// the entry is there already, or something as high is countersigned. A line
// that contradicts what is there is none of these.
func (c *Chain) Has(line []byte) bool {
	counter, err := kindOf(line)
	if err != nil {
		return false
	}
	if counter {
		var s countersignature
		return parse(line, &s) == nil && s.Of <= c.counter && c.countersigned(s) == nil
	}
	return slices.Contains(c.hashes, hashOf(line))
}

// Add checks a line, without its line feed, and takes it in. After an error
// the chain is as it was.
func (c *Chain) Add(line []byte) error {
	counter, err := kindOf(line)
	if err != nil {
		return err
	}
	if counter {
		return c.addCounter(line)
	}
	var e Entry
	if err := parse(line, &e); err != nil {
		return err
	}
	if err := e.valid(); err != nil {
		return err
	}
	if err := c.fits(e, line); err != nil {
		return err
	}
	key := c.customer
	if e.What == Asked {
		key, _ = unhex(e.Key, KeySize) // valid has looked
	}
	message, err := e.signed()
	if err != nil {
		return err
	}
	if err := verify(key, message, e.Signature); err != nil {
		return err
	}
	c.take(e, line)
	return nil
}

// fits says whether e may come now.
func (c *Chain) fits(e Entry, line []byte) error {
	room := MaxSize
	if e.What != Ended { // what is countersigned late must not take the end's place
		room -= MaxLine + 1 + counterSize*(c.Len()+1-c.counter)
	}
	switch {
	case c.Ended() || e.Number != c.Len()+1 || (e.What == Asked) != (c.Len() == 0) || !c.keyed(e.What):
		return ErrOrder
	case c.Len() == 0 && e.Before != first || c.Len() > 0 && e.Before != c.Head():
		return ErrChain
	case c.size+len(line)+1 > room:
		return ErrFull
	}
	switch e.What {
	case Revoked:
		for _, r := range e.Rights {
			if !c.given[r] {
				return ErrOrder
			}
		}
	case Started, File, Evidence:
		if !c.shown {
			return ErrOrder
		}
	case Resumed:
		if !c.stopped {
			return ErrOrder
		}
	}
	return nil
}

// keyed says whether an entry may come as far as the supporter's key goes:
// Agreed once, and all but the first and the last only after it.
func (c *Chain) keyed(w What) bool {
	switch w {
	case Asked, Ended:
		return true
	case Agreed:
		return c.supporter == nil
	}
	return c.supporter != nil
}

func (c *Chain) take(e Entry, line []byte) {
	switch e.What {
	case Asked:
		c.first, c.given = e, map[string]bool{}
		c.customer, _ = unhex(e.Key, KeySize) // valid has looked
	case Agreed:
		c.supporter, _ = unhex(e.Key, KeySize)
	case Granted, Revoked:
		for _, r := range e.Rights {
			c.given[r] = e.What == Granted
		}
		c.shown = true
	case Paused, Held, Resumed:
		c.stopped = e.What != Resumed
	}
	c.last = e
	c.hashes = append(c.hashes, hashOf(line))
	c.size += len(line) + 1
}

// addCounter takes a countersignature of an entry that is there, higher than
// those before it. They are not in the chain of hashes: they come also after
// its end, and the supporter's program makes them, not the customer's.
func (c *Chain) addCounter(line []byte) error {
	var s countersignature
	if err := parse(line, &s); err != nil {
		return err
	}
	if s.Of <= c.counter {
		return ErrOrder
	}
	if len(line)+1 > counterSize || c.size+len(line)+1 > MaxSize {
		return ErrFull
	}
	if err := c.countersigned(s); err != nil {
		return err
	}
	c.counter = s.Of
	c.size += len(line) + 1
	return nil
}

func (c *Chain) countersigned(s countersignature) error {
	switch {
	case c.supporter == nil || s.Of < 1 || s.Of > c.Len():
		return ErrOrder
	case s.Hash != c.hashes[s.Of-1]:
		return ErrChain
	}
	return verify(c.supporter, s.signed(), s.Signature)
}
