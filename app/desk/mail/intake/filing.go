package intake

import (
	"context"
	"slices"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/mail/parse"
	"github.com/beistand/beistand/app/desk/mail/texts"
	"github.com/beistand/beistand/app/desk/mail/thread"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/tickets"
	"github.com/beistand/beistand/assets"
)

// file makes a ticket of a mail.
func (n *Intake) file(ctx context.Context, tx *db.Tx, m parse.Message, j judgement) (api.Ticket, error) {
	w := j.role.from
	text := m.Text
	if m.Quoted != "" && j.parent == 0 {
		text = strings.TrimSpace(text + "\n\n" + m.Quoted)
	}
	t := api.NewTicket{
		ID: uuid(m.Mark), Title: short(thread.Title(m.Subject), api.MaxTitle), Description: short(text, api.MaxDescription), Priority: api.Normal,
		Name: short(m.From.Name, api.MaxName), Contact: m.From.Address, Language: n.language(m, w), Kind: kind(m),
	}
	f := tickets.Filing{Parent: j.parent}
	organisation, person, installation := w.organisation, w.person, int64(0)
	if j.parent != 0 {
		before, err := tickets.Read(ctx, tx, j.parent)
		if err != nil {
			return api.Ticket{}, err
		}
		t.Title, t.Product, t.ProductVersion, t.Module, t.Kind, t.Priority = before.Title, before.Product, before.ProductVersion, before.Module, before.Kind, before.Priority
		t.Language, f.Queue = before.Language, before.Queue
		if before.Organisation != 0 {
			organisation, person, installation = before.Organisation, before.Person, before.Installation
		}
	}
	if t.Title == "" {
		first, _, _ := strings.Cut(strings.TrimSpace(m.Text), "\n")
		t.Title = short(texts.Line(first), 80)
	}
	if t.Title == "" {
		t.Title = texts.Say(t.Language, texts.NoSubject, nil)
	}
	t, err := rule.Filed(t)
	if err != nil {
		return api.Ticket{}, err
	}
	f.NewTicket = t
	made, err := n.cfg.Cases.FileIn(ctx, tx, f, api.Actor{Kind: api.ActorMail, Name: m.From.Address})
	if err != nil {
		return api.Ticket{}, err
	}
	if organisation != 0 {
		if err := tickets.Belongs(ctx, tx, made.Ticket.Number, organisation, person, installation); err != nil {
			return api.Ticket{}, err
		}
	}
	return tickets.Read(ctx, tx, made.Ticket.Number)
}

// language is the customer's: as it is known, as their program says, as the text looks.
func (n *Intake) language(m parse.Message, w writer) string {
	if w.language != "" {
		return w.language
	}
	for tag := range strings.SplitSeq(m.Languages, ",") {
		short, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		if slices.Contains(assets.Languages, short) {
			return short
		}
	}
	if l := guess(m.Subject + "\n" + m.Text); l != "" {
		return l
	}
	return n.cfg.Language
}

// small are the words that texts of a language are full of, and of the others not.
var small = map[string]string{
	"en": "the and is are it does not with for this that when have has we you please my our hello regards",
	"de": "der die das und ist nicht mit für wir ich sie bitte ein eine auf wenn kann haben hallo guten grüße beim",
	"nl": "het een en niet met voor wij ik u graag als kan hebben de van bij geen deze goedendag groeten maar",
}

// guess is the language that a text seems to be in; "": none.
func guess(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r < 'a' || r > 'z' && r < 0xc0 })
	best, most, second := "", 0, 0
	for _, l := range assets.Languages {
		known := strings.Fields(small[l])
		count := 0
		for _, w := range words[:min(len(words), 500)] {
			if slices.Contains(known, w) {
				count++
			}
		}
		switch {
		case count > most:
			best, most, second = l, count, most
		case count > second:
			second = count
		}
	}
	if most == second {
		return ""
	}
	return best
}

// faults are words of somebody for whom something does not work.
var faults = []string{
	"error", "crash", "fail", "broken", "does not", "doesn't", "cannot", "can't", "fehler", "absturz", "abgestürzt", "geht nicht", "funktioniert nicht", "kaputt",
	"fout", "storing", "werkt niet", "lukt niet", "vastgelopen",
}

// kind is a question when somebody asks and nothing is said to be broken.
func kind(m parse.Message) api.Kind {
	text := strings.ToLower(m.Subject + "\n" + m.Text)
	if strings.Contains(text, "?") && !slices.ContainsFunc(faults, func(w string) bool { return strings.Contains(text, w) }) {
		return api.Question
	}
	return api.Fault
}
