package demo

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/beistand/beistand/app/demo/door"
	"github.com/beistand/beistand/app/demo/person"
)

// customer is the person with the problem.
type customer struct {
	*person.Person
	say    words
	helper account // who asks; the zero account is Anna
}

func (c customer) who() account {
	if c.helper == (account{}) {
		return anna
	}
	return c.helper
}

// describe fills the first page.
func (c customer) describe(ctx context.Context, p problem) error {
	for _, field := range []struct{ hint, text string }{
		{"In a few words, for example: Invoices do not print", p.title},
		{"What did you do, and what happened then? Since when?", p.what},
		{"Your name", p.name},
		{"Phone number or e-mail address", p.contact},
	} {
		if err := c.Fill(ctx, person.Which{Kind: "Entry", Hint: c.say(field.hint)}, field.text); err != nil {
			return err
		}
	}
	if err := c.tell(ctx, p); err != nil {
		return err
	}
	if err := c.Choose(ctx, person.Which{Kind: "Select", Below: c.say("Product")}, product); err != nil {
		return err
	}
	return c.Tick(ctx, person.Which{Type: "radioItem", Text: c.say("Work is badly hindered")}, true)
}

// tell answers what a desk asks of every fault.
func (c customer) tell(ctx context.Context, p problem) error {
	for _, said := range [][2]string{
		{"Since when does it happen?", p.since}, {"What did you expect instead?", p.expected},
	} {
		field := person.Which{Kind: "Entry", Hint: c.say("Your answer"), Below: c.say(said[0])}
		if err := c.Fill(ctx, field, said[1]); err != nil {
			return err
		}
	}
	return nil
}

// check goes on to what was collected, and waits until all of it is there.
func (c customer) check(ctx context.Context) error {
	if err := c.Click(ctx, person.Button(c.say("Next"))); err != nil {
		return err
	}
	_, err := c.See(ctx, person.Which{Text: c.say("This is what we would send")})
	return err
}

// gaps are where a text is filled in.
var gaps = regexp.MustCompile(`\{\{[^}]*\}\}`)

// flooded is a part of the finding's sentence: the planted log is full of one error.
func (w words) flooded() string {
	longest := ""
	for _, part := range gaps.Split(w("The log {{.Log}} is full of one error: it stands there {{.Count}} times."), -1) {
		if part = strings.TrimSpace(part); len(part) > len(longest) {
			longest = part
		}
	}
	return longest
}

// meanwhile sees beside the form that something was found; what comes first
// depends on the machine.
func (c customer) meanwhile(ctx context.Context) error {
	_, err := c.See(ctx, person.Which{Text: c.say("What we found")})
	return err
}

// found sees before all that would be sent what is wrong.
func (c customer) found(ctx context.Context) error {
	_, err := c.See(ctx, person.Which{Kind: "Label", Part: c.say.flooded()})
	return err
}

// look opens an item of the list by a part of its path and waits for content
// that fits shows.
func look(ctx context.Context, p *person.Person, path string, shows person.Which) error {
	if err := p.Reach(ctx, person.Which{Kind: "List"}, person.Which{Kind: "Label", Part: path}); err != nil {
		return err
	}
	if err := p.Click(ctx, person.Which{Kind: "Label", Part: path}); err != nil {
		return err
	}
	_, err := p.See(ctx, shows)
	return err
}

// untick leaves an item out.
func (c customer) untick(ctx context.Context, title string) error {
	row := person.Which{Kind: "Check", Text: c.say(title)}
	if err := c.Reach(ctx, person.Which{Kind: "List"}, row); err != nil {
		return err
	}
	return c.Tick(ctx, row, false)
}

var digits = regexp.MustCompile(`^\d+$`)

// send sends and reads the ticket's number.
func (c customer) send(ctx context.Context) (number int64, err error) {
	if err := c.Click(ctx, person.Button(c.say("Send"))); err != nil {
		return 0, err
	}
	return c.number(ctx)
}

func (c customer) number(ctx context.Context) (int64, error) {
	if _, err := c.SeeWithin(ctx, sendLimit, person.Which{Text: c.say("Your ticket has arrived. Its number is")}); err != nil {
		return 0, err
	}
	shown, err := c.See(ctx, person.Which{Type: "Words", Also: func(w door.Widget) bool { return digits.MatchString(w.Text) }})
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(shown.Text, 10, 64)
}

// copyNumber copies the number and reads it from the clipboard, as a program
// that it is pasted into would.
func (c customer) copyNumber(ctx context.Context, number int64) error {
	if err := c.Click(ctx, person.Button(c.say("Copy number"))); err != nil {
		return err
	}
	if _, err := c.See(ctx, person.Which{Text: c.say("Copied.")}); err != nil {
		return err
	}
	got, err := c.Hand.Clipboard(ctx, copyLimit)
	if err != nil {
		return err
	}
	if want := strconv.FormatInt(number, 10); got != want {
		return fmt.Errorf("the clipboard holds %q, not the number %q", got, want)
	}
	return nil
}

var codeForm = regexp.MustCompile(`^\d{3}-\d{6}$`)

// caller sees who asks, and for which ticket, and says that they called.
func (c customer) caller(ctx context.Context, number int64) error {
	if err := c.asks(ctx, number); err != nil {
		return err
	}
	if _, err := c.See(ctx, person.Which{Text: c.say("Did you call them, or did they call you?")}); err != nil {
		return err
	}
	return c.Click(ctx, person.Button(c.say("I called them")))
}

// asks sees who asks, and for which ticket.
func (c customer) asks(ctx context.Context, number int64) error {
	who := []any{"Name", c.who().shown, "Organisation", organisation, "Number", number, "Role", c.say(c.who().role)}
	for _, text := range []string{"{{.Name}} would like to help you", "{{.Role}} from {{.Organisation}}, for your ticket {{.Number}}"} {
		if _, err := c.See(ctx, person.Which{Text: c.say.with(text, who...)}); err != nil {
			return err
		}
	}
	return nil
}

// code reads the code.
func (c customer) code(ctx context.Context) (string, error) {
	shown, err := c.See(ctx, person.Which{Type: "Words", Also: func(w door.Widget) bool { return codeForm.MatchString(w.Text) }})
	return shown.Text, err
}

// answer answers the consent question.
func (c customer) answer(ctx context.Context, button string) error {
	if err := c.question(ctx); err != nil {
		return err
	}
	return c.Click(ctx, person.Button(c.say(button)))
}

// question waits for the consent question.
func (c customer) question(ctx context.Context) error {
	_, err := c.See(ctx, person.Which{Text: c.say.with("What do you allow {{.Name}}?", "Name", c.who().shown)})
	return err
}

// limits on what the desk and other programs may take.
const (
	sendLimit = 30 * time.Second
	copyLimit = 5 * time.Second
)
