package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"slices"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/demo/await"
	"github.com/beistand/beistand/app/demo/pattern"
	"github.com/beistand/beistand/app/demo/person"
	"github.com/beistand/beistand/app/demo/xhand"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/session/record"
)

// guarded is a profile of a house in which nobody looks on alone, and in which
// the bank is never shown.
const guarded = `session:
  observer: required
  blank:
    - title: "*online banking*"
`

// The customer's desktop, and where on it the bank's window is.
var (
	desktop  = color.RGBA{0x3b, 0x4c, 0x5e, 0xff}
	bankAt   = image.Pt(customerScreen.X-pattern.Size-10, 200)
	bankSeed = byte(140)
)

// TestObserverAndBlank grants the screen to a supporter who sees nothing before
// an observer has come with a code and a consent of their own, and nothing after
// they have left. What is seen between has the bank's window black. The desk's
// records of both sessions say when nothing was shown and why.
func TestObserverAndBlank(t *testing.T) {
	p := beginWith(t, "en", guarded)
	p.staff = append(p.staff, otto)
	var observer supporter
	must(
		t,
		func(ctx context.Context) error { return p.startDesk(ctx, "") },
		p.sit, p.bank, p.brief, p.sent,
		func(ctx context.Context) (err error) {
			p.supporter, err = p.helperOn(ctx, "supporter", anna, supporterScreen)
			return err
		},
		func(ctx context.Context) error { return p.supporter.maximise(ctx) },
		func(ctx context.Context) error { return p.supporter.open(ctx, p.problem.title, p.number) },

		p.give("Ask for a session", asRead),
		func(ctx context.Context) error { return p.customer.answer(ctx, "Allow what is ticked") },
		p.held("1-held"),

		func(ctx context.Context) (err error) {
			observer, err = p.helperOn(ctx, "observer", otto, customerScreen)
			return err
		},
		func(ctx context.Context) error { return observer.open(ctx, p.problem.title, p.number) },
		func(ctx context.Context) error { return p.join(ctx, observer) },
		p.bankBlack,
		func(ctx context.Context) error {
			_, err := observer.See(ctx, person.Which{Type: "Screen"})
			return err
		},
		func(ctx context.Context) error {
			_, err := p.customer.See(ctx, person.Which{Text: "2 people see your screen"})
			return err
		},
		p.pictured("2-both"),

		func(ctx context.Context) error { return observer.Click(ctx, person.Button("Stop")) },
		func(ctx context.Context) error {
			_, err := observer.See(ctx, person.Which{Part: p.say.before("You stopped looking after {{.Time}}.")})
			return err
		},
		p.held("3-held-again"),
		func(ctx context.Context) error { return p.customer.Click(ctx, person.Button("Stop everything")) },
		func(ctx context.Context) error {
			_, err := p.supporter.See(ctx, person.Which{Part: p.say.before("The customer stopped showing the screen after {{.Time}}.")})
			return err
		},
	)
	desk := p.deskFolder()
	end(t, p)

	told := recordsOf(t, desk, p.number)
	if len(told) != 2 {
		t.Fatalf("records of %d sessions, want 2: %q", len(told), told)
	}
	for name, want := range map[string][]string{
		anna.shown: {"granted customer", "held customer", "resumed customer", "started customer", "held customer", "ended customer"},
		otto.shown: {"granted customer", "started customer", "ended supporter"},
	} {
		if !slices.Equal(told[name], want) {
			t.Errorf("the record of %s tells %q, want %q", name, told[name], want)
		}
	}
}

// beginWith is begin with more in the vendor's profile.
func beginWith(t *testing.T, language, rules string) *play {
	t.Helper()
	o := options(t)
	o.Language, o.rules = language, rules
	s, err := newStage(o)
	if err != nil {
		t.Fatal(err)
	}
	p := &play{stage: s, script: newScript(o), say: wordsOf(language), problem: problems[language]}
	t.Cleanup(func() { end(t, p) })
	return p
}

// bank puts the bank's window on the customer's desktop.
func (p *play) bank(context.Context) error {
	display := p.servers[0].Display
	if err := p.background(display, desktop); err != nil {
		return err
	}
	hand, err := xhand.Open(display)
	if err != nil {
		return err
	}
	p.onClose(hand.Close)
	shown, err := hand.Show(pattern.Draw(bankSeed), bankAt)
	if err != nil {
		return err
	}
	return shown.Name("Sparkasse Online Banking")
}

// helperOn opens a supporter's window for a member of staff and signs in.
func (p *play) helperOn(ctx context.Context, name string, a account, size image.Point) (s supporter, err error) {
	display, err := p.display(ctx, size)
	if err != nil {
		return s, err
	}
	s = supporter{say: p.say, as: a}
	if s.Person, err = p.stage.sit(ctx, name, display, p.staffArgs(name, a)...); err != nil {
		return s, err
	}
	return s, s.signIn(ctx)
}

