package plant

import (
	"bufio"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"strings"
	"time"
)

// every is how many records hold one that is planted.
const every = 25

// Write writes a log of at least size bytes: about one record in 25 is planted,
// the others hold nothing to redact. Each round over all variants, in an order
// of its own, takes about 5 MB. The same seed gives the same bytes.
//
// A record has a marker: [p0000123] with its line for a planted one, or q where
// the text in front of the marker belongs to it; [c0000123 abcdefgh] with its
// count and a checksum for a clean one.
func Write(w io.Writer, seed uint64, size int64) ([]Plant, error) {
	l := &log{w: bufio.NewWriterSize(w, 1<<16), g: &gen{
		Rand: rand.New(rand.NewPCG(seed, 0x6265697374616e64)), now: epoch,
	}}
	all, clean := Variants(), table("lines/clean.txt", "clean")
	l.heads = table("lines/heads.txt", "head")
	var order []int
	for l.size < size {
		l.g.now = l.g.now.Add(time.Duration(l.g.IntN(400)) * time.Millisecond)
		if l.g.IntN(every) > 0 {
			l.clean(clean[l.g.IntN(len(clean))])
			continue
		}
		if len(order) == 0 {
			order = l.g.Perm(len(all))
		}
		l.plant(all[order[0]])
		order = order[1:]
	}
	if err := l.w.Flush(); err != nil {
		return nil, fmt.Errorf("write log: %w", err)
	}
	return l.plants, nil
}

type log struct {
	w      *bufio.Writer
	g      *gen
	heads  []Variant
	plants []Plant
	size   int64
	lines  int
	cleans int
}

// put writes one line; the writer keeps its first error until it is flushed.
func (l *log) put(line string) {
	l.w.WriteString(line)
	l.w.WriteByte('\n')
	l.size += int64(len(line)) + 1
	l.lines++
}

func (l *log) head() string {
	text, _ := l.heads[l.g.IntN(len(l.heads))].make(l.g)
	return text[0]
}

func (l *log) clean(v Variant) {
	text, _ := v.make(l.g)
	l.cleans++
	head := l.head()
	count := fmt.Sprintf("c%07d", l.cleans)
	l.put(head + "[" + count + " " + seal(count+head+text[0]) + "] " + text[0])
}

func (l *log) plant(v Variant) {
	text, values := v.make(l.g)
	line := l.lines + 1
	for _, value := range values {
		l.plants = append(l.plants, Plant{v.Kind, v.Name, value, v.Keep, line})
	}
	if strings.Contains(text[0], mark) {
		text[0] = strings.Replace(text[0], mark, fmt.Sprintf("[q%07d]", line), 1)
	} else {
		text[0] = l.head() + fmt.Sprintf("[p%07d] ", line) + text[0]
	}
	for _, t := range text {
		l.put(t)
	}
}

// seal is a checksum in letters, which no rule takes for a number or a hash.
func seal(s string) string {
	sum := crc32.ChecksumIEEE([]byte(s))
	var b [8]byte
	for i := range b {
		b[i] = 'a' + byte(sum>>(4*i)&15)
	}
	return string(b[:])
}
