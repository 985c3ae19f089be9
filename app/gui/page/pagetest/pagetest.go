//go:build !headless

package pagetest

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// patience is how long a test waits for something that should come at once.
const patience = 20 * time.Second

// Person is somebody at a window. Its Do is the user interface's thread: what
// pages want to show runs while the person waits for something.
type Person struct {
	T      *testing.T
	Window fyne.Window
	queue  chan func()
}

// New sits a person down at w.
func New(t *testing.T, w fyne.Window) *Person {
	return &Person{t, w, make(chan func(), 10_000)}
}

// Do runs f when the person next waits.
func (p *Person) Do(f func()) { p.queue <- f }

// Until waits until it is so.
func (p *Person) Until(what string, so func() bool) {
	p.T.Helper()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	look := time.NewTicker(20 * time.Millisecond) // for what comes about off the page
	defer look.Stop()
	for !so() {
		select {
		case <-look.C:
		case f := <-p.queue:
			f()
		case <-timer.C:
			p.T.Fatalf("waited in vain for %s; there is:\n%s", what, strings.Join(p.Words(), "\n"))
		}
	}
}

// Drain runs what is waiting now.
func (p *Person) Drain() {
	for {
		select {
		case f := <-p.queue:
			f()
		default:
			return
		}
	}
}

// See waits for a text that contains part.
func (p *Person) See(part string) {
	p.T.Helper()
	p.Until("the text "+part, func() bool { return p.Sees(part) })
}

// Sees says whether a text that contains part is there.
func (p *Person) Sees(part string) bool {
	for _, w := range p.Words() {
		if strings.Contains(w, part) {
			return true
		}
	}
	return false
}

// Tap waits for the button with this text and taps it, the first of several.
func (p *Person) Tap(text string) {
	p.T.Helper()
	test.Tap(p.buttons(text)[0])
}

// TapLast taps the last of several buttons with the same text.
func (p *Person) TapLast(text string) {
	p.T.Helper()
	all := p.buttons(text)
	test.Tap(all[len(all)-1])
}

// Enabled says whether the button with this text can be pressed; it waits for
// the button, which can or cannot.
func (p *Person) Enabled(text string) (enabled bool) {
	p.T.Helper()
	p.Until("the button "+text, func() (found bool) {
		p.Each(func(o fyne.CanvasObject) {
			if d, ok := o.(fyne.Disableable); ok && field(o, "Text") == text {
				found, enabled = true, !d.Disabled()
			}
		})
		return found
	})
	return enabled
}

// buttons waits for buttons with this text.
func (p *Person) buttons(text string) (found []fyne.Tappable) {
	p.T.Helper()
	p.Until("the button "+text, func() bool {
		found = nil
		p.Each(func(o fyne.CanvasObject) {
			if b, ok := o.(fyne.Tappable); ok && field(o, "Text") == text {
				if d, can := o.(fyne.Disableable); !can || !d.Disabled() {
					found = append(found, b)
				}
			}
		})
		return found != nil
	})
	return found
}

// Tab opens the tab with this title.
func (p *Person) Tab(title string) {
	p.T.Helper()
	p.Until("the tab "+title, func() (found bool) {
		p.Each(func(o fyne.CanvasObject) {
			tabs, ok := o.(*container.AppTabs)
			if !ok {
				return
			}
			for i, item := range tabs.Items {
				if item.Text == title {
					tabs.SelectIndex(i)
					found = true
				}
			}
		})
		return found
	})
}

// Row chooses a row of the first list, counted from 0.
func (p *Person) Row(i int) {
	p.T.Helper()
	p.Until("a list", func() (found bool) {
		p.Each(func(o fyne.CanvasObject) {
			if list, ok := o.(*widget.List); ok && !found && list.Length() > i {
				list.Select(i)
				found = true
			}
		})
		return found
	})
}

// Entry waits for the field with this hint.
func (p *Person) Entry(hint string) *widget.Entry {
	p.T.Helper()
	var found *widget.Entry
	p.Until("the field "+hint, func() bool {
		p.Each(func(o fyne.CanvasObject) {
			if e := entryOf(o); e != nil && strings.Contains(e.PlaceHolder, hint) {
				found = e
			}
		})
		return found != nil
	})
	return found
}

// entryOf is Fyne's entry, or the one that a widget is made from.
func entryOf(o fyne.CanvasObject) *widget.Entry {
	if e, ok := o.(*widget.Entry); ok {
		return e
	}
	v := reflect.Indirect(reflect.ValueOf(o))
	if v.Kind() != reflect.Struct {
		return nil
	}
	if f, ok := v.Type().FieldByName("Entry"); ok && f.Anonymous {
		e, _ := v.FieldByIndex(f.Index).Addr().Interface().(*widget.Entry)
		return e
	}
	return nil
}

// Type types into the field with this hint.
func (p *Person) Type(hint, text string) {
	p.T.Helper()
	e := p.Entry(hint)
	p.Window.Canvas().Focus(e)
	test.Type(e, text)
}

// Check waits for the box whose words begin so.
func (p *Person) Check(text string) *widget.Check {
	p.T.Helper()
	var found *widget.Check
	p.Until("the box "+text, func() bool {
		p.Each(func(o fyne.CanvasObject) {
			if c, ok := o.(*widget.Check); ok && strings.HasPrefix(c.Text, text) {
				found = c
			}
		})
		return found != nil
	})
	return found
}

// Press presses a key where the focus is.
func (p *Person) Press(key fyne.KeyName) {
	c := p.Window.Canvas()
	if f := c.Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: key})
	} else if typed := c.OnTypedKey(); typed != nil {
		typed(&fyne.KeyEvent{Name: key})
	}
}

// Words are all texts that are shown.
func (p *Person) Words() (all []string) {
	p.Each(func(o fyne.CanvasObject) {
		if text := field(o, "Text"); text != "" {
			all = append(all, text)
		}
	})
	return all
}

// Each calls visit for everything that is shown.
func (p *Person) Each(visit func(fyne.CanvasObject)) {
	c := p.Window.Canvas()
	for _, tree := range append([]fyne.CanvasObject{c.Content()}, c.Overlays().List()...) {
		walk(tree, visit)
	}
}

func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if o == nil || !o.Visible() {
		return
	}
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			walk(child, visit)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			walk(child, visit)
		}
	}
}

func field(o fyne.CanvasObject, name string) string {
	if t, ok := o.(*canvas.Text); ok {
		return t.Text
	}
	v := reflect.Indirect(reflect.ValueOf(o))
	if v.Kind() != reflect.Struct {
		return ""
	}
	if f := v.FieldByName(name); f.IsValid() && f.Kind() == reflect.String {
		return f.String()
	}
	return ""
}
