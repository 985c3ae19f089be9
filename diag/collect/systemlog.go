package collect

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os/exec"
	"strings"
)

// systemLog is what the system itself wrote down: the end of it, or a window of time.
type systemLog struct {
	window   window
	programs []logProgram
	files    []string // asked in this order if no program has anything
	turns    turns    // for unpacking; those of one run share it
}

// logProgram prints a part of the system's log.
type logProgram struct {
	path    string // in the bundle
	source  string
	program string
	args    []string
	lines   int  // how many entries it was told to print; 0: all of a time
	also    bool // besides those before it, not in their place
	read    logReading
}

// logReading takes what a program prints: text of at most most bytes, the
// newest, oldest first; how many entries that is; and whether there were more.
type logReading func(r io.Reader, most int) (text []byte, entries int, full bool, err error)

const (
	systemLogLines  = 20_000  // without a window
	systemLogWindow = 200_000 // within one; the size bounds it as well
	systemLogBytes  = int64(8) << 20
	systemLogPath   = "logs/system.log"
)

// hint is how journalctl says, in the C locale, that it may not show everything.
const hint = "not seeing messages from other users"

// noJournal is how it says that there is nothing to read from.
const noJournal = "No journal files were"

func (systemLog) Name() string  { return "system-log" }
func (systemLog) Title() string { return titleSystemLog }

func (l systemLog) Collect(ctx context.Context, s Sink) error {
	var failed error // what went wrong first, told if there is nothing else
	got, quiet := false, false
	for _, p := range l.programs {
		if got && !p.also {
			continue
		}
		stored, err := p.collect(ctx, s)
		var unstored *storeError
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.As(err, &unstored):
			return unstored.err
		case stored:
			got = true
		case err == nil:
			quiet = true
		case failed == nil && !errors.Is(err, ErrAbsent) && !errors.Is(err, exec.ErrNotFound) && !errors.Is(err, fs.ErrNotExist):
			failed = err
		}
	}
	for _, path := range l.files {
		if got {
			break
		}
		err := l.copyLog(ctx, s, path)
		switch {
		case err == nil:
			got = true
		case errors.Is(err, ErrAbsent):
		case errors.Is(err, fs.ErrPermission):
			if failed == nil {
				failed = err
			}
		default:
			return err
		}
	}
	switch {
	case got:
		return nil
	case failed != nil:
		return failed
	case quiet && !l.window.open():
		return absent("the system's log has nothing of that time")
	}
	return absent("this system keeps no log that could be read: neither a journal with entries nor a syslog file")
}

// storeError is one of the place where a log is stored, not of the log.
type storeError struct{ err error }

func (e *storeError) Error() string { return e.err.Error() }

// collect runs the program; stored is false if it had nothing to say.
func (p logProgram) collect(ctx context.Context, s Sink) (stored bool, err error) {
	read := p.read
	if read == nil {
		read = asItIs
	}
	var text []byte
	var entries int
	var full bool
	said, err := stream(ctx, p.program, p.args, func(r io.Reader) (err error) {
		text, entries, full, err = read(r, int(systemLogBytes))
		return err
	})
	if err == nil && empty(text) && strings.Contains(said, noJournal) {
		err = absent("this system keeps no journal")
	}
	if err != nil || empty(text) {
		return false, err
	}
	var cuts []string
	if full || p.lines > 0 && entries >= p.lines {
		cuts = append(cuts, fmt.Sprintf("only the last %d lines are here", entries))
	}
	if strings.Contains(said, hint) {
		cuts = append(cuts, "messages of the system and of other people could not be read")
	}
	w, err := s.Create(p.path, FileInfo{Title: titleSystemLog, MediaType: plainText, Source: p.source, Cut: strings.Join(cuts, "; ")})
	if err != nil {
		return false, &storeError{err}
	}
	t := &textWriter{w: w}
	_, err = t.Write(text)
	if err := finishText(t, w, err); err != nil {
		return false, &storeError{err}
	}
	return true, nil
}

// empty says whether journalctl had nothing but that to say.
func empty(text []byte) bool {
	text = bytes.TrimSpace(text)
	return len(text) == 0 || string(text) == "-- No entries --"
}

// asItIs keeps the end of what a program prints.
func asItIs(r io.Reader, most int) (text []byte, entries int, full bool, err error) {
	return ending(func(r io.Reader, w io.Writer) (int, error) {
		_, err := io.Copy(w, r)
		return 0, err
	})(r, most)
}

// ending keeps the end of what parse writes, from the beginning of a line on.
func ending(parse func(io.Reader, io.Writer) (int, error)) logReading {
	return func(r io.Reader, most int) ([]byte, int, bool, error) {
		o := &output{keep: int64(most)}
		_, err := parse(r, o)
		text := o.bytes()
		if o.dropped > 0 {
			text = text[bytes.IndexByte(text, '\n')+1:]
		}
		return text, entriesIn(text), o.dropped > 0, err
	}
}

// entriesIn counts lines that are not the indented rest of an entry.
func entriesIn(text []byte) int {
	return bytes.Count(text, []byte{'\n'}) - bytes.Count(text, []byte("\n    "))
}

// copyLog stores one log and nothing of its older files' names: /var/log/syslog
// with syslog.1 and so on, as far as size and window reach.
func (l systemLog) copyLog(ctx context.Context, s Sink, path string) error {
	t := &taking{window: l.window, turns: l.turns, left: systemLogBytes}
	if t.turns == nil {
		t.turns = newTurns()
	}
	defer t.close()
	if err := t.take(ctx, path, systemLogBytes); err != nil {
		return err
	}
	for i, p := range t.pieces {
		to := systemLogPath
		if i > 0 {
			to = strings.TrimSuffix(systemLogPath, ".log") + fmt.Sprintf("-%d.log", i+1)
		}
		t.failed = alsoFailed(t.failed, p.copyTo(ctx, s, to, titleSystemLog, l.window, systemPages()))
	}
	if t.failed == nil && len(t.pieces) == 0 {
		return absent(fmt.Sprintf("log file %q has nothing of that time", path))
	}
	return t.failed
}
