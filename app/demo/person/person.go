// Package person is one person at one program: they see what its windows show, and click and type into them.
//
// What is where comes from the program's own door (package door); everything
// that is done is a stroke on the display (package xhand).
package person

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/beistand/beistand/app/demo/await"
	"github.com/beistand/beistand/app/demo/child"
	"github.com/beistand/beistand/app/demo/door"
	"github.com/beistand/beistand/app/demo/xhand"
)

// limits on waiting.
const (
	startLimit = 30 * time.Second
	stopLimit  = 30 * time.Second
	stepLimit  = 60 * time.Second
	stillLimit = 1500 * time.Millisecond // a cursor may blink and a bar may move for ever
)

// printedLimit is how much of what the program printed goes into an error, in bytes.
const printedLimit = 4 << 10

// Spec is what a person is made of.
type Spec struct {
	Name     string // "customer"
	Display  string // where the program's windows go
	Socket   string // where the program's door will be
	Pictures string // folder for the pictures
	Letters  string // all that will be typed and that may not be on the keyboard
	Program  child.Spec
}

// Person is one person at one running program. It is for one goroutine.
type Person struct {
	Hand *xhand.Hand

	spec    Spec
	program *child.Child
}

// Sit starts the program and waits until it shows a window.
func Sit(ctx context.Context, s Spec) (_ *Person, err error) {
	p := &Person{spec: s}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("%s: %w", s.Name, err), p.Leave())
		}
	}()
	if p.Hand, err = xhand.Open(s.Display); err != nil {
		return nil, err
	}
	if err := p.Hand.Learn(s.Letters); err != nil {
		return nil, err
	}
	s.Program.Name = s.Name + "'s program"
	s.Program.Env = append(s.Program.Env[:len(s.Program.Env):len(s.Program.Env)], "DISPLAY="+s.Display, door.Env+"="+s.Socket)
	if p.program, err = child.Start(s.Program); err != nil {
		return nil, err
	}
	return p, await.Until(ctx, startLimit, "its window", func() (bool, error) {
		if err := p.running(); err != nil {
			return false, err
		}
		windows, err := door.Look(ctx, s.Socket)
		if err != nil || len(windows) == 0 || len(windows[0].Widgets) == 0 {
			return false, nil
		}
		all, err := p.Hand.Windows()
		if err != nil {
			return false, err
		}
		for _, w := range all {
			if w.Pid == p.program.Pid() && w.Title == windows[0].Title {
				return true, nil
			}
		}
		return false, nil
	}, p.program.Output)
}

// running is an error when the program has ended.
func (p *Person) running() error {
	select {
	case <-p.program.Done():
		return fmt.Errorf("the program ended: %v: %s", p.program.Err(), strings.TrimSpace(p.program.Output()))
	default:
		return nil
	}
}

// Leave ends the program and lets go of the display. It may be called again.
func (p *Person) Leave() error {
	if p == nil {
		return nil
	}
	err := p.program.Stop(stopLimit)
	if p.Hand != nil {
		p.Hand.Close()
		p.Hand = nil
	}
	return err
}

// Program is the running program.
func (p *Person) Program() *child.Child { return p.program }

// Windows is what the program shows now.
func (p *Person) Windows(ctx context.Context) ([]door.Window, error) {
	if err := p.running(); err != nil {
		return nil, err
	}
	return door.Look(ctx, p.spec.Socket)
}

// window is the display's own view of one of the program's windows.
func (p *Person) window(ctx context.Context, title string) (xhand.Window, error) {
	return p.Hand.Find(ctx, stepLimit, p.program.Pid(), title)
}

// Main is the display's own view of the program's first window.
func (p *Person) Main(ctx context.Context) (xhand.Window, error) {
	windows, err := p.Windows(ctx)
	if err != nil {
		return xhand.Window{}, err
	}
	if len(windows) == 0 {
		return xhand.Window{}, errors.New("the program shows no window")
	}
	return p.window(ctx, windows[0].Title)
}

// Picture writes what the display shows, with the program's first window in front
// and once it has come to rest, to name.png.
func (p *Person) Picture(ctx context.Context, name string) (string, error) {
	if w, err := p.Main(ctx); err == nil { // a program that has ended is pictured as well
		if err := p.Hand.Activate(ctx, w); err != nil {
			return "", err
		}
	}
	picture, err := p.Hand.Settled(ctx, stillLimit, image.Rectangle{})
	if err != nil {
		return "", err
	}
	path := filepath.Join(p.spec.Pictures, name+".png")
	return path, writePNG(path, picture)
}

func writePNG(path string, picture image.Image) error {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("write picture: %w", err)
	}
	enc := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := errors.Join(enc.Encode(f, picture), f.Close()); err != nil {
		return fmt.Errorf("write picture %s: %w", path, err)
	}
	return nil
}

// complaint turns an error into one that says what the person saw, with a picture of it.
func (p *Person) complaint(ctx context.Context, err error) error {
	ctx = context.WithoutCancel(ctx)
	path, perr := p.Picture(ctx, "failed-"+p.spec.Name)
	if perr != nil {
		path = perr.Error()
	}
	windows, werr := p.Windows(ctx)
	var b strings.Builder
	for _, w := range windows {
		fmt.Fprintf(&b, "\n  window %q, %dx%d:", w.Title, w.Width, w.Height)
		for _, v := range w.Widgets {
			fmt.Fprintf(&b, "\n    %s", v)
		}
	}
	if werr != nil {
		fmt.Fprintf(&b, "\n  %v", werr)
	}
	if out := strings.TrimSpace(p.program.Output()); out != "" {
		if over := len(out) - printedLimit; over > 0 {
			out = "… " + out[over:]
		}
		fmt.Fprintf(&b, "\n  the program printed:\n    %s", strings.ReplaceAll(out, "\n", "\n    "))
	}
	return fmt.Errorf("%s: %w\n  picture: %s%s", p.spec.Name, err, path, b.String())
}
