//go:build !headless

package supporter

import (
	"fmt"
	"image"
	"slices"
	"strings"
	"sync"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session/rights"
)

// fakeHelping writes down what is done.
type fakeHelping struct {
	active func()
	err    error // of everything
	over   func(page.FilmEnd)

	mu   sync.Mutex // guards done
	done []string
}

func (h *fakeHelping) say(format string, args ...any) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.done = append(h.done, fmt.Sprintf(format, args...))
	return h.err
}

// did says whether something was done.
func (h *fakeHelping) did(what string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Contains(h.done, what)
}

func (h *fakeHelping) all() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return strings.Join(h.done, "; ")
}

func (h *fakeHelping) Active() {
	if h.active != nil {
		h.active()
	}
}

func (h *fakeHelping) Ask(s rights.Set, reason string) error { return h.say("ask %v (%s)", s, reason) }
func (h *fakeHelping) GiveBack(s rights.Set) error           { return h.say("give back %v", s) }
func (h *fakeHelping) Point(at image.Point, shown bool) error {
	return h.say("point %v %v", at, shown)
}
func (h *fakeHelping) Move(at image.Point) error          { return h.say("move %v", at) }
func (h *fakeHelping) Button(n uint8, down bool) error    { return h.say("button %d %v", n, down) }
func (h *fakeHelping) Wheel(dx, dy int) error             { return h.say("wheel %d,%d", dx, dy) }
func (h *fakeHelping) Clip(text string) error             { return h.say("clip %s", text) }
func (h *fakeHelping) Want(r rights.Right, on bool) error { return h.say("want %s %v", r, on) }
func (h *fakeHelping) SendFile(path string) error         { return h.say("send %s", path) }
func (h *fakeHelping) Cancel(id uint32)                   { _ = h.say("cancel %d", id) }
func (h *fakeHelping) Key(r rune, n string, down bool) error {
	return h.say("key %q %s %v", r, n, down)
}
