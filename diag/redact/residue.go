package redact

import (
	"bytes"
	"errors"
	"io"
)

// Suspicion is what may have been left where everything should be gone.
type Suspicion string

// The suspicions: English, the keys of translations.
const (
	LeftValue  Suspicion = "a name or address that was replaced elsewhere"
	LeftKey    Suspicion = "a private key"
	LeftWord   Suspicion = "a word such as password with something behind it"
	LeftRandom Suspicion = "letters and digits that look drawn by lot"
	LeftMail   Suspicion = "an e-mail address"
)

// Suspicions lists them all.
func Suspicions() []Suspicion {
	return []Suspicion{LeftValue, LeftKey, LeftWord, LeftRandom, LeftMail}
}

// Residue looks at redacted text once more, by other means than the rules:
// every value that has a pseudonym and everything that was known is looked for
// letter by letter, and what has the look of a secret is named.
type Residue struct {
	values *literals
}

// NewResidue looks for what has a pseudonym by now and for what was known.
func NewResidue(names *Names, known Known) *Residue {
	return &Residue{values: literalsOf(names, known)}
}

const (
	residueBlock = 64 << 10
	// residueOverlap is what pieces of a line that is longer than a block have
	// in common.
	residueOverlap = 1 << 10
)

// Scan reads a text and tells of every line that has something, once for each
// suspicion, from line 1 on.
func (s *Residue) Scan(r io.Reader, tell func(line int64, what Suspicion)) error {
	sc := &residueScan{values: s.values, tell: tell, line: 1, told: map[Suspicion]int64{}}
	buf := make([]byte, 0, residueBlock)
	for {
		n, err := r.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		last := errors.Is(err, io.EOF)
		if err != nil && !last {
			return err
		}
		done := sc.lines(buf, last)
		if done == 0 && len(buf) == cap(buf) { // one line fills it all
			sc.text(buf)
			done = len(buf) - residueOverlap
		}
		buf = buf[:copy(buf, buf[done:])]
		if last {
			return nil
		}
	}
}

// residueScan is one text on its way.
type residueScan struct {
	values *literals
	tell   func(int64, Suspicion)
	line   int64
	told   map[Suspicion]int64 // the line in which it was last told
}

// lines looks at the whole lines of b, all at once, and says where they end.
func (s *residueScan) lines(b []byte, last bool) int {
	end := bytes.LastIndexByte(b, '\n') + 1
	if last {
		end = len(b)
	}
	s.text(b[:end])
	s.line += int64(bytes.Count(b[:end], []byte{'\n'}))
	return end
}

// found tells of what is at an offset of a text that begins in s.line.
func (s *residueScan) found(b []byte, at int, what Suspicion) {
	line := s.line + int64(bytes.Count(b[:at], []byte{'\n'}))
	if s.told[what] != line {
		s.told[what] = line
		s.tell(line, what)
	}
}

// What a byte is to the second look.
const (
	inWord = iota + 1
	announces
	ofMail
)

var looks = func() (t [256]byte) {
	for c := range 256 {
		switch b := byte(c); {
		case isAlnum(b):
			t[c] = inWord
		case b == ':' || b == '=':
			t[c] = announces
		case b == '@':
			t[c] = ofMail
		}
	}
	return t
}()

// text looks at a text that begins in s.line.
func (s *residueScan) text(b []byte) {
	run := -1 // where a text without a gap began; words are joined by + and _
	for i := 0; i < len(b); {
		switch looks[b[i]] {
		case inWord:
			begin := i
			for i++; i < len(b) && looks[b[i]] == inWord; i++ {
			}
			if s.values.at(b, begin) {
				s.found(b, begin, LeftValue)
			}
			if run < 0 {
				run = begin
			}
			if joined := i < len(b) && (b[i] == '_' || b[i] == '+'); !joined {
				if i-run >= leastRandom && drawn(b[run:i]) {
					s.found(b, run, LeftRandom)
				}
				run = -1
			}
			continue
		case announces:
			if secretWord(b, i) && telling(b[value(b, i):]) {
				s.found(b, i, LeftWord)
			}
		case ofMail:
			if mailAt(b, i) {
				s.found(b, i, LeftMail)
			}
		}
		if b[i] != '_' && b[i] != '+' {
			run = -1
		}
		i++
	}
	leftKeys(b, func(at int) { s.found(b, at, LeftKey) })
}
