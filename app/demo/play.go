package demo

import (
	"context"
	"errors"
	"image"
	"image/color"
	"path/filepath"
	"strings"

	"github.com/beistand/beistand/app/demo/door"
	"github.com/beistand/beistand/app/demo/pattern"
	"github.com/beistand/beistand/app/demo/person"
	"github.com/beistand/beistand/app/demo/xhand"
)

// What the case does in particular; tests look for the same afterwards.
const (
	leftOut     = "Network" // title of the item that the customer unticks
	patternSeed = byte(11)  // of the pattern on the customer's screen from the start
	changedSeed = byte(77)  // of the one that takes its place while the screen is shared
	lookedFor   = "E1042"   // in the log
)

// blackPart is what the customer blacks out of the screen's picture, in
// hundredths of its width and height.
var blackPart = image.Rect(10, 60, 40, 85)

// play is one case under way.
type play struct {
	*stage
	*script
	say       words
	problem   problem
	customer  customer
	supporter supporter
	shown     *xhand.Shown // the pattern; nil on a display that is not ours
	number    int64
}

// Play plays one case from the first click to the shared screen and back. Every
// click and key is an event of the X display. The error says which step it was,
// what was awaited, and what the person saw instead.
func Play(ctx context.Context, o Options) (r Result, err error) {
	if o.Language == "" {
		o.Language = "en"
	}
	s, err := newStage(o)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	p := &play{stage: s, script: newScript(o), say: wordsOf(o.Language), problem: problemIn(o.Language)}
	for _, act := range []func(context.Context) error{p.open, p.report, p.read, p.share, p.finish} {
		if err := act(ctx); err != nil {
			return r, err
		}
	}
	return Result{Ticket: p.number, Desk: p.deskFolder(), Customer: filepath.Join(p.folder, "customer"), Steps: p.steps}, nil
}

// open starts displays, desk and the customer's window.
func (p *play) open(ctx context.Context) error {
	if err := p.startDesk(ctx, ""); err != nil {
		return err
	}
	p.tell("the desk listens on %s", p.deskURL)
	display, err := p.display(ctx, customerScreen)
	if err != nil {
		return err
	}
	if err := p.background(display, color.RGBA{0x3b, 0x4c, 0x5e, 0xff}); err != nil {
		return err
	}
	if err := p.showPattern(display); err != nil {
		return err
	}
	p.customer.say = p.say
	p.customer.Person, err = p.stage.customer(ctx, display)
	if err != nil {
		return err
	}
	return p.step(ctx, p.customer.Person, "customer opens the program", "customer-opens", func() error {
		_, err := p.customer.See(ctx, person.Button(p.say("Next")))
		return err
	})
}

// showPattern puts the pattern on the customer's screen, where no window is.
func (p *play) showPattern(display string) error {
	if p.o.OnDisplay != "" {
		return nil
	}
	hand, err := xhand.Open(display)
	if err != nil {
		return err
	}
	p.onClose(hand.Close)
	p.shown, err = hand.Show(pattern.Draw(patternSeed), image.Pt(customerScreen.X-pattern.Size-10, 10))
	return err
}

// report is the customer's part up to the ticket's number.
func (p *play) report(ctx context.Context) error {
	c := p.customer
	steps := []struct {
		words, picture string
		do             func() error
	}{
		{"customer describes the problem", "customer-describes", func() error { return c.describe(ctx, p.problem) }},
		{"customer sees what was found meanwhile", "customer-found", func() error { return c.meanwhile(ctx) }},
		{"customer checks what was found and collected", "customer-checks", func() error {
			if err := c.check(ctx); err != nil {
				return err
			}
			return c.found(ctx)
		}},
		{"customer sees what is protected", "customer-protected", func() error { return c.protected(ctx) }},
		{"customer looks into the memory's figures", "customer-looks-facts", func() error {
			return look(ctx, c.Person, "system/memory.json", person.Which{Type: "Words", Also: func(w door.Widget) bool {
				return strings.EqualFold(w.Text, p.say("total"))
			}})
		}},
		{"customer looks into the log", "customer-looks-log", func() error {
			return look(ctx, c.Person, "logs/", person.Which{Kind: "Text", Part: "document 31"})
		}},
		{"customer sees that a password is removed", "customer-sees-password", func() error { return c.seesRemoved(ctx) }},
		{"customer hides a word everywhere", "customer-hides", func() error { return c.hide(ctx, logWord) }},
		{"customer looks at the picture of the screen", "customer-looks-screenshot", func() error {
			return look(ctx, c.Person, "screens/", person.Which{Type: "Picture"})
		}},
		{"customer blacks out a part of it", "customer-blackens", func() error { return c.blacken(ctx, blackPart) }},
		{"customer leaves the network out", "customer-unticks", func() error { return c.untick(ctx, leftOut) }},
		{"customer sends and gets a number", "customer-sent", func() (err error) {
			p.number, err = c.send(ctx)
			return err
		}},
		{"customer copies the number", "customer-copies", func() error { return c.copyNumber(ctx, p.number) }},
	}
	for _, s := range steps {
		if err := p.step(ctx, c.Person, s.words, s.picture, s.do); err != nil {
			return err
		}
	}
	return nil
}

// read is the supporter's part up to the evidence.
func (p *play) read(ctx context.Context) error {
	display, err := p.display(ctx, supporterScreen)
	if err != nil {
		return err
	}
	p.supporter.say = p.say
	if p.supporter.Person, err = p.stage.supporter(ctx, display); err != nil {
		return err
	}
	s := p.supporter
	if p.o.OnDisplay == "" {
		if err := s.maximise(ctx); err != nil {
			return err
		}
	}
	steps := []struct {
		words, picture string
		do             func() error
	}{
		{"supporter signs in", "supporter-tickets", func() error { return s.signIn(ctx) }},
		{"supporter opens the ticket", "supporter-ticket", func() error {
			if err := s.open(ctx, p.problem.title, p.number); err != nil {
				return err
			}
			_, err := s.See(ctx, person.Which{Kind: "Label", Part: "log-flooded"})
			return err
		}},
		{"supporter sees where the log shows it", "supporter-finding", func() error { return s.found(ctx) }},
		{"supporter reads the description", "supporter-description", func() error {
			if err := s.tab(ctx, "ticket description"); err != nil {
				return err
			}
			if _, err := s.See(ctx, person.Which{Text: p.problem.what}); err != nil {
				return err
			}
			return nil
		}},
		{"supporter looks at the picture of the screen", "supporter-screenshot", func() error {
			if err := s.tab(ctx, "Collected"); err != nil {
				return err
			}
			return look(ctx, s.Person, "screens/", person.Which{Type: "Picture"})
		}},
		{"supporter finds the fault in the log", "supporter-log", func() error {
			if err := look(ctx, s.Person, "logs/", person.Which{Kind: "Text", Part: "document 31"}); err != nil {
				return err
			}
			return s.search(ctx, lookedFor, logFault)
		}},
	}
	for _, step := range steps {
		if err := p.step(ctx, s.Person, step.words, step.picture, step.do); err != nil {
			return err
		}
	}
	return nil
}

// deskFolder is where the desk keeps its database and files.
func (p *play) deskFolder() string { return filepath.Join(p.deskData(), "data", "desk") }
