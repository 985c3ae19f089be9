package people

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/people"
)

var errScreen = reply.Refuse(http.StatusGone, api.KindGone, "the way to the screen was used before, took too long, or is for another ticket; please sign in")

// passed is what a pass to a screen is judged by.
type passed struct {
	Ticket    int64     `json:"ticket"`
	SignIn    string    `json:"sign_in"` // the one that asked for it, by its ID
	Confirmed time.Time `json:"confirmed"`
}

// screenPass gives somebody who is signed in a way to look at a ticket's
// screen. The page that looks keeps its token in its memory alone, and no page
// may read the token of the desk's pages: so it is given one of its own.
func (p *People) screenPass(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	now := p.Now()
	out := api.ScreenPass{Expires: now.Add(api.ScreenFor).UTC()}
	state := passed{Ticket: c.Number, SignIn: c.ID, Confirmed: c.Confirmed}
	err := p.tx(r.Context(), func(tx *db.Tx) (err error) {
		if err = kept.HasTicket(r.Context(), tx, c.Number); err != nil {
			return err
		}
		out.Pass, err = kept.Begin(r.Context(), tx, kept.SignIn{Kind: kept.AtScreen, Staff: c.Staff.Name, State: marshal(state)}, out.Expires)
		return err
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusCreated, out)
}

// openScreen exchanges a pass for a sign-in that proves no more than the one
// that asked for it: it ends when that one would, and is no fresher.
func (p *People) openScreen(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	var in api.OpenScreen
	if err := reply.Read(w, r, &in); err != nil {
		return err
	}
	ctx, now, from := r.Context(), p.Now(), p.From(r)
	if wait, ok := p.signins.Take(from, now); !ok {
		return reply.TooMany("many sign-ins came from your network in a short time", wait)
	}
	if len(in.Pass) > 256 {
		return errScreen
	}
	var begun kept.SignIn
	err := p.tx(ctx, func(tx *db.Tx) (err error) { // used up, whatever comes of it
		begun, err = kept.Finish(ctx, tx, kept.AtScreen, in.Pass, now)
		return err
	})
	if errors.Is(err, db.ErrNotFound) {
		return errScreen
	}
	if err != nil {
		return err
	}
	var by passed
	if err := json.Unmarshal(begun.State, &by); err != nil {
		return err
	}
	if by.Ticket != in.Ticket {
		return errScreen
	}
	who, err := p.People.ByName(ctx, begun.Staff)
	if errors.Is(err, db.ErrNotFound) {
		return errScreen
	}
	if err != nil {
		return err
	}
	expires, err := until(ctx, p.People.DB(), who.Name, by.SignIn, now)
	if err != nil {
		return err
	}
	err = p.enter(w, r, who, kept.SignedIn{How: byScreen, Confirmed: by.Confirmed}, expires, func(ctx context.Context, tx *db.Tx) error {
		_, err := until(ctx, tx, who.Name, by.SignIn, now)
		return err
	})
	if err == nil {
		p.signins.Give(from, now)
	}
	return err
}

// until is when the sign-in of that ID ends; errScreen when it has: somebody has signed out.
func until(ctx context.Context, q db.Querier, staff, id string, now time.Time) (time.Time, error) {
	all, err := kept.SignIns(ctx, q, staff, now)
	if err != nil {
		return time.Time{}, err
	}
	for _, s := range all {
		if s.ID == id {
			return s.Expires, nil
		}
	}
	return time.Time{}, errScreen
}
