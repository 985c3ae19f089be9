//go:build !headless

package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/rights"
)

// How much evidence leaves at once: what a person can look through.
const (
	evidenceFile = 1 << 20 // bytes of one file, its end
	evidenceAll  = 8 << 20 // bytes of all
)

// evidenceOut is what was collected for the ticket, as its owner left it, as a
// text that they see before it leaves: what is shown is what is sent.
type evidenceOut struct {
	of  page.Case
	ask func(context.Context, page.Handing) bool
}

var errNoEvidence = errors.New("nothing of this was collected, or it was unticked")

// Collect is part of session.Evidence.
func (e *evidenceOut) Collect(ctx context.Context, which rights.Right) (string, io.ReadCloser, error) {
	text, err := e.text(ctx, which)
	if err != nil {
		return "", nil, err
	}
	name := string(which) + ".txt"
	if !e.ask(ctx, page.Handing{Right: which, Name: name, Size: int64(len(text)), Text: text}) {
		return "", nil, session.ErrNotWanted
	}
	return name, io.NopCloser(bytes.NewReader(text)), nil
}

// text puts the ends of all files of a kind behind each other.
func (e *evidenceOut) text(ctx context.Context, which rights.Right) ([]byte, error) {
	var all bytes.Buffer
	for _, f := range e.of.Revision.Manifest().Files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if !e.of.Keep(f) || !of(f, which) || all.Len() >= evidenceAll {
			continue
		}
		end, cut, err := e.end(f)
		if err != nil {
			return nil, fmt.Errorf("read %q of the case: %w", f.Path, err)
		}
		fmt.Fprintf(&all, "=== %s ===\n", f.Path)
		if cut {
			all.WriteString("(only the end)\n")
		}
		all.Write(bytes.TrimRight(end, "\n"))
		all.WriteString("\n\n")
	}
	if all.Len() == 0 {
		return nil, errNoEvidence
	}
	return all.Bytes(), nil
}

// end is a file's last lines, in bounded memory.
func (e *evidenceOut) end(f bundle.File) (end []byte, cut bool, err error) {
	r, err := e.of.Revision.OpenFile(f.Path)
	if err != nil {
		return nil, false, err
	}
	defer r.Close()
	buffer := make([]byte, 64<<10)
	for {
		n, err := r.Read(buffer)
		end = append(end, buffer[:n]...)
		if len(end) > 2*evidenceFile {
			end, cut = append([]byte(nil), end[len(end)-evidenceFile:]...), true
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, false, err
		}
	}
	if len(end) > evidenceFile {
		end, cut = end[len(end)-evidenceFile:], true
	}
	if cut {
		if i := bytes.IndexByte(end, '\n'); i >= 0 {
			end = end[i+1:]
		}
	}
	return end, cut, nil
}

// of says whether a file is of a kind, and a text.
func of(f bundle.File, which rights.Right) bool {
	text := strings.HasPrefix(f.MediaType, "text/") || strings.HasPrefix(f.MediaType, "application/json")
	switch which {
	case rights.Logs:
		return text && strings.HasPrefix(f.Path, "logs/")
	case rights.System:
		return text && strings.HasPrefix(f.Path, "system/")
	}
	return false
}
