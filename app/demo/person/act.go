package person

import (
	"context"
	"fmt"
	"image"
	"strings"
	"time"

	"github.com/beistand/beistand/app/demo/await"
	"github.com/beistand/beistand/app/demo/door"
	"github.com/beistand/beistand/app/demo/xhand"
)

// See waits until the widget is there, in place, and has come to rest.
func (p *Person) See(ctx context.Context, q Which) (door.Widget, error) {
	return p.SeeWithin(ctx, stepLimit, q)
}

// SeeWithin is See with another limit.
func (p *Person) SeeWithin(ctx context.Context, limit time.Duration, q Which) (door.Widget, error) {
	v, _, err := p.see(ctx, limit, q)
	return v, err
}

func (p *Person) see(ctx context.Context, limit time.Duration, q Which) (v door.Widget, title string, err error) {
	var last door.Widget
	err = await.Until(ctx, limit, q.String(), func() (bool, error) {
		windows, err := p.Windows(ctx)
		if err != nil {
			return false, err
		}
		for _, w := range windows {
			found, ok := q.in(w)
			if !ok {
				continue
			}
			still := found.Box == last.Box && found.Text == last.Text
			last, v, title = found, found, w.Title
			return still, nil
		}
		return false, nil
	}, nil)
	if err != nil {
		return v, title, p.complaint(ctx, err)
	}
	return v, title, nil
}

// Gone waits until no widget fits.
func (p *Person) Gone(ctx context.Context, q Which) error {
	err := await.Until(ctx, stepLimit, "end of "+q.String(), func() (bool, error) {
		windows, err := p.Windows(ctx)
		for _, w := range windows {
			if _, ok := q.in(w); ok {
				return false, err
			}
		}
		return err == nil, err
	}, nil)
	if err != nil {
		return p.complaint(ctx, err)
	}
	return nil
}

// Has tells whether a widget fits now.
func (p *Person) Has(ctx context.Context, q Which) bool {
	windows, err := p.Windows(ctx)
	if err != nil {
		return false
	}
	for _, w := range windows {
		if _, ok := q.in(w); ok {
			return true
		}
	}
	return false
}

// Click waits for the widget, scrolls to it when it is scrolled away, brings
// its window to the front and clicks on its middle.
func (p *Person) Click(ctx context.Context, q Which) error {
	_, err := p.click(ctx, q)
	return err
}

func (p *Person) click(ctx context.Context, q Which) (door.Widget, error) {
	v, title, err := p.see(ctx, stepLimit, q)
	if err != nil {
		return v, err
	}
	w, err := p.window(ctx, title)
	if err != nil {
		return v, p.complaint(ctx, err)
	}
	if err := p.Hand.Activate(ctx, w); err != nil {
		return v, p.complaint(ctx, err)
	}
	if v, err = p.scrollTo(ctx, w, v, q); err != nil {
		return v, p.complaint(ctx, err)
	}
	bounds, err := p.Hand.Bounds(w)
	if err != nil {
		return v, p.complaint(ctx, err)
	}
	return v, p.Hand.Click(bounds.Min.Add(target(v)))
}

// target is where a person would click. A check takes clicks only on its box
// and its words, though it may be as wide as the window.
func target(v door.Widget) image.Point {
	at := v.Box.Centre()
	if !at.In(v.Shown.Rect()) {
		at = v.Shown.Centre()
	}
	if v.Kind == "Check" || v.Kind == "radioItem" {
		at.X = min(at.X, v.Shown.X+v.Shown.H/2)
	}
	return at
}

// Fill clicks into an empty entry, types, and waits until it holds just that.
func (p *Person) Fill(ctx context.Context, q Which, text string) error {
	v, err := p.click(ctx, q)
	if err != nil {
		return err
	}
	here := func(u door.Widget) bool { return u.Focused && u.Box.X == v.Box.X && u.Box.Y == v.Box.Y }
	at := Which{Kind: v.Kind, Also: here}
	if _, err := p.See(ctx, at); err != nil {
		return err
	}
	if err := p.Hand.Type(text); err != nil {
		return p.complaint(ctx, err)
	}
	hidden := strings.Repeat("•", len([]rune(text)))
	at.Also = func(u door.Widget) bool { return here(u) && (u.Text == text || u.Text == hidden) }
	_, err = p.See(ctx, at)
	if err != nil {
		return fmt.Errorf("type %q: %w", text, err)
	}
	return nil
}

// Choose opens a selection and clicks on one of its options.
func (p *Person) Choose(ctx context.Context, q Which, option string) error {
	if err := p.Click(ctx, q); err != nil {
		return err
	}
	if err := p.Click(ctx, Which{Type: "menuItem", Text: option}); err != nil {
		return err
	}
	return p.Gone(ctx, Which{Type: "menuItem"})
}

// Hit brings the program's first window to the front and hits a key.
func (p *Person) Hit(ctx context.Context, k xhand.Key) error {
	w, err := p.Main(ctx)
	if err != nil {
		return p.Complain(ctx, err)
	}
	if err := p.Hand.Activate(ctx, w); err != nil {
		return p.Complain(ctx, err)
	}
	return p.Hand.Hit(k)
}

// Tick clicks on a check or a radio button and waits until it is as wanted.
func (p *Person) Tick(ctx context.Context, q Which, on bool) error {
	v, err := p.click(ctx, q)
	if err != nil {
		return err
	}
	q.Also = func(u door.Widget) bool { return u.Checked == on && u.Box.X == v.Box.X } // a list may bring the row wholly into sight
	_, err = p.See(ctx, q)
	return err
}

// Area is the place on the display of what is to be seen of a widget now.
func (p *Person) Area(ctx context.Context, q Which) (image.Rectangle, error) {
	windows, err := p.Windows(ctx)
	if err != nil {
		return image.Rectangle{}, err
	}
	for _, dw := range windows {
		v, ok := q.in(dw)
		if !ok {
			continue
		}
		w, err := p.window(ctx, dw.Title)
		if err != nil {
			return image.Rectangle{}, err
		}
		bounds, err := p.Hand.Bounds(w)
		return v.Shown.Rect().Add(bounds.Min), err
	}
	return image.Rectangle{}, fmt.Errorf("there is no %s", q)
}

// Complain turns an error into one that says what the person sees, with a
// picture of it; nil stays nil.
func (p *Person) Complain(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	return p.complaint(ctx, err)
}
