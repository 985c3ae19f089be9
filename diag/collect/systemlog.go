package collect

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"strings"
)

// systemLog is the end of what the system itself wrote down.
type systemLog struct {
	programs []logProgram
	files    []string // asked in this order if no program has anything
}

// logProgram prints a part of the system's log, oldest first.
type logProgram struct {
	path    string // in the bundle
	source  string
	program string
	args    []string
	lines   int  // how many it was told to print; 0: all of a time
	also    bool // besides those before it, not in their place
}

const (
	systemLogLines = 20_000
	systemLogBytes = int64(8) << 20
	systemLogPath  = "logs/system.log"
)

// hint is how journalctl says, in the C locale, that it may not show everything.
const hint = "not seeing messages from other users"

func (systemLog) Name() string  { return "system-log" }
func (systemLog) Title() string { return titleSystemLog }

func (l systemLog) Collect(ctx context.Context, s Sink) error {
	var first error // what went wrong first, told if there is nothing else
	got := false
	for _, p := range l.programs {
		if got && !p.also {
			continue
		}
		out, err := run(ctx, systemLogBytes, p.program, p.args...)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			if first == nil && !errors.Is(err, exec.ErrNotFound) && !errors.Is(err, fs.ErrNotExist) {
				first = err
			}
			continue
		}
		if text := out.bytes(); !empty(text) {
			got = true
			if err := p.store(s, out, text); err != nil {
				return err
			}
		}
	}
	for _, path := range l.files {
		if got {
			break
		}
		err := copyTail(ctx, s, path, systemLogPath, titleSystemLog, systemLogBytes)
		switch {
		case err == nil:
			got = true
		case errors.Is(err, ErrAbsent):
		case errors.Is(err, fs.ErrPermission):
			if first == nil {
				first = err
			}
		default:
			return err
		}
	}
	if got {
		return nil
	}
	if first != nil {
		return first
	}
	return absent("this system keeps no log that could be read: neither a journal with entries nor a syslog file")
}

// empty says whether journalctl had nothing but that to say.
func empty(text []byte) bool {
	text = bytes.TrimSpace(text)
	return len(text) == 0 || string(text) == "-- No entries --"
}

func (p logProgram) store(s Sink, out *output, text []byte) error {
	var cuts []string
	if out.dropped > 0 {
		if i := bytes.IndexByte(text, '\n'); i >= 0 {
			text = text[i+1:]
		}
	}
	lines := bytes.Count(text, []byte{'\n'})
	if out.dropped > 0 || p.lines > 0 && lines >= p.lines {
		cuts = append(cuts, fmt.Sprintf("only the last %d lines are here", lines))
	}
	if bytes.Contains(out.said, []byte(hint)) {
		cuts = append(cuts, "messages of the system and of other people could not be read")
	}
	w, err := s.Create(p.path, FileInfo{Title: titleSystemLog, MediaType: plainText, Source: p.source, Cut: strings.Join(cuts, "; ")})
	if err != nil {
		return err
	}
	t := &textWriter{w: w}
	_, err = t.Write(text)
	return finishText(t, w, err)
}
