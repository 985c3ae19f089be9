package intake

import (
	"context"
	"errors"
	"net/mail"
	"slices"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/mail/thread"
	"github.com/beistand/beistand/app/desk/store/customers"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/mail"
)

// role is as whom somebody writes onto a ticket.
type role struct {
	customer bool // their word counts as the customer's
	public   bool
	known    bool // they belong to this ticket, also without a signed reference
	whole    bool // what they quote is kept in the entry
	party    api.Party
	from     writer
}

// roleOn says as whom w writes onto the ticket that was found. Who was written
// to as a third party or as staff cannot answer as the customer, whatever
// sender they name.
func (n *Intake) roleOn(ctx context.Context, tx *db.Tx, f found, w writer, address string) (role, error) {
	r := role{from: w}
	told, err := kept.PartyOf(ctx, tx, f.ticket.Number, address)
	was := err == nil
	if err != nil && !errors.Is(err, db.ErrNotFound) {
		return r, err
	}
	outside := f.side == thread.Third || f.side == thread.Staff
	mine, err := n.customers(ctx, tx, f.ticket, w, address)
	switch {
	case err != nil:
		return r, err
	case mine && !outside:
		return role{customer: true, public: true, known: true, party: api.PartyCustomer, from: w}, nil
	case was && told.Party == api.PartyCustomer && !outside:
		return role{customer: true, public: true, known: true, party: api.PartyCustomer, from: w}, nil
	case was && told.Party != "":
		return role{public: told.Public, known: true, party: told.Party, from: w}, nil
	case w.staff != "":
		return r, nil // a name in a mail proves nothing: an internal entry, and by a signed reference alone
	case w.organisation == 0:
		return r, nil
	case w.organisation == f.ticket.Organisation:
		r.known = true
		switch {
		case slices.Contains(w.roles, api.ContactAdmin):
			r.party = api.PartyAdmin
		case slices.Contains(w.roles, api.ContactPartner):
			r.party = api.PartyPartner
		case w.party != "" && w.party != api.PartyCustomer:
			r.party = w.party
		case !outside:
			r.party, r.customer, r.public = api.PartyCustomer, true, true
		}
	case w.party == api.PartyPartner || w.party == api.PartyVendor:
		r.party = w.party
	}
	return r, nil
}

// customers says whether a ticket is that writer's own.
func (n *Intake) customers(ctx context.Context, tx *db.Tx, t api.Ticket, w writer, address string) (bool, error) {
	if Address(t.Contact) == address || t.Person != 0 && t.Person == w.person {
		return true, nil
	}
	if t.Person == 0 {
		return false, nil
	}
	p, err := customers.Contact(ctx, tx, t.Person)
	if errors.Is(err, db.ErrNotFound) {
		return false, nil
	}
	return err == nil && p.Mail == address, err
}

// Address is the mail address in what a customer has left to be reached by; "": there is none.
func Address(contact string) string {
	a, err := mail.ParseAddress(contact)
	if err != nil || strings.ContainsAny(a.Address, " \"(),:;<>\\") {
		return ""
	}
	return strings.ToLower(a.Address)
}
