package personal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/people"
)

// maxListed is how many tickets a preview names.
const maxListed = 1000

// of gives the parts that concern a person, and the word that finds them.
func of(who api.Person) (parts []part, person string) {
	if who.Staff != "" {
		return ofStaff, who.Staff
	}
	return ofCustomer, who.Contact
}

// look says what there is of a person. tickets are all of theirs.
func look(ctx context.Context, tx *db.Tx, who api.Person) (data api.PersonData, tickets []int64, err error) {
	data.Person = who
	parts, person := of(who)
	sum := sha256.New()
	fmt.Fprintf(sum, "%q %q\n", who.Contact, who.Staff)
	for _, p := range parts {
		where, args := p.sql(person)
		size := "0"
		if p.size != "" {
			size = "coalesce(sum(" + p.size + "), 0)"
		}
		one := api.PersonPart{What: p.table, Fate: p.fate, Why: p.why}
		if err := tx.QueryRowContext(ctx, "SELECT count(*), "+size+" FROM "+p.table+" WHERE "+where, args...).Scan(&one.Count, &one.Bytes); err != nil {
			return data, nil, fmt.Errorf("count %s: %w", p.table, err)
		}
		fmt.Fprintf(sum, "%s %d %d\n", one.What, one.Count, one.Bytes)
		if one.Count > 0 {
			data.Parts = append(data.Parts, one)
		}
	}
	if who.Staff == "" {
		if tickets, err = numbers(ctx, tx, person); err != nil {
			return data, nil, err
		}
		fmt.Fprintln(sum, tickets)
		data.Tickets = tickets[:min(len(tickets), maxListed)]
	}
	data.Seal = hex.EncodeToString(sum.Sum(nil)[:16])
	return data, tickets, nil
}

func numbers(ctx context.Context, tx *db.Tx, person string) ([]int64, error) {
	rows, err := tx.QueryContext(ctx, "SELECT number FROM tickets WHERE number IN "+theirs+" ORDER BY number", person, person)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []int64
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, rows.Err()
}

// erase does what look has said, if it is so still: db.ErrConflict otherwise.
func erase(ctx context.Context, tx *db.Tx, in api.DeletePerson, by api.Actor, now time.Time) (api.PersonData, error) {
	data, tickets, err := look(ctx, tx, in.Person)
	if err != nil {
		return data, err
	}
	if data.Seal != in.Seal {
		return data, db.ErrConflict
	}
	if in.Staff != "" {
		err = eraseStaff(ctx, tx, in.Staff, by, now)
	} else {
		err = revokeTickets(ctx, tx, tickets, by, now)
	}
	if err != nil {
		return data, err
	}
	parts, person := of(in.Person)
	for _, p := range parts {
		where, args := p.sql(person)
		query := "DELETE FROM " + p.table + " WHERE " + where
		switch p.fate {
		case stays:
			continue
		case erased:
			query = "UPDATE " + p.table + " SET " + p.set + " WHERE " + where
			for range strings.Count(p.set, "?") {
				args = append([]any{in.Reason}, args...)
			}
		}
		if _, err := tx.ExecContext(ctx, query, args...); err != nil {
			return data, fmt.Errorf("erase %s: %w", p.table, err)
		}
	}
	if in.Staff == "" {
		if err := bury(ctx, tx, in, tickets, by, now); err != nil {
			return data, err
		}
	}
	data.Deleted = &api.PersonErased{At: now.UTC(), By: by.Name}
	return data, note(ctx, tx, now, by, 0, "person.deleted", subject(in.Person), map[string]any{"tickets": len(tickets), "reason": in.Reason})
}

// bury leaves tombstones, takes the details out of the journal, and tells its
// readers, the search among them, which tickets have lost their texts.
func bury(ctx context.Context, tx *db.Tx, in api.DeletePerson, tickets []int64, by api.Actor, now time.Time) error {
	for _, n := range tickets {
		if _, err := tx.ExecContext(ctx, "UPDATE tickets SET filed = ? WHERE number = ?", []byte{}, n); err != nil {
			return err
		}
		if err := store.Bury(ctx, tx, n, "texts, names, mails and evidence", in.Reason, now); err != nil {
			return err
		}
		if err := journal.EraseTicket(ctx, tx, n); err != nil {
			return err
		}
		if err := note(ctx, tx, now, by, n, "person.deleted", fmt.Sprintf("ticket/%d", n), nil); err != nil {
			return err
		}
	}
	return journal.EraseAddress(ctx, tx, strings.ToLower(in.Contact))
}

// revokeTickets cuts whoever has a person's tickets open with a token of theirs.
func revokeTickets(ctx context.Context, tx *db.Tx, tickets []int64, by api.Actor, now time.Time) error {
	for _, n := range tickets {
		ids, err := kept.TicketTokens(ctx, tx, n)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := note(ctx, tx, now, by, n, "token.revoked", "token/"+id, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// eraseStaff signs a member of staff out and keeps them out; the rest is as for everybody.
func eraseStaff(ctx context.Context, tx *db.Tx, user string, by api.Actor, now time.Time) error {
	m, err := kept.Member(ctx, tx, user)
	if err != nil {
		return err
	}
	gone := true
	if err := kept.Change(ctx, tx, m.User, api.StaffChange{Version: m.Version, Disabled: &gone}, ""); err != nil {
		return err
	}
	ids, err := kept.DropSignIns(ctx, tx, m.User, "", "")
	for _, id := range ids {
		err = errors.Join(err, note(ctx, tx, now, by, 0, "token.revoked", "token/"+id, nil))
	}
	if err != nil {
		return err
	}
	if err := journal.EraseSubject(ctx, tx, "staff/"+m.User); err != nil {
		return err
	}
	return note(ctx, tx, now, by, 0, "staff.changed", "staff/"+m.User, map[string]any{"disabled": true})
}

// subject names a person in the journal. An address is told as its digest: it
// can be recognised by whoever knows it, and not read.
func subject(who api.Person) string {
	if who.Staff != "" {
		return "staff/" + who.Staff
	}
	sum := sha256.Sum256([]byte(strings.ToLower(who.Contact)))
	return "person/" + hex.EncodeToString(sum[:8])
}
