package session

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

const (
	sampleTime = time.Second            // between two samples
	clipOut    = 250 * time.Millisecond // between two texts that leave
	clipWrite  = 2 * time.Second        // for the clipboard to take a text
)

// helpers are what works for the viewer beside the run: clipboard, samples,
// collectors. The run's goroutine starts them.
type helpers struct {
	texts      chan string           // for the clipboard; nil before the first
	watching   bool                  // the clipboard, for what leaves
	collecting map[rights.Right]bool // what is being collected
	noMore     context.CancelFunc    // ends the samples; nil while there are none
	samples    sync.WaitGroup
	told       samples

	mu      sync.Mutex // guards written
	written string     // what the viewer put into the clipboard last
}

// help starts what is allowed and not running.
func (h *hosting) help(r *run) {
	if h.gate.may(rights.Of(rights.ClipIn)) && h.helpers.texts == nil {
		h.helpers.texts = make(chan string, 1)
		r.all.Go(func() { h.writeClips(r) })
	}
	if h.gate.may(rights.Of(rights.ClipOut)) && !h.helpers.watching {
		h.helpers.watching = true
		r.all.Go(func() {
			h.watchClips(r)
			r.post(post{do: func() {
				h.helpers.watching = false
				if r.state == live || r.state == paused {
					h.help(r)
				}
			}})
		})
	}
}

// write gives the clipboard a text; only the newest counts.
func (h *helpers) write(text string) {
	select {
	case <-h.texts:
	default:
	}
	h.texts <- text // the run's goroutine alone does this
}

func (h *hosting) writeClips(r *run) {
	need := rights.Of(rights.ClipIn)
	for {
		select {
		case text := <-h.helpers.texts:
			_, err := h.gate.obey(need, func() error {
				ctx, cancel := h.gate.during(r.life, need, true)
				defer cancel()
				ctx, late := context.WithTimeout(ctx, clipWrite)
				defer late()
				h.helpers.mu.Lock()
				h.helpers.written = text
				h.helpers.mu.Unlock()
				return h.config.Clipboard.Write(ctx, text)
			})
			if err != nil {
				r.post(post{do: func() { h.troubled(r, fmt.Errorf("write the clipboard: %w", err)) }})
			}
		case <-r.life.Done():
			return
		}
	}
}

// watchClips sends each new text until the right is taken back. What changes
// while the session is held does not leave, also not afterwards.
func (h *hosting) watchClips(r *run) {
	ctx, cancel := h.gate.during(r.life, rights.Of(rights.ClipOut), false)
	defer cancel()
	changed := h.config.Clipboard.Changed(ctx)
	last := "" // what has left, or must not: one change may be told more than once
	_, before := h.gate.holds()
	pace := time.NewTicker(clipOut)
	defer pace.Stop()
	for {
		_, _, other := h.gate.now()
		if held, times := h.gate.holds(); !held && times != before { // it goes on: what is there was copied before
			before = times
			if text, err := h.config.Clipboard.Read(ctx); err == nil {
				last = text
			}
		}
		select {
		case _, more := <-changed:
			if !more {
				<-ctx.Done()
				return
			}
		case <-other:
			continue
		case <-ctx.Done():
			return
		}
		if _, times := h.gate.holds(); times != before || !h.gate.may(rights.Of(rights.ClipOut)) {
			continue
		}
		text, err := h.config.Clipboard.Read(ctx)
		h.helpers.mu.Lock()
		own := text == h.helpers.written
		h.helpers.mu.Unlock()
		if own {
			last = ""
		}
		if err != nil || own || text == last || len(text) > wire.MaxClip || !utf8.ValidString(text) || strings.IndexByte(text, 0) >= 0 {
			continue
		}
		if _, err := r.send(ctx, &wire.Clip{Text: text}); err == nil { // else withheld, or the session is at its end
			last = text
		}
		select {
		case <-pace.C:
		case <-ctx.Done():
			return
		}
	}
}

// want begins what the viewer asks for, if it is not under way.
func (h *hosting) want(r *run, what rights.Right) {
	if what == rights.Vitals {
		h.sample(r)
		return
	}
	if h.helpers.collecting[what] {
		return
	}
	if h.helpers.collecting == nil {
		h.helpers.collecting = map[rights.Right]bool{}
	}
	h.helpers.collecting[what] = true
	r.all.Go(func() {
		err := h.collect(r, what)
		r.post(post{do: func() {
			h.helpers.collecting[what] = false
			h.troubled(r, err)
		}})
	})
}

func (h *hosting) collect(r *run, what rights.Right) error {
	ctx, cancel := h.gate.during(r.life, rights.Of(what), false)
	defer cancel()
	name, content, err := h.config.Evidence.Collect(ctx, what)
	if err != nil {
		name, content = string(what), io.NopCloser(broken{err})
	}
	defer content.Close()
	return r.hand(ctx, what, Outgoing{Name: name, Size: -1, From: content})
}

// broken is evidence that could not be collected: the viewer is told so.
type broken struct{ err error }

func (b broken) Read([]byte) (int, error) { return 0, b.err }
