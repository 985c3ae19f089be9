package plant

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// maxLine is the longest line that Check reads, in bytes.
const maxLine = 16 << 20

var marker = regexp.MustCompile(`\[(?:[pq](\d{7})|(c\d{7}) ([a-p]{8}))\] ?`)

// Check reads what a redactor made of a log and counts, for each kind and
// variant, what is gone and what survived. A value of a secret counts as gone
// when no half of it is left; one of another kind when it is not there whole,
// because a pseudonym may keep a part. A line longer than 16 MiB is an error.
func Check(redacted io.Reader, plants []Plant) (Score, error) {
	c := checker{at: map[int][]Plant{}, score: Score{Variants: map[string]Count{}}}
	for _, p := range plants {
		c.at[p.Line] = append(c.at[p.Line], p)
	}
	s := bufio.NewScanner(redacted)
	s.Buffer(make([]byte, 1<<16), maxLine)
	for s.Scan() {
		c.line(s.Bytes())
	}
	if err := s.Err(); err != nil {
		return Score{}, fmt.Errorf("read redacted log: %w", err)
	}
	c.close()
	for _, rest := range c.at {
		for _, p := range rest {
			c.count(p, func(n *Count) { n.Lost++ })
		}
	}
	return c.score, nil
}

type checker struct {
	score Score
	at    map[int][]Plant // planted and not yet seen, by line
	now   []Plant         // what the open record holds
	text  []byte          // the open record, from its marker on
	last  int             // the count of the last clean record
}

func (c *checker) line(line []byte) {
	m := marker.FindSubmatchIndex(line)
	if m == nil {
		if c.now != nil {
			c.text = append(append(c.text, '\n'), line...)
		}
		return
	}
	c.close()
	if m[2] >= 0 {
		n, _ := strconv.Atoi(string(line[m[2]:m[3]]))
		c.now = c.at[n]
		delete(c.at, n)
		c.text = c.text[:0]
		if line[m[0]+1] == 'q' { // what stands in front is the record's own
			c.text = append(c.text, line[:m[0]]...)
		}
		c.text = append(c.text, line[m[1]:]...)
		return
	}
	count := string(line[m[4]:m[5]])
	n, _ := strconv.Atoi(count[1:])
	if n > c.last+1 {
		c.score.CleanLost += n - c.last - 1
	}
	c.last = max(c.last, n)
	c.score.Clean++
	if seal(count+string(line[:m[0]])+string(line[m[1]:])) != string(line[m[6]:m[7]]) {
		c.score.CleanChanged++
	}
}

// close counts what the open record still holds.
func (c *checker) close() {
	for _, p := range c.now {
		whole := bytes.Contains(c.text, []byte(p.Value))
		switch {
		case p.Keep && whole, !p.Keep && !whole && !halfLeft(c.text, p):
			c.count(p, func(n *Count) { n.Right++ })
		default:
			c.count(p, func(n *Count) { n.Wrong++ })
			c.score.example(p, c.text)
		}
	}
	c.now = nil
}

func (c *checker) count(p Plant, add func(*Count)) {
	key := p.Kind + "/" + p.Variant
	n := c.score.Variants[key]
	n.Planted++
	n.Keep = p.Keep
	add(&n)
	c.score.Variants[key] = n
}

// halfLeft says whether half of a secret, and at least eight bytes, is left.
func halfLeft(text []byte, p Plant) bool {
	run := max(8, (len(p.Value)+1)/2)
	if !secret(p.Kind) || len(p.Value) <= run {
		return false
	}
	for i := range len(p.Value) - run + 1 {
		if bytes.Contains(text, []byte(p.Value[i:i+run])) {
			return true
		}
	}
	return false
}

// secret says whether a kind is one of which no part may stay.
func secret(kind string) bool {
	switch kind, _, _ := strings.Cut(kind, "-"); kind {
	case "password", "connstring", "url", "header", "cookie", "jwt", "token", "sas", "privatekey", "hash", "iban", "card":
		return true
	}
	return false
}
