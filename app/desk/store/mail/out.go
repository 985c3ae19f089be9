package mail

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Claim gives mails whose time has come, the oldest first, and puts their next
// try off to until: a desk that stops while it sends leaves them to be tried then.
func Claim(ctx context.Context, tx *db.Tx, now, until time.Time, limit int) ([]Mail, error) {
	all, err := list(tx.QueryContext(ctx, "SELECT "+columns+" FROM mails WHERE next <= ? ORDER BY next, id LIMIT ?", db.Micros(now), limit))
	if err != nil {
		return nil, fmt.Errorf("look for mails to send: %w", err)
	}
	for i := range all {
		all[i].Tries++
		if err := db.One(tx.ExecContext(ctx, "UPDATE mails SET next = ?, tries = ? WHERE id = ?", db.Micros(until), all[i].Tries, all[i].ID)); err != nil {
			return nil, fmt.Errorf("claim mail %d: %w", all[i].ID, db.Named(err))
		}
	}
	return all, nil
}

// Sent keeps that the next server has a mail. What was sent is forgotten.
func Sent(ctx context.Context, tx *db.Tx, id int64, now time.Time) error {
	return kept(id, db.One(tx.ExecContext(ctx, "UPDATE mails SET state = ?, content = '', problem = '', next = NULL, sent = ? WHERE id = ?", api.MailSent, db.Micros(now), id)))
}

// Later keeps why a mail could not be sent yet, and when it is tried again.
func Later(ctx context.Context, tx *db.Tx, id int64, problem string, next time.Time) error {
	return kept(id, db.One(tx.ExecContext(ctx, "UPDATE mails SET problem = ?, next = ? WHERE id = ?", problem, db.Micros(next), id)))
}

// Failed keeps that a mail does not arrive. Its content stays for another try.
func Failed(ctx context.Context, tx *db.Tx, id int64, problem string) error {
	return kept(id, db.One(tx.ExecContext(ctx, "UPDATE mails SET state = ?, problem = ?, next = NULL WHERE id = ?", api.MailFailed, problem, id)))
}

// Again has a mail tried again that has failed or was held; db.ErrConflict when
// it is neither, or is not kept any more.
func Again(ctx context.Context, tx *db.Tx, id int64, now time.Time) error {
	m, err := Read(ctx, tx, id)
	if err != nil {
		return err
	}
	if m.In || m.State != api.MailFailed && m.State != api.MailHeld || m.Content == nil {
		return db.ErrConflict
	}
	return kept(id, db.One(tx.ExecContext(ctx, "UPDATE mails SET state = ?, problem = '', tries = 0, written = ?, next = ? WHERE id = ?",
		api.MailWaiting, db.Micros(now), db.Micros(now), id)))
}

func kept(id int64, err error) error {
	if err != nil {
		return fmt.Errorf("keep what became of mail %d: %w", id, db.Named(err))
	}
	return nil
}

// Party is as what somebody takes part in a ticket who was written to from it.
type Party struct {
	Party  api.Party
	Public bool // the customer sees what they answer
}

// SetParty keeps it.
func SetParty(ctx context.Context, tx *db.Tx, ticket int64, address string, p Party) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO mail_parties (ticket, address, party, public) VALUES (?, ?, ?, ?)
		ON CONFLICT (ticket, address) DO UPDATE SET party = excluded.party, public = excluded.public`, ticket, strings.ToLower(address), p.Party, p.Public)
	if err != nil {
		return fmt.Errorf("keep party: %w", db.Named(err))
	}
	return nil
}

// PartyOf reads it; db.ErrNotFound for who was never written to.
func PartyOf(ctx context.Context, q db.Querier, ticket int64, address string) (Party, error) {
	var p Party
	var public int
	err := q.QueryRowContext(ctx, "SELECT party, public FROM mail_parties WHERE ticket = ? AND address = ?", ticket, strings.ToLower(address)).Scan(&p.Party, &public)
	p.Public = public != 0
	return p, db.Named(err)
}

// OfTicket are a ticket's mails, the oldest first, at most limit of the newest.
func OfTicket(ctx context.Context, q db.Querier, ticket int64, limit int) (api.MailList, error) {
	all, err := list(q.QueryContext(ctx, "SELECT "+columns+" FROM mails WHERE ticket = ? ORDER BY id DESC LIMIT ?", ticket, limit+1))
	l := told(all, limit)
	for i, j := 0, len(l.Mails)-1; i < j; i, j = i+1, j-1 {
		l.Mails[i], l.Mails[j] = l.Mails[j], l.Mails[i]
	}
	return l, err
}

// All are the desk's mails, the newest first: below an ID (0: from the newest), in a state ("": any).
func All(ctx context.Context, q db.Querier, before int64, state api.MailState, limit int) (api.MailList, error) {
	where, args := "1 = 1", []any{}
	if before != 0 {
		where, args = where+" AND id < ?", append(args, before)
	}
	if state != "" {
		where, args = where+" AND state = ?", append(args, state)
	}
	all, err := list(q.QueryContext(ctx, "SELECT "+columns+" FROM mails WHERE "+where+" ORDER BY id DESC LIMIT ?", append(args, limit+1)...))
	return told(all, limit), err
}

func told(all []Mail, limit int) api.MailList {
	l := api.MailList{Mails: []api.Mail{}, More: len(all) > limit}
	for _, m := range all[:min(limit, len(all))] {
		l.Mails = append(l.Mails, m.Mail)
	}
	return l
}
