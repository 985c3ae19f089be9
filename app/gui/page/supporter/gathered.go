//go:build !headless

package supporter

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/evidence"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/session/rights"
)

// gathered is logs, or facts about the system, as text with a search.
type gathered struct {
	object fyne.CanvasObject
	of     *watched
	which  rights.Right
	words  *fynewidget.Label
	again  *widget.Button
	look   *fyne.Container
	asked  bool
}

func newGathered(w *watched, r rights.Right) *gathered {
	g := &gathered{of: w, which: r, words: widget.NewCaption(""), look: container.NewStack()}
	g.words.Wrapping, g.words.Truncation = fyne.TextWrapOff, fyne.TextTruncateEllipsis
	g.again = widget.NewButton(lang.L("Fetch anew"), base.ViewRefreshIcon(), g.fetch)
	g.object = container.NewBorder(container.NewBorder(nil, nil, nil, g.again, g.words), nil, nil, nil, g.look)
	return g
}

// fetch asks for it; what is there stays until something comes.
func (g *gathered) fetch() {
	h := g.of.helping
	if h == nil {
		return
	}
	if err := h.Want(g.which, true); err != nil {
		g.of.bar.trouble(err)
		return
	}
	g.asked = true
	g.words.SetText(lang.L("{{.Name}}'s computer gathers it, and they look through it …", map[string]any{"Name": customerName(g.of.ticket)}))
	if len(g.look.Objects) == 0 {
		g.look.Objects = []fyne.CanvasObject{evidence.Busy(lang.L("On its way …"))}
	}
	g.look.Refresh()
}

// evidence takes what has come. It is called from the session's goroutines.
func (s *side) evidence(which rights.Right, name string, text []byte) {
	s.of.scope.UI(func() {
		if g := s.texts[which]; g != nil {
			g.take(name, text)
		}
	})
}

func (g *gathered) take(name string, text []byte) {
	g.asked = false
	kind := "text/plain"
	if trimmed := bytes.TrimSpace(text); len(trimmed) > 0 && (trimmed[0] == '{' || trimmed[0] == '[') {
		kind = "application/json" // read as facts only if it is that
	}
	file := bundle.File{Path: name, Title: name, MediaType: kind, Size: int64(len(text))}
	look := evidence.NewLook(g.of.scope, one{file, text})
	look.Show(evidence.Item{File: file, Title: page.Plain(name), About: page.Size(file.Size)})
	g.words.SetText(lang.L("As of {{.Time}}", map[string]any{"Time": time.Now().Format("15:04:05")}))
	g.look.Objects = []fyne.CanvasObject{look.Object}
	g.look.Refresh()
	g.of.side.show(page.Right(g.which).Word)
}

// one is evidence that is a single text.
type one struct {
	file bundle.File
	text []byte
}

func (o one) Manifest() bundle.Manifest { return bundle.Manifest{Files: []bundle.File{o.file}} }

func (o one) OpenFile(path string) (io.ReadCloser, error) {
	if path != o.file.Path {
		return nil, fmt.Errorf("open %q: %w", path, fs.ErrNotExist)
	}
	return io.NopCloser(bytes.NewReader(o.text)), nil
}

func (o one) Close() error { return nil }
