// Package door asks a program that was built for driving which widgets its windows show.
package door

import (
	"context"
	"encoding/json"
	"fmt"
	"image"
	"io"
	"net"
	"time"
)

// Env is the environment variable that names the socket to a program built with
// the tag drive.
const Env = "BEISTAND_DRIVE"

// maxAnswer bounds what is read from the program, in bytes.
const maxAnswer = 16 << 20

// limit is how long one question may take.
const limit = 10 * time.Second

// Window is a window with what can be seen in it. Places are in pixels from the
// upper left corner of the window's content.
type Window struct {
	Title   string   `json:"title"`
	Width   int      `json:"width"`
	Height  int      `json:"height"`
	Scale   float32  `json:"scale"`
	Widgets []Widget `json:"widgets"`
}

// Widget is one visible thing, in the order in which it is painted: what is in a
// container follows it with a greater depth.
type Widget struct {
	Kind    string   `json:"kind"` // Fyne's widget that it is or is made from
	Type    string   `json:"type"`
	Text    string   `json:"text"`
	Hint    string   `json:"hint"` // an entry's placeholder
	Icon    string   `json:"icon"`
	Options []string `json:"options"`
	Value   float64  `json:"value"`
	Box     Box      `json:"box"`
	Shown   Box      `json:"shown"`   // the part that scrolling leaves to be seen
	Covered bool     `json:"covered"` // by a dialog or menu that takes all clicks
	Enabled bool     `json:"enabled"`
	Focused bool     `json:"focused"`
	Checked bool     `json:"checked"`
	Scrolls bool     `json:"scrolls"`
	Depth   int      `json:"depth"`
}

// Box is a place and a size in pixels.
type Box struct {
	X int `json:"x"`
	Y int `json:"y"`
	W int `json:"w"`
	H int `json:"h"`
}

// Rect is the box as a rectangle.
func (b Box) Rect() image.Rectangle { return image.Rect(b.X, b.Y, b.X+b.W, b.Y+b.H) }

// Centre is the middle of the box.
func (b Box) Centre() image.Point { return image.Pt(b.X+b.W/2, b.Y+b.H/2) }

// String describes the widget in a line for an error.
func (w Widget) String() string {
	s := w.Kind
	if w.Type != w.Kind {
		s += "/" + w.Type
	}
	if w.Text != "" {
		s += fmt.Sprintf(" %q", w.Text)
	}
	if w.Hint != "" {
		s += fmt.Sprintf(" hint %q", w.Hint)
	}
	s += fmt.Sprintf(" at %d,%d %dx%d", w.Box.X, w.Box.Y, w.Box.W, w.Box.H)
	for _, mark := range []struct {
		words string
		set   bool
	}{
		{" checked", w.Checked},
		{" focused", w.Focused},
		{" disabled", !w.Enabled},
		{" covered", w.Covered},
		{" scrolled away", w.Shown.Rect().Empty()},
	} {
		if mark.set {
			s += mark.words
		}
	}
	return s
}

// Look asks the program behind the socket for its windows.
func Look(ctx context.Context, socket string) ([]Window, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var d net.Dialer
	conn, err := d.DialContext(ctx, "unix", socket)
	if err != nil {
		return nil, fmt.Errorf("look through the door: %w", err)
	}
	defer conn.Close()
	end, _ := ctx.Deadline()
	if err := conn.SetDeadline(end); err != nil {
		return nil, fmt.Errorf("look through the door: %w", err)
	}
	var answer struct {
		Windows []Window `json:"windows"`
	}
	if err := json.NewDecoder(io.LimitReader(conn, maxAnswer)).Decode(&answer); err != nil {
		return nil, fmt.Errorf("look through the door: %w", err)
	}
	return answer.Windows, nil
}
