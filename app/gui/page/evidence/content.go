//go:build !headless

package evidence

import (
	"context"
	"fmt"
	"image"
	"io"
	"strings"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/facts"
	"github.com/beistand/beistand/diag/revise"
)

// maxFacts is how large facts may be that are shown as such, in bytes.
const maxFacts = 2 << 20

// content is a file made ready to be shown; just one of its parts is set.
type content struct {
	facts   []facts.Line
	picture image.Image
	text    part

	raw []byte // what the facts were read from
}

// spot is what of a file is meant.
type spot struct {
	plain bool // facts as the text that they are
	line  int  // the part of the text that has this line, counted from 1; 0 is none
	part  int  // else this part, counted from 0
}

// read makes a file ready. A file that is not what its name says is shown as
// text; so are facts when one line of them is meant.
func read(ctx context.Context, e page.Evidence, f bundle.File, s spot) (content, error) {
	r, err := e.OpenFile(f.Path)
	if err != nil {
		return content{}, err
	}
	defer r.Close()
	bounded := untilDone{ctx, r}
	if strings.HasPrefix(f.MediaType, "image/") {
		m, err := revise.DecodePicture(bounded)
		if err != nil {
			return content{}, fmt.Errorf("read picture %q: %w", f.Path, err)
		}
		return content{picture: m}, nil
	}
	p, err := readPart(bounded, s)
	if err != nil {
		return content{}, fmt.Errorf("read %q: %w", f.Path, err)
	}
	if !s.plain && s.line == 0 && isFacts(f) && p.first == 1 && !p.more && len(p.bytes) <= maxFacts {
		if lines, err := facts.Lines(p.bytes); err == nil && len(lines) > 0 {
			return content{facts: joined(lines), raw: p.bytes}, nil
		}
	}
	p.lines = widget.NewLines(p.bytes)
	return content{text: p}, nil
}

func isFacts(f bundle.File) bool { return strings.HasPrefix(f.MediaType, "application/json") }

// untilDone reads until ctx ends.
type untilDone struct {
	ctx context.Context
	r   io.Reader
}

func (u untilDone) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}
