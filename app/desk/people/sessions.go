package people

import (
	"context"
	"net/http"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/people"
)

// sessions are the places where the caller is signed in.
func (p *People) sessions(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	all, err := kept.SignIns(r.Context(), p.People.DB(), c.Staff.Name, p.Now())
	if err != nil {
		return err
	}
	for i := range all {
		all[i].Current = all[i].ID == c.ID
	}
	return reply.JSON(w, http.StatusOK, api.SignInSessions{Sessions: all})
}

// dropSessions signs out at {id}, or without one everywhere but here.
func (p *People) dropSessions(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	err := p.tx(r.Context(), func(tx *db.Tx) error {
		return p.drop(r.Context(), tx, c.Actor(), c.Staff.Name, r.PathValue("id"), c.ID)
	})
	if err != nil {
		return err
	}
	return done(w)
}

// drop makes sign-ins worthless: the one of that ID, else all but keep. Every
// desk cuts what they have open when it reads of it in the journal.
func (p *People) drop(ctx context.Context, tx *db.Tx, who api.Actor, staff, id, keep string) error {
	gone, err := kept.DropSignIns(ctx, tx, staff, id, keep)
	if err != nil {
		return err
	}
	if id != "" && len(gone) == 0 {
		return db.ErrNotFound
	}
	for _, one := range gone {
		if err := p.note(ctx, tx, who, "token.revoked", "token/"+one, map[string]string{"staff": staff}); err != nil {
			return err
		}
	}
	return nil
}
