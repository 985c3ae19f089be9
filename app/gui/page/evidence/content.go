//go:build !headless

package evidence

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // pictures that a later collector may bring
	_ "image/png"
	"io"
	"strings"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/facts"
)

// What one look may cost.
const (
	maxText    = 8 << 20  // bytes
	maxFacts   = 2 << 20  // bytes
	maxPicture = 64 << 20 // bytes, encoded
	maxPixels  = 64 << 20 // of a picture, 256 MiB decoded
)

// content is a file made ready to be shown; just one of its parts is set.
type content struct {
	facts   []facts.Line
	lines   *widget.Lines
	picture image.Image
	shown   int64 // bytes of text that are shown; less than the file's size when there is more
}

var errTooManyPixels = errors.New("the picture is larger than this program shows")

// read makes a file ready. A file that is not what its name says is shown as
// text; so are facts when one line of them is meant.
func read(ctx context.Context, e page.Evidence, f bundle.File, plain bool) (content, error) {
	r, err := e.OpenFile(f.Path)
	if err != nil {
		return content{}, err
	}
	defer r.Close()
	limit := int64(maxText)
	picture := strings.HasPrefix(f.MediaType, "image/")
	if picture {
		limit = maxPicture
	}
	data, err := io.ReadAll(io.LimitReader(untilDone{ctx, r}, limit))
	if err != nil {
		return content{}, fmt.Errorf("read %q: %w", f.Path, err)
	}
	if picture {
		head, _, err := image.DecodeConfig(bytes.NewReader(data))
		if err != nil {
			return content{}, fmt.Errorf("read picture %q: %w", f.Path, err)
		}
		if head.Width <= 0 || head.Height <= 0 || head.Width > maxPixels/head.Height {
			return content{}, fmt.Errorf("read picture %q: %w", f.Path, errTooManyPixels)
		}
		m, _, err := image.Decode(bytes.NewReader(data))
		if err != nil {
			return content{}, fmt.Errorf("read picture %q: %w", f.Path, err)
		}
		return content{picture: m}, nil
	}
	if !plain && strings.HasPrefix(f.MediaType, "application/json") && len(data) <= maxFacts {
		if lines, err := facts.Lines(data); err == nil && len(lines) > 0 {
			return content{facts: joined(lines)}, nil
		}
	}
	return content{lines: widget.NewLines(data), shown: int64(len(data))}, nil
}

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
