package analyze

import (
	"bytes"
	"context"
	"errors"
	"io"
	"time"

	"github.com/beistand/beistand/diag/analyze/logline"
	"github.com/beistand/beistand/diag/bundle"
)

// logReport is what one log says.
type logReport struct {
	file        bundle.File
	log         bool // not another text, such as a command's output
	system      bool // the system's own log, not a program's
	lines       int
	bytes       int64
	troubles    int        // lines that tell of an error
	first, last *time.Time // nil: its lines say no time
	groups      []Group
	seen        []*sightings // by index of signs; nil: none
}

// Reading takes logs in parts; of a longer line only its beginning counts.
const (
	partSize = 128 << 10
	maxLine  = 16 << 10
)

// scanner reads one log.
type scanner struct {
	report *logReport
	groups *grouper
	counts []*tally // what declared rules count in this log
	when   func([]byte) *time.Time
	first  []byte
	last   []byte
	cut    bool // inside a line whose beginning has been read
}

// scan reads a log to its end.
func (s *scanner) scan(ctx context.Context, r io.Reader) error {
	buf := make([]byte, partSize)
	held := 0
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := r.Read(buf[held:])
		s.report.bytes += int64(n)
		part := buf[:held+n]
		rest := s.part(part)
		held = copy(buf, rest)
		if held > maxLine {
			s.line(buf[:held])
			s.cut = true
			held = 0
		}
		if errors.Is(err, io.EOF) {
			if held > 0 {
				s.line(buf[:held])
			}
			break
		}
		if err != nil {
			return err
		}
	}
	s.report.first, s.report.last = s.when(s.first), s.when(s.last)
	s.report.groups = s.groups.top(s.report.file.Path, s.when)
	return nil
}

// part reads whole lines and gives what is left.
func (s *scanner) part(part []byte) []byte {
	for {
		end := bytes.IndexByte(part, '\n')
		if end < 0 {
			return part
		}
		s.line(part[:end])
		part = part[end+1:]
	}
}

func (s *scanner) line(line []byte) {
	if s.cut {
		s.cut = false
		return
	}
	s.report.lines++
	number := s.report.lines
	line = line[:min(len(line), maxLine)]
	if len(s.first) == 0 || s.report.lines <= headLines && s.when(s.first) == nil {
		s.first = append(s.first[:0], line[:min(len(line), logline.TimeWithin)]...)
	}
	if len(line) > 0 && line[0] != ' ' && line[0] != '\t' { // a continuation has no time
		s.last = append(s.last[:0], line[:min(len(line), logline.TimeWithin)]...)
	}
	for _, c := range s.counts {
		c.look(s.report.file.Path, line, number)
	}
	if !s.report.log {
		return
	}
	words := words()
	found := words.Find(line)
	if found.Empty() {
		return
	}
	if found.Meets(&words.signs) {
		s.signs(line, number, &found)
	}
	if found.Meets(&words.trouble) && logline.Troubled(line, found.Meets(&words.calm), found.Meets(&words.surely)) {
		s.report.troubles++
		s.groups.add(line, number)
	}
}

// headLines is how many lines a log may have before the first with a time.
const headLines = 20
