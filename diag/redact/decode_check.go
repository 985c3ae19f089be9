package redact

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// checker tells text from other things by its control characters, block after
// block. A run of zeros counts once: a power cut leaves them in texts.
type checker struct {
	counted  int // bytes of this block
	controls int // characters that text has not, zeros apart
	runs     int // of zeros
	last     byte
	zigzag   int // how often in a row a zero has followed a character
	refused  string
}

const (
	noText   = "it is no text but binary data"
	twoWays  = "its text changes between two encodings"
	hiddenIn = 6 // so many letters with zeros between them are text in UTF-16
)

// add counts a piece of a block and says in words why it is no text, or "".
func (c *checker) add(p []byte) string {
	if c.refused != "" {
		return c.refused
	}
	if controls(p)*20 > len(p) || bytes.IndexByte(p, 0) >= 0 || c.last == 0 {
		if c.slow(p); c.refused != "" {
			return c.refused
		}
	} else {
		c.zigzag, c.last = 0, p[len(p)-1]
	}
	c.counted += len(p)
	if c.counted == checkSize {
		return c.judge()
	}
	return ""
}

// slow looks at each byte.
func (c *checker) slow(p []byte) {
	last := c.last
	for _, b := range p {
		switch {
		case b == 0 && last == 0:
			c.zigzag = 0
		case b == 0:
			c.runs++
			if c.zigzag++; c.zigzag >= hiddenIn {
				c.refused = twoWays
				return
			}
		case last != 0:
			c.zigzag = 0
		}
		if b < ' ' && b != 0 && !textControl[b] || b == 0x7f {
			c.controls++
		}
		last = b
	}
	c.last = last
}

var textControl = [32]bool{'\t': true, '\n': true, '\r': true, '\f': true, '\v': true, '\b': true, 0x1b: true}

// judge ends a block: more than a twentieth of control characters, or zeros
// at every eighth byte, is no text.
func (c *checker) judge() string {
	if c.controls*20 > c.counted || c.runs*8 > c.counted {
		c.refused = noText
	}
	c.counted, c.controls, c.runs = 0, 0, 0
	return c.refused
}

// controls counts bytes below 0x20, line breaks too, eight at a time.
func controls(p []byte) (n int) {
	const high = 0x8080808080808080
	for ; len(p) >= 8; p = p[8:] {
		x := binary.LittleEndian.Uint64(p)
		n += bits.OnesCount64(^((x | high) - 0x2020202020202020) & ^x & high)
	}
	for _, b := range p {
		if b < ' ' {
			n++
		}
	}
	return n
}