// join comes to the session as an observer, with a code and a consent.
func (p *play) join(ctx context.Context, observer supporter) error {
	if err := observer.ask(ctx, "Join as observer"); err != nil {
		return err
	}
	c := p.customer
	c.helper = observer.as
	if err := c.caller(ctx, p.number); err != nil {
		return err
	}
	code, err := c.code(ctx)
	if err != nil {
		return err
	}
	if err := observer.typeCode(ctx, code); err != nil {
		return err
	}
	if err := observer.connect(ctx); err != nil {
		return err
	}
	return c.answer(ctx, "Allow what is ticked")
}

// held waits until both are told that the observer is missing, and holds that
// nothing of the customer's screen is in the supporter's window then.
func (p *play) held(picture string) func(context.Context) error {
	return func(ctx context.Context) error {
		if err := p.both("Nothing is shown: the observer is missing", "The observer is missing")(ctx); err != nil {
			return err
		}
		if err := p.supporter.Gone(ctx, person.Which{Type: "Screen"}); err != nil {
			return err
		}
		seen, err := p.supporter.Hand.Look(image.Rectangle{})
		if err != nil {
			return err
		}
		line := bytes.Repeat([]byte{desktop.R, desktop.G, desktop.B, desktop.A}, pattern.Size)
		if bytes.Contains(seen.Pix, line) {
			return errors.New("the customer's screen is in the supporter's window without an observer")
		}
		return p.pictured(picture)(ctx)
	}
}

// pictured takes a picture of both windows when pictures are wanted.
func (p *play) pictured(name string) func(context.Context) error {
	return func(ctx context.Context) error {
		if !p.shoot {
			return nil
		}
		_, err := p.customer.Picture(ctx, "observer-"+name+"-customer")
		_, err2 := p.supporter.Picture(ctx, "observer-"+name+"-supporter")
		return errors.Join(err, err2)
	}
}

// bankBlack waits for the picture, and holds that the bank, which is on the
// customer's screen, has no pixel in it that is not black, and the desktop
// around it is as it is.
func (p *play) bankBlack(ctx context.Context) error {
	own, err := p.customer.Hand.Look(image.Rectangle{})
	if err != nil {
		return err
	}
	if at, ok := pattern.Find(own, bankSeed); !ok || at != bankAt {
		return fmt.Errorf("the bank is at %v of the customer's screen (%v), not at %v", at, ok, bankAt)
	}
	bank := image.Rectangle{Max: image.Pt(pattern.Size, pattern.Size)}.Add(bankAt)
	err = await.Until(ctx, pictureLimit, "the desktop in the supporter's window", func() (bool, error) {
		area, err := p.supporter.Area(ctx, person.Which{Type: "Raster"})
		if err != nil || area.Size() != customerScreen {
			return false, nil // not there yet
		}
		seen, err := p.supporter.Hand.Look(area)
		if err != nil {
			return false, err
		}
		around := bank.Inset(-3)
		for y := around.Min.Y; y < around.Max.Y; y++ {
			for x := around.Min.X; x < around.Max.X; x++ {
				at, black := image.Pt(x, y), color.RGBA{A: 0xff}
				got := seen.RGBAAt(seen.Rect.Min.X+x, seen.Rect.Min.Y+y)
				switch {
				case at.In(bank) && got != black && got != desktop:
					return false, fmt.Errorf("the bank is not black in the supporter's picture: %v at %v", got, at.Sub(bankAt))
				case at.In(bank) && got != black, !at.In(bank) && got != desktop:
					return false, nil // the window is being drawn
				}
			}
		}
		return true, nil
	}, nil)
	return p.supporter.Complain(ctx, err)
}

// recordsOf reads the desk's records of a ticket's sessions, which have to hold
// and to be whole: by the supporter's name, what happened from the consent on.
func recordsOf(t *testing.T, folder string, number int64) map[string][]string {
	t.Helper()
	db, err := store.Open(t.Context(), folder, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	ticket, err := db.Ticket(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	told := map[string][]string{}
	for _, s := range ticket.Sessions {
		text, err := db.Record(t.Context(), s.ID)
		if err != nil {
			t.Fatal(err)
		}
		chain, err := record.Read(bytes.NewReader(text))
		if err != nil || !chain.Ended() {
			t.Fatalf("the record of %s: ended %v, %v", s.Supporter, chain.Ended(), err)
		}
		for line := range bytes.Lines(text) {
			var e record.Entry
			if err := json.Unmarshal(line, &e); err != nil {
				t.Fatal(err)
			}
			switch e.What {
			case record.Granted, record.Held, record.Resumed, record.Started, record.Ended:
				told[s.Supporter] = append(told[s.Supporter], fmt.Sprint(e.What, " ", e.By))
			}
		}
		wantTimes(t, s)
	}
	return told
}

// wantTimes checks that a session has a consent, a beginning and an end.
func wantTimes(t *testing.T, s api.Session) {
	t.Helper()
	for name, at := range map[string]*time.Time{"consented": s.Consented, "started": s.Started, "ended": s.Ended} {
		if at == nil {
			t.Errorf("the session of %s has no time when it %s", s.Supporter, name)
		}
	}
}
