package demo

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/demo/person"
	"github.com/beistand/beistand/app/demo/xhand"
	"github.com/beistand/beistand/app/desk/store"
)

// begin makes the stage of a short case, without desk or people.
func begin(t *testing.T, language string) *play {
	t.Helper()
	return beginWith(t, language, "")
}

// end closes the stage; a second time does nothing.
func end(t *testing.T, p *play) {
	t.Helper()
	if p.stage == nil {
		return
	}
	if err := p.close(); err != nil {
		t.Error(err)
	}
	p.stage = nil
}

// must ends the test at the first act that does not succeed.
func must(t *testing.T, acts ...func(context.Context) error) {
	t.Helper()
	for _, act := range acts {
		if err := act(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// sit opens the customer's window on a display of its own.
func (p *play) sit(ctx context.Context) error {
	display, err := p.display(ctx, customerScreen)
	if err != nil {
		return err
	}
	p.customer.say = p.say
	p.customer.Person, err = p.stage.customer(ctx, display)
	return err
}

// helper opens the supporter's window on a display of its own and signs in.
func (p *play) helper(ctx context.Context) error {
	display, err := p.display(ctx, customerScreen)
	if err != nil {
		return err
	}
	p.supporter.say = p.say
	if p.supporter.Person, err = p.stage.supporter(ctx, display); err != nil {
		return err
	}
	return p.supporter.signIn(ctx)
}

// brief describes the problem with what the desk needs, and no more.
func (p *play) brief(ctx context.Context) error {
	if err := p.words(ctx); err != nil {
		return err
	}
	if err := p.customer.tell(ctx, p.problem); err != nil {
		return err
	}
	return p.customer.check(ctx)
}

// alone is brief while the desk is not there, which can ask nothing then.
func (p *play) alone(ctx context.Context) error {
	if err := p.words(ctx); err != nil {
		return err
	}
	return p.customer.check(ctx)
}

// words fills the fields that every ticket has.
func (p *play) words(ctx context.Context) error {
	for hint, text := range map[string]string{
		"In a few words, for example: Invoices do not print": p.problem.title,
		"Phone number or e-mail address":                     p.problem.contact,
	} {
		if err := p.customer.Fill(ctx, person.Which{Kind: "Entry", Hint: p.say(hint)}, text); err != nil {
			return err
		}
	}
	return nil
}

func (p *play) sent(ctx context.Context) (err error) {
	p.number, err = p.customer.send(ctx)
	return err
}

// both waits until each of the two is told.
func (p *play) both(customer, supporter string) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := p.customer.See(ctx, person.Which{Text: customer})
		_, err2 := p.supporter.See(ctx, person.Which{Text: supporter})
		return errors.Join(err, err2)
	}
}

// give asks with button, and types the code that the customer reads, after change.
func (p *play) give(button string, change func(string) string) func(context.Context) error {
	return func(ctx context.Context) error {
		if err := p.supporter.ask(ctx, button); err != nil {
			return err
		}
		return p.readOut(change)(ctx)
	}
}

// readOut has the customer say who called, and brings the code to the
// supporter, who types it after change.
func (p *play) readOut(change func(string) string) func(context.Context) error {
	return func(ctx context.Context) error {
		if err := p.customer.caller(ctx, p.number); err != nil {
			return err
		}
		code, err := p.customer.code(ctx)
		if err != nil {
			return err
		}
		if err := p.supporter.typeCode(ctx, change(code)); err != nil {
			return err
		}
		return p.supporter.connect(ctx)
	}
}

// asRead is a code as it was read out.
func asRead(code string) string { return code }

// TestSessionsThatEndOtherwise asks four times: for a wrong code, for a customer
// who was called and ends it, for a refusal, and for a session that the
// supporter ends.
func TestSessionsThatEndOtherwise(t *testing.T) {
	p := begin(t, "en")
	who := []any{"Name", staffShown}
	wrong := func(code string) string { return code[:len(code)-1] + string('0'+(code[len(code)-1]-'0'+1)%10) }
	must(
		t,
		func(ctx context.Context) error { return p.startDesk(ctx, "") },
		p.sit, p.brief, p.sent, p.helper,
		func(ctx context.Context) error { return p.supporter.open(ctx, p.problem.title, p.number) },

		p.give("Ask for a session", wrong),
		p.both("A wrong code was typed, so nothing was shown.", "The code was wrong, so it is used up and nothing was shown."),

		func(ctx context.Context) error { return p.supporter.ask(ctx, "Ask again") },
		func(ctx context.Context) error { return p.customer.Click(ctx, person.Button("They called me")) },
		func(ctx context.Context) error {
			_, err := p.customer.See(ctx, person.Which{Text: "Please be careful"})
			return err
		},
		func(ctx context.Context) error { return p.customer.Hit(ctx, xhand.Enter) },
		p.both("Nothing was shown, because you did not allow it.", "The customer did not allow it."),

		p.give("Ask again", asRead),
		func(ctx context.Context) error { return p.customer.question(ctx) },
		func(ctx context.Context) error { return p.customer.Hit(ctx, xhand.Escape) },
		p.both("Nothing was shown, because you did not allow it.", "The customer did not allow it."),

		p.give("Ask again", asRead),
		func(ctx context.Context) error { return p.customer.answer(ctx, "Allow what is ticked") },
		func(ctx context.Context) error {
			_, err := p.supporter.See(ctx, person.Which{Type: "Screen"})
			return err
		},
		func(ctx context.Context) error { return p.supporter.Click(ctx, person.Button("Stop")) },
		func(ctx context.Context) error {
			_, err := p.customer.See(ctx, person.Which{Part: p.say.with("{{.Name}} ended it.", who...)})
			return err
		},
		func(ctx context.Context) error {
			_, err := p.supporter.See(ctx, person.Which{Part: p.say.before("You stopped looking after {{.Time}}.")})
			return err
		},
	)
	desk := p.deskFolder()
	end(t, p)

	db, err := store.Open(t.Context(), desk, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	ticket, err := db.Ticket(t.Context(), p.number)
	if err != nil {
		t.Fatal(err)
	}
	sessions := slices.SortedFunc(slices.Values(ticket.Sessions), func(a, b api.Session) int { return a.Asked.Compare(b.Asked) })
	if len(sessions) != 4 {
		t.Fatalf("%d sessions on the ticket, want 4: %+v", len(sessions), sessions)
	}
	for i, s := range sessions[:3] {
		if s.Consented != nil || s.Started != nil {
			t.Errorf("session %d: consented %v, started %v; want neither", i+1, s.Consented, s.Started)
		}
	}
	if s := sessions[0]; s.Ended == nil || s.Reason != api.ReasonWrongCode {
		t.Errorf("the first session ended at %v because of %q, want %q", s.Ended, s.Reason, api.ReasonWrongCode)
	}
	if s := sessions[1]; s.Ended == nil || s.EndedBy != api.ByCustomer {
		t.Errorf("the second session ended at %v by %q, want by %q", s.Ended, s.EndedBy, api.ByCustomer)
	}
	wantEnd(t, sessions[2], api.ByCustomer, api.ReasonRefused)
	wantEnd(t, sessions[3], api.BySupporter, "")
	if s := sessions[3]; s.Consented == nil || s.Started == nil {
		t.Errorf("the fourth session: consented %v, started %v; want both", s.Consented, s.Started)
	}
}

// TestDeskNotThere sends to a desk that is not running, and again when it is.
func TestDeskNotThere(t *testing.T) {
	p := begin(t, "en")
	must(
		t,
		func(ctx context.Context) error { return p.startDesk(ctx, "") },
		func(context.Context) error { return p.desk.Stop(deskStop) },
		p.sit, p.alone,
		func(ctx context.Context) error { return p.customer.untick(ctx, leftOut) },
		func(ctx context.Context) error { return p.customer.Click(ctx, person.Button("Send")) },
		func(ctx context.Context) error {
			_, err := p.customer.SeeWithin(ctx, sendLimit, person.Which{Part: "The support desk at " + p.deskURL + " does not answer: "})
			return err
		},
		func(ctx context.Context) error {
			_, err := p.customer.See(ctx, person.Which{Part: "what was collected is kept"})
			return err
		},
	)
	kept, err := filepath.Glob(filepath.Join(p.folder, "customer", "state", "cases", "*", "*.zip"))
	if err != nil || len(kept) == 0 {
		t.Errorf("no bundle is kept: %v", err)
	}
	must(
		t,
		func(ctx context.Context) error { return p.startDesk(ctx, strings.TrimPrefix(p.deskURL, "http://")) },
		func(ctx context.Context) error { return p.customer.Click(ctx, person.Button("Try again")) },
		func(ctx context.Context) (err error) {
			p.number, err = p.customer.number(ctx)
			return err
		},
	)
	desk := p.deskFolder()
	end(t, p)
	l := lookInto(t, desk, p.number)
	l.wantLeftOut(t, leftOut)
	l.wantFile(t, "Log file", logFault)
}

// TestUnsignedProfile is asked about a profile whose signer the program does
// not know, and hits Enter: that is no yes.
func TestUnsignedProfile(t *testing.T) {
	p := begin(t, "en")
	p.signer = ""
	must(
		t,
		func(ctx context.Context) error { return p.startDesk(ctx, "") },
		p.sit,
		func(ctx context.Context) error {
			_, err := p.customer.See(ctx, person.Which{Part: "signed with a key that you have not named"})
			return err
		},
		func(ctx context.Context) error { return p.customer.Hit(ctx, xhand.Enter) },
		p.brief, p.sent,
	)
	desk := p.deskFolder()
	end(t, p)
	l := lookInto(t, desk, p.number)
	l.wantFile(t, "Log file", logFault)
	if m := l.bundle.Manifest(); !m.Unsigned || m.Use != "words and logs" {
		t.Errorf("the manifest says %q was used; unsigned: %v", m.Use, m.Unsigned)
	}
}

// TestGerman goes to the second page in German, by the sentences as they should be.
func TestGerman(t *testing.T) {
	p := begin(t, "de")
	see := func(text string) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := p.customer.See(ctx, person.Which{Text: text})
			return err
		}
	}
	must(
		t,
		func(ctx context.Context) error { return p.startDesk(ctx, "") },
		p.sit,
		see("Wobei können wir Ihnen helfen?"),
		func(ctx context.Context) error { return p.customer.describe(ctx, p.problem) },
		func(ctx context.Context) error { return p.customer.Click(ctx, person.Button("Weiter")) },
		see("Nur was angehakt ist, verlässt diesen Computer."),
		see("Senden"),
	)
}
