package personal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/people"
)

// Config is what Personal is made from.
type Config struct {
	Store *store.Store
	Now   func() time.Time
	Kick  func() // wakes those who follow the journal; nil: nobody does
}

// Personal answers administrators.
type Personal struct{ Config }

// New makes it. Nothing runs by itself.
func New(c Config) *Personal { return &Personal{c} }

// Routes are the endpoints.
func (p *Personal) Routes() []gate.Route {
	admin := []api.Role{api.RoleAdministrator}
	return []gate.Route{
		{Method: "POST", Path: api.PathPersonPreview, Who: gate.StaffOnly, Roles: admin, Fresh: true, Handle: p.preview, Doc: gate.Doc{Says: "Say what the desk has of a person", In: api.Person{}, Out: api.PersonData{}}},
		{Method: "POST", Path: api.PathPersonExport, Who: gate.StaffOnly, Roles: admin, Fresh: true, Handle: p.export, Doc: gate.Doc{Says: "Give out what the desk has of a person", In: api.Person{}, Out: gate.Media("application/zip")}},
		{Method: "POST", Path: api.PathPersonDelete, Who: gate.StaffOnly, Roles: admin, Fresh: true, Handle: p.erase, Doc: gate.Doc{Says: "Erase what the desk has of a person, as the preview has shown it", In: api.DeletePerson{}, Out: api.PersonData{}}},
	}
}

func check(who api.Person) error {
	if (who.Contact == "") == (who.Staff == "") || len(who.Contact)+len(who.Staff) > 4*api.MaxName {
		return reply.Invalid("a person is a contact, or a member of staff: one of the two")
	}
	return nil
}

func (p *Personal) preview(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	var in api.Person
	if err := reply.Read(w, r, &in); err != nil {
		return err
	}
	if err := check(in); err != nil {
		return err
	}
	var data api.PersonData
	err := p.Store.DB().View(r.Context(), func(tx *db.Tx) (err error) {
		data, _, err = look(r.Context(), tx, in)
		return err
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, data)
}

func (p *Personal) erase(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	var in api.DeletePerson
	if err := reply.Read(w, r, &in); err != nil {
		return err
	}
	if err := check(in.Person); err != nil {
		return err
	}
	in.Reason = strings.TrimSpace(in.Reason)
	if in.Reason == "" || utf8.RuneCountInString(in.Reason) > api.MaxReason {
		return reply.Invalid("a reason has 1 to %d characters; it stays in place of what is erased", api.MaxReason)
	}
	var data api.PersonData
	err := p.Store.DB().Tx(r.Context(), func(tx *db.Tx) (err error) {
		data, err = erase(r.Context(), tx, in, c.Actor(), p.Now())
		return err
	})
	switch {
	case errors.Is(err, db.ErrConflict):
		return reply.Conflict(data)
	case errors.Is(err, kept.ErrLast):
		return reply.Refuse(http.StatusConflict, api.KindConflict, "nobody else is an administrator; make another one first")
	case err != nil:
		return err
	}
	if p.Kick != nil {
		p.Kick()
	}
	if _, err := p.Store.DropUnused(r.Context(), p.Now()); err != nil {
		return fmt.Errorf("what was erased is, but content is left for the next sweep: %w", err)
	}
	return reply.JSON(w, http.StatusOK, data)
}

func note(ctx context.Context, tx *db.Tx, now time.Time, by api.Actor, ticket int64, action, subject string, detail any) error {
	e := journal.Entry{At: now, Actor: by, Ticket: ticket, Action: action, Subject: subject}
	if detail != nil {
		b, err := json.Marshal(detail)
		if err != nil {
			return fmt.Errorf("encode %s: %w", action, err)
		}
		e.Detail = b
	}
	return journal.Write(ctx, tx, e)
}
