package intake

import (
	"context"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/mail/parse"
	"github.com/beistand/beistand/app/desk/mail/texts"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/mail"
)

// finish writes the entry and that the mail is done, in one.
func (n *Intake) finish(ctx context.Context, tx *db.Tx, p plan, m parse.Message, ids []string, left []parse.Remark) (Taken, error) {
	row, err := kept.Read(ctx, tx, p.id)
	if err != nil {
		return Taken{}, err
	}
	if row.State == api.MailTaken { // another desk was quicker
		return Taken{Ticket: row.Ticket, Entry: row.Entry}, nil
	}
	text := n.text(p, m, left)
	id := uuid(m.Mark)
	var taken Taken
	if p.role.customer {
		word := cases.Word{
			NewEntry: api.NewEntry{ID: id, Kind: api.EntryMailIn, Text: text, Files: ids},
			From:     m.From.Address, Name: short(m.From.Name, api.MaxName), Subject: short(m.Subject, api.MaxTitle), To: ends(m.To),
		}
		added, err := n.cfg.Cases.SaidIn(ctx, tx, p.ticket.Number, word)
		if err != nil {
			return Taken{}, err
		}
		taken = Taken{Ticket: added.Ticket, Entry: added.ID}
	} else {
		files, err := store.Attach(ctx, tx, p.ticket.Number, p.role.public, ids)
		if err != nil {
			return Taken{}, err
		}
		by := rule.Who{Actor: api.Actor{Kind: api.ActorMail, Name: m.From.Address}, Name: short(m.From.Name, api.MaxName)}
		e, _, err := n.cfg.Cases.Add(ctx, tx, by, api.Entry{
			Ticket: p.ticket.Number, At: n.cfg.Now().UTC(), Kind: api.EntryMailIn, Public: p.role.public, By: by.Author(), Name: by.Name, Party: p.role.party,
			Text: text, From: m.From.Address, To: ends(m.To), Subject: short(m.Subject, api.MaxTitle), Files: files,
		}, id, m.Mark[:])
		if err != nil {
			return Taken{}, err
		}
		taken = Taken{Ticket: e.Ticket, Entry: e.ID}
	}
	if p.failed != nil {
		if err := kept.Failed(ctx, tx, p.failed.ID, n.reason(m)); err != nil {
			return Taken{}, err
		}
	}
	return taken, kept.Taken(ctx, tx, p.id, taken.Ticket, taken.Entry)
}

// maxEnds bounds how many readers of a mail its entry names.
const maxEnds = 20

func ends(to []string) []string { return to[:min(len(to), maxEnds)] }

func short(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(r[:most-1])) + "…"
	}
	return s
}

func (n *Intake) reason(m parse.Message) string {
	if m.Report != nil && m.Report.Reason != "" {
		return m.Report.Reason
	}
	return texts.Say(n.cfg.Language, texts.NoReason, nil)
}

// maxReport bounds what a server says to people about a mail that did not arrive, in characters.
const maxReport = 2000

// text is what the entry says: the mail's, with a line before it for what no
// person wrote, and behind it what was left out.
func (n *Intake) text(p plan, m parse.Message, left []parse.Remark) string {
	language := n.cfg.Language
	if p.role.customer || p.role.public {
		language = p.ticket.Language
	}
	text := m.Text
	switch {
	case p.failed != nil || m.Kind == api.MailBounce:
		address := ""
		if m.Report != nil && len(m.Report.Recipients) > 0 {
			address = strings.Join(m.Report.Recipients[:min(len(m.Report.Recipients), 5)], ", ")
		}
		if p.failed != nil && address == "" {
			address = p.failed.Address
		}
		text = texts.Say(language, texts.Bounced, map[string]any{"Address": address, "Reason": n.reason(m)}) + "\n\n" + short(m.Text, maxReport)
	case m.Kind != api.MailPerson:
		text = texts.Say(language, texts.Automatic, nil) + "\n\n" + text
	case p.role.whole && m.Quoted != "":
		text += "\n\n" + m.Quoted
	}
	tail := ""
	for _, r := range append(m.Remarks, left...) {
		tail += "\n[" + texts.Say(language, r.Text, map[string]any{"What": r.What}) + "]"
	}
	if tail != "" {
		tail = "\n" + tail
	}
	return strings.TrimSpace(short(strings.TrimSpace(text), api.MaxDescription-len([]rune(tail))) + tail)
}

// uuid is an ID (RFC 9562, version 8) that the same mail always has.
func uuid(mark [32]byte) string {
	b := mark[:16]
	c := append([]byte(nil), b...)
	c[6], c[8] = c[6]&0x0f|0x80, c[8]&0x3f|0x80
	const digits = "0123456789abcdef"
	var s strings.Builder
	for i, x := range c {
		if i == 4 || i == 6 || i == 8 || i == 10 {
			s.WriteByte('-')
		}
		s.WriteByte(digits[x>>4])
		s.WriteByte(digits[x&15])
	}
	return s.String()
}
