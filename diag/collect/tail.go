package collect

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"unicode/utf8"

	"github.com/beistand/beistand/diag/facts"
)

// maxLine is how far the first whole line is searched for.
const maxLine = 64 << 10

// copyTail stores the last keep bytes of a file, from the beginning of a line
// on. It reads no more than that, however large the file is or becomes.
func copyTail(ctx context.Context, s Sink, path, name, title string, keep int64) error {
	f, size, err := openLog(path)
	if err != nil {
		return err
	}
	defer f.Close()
	order := byteOrder(f)
	// What stands just before the part that is kept tells whether a line begins with it.
	start := max(0, size-keep-order.unit())
	start -= start % order.unit()
	section := &logReader{ctx, path, io.NewSectionReader(f, start, size-start)}
	text := bufio.NewReaderSize(order.decode(section), maxLine)
	info := FileInfo{Title: title, MediaType: plainText, Source: path}
	if start > 0 {
		head, err := text.Peek(maxLine)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		skip, middle := lineStart(head)
		text.Discard(skip)
		// Of UTF-16 this is an estimate, as good as the words need.
		info.Cut = fmt.Sprintf("the first %s are left out", facts.Size(start+int64(skip)*order.unit()))
		if middle {
			info.Cut += ", and it begins in the middle of a line"
		}
	}
	w, err := s.Create(name, info)
	if err != nil {
		return err
	}
	t := &textWriter{w: w}
	_, err = io.Copy(t, text)
	return finishText(t, w, err)
}

// lineStart gives where the first whole line begins, or, in the middle of a
// line that is longer than head, the first whole character.
func lineStart(head []byte) (skip int, middle bool) {
	if i := bytes.IndexByte(head, '\n'); i >= 0 {
		return i + 1, false
	}
	for skip < min(len(head), utf8.UTFMax) && !utf8.RuneStart(head[skip]) {
		skip++
	}
	return skip, true
}

// openLog opens a regular file, and says by name what else it is. It does
// not wait for somebody to write to a pipe.
func openLog(path string) (*os.File, int64, error) {
	// Opening a device can already do something, so it is looked at before.
	info, err := os.Stat(path)
	if err == nil {
		err = regular(path, info)
	}
	if err != nil {
		return nil, 0, logError(path, err)
	}
	f, err := openAtOnce(path)
	if err != nil {
		return nil, 0, logError(path, err)
	}
	// It may be another one by now.
	info, err = f.Stat()
	if err == nil {
		err = regular(path, info)
	}
	if err != nil {
		f.Close()
		return nil, 0, logError(path, err)
	}
	return f, info.Size(), nil
}

func logError(path string, err error) error {
	var p *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return absent(fmt.Sprintf("there is no file %q", path))
	case errors.As(err, &p):
		return fmt.Errorf("log file %q cannot be read: %w", path, p.Err)
	}
	return err
}

// regular says what a path is if it is not a file.
func regular(path string, info fs.FileInfo) error {
	what := ""
	switch mode := info.Mode(); {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		what = "a folder"
	case mode&fs.ModeNamedPipe != 0:
		what = "a named pipe"
	case mode&fs.ModeSocket != 0:
		what = "a socket"
	case mode&fs.ModeDevice != 0:
		what = "a device"
	default:
		what = "something else"
	}
	return fmt.Errorf("log file %q is no file but %s", path, what)
}

// logReader reads until ctx ends, and says what could not be read: an error
// of the place where it is stored must not pass for one of the log.
type logReader struct {
	ctx  context.Context
	path string
	r    io.Reader
}

func (l *logReader) Read(p []byte) (int, error) {
	if err := l.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := l.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = fmt.Errorf("read log file %q: %w", l.path, reason(err))
	}
	return n, err
}
