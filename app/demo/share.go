package demo

import (
	"context"
	"regexp"

	"github.com/beistand/beistand/app/demo/door"
	"github.com/beistand/beistand/app/demo/pattern"
	"github.com/beistand/beistand/app/demo/person"
)

// share is the session, from the question to the shown screen.
func (p *play) share(ctx context.Context) error {
	c, s := p.customer, p.supporter
	var code string
	steps := []struct {
		who            *person.Person
		words, picture string
		do             func() error
	}{
		{s.Person, "supporter asks for a session", "supporter-asks", func() error {
			return s.ask(ctx, "Ask for a session", "Use mouse and keyboard", "Newest logs, cleaned")
		}},
		{c.Person, "customer sees who asks", "customer-caller", func() error { return c.asks(ctx, p.number) }},
		{c.Person, "customer says who called, and reads the code", "customer-asked", func() (err error) {
			if err := c.caller(ctx, p.number); err != nil {
				return err
			}
			code, err = c.code(ctx)
			return err
		}},
		{s.Person, "supporter types the code", "supporter-code", func() error { return s.typeCode(ctx, code) }},
		{c.Person, "customer is asked for consent", "customer-consent", func() error {
			if err := s.connect(ctx); err != nil {
				return err
			}
			return c.question(ctx)
		}},
		{s.Person, "supporter sees the screen, pixel by pixel", "supporter-watches", func() error {
			if err := c.answer(ctx, "Allow what is ticked"); err != nil {
				return err
			}
			return p.seen(ctx, patternSeed)
		}},
		{c.Person, "customer sees that the screen is shown", "customer-shares", func() error {
			_, err := c.See(ctx, person.Button(p.say("Stop everything")))
			return err
		}},
		{s.Person, "customer pauses, supporter sees nothing", "supporter-paused", func() error {
			if err := c.Click(ctx, person.Button(p.say("Pause"))); err != nil {
				return err
			}
			if _, err := s.See(ctx, person.Which{Text: p.say("Paused by the customer")}); err != nil {
				return err
			}
			return s.Gone(ctx, person.Which{Type: "Screen"})
		}},
		{c.Person, "customer sees that nothing is shown", "customer-paused", func() error {
			_, err := c.See(ctx, person.Which{Text: p.say.with("Paused: {{.Name}} sees nothing", "Name", staffShown)})
			return err
		}},
		{s.Person, "customer goes on, supporter sees the screen again", "supporter-watches-again", func() error {
			if err := c.Click(ctx, person.Button(p.say("Go on"))); err != nil {
				return err
			}
			return p.seen(ctx, patternSeed)
		}},
		{s.Person, "supporter sees a change on the screen", "supporter-watches-on", func() error {
			if p.shown != nil {
				if err := p.shown.Change(pattern.Draw(changedSeed)); err != nil {
					return err
				}
			}
			return p.seen(ctx, changedSeed)
		}},
	}
	for _, step := range steps {
		if err := p.step(ctx, step.who, step.words, step.picture, step.do); err != nil {
			return err
		}
	}
	return nil
}

// seen waits until the supporter sees the pattern. On one display for both, the
// picture that is looked for would hang in front of itself, so there only the
// window's own word counts that it is live.
func (p *play) seen(ctx context.Context, seed byte) error {
	if p.shown != nil {
		return p.supporter.sees(ctx, seed)
	}
	_, err := p.supporter.See(ctx, person.Which{Type: "Screen"})
	return err
}

// clock is a time of day, to the second.
var clock = regexp.MustCompile(`\b\d\d:\d\d:\d\d\b`)

// finish ends the session on the customer's side and reads its times.
func (p *play) finish(ctx context.Context) error {
	c, s := p.customer, p.supporter
	err := p.step(ctx, c.Person, "customer stops", "customer-stopped", func() error {
		if err := c.Click(ctx, person.Button(p.say("Stop everything"))); err != nil {
			return err
		}
		_, err := c.See(ctx, person.Which{Part: p.say("You ended it.")})
		return err
	})
	if err != nil {
		return err
	}
	err = p.step(ctx, s.Person, "supporter is told", "supporter-told", func() error {
		_, err := s.See(ctx, person.Which{Part: p.say.before("The customer stopped showing the screen after {{.Time}}.")})
		return err
	})
	if err != nil {
		return err
	}
	return p.step(ctx, s.Person, "supporter reads the session's times", "supporter-session", func() error {
		if err := s.Click(ctx, person.Button(p.say("Back to the ticket"))); err != nil {
			return err
		}
		if err := s.opened(ctx, p.number); err != nil {
			return err
		}
		if err := s.tab(ctx, "Sessions"); err != nil {
			return err
		}
		_, err := s.See(ctx, person.Which{Part: p.say("the customer"), Also: func(w door.Widget) bool { return len(clock.FindAllString(w.Text, -1)) == 3 }})
		return err
	})
}
