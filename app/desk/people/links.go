package people

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/people"
)

func (p *People) listLinks(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	all, err := kept.Links(r.Context(), p.People.DB(), c.Number, p.Now())
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, api.LinkList{Links: all})
}

func (p *People) addLink(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	var out api.CreatedLink
	err := p.tx(r.Context(), func(tx *db.Tx) (err error) {
		out, err = p.Link(r.Context(), tx, c.Number, c.Actor())
		return err
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusCreated, out)
}

// Link makes a link to a ticket, for a mail to its customer too. Its address
// is a page that asks first: whoever only looks at it, as a mail scanner does,
// opens nothing and uses nothing up.
func (p *People) Link(ctx context.Context, tx *db.Tx, ticket int64, by api.Actor) (api.CreatedLink, error) {
	if p.Base == nil {
		return api.CreatedLink{}, reply.Refuse(http.StatusConflict, api.KindConflict, "the desk does not know by which address people reach it (--url)")
	}
	name := by.Name
	if by.Kind != api.ActorStaff {
		name = by.Kind
	}
	l, secret, err := kept.AddLink(ctx, tx, ticket, name, p.Now())
	if err != nil {
		return api.CreatedLink{}, err
	}
	if err := p.noteOn(ctx, tx, by, ticket, "link.added", "ticket/"+strconv.FormatInt(ticket, 10), map[string]string{"link": l.ID}); err != nil {
		return api.CreatedLink{}, err
	}
	return api.CreatedLink{Link: l, URL: p.Base.JoinPath(api.PageLink).String() + secret}, nil
}

// dropLink makes a link worthless, and ends what was opened by it.
func (p *People) dropLink(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	err := p.tx(r.Context(), func(tx *db.Tx) error {
		gone, err := kept.DropLink(r.Context(), tx, c.Number, r.PathValue("id"))
		if err != nil {
			return err
		}
		for _, token := range gone {
			if err := p.noteOn(r.Context(), tx, c.Actor(), c.Number, "token.revoked", "token/"+token, nil); err != nil {
				return err
			}
		}
		return p.noteOn(r.Context(), tx, c.Actor(), c.Number, "link.revoked", "ticket/"+strconv.FormatInt(c.Number, 10), map[string]string{"link": r.PathValue("id")})
	})
	if err != nil {
		return err
	}
	return done(w)
}

// openLink gives a token of the ticket for a link's secret.
func (p *People) openLink(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	var in api.OpenLink
	if err := reply.Read(w, r, &in); err != nil {
		return err
	}
	now := p.Now()
	if wait, ok := p.links.Take(p.From(r), now); !ok {
		return reply.TooMany("many links were opened from your network in a short time", wait)
	}
	if len(in.Secret) > 256 {
		return errLink
	}
	var out api.LinkOpened
	err := p.tx(r.Context(), func(tx *db.Tx) (err error) {
		var link string
		if link, out.Ticket, err = kept.UseLink(r.Context(), tx, in.Secret, now); err != nil {
			return err
		}
		out.Expires = now.Add(p.TicketFor).UTC().Truncate(time.Second)
		if out.Token, err = kept.AddTicketToken(r.Context(), tx, out.Ticket, link, now, out.Expires); err != nil {
			return err
		}
		return p.noteOn(r.Context(), tx, api.Actor{Kind: api.ActorCustomer}, out.Ticket, "link.opened", "ticket/"+strconv.FormatInt(out.Ticket, 10), nil)
	})
	if errors.Is(err, db.ErrNotFound) {
		return errLink
	}
	if err != nil {
		return err
	}
	p.links.Give(p.From(r), now)
	return reply.JSON(w, http.StatusOK, out)
}

var errLink = reply.Refuse(http.StatusGone, api.KindGone, "the link is unknown, has expired, or was used as often as it can be; please ask for a new one")
