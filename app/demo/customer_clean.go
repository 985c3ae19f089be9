package demo

import (
	"context"
	"fmt"
	"image"
	"strings"
	"unicode/utf8"

	"github.com/beistand/beistand/app/demo/door"
	"github.com/beistand/beistand/app/demo/person"
)

// seesRemoved sees in the log what stands in the password's place. What was
// replaced is painted by itself, over the line: so its text is just that.
func (c customer) seesRemoved(ctx context.Context) error {
	_, err := c.See(ctx, person.Which{Kind: "Text", Text: "<password>"})
	return err
}

// hide selects a word of the shown text with the mouse and hides it everywhere.
func (c customer) hide(ctx context.Context, word string) error {
	at, line, err := c.area(ctx, person.Which{Kind: "Text", Part: word})
	if err != nil {
		return err
	}
	// Letters are all of one width here.
	letter := float64(at.Dx()) / float64(utf8.RuneCountInString(line))
	before := utf8.RuneCountInString(line[:strings.Index(line, word)])
	x := func(letters int) int { return at.Min.X + int(letter*float64(letters)+0.5) }
	y := (at.Min.Y + at.Max.Y) / 2
	if err := c.Hand.Drag(image.Pt(x(before), y), image.Pt(x(before+utf8.RuneCountInString(word)), y)); err != nil {
		return err
	}
	if _, err := c.See(ctx, person.Which{Kind: "Label", Text: c.say.with("Selected: {{.Text}}", "Text", word)}); err != nil {
		return err
	}
	if err := c.Click(ctx, person.Button(c.say("Hide this everywhere"))); err != nil {
		return err
	}
	if _, err := c.See(ctx, person.Which{Kind: "Text", Text: "<hidden>"}); err != nil {
		return err
	}
	return c.Gone(ctx, person.Which{Kind: "Text", Part: word})
}

// blacken drags over a part of the shown picture, in hundredths of it.
func (c customer) blacken(ctx context.Context, part image.Rectangle) error {
	at, _, err := c.area(ctx, person.Which{Kind: "Image", Type: "Raster"})
	if err != nil {
		return err
	}
	corner := func(p image.Point) image.Point {
		return at.Min.Add(image.Pt(at.Dx()*p.X/100, at.Dy()*p.Y/100))
	}
	if err := c.Hand.Drag(corner(part.Min), corner(part.Max)); err != nil {
		return err
	}
	undo := person.Button(c.say("Undo"))
	undo.Also = func(w door.Widget) bool { return w.Enabled }
	_, err = c.See(ctx, undo)
	return err
}

// protected looks at what is removed, replaced and hidden.
func (c customer) protected(ctx context.Context) error {
	title := person.Which{Kind: "Label", Text: c.say("What is protected")}
	if err := c.Reach(ctx, person.Which{Kind: "List"}, title); err != nil {
		return err
	}
	if err := c.Click(ctx, title); err != nil {
		return err
	}
	_, err := c.See(ctx, person.Which{Kind: "Label", Text: c.say("Hidden by you")})
	return err
}

// area is where a widget is on the display, also as far as it is scrolled away,
// and its text.
func (c customer) area(ctx context.Context, q person.Which) (image.Rectangle, string, error) {
	v, err := c.See(ctx, q)
	if err != nil {
		return image.Rectangle{}, "", err
	}
	at, err := c.Area(ctx, q)
	if err != nil {
		return at, "", fmt.Errorf("find %s: %w", q, err)
	}
	return v.Box.Rect().Add(at.Min.Sub(v.Shown.Rect().Min)), v.Text, nil
}
