package demo

import (
	"context"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/demo/await"
	"github.com/beistand/beistand/app/demo/pattern"
	"github.com/beistand/beistand/app/demo/person"
)

// pictureLimit is how long a change on the customer's screen may take to be seen.
const pictureLimit = 60 * time.Second

// supporter is the person who helps.
type supporter struct {
	*person.Person
	say words
	as  account // the zero account is Anna
}

// maximise lets the window fill the display, so that the customer's screen fits
// into it pixel by pixel.
func (s supporter) maximise(ctx context.Context) error {
	w, err := s.Main(ctx)
	if err != nil {
		return err
	}
	return s.Hand.Maximise(ctx, w)
}

// signIn types the password; desk and name are there already.
func (s supporter) signIn(ctx context.Context) error {
	if err := s.Fill(ctx, person.Which{Kind: "Entry", Hint: s.say("Password")}, staffPassword); err != nil {
		return err
	}
	if err := s.Click(ctx, person.Button(s.say("Sign in"))); err != nil {
		return err
	}
	shown := s.as.shown
	if shown == "" {
		shown = staffShown
	}
	if _, err := s.See(ctx, person.Which{Text: shown + ", " + organisation}); err != nil {
		return err
	}
	_, err := s.See(ctx, person.Which{Text: s.say("Tickets")})
	return err
}

// open opens a ticket from the list.
func (s supporter) open(ctx context.Context, title string, number int64) error {
	if err := s.Click(ctx, person.Which{Kind: "Label", Text: title}); err != nil {
		return err
	}
	return s.opened(ctx, number)
}

func (s supporter) opened(ctx context.Context, number int64) error {
	_, err := s.See(ctx, person.Which{Text: s.say.with("Ticket {{.Number}}", "Number", number)})
	return err
}

// tab opens one of the ticket's tabs.
func (s supporter) tab(ctx context.Context, title string) error {
	return s.Click(ctx, person.Which{Kind: "Text", Text: s.say(title)})
}

// found chooses the finding and sees its place in the log, marked.
func (s supporter) found(ctx context.Context) error {
	if err := s.tab(ctx, "Findings"); err != nil {
		return err
	}
	row := person.Which{Kind: "Label", Part: "log-flooded"}
	if err := s.Reach(ctx, person.Which{Kind: "List"}, row); err != nil {
		return err
	}
	if err := s.Click(ctx, row); err != nil {
		return err
	}
	if _, err := s.See(ctx, person.Which{Kind: "Label", Part: s.say.with("Line {{.Line}}", "Line", logLines+1)}); err != nil {
		return err
	}
	_, err := s.See(ctx, person.Which{Kind: "Text", Part: logRetry + " 1"})
	return err
}

// search looks for words in the text that is shown.
func (s supporter) search(ctx context.Context, text, found string) error {
	if err := s.Fill(ctx, person.Which{Kind: "Entry", Hint: s.say("Search in this text")}, text); err != nil {
		return err
	}
	if _, err := s.See(ctx, person.Which{Text: s.say.with("{{.At}} of {{.All}}", "At", 1, "All", 1)}); err != nil {
		return err
	}
	_, err := s.See(ctx, person.Which{Kind: "Text", Part: found})
	return err
}

// ask asks for the screen, and for these other rights by their words, and
// waits for the field for the code.
func (s supporter) ask(ctx context.Context, button string, more ...string) error {
	if err := s.Click(ctx, person.Button(s.say(button))); err != nil {
		return err
	}
	for _, right := range more {
		if err := s.Click(ctx, person.Which{Kind: "Check", Text: s.say(right)}); err != nil {
			return err
		}
	}
	if err := s.Click(ctx, person.Button(s.say("Ask the customer"))); err != nil {
		return err
	}
	_, err := s.See(ctx, person.Which{Text: s.say("Let the customer read out the code")})
	return err
}

// typeCode types the code that was read out.
func (s supporter) typeCode(ctx context.Context, code string) error {
	return s.Fill(ctx, person.Which{Kind: "Entry", Hint: code[:3] + "-000000"}, code)
}

func (s supporter) connect(ctx context.Context) error {
	return s.Click(ctx, person.Button(s.say("Connect")))
}

// sees waits until the pattern is in the viewer's picture, each pixel as the
// customer's display has it.
func (s supporter) sees(ctx context.Context, seed byte) error {
	err := await.Until(ctx, pictureLimit, fmt.Sprintf("pattern %d in the supporter's window", seed), func() (bool, error) {
		area, err := s.Area(ctx, person.Which{Type: "Screen"})
		if err != nil {
			return false, nil // not there yet
		}
		picture, err := s.Hand.Look(area)
		if err != nil {
			return false, err
		}
		_, ok := pattern.Find(picture, seed)
		return ok, nil
	}, nil)
	return s.Complain(ctx, err)
}
