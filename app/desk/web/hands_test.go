package web_test

import (
	"context"
	"fmt"
	"image"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/beistand/beistand/session/input"
)

// recorder is a customer's machine whose hands write down what they do.
type recorder struct {
	mu   sync.Mutex // guards did
	done []string

	own chan bool // the customer's own mouse and keyboard; nil: never used
}

func (r *recorder) did(format string, values ...any) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done = append(r.done, fmt.Sprintf(format, values...))
	return nil
}

func (r *recorder) Mark(at image.Point, shown bool) error { return r.did("mark %v %v", at, shown) }
func (r *recorder) Move(at image.Point) error             { return r.did("move %v", at) }
func (r *recorder) Button(b uint8, down bool) error       { return r.did("button %d %v", b, down) }
func (r *recorder) Wheel(dx, dy int) error                { return r.did("wheel %d %d", dx, dy) }
func (r *recorder) Key(k input.Key, down bool) error {
	return r.did("key %q%s %v", k.Rune, k.Name, down)
}
func (r *recorder) ReleaseAll() error               { return nil }
func (r *recorder) Own(context.Context) <-chan bool { return r.own }

func (r *recorder) has(what string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Contains(r.done, what)
}

// TestHands proves that pointing, mouse and keys reach the customer's machine
// by what they mean and where, and only while they are switched on.
func TestHands(t *testing.T) {
	h := open(t)
	machine := &recorder{own: make(chan bool)}
	h.config.Pointer, h.config.Input = machine, machine
	still := desktop(image.Rect(0, 0, 640, 400), 0)
	h.screen.Paint(still)
	b := h.supporter("en")
	b.ask("point", "control")
	r := h.host()
	b.typeCode(r.Code())
	b.sees(still)
	wants := func(what string) {
		t.Helper()
		h.until(what, func() bool { return machine.has(what) })
	}
	at := func(x, y float64) (float64, float64) { // a pixel of the picture on the page
		box := eval[[]float64](b, `(() => { const r = document.querySelector("#glass").getBoundingClientRect(); return [r.left, r.top, r.width / 640]; })()`)
		return box[0] + (x+.5)*box[2], box[1] + (y+.5)*box[2]
	}
	b.do(chromedp.Click("#point"))
	x, y := at(100, 50)
	b.do(chromedp.MouseEvent("mouseMoved", x, y))
	wants("mark (100,50) true")
	b.do(chromedp.Click("#control"))
	wants("mark (0,0) false")
	b.says("#controlled", "Ctrl+Alt+Enter")
	b.shot("12-control")
	x, y = at(110, 50)
	b.do(chromedp.MouseClickXY(x, y))
	wants("move (110,50)")
	wants("button 1 true")
	wants("button 1 false")
	machine.own <- true
	b.says("#controlled", "The customer is using the mouse or keyboard")
	machine.own <- false
	b.says("#controlled", "Ctrl+Alt+Enter")
	b.do(chromedp.KeyEvent("Q"), chromedp.KeyEvent("\r"))
	wants(`key 'Q' true`)
	wants(`key '\x00'Enter true`)
	b.do(chromedp.Click("#control"))
	x, y = at(150, 50)
	b.do(chromedp.MouseEvent("mouseMoved", x, y), chromedp.KeyEvent("z"))
	r.stop()
	b.says("#over-title", "over")
	if err := r.end(t); err != nil {
		t.Error(err)
	}
	machine.mu.Lock()
	defer machine.mu.Unlock()
	if all := strings.Join(machine.done, "; "); strings.Contains(all, "move (150,50)") || strings.Contains(all, "'z'") {
		t.Errorf("something was done without being switched on: %s", all)
	}
}

// TestAgain breaks the connection: another one takes over, and the picture goes on.
func TestAgain(t *testing.T) {
	h := open(t)
	bounds := image.Rect(0, 0, 640, 400)
	h.screen.Paint(desktop(bounds, 0))
	b := h.supporter("en")
	b.ask()
	eval[bool](b, `(() => {
		const Plain = RTCPeerConnection;
		window.connections = [];
		window.RTCPeerConnection = class extends Plain { constructor(...args) { super(...args); connections.push(this); } };
		return true;
	})()`)
	r := h.host()
	b.typeCode(r.Code())
	b.sees(desktop(bounds, 0))
	for step := 1; step < 3; step++ {
		eval[bool](b, `(connections.at(-1).close(), true)`)
		h.screen.Paint(desktop(bounds, step))
		b.sees(desktop(bounds, step))
	}
	b.do(chromedp.Click("#stop"))
	b.says("#over-what", "You stopped looking")
	if err := r.end(t); err != nil {
		t.Error(err)
	}
}
