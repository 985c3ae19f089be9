package mail

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/mail"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// maxOfTicket bounds the mails of a ticket that are shown: the newest.
const maxOfTicket = 200

var mailParams = []gate.Param{
	{Name: "before", Says: "ID of the mail that the list goes on behind"},
	{Name: "state", Says: "one of taking, taken, refused, waiting, sent, failed, held"},
	{Name: "limit", Says: "1 to 200; without it 50"},
}

// Routes are the endpoints.
func (m *Mail) Routes() []gate.Route {
	return []gate.Route{
		{Method: "GET", Path: api.PathTicketMails, Who: gate.StaffOnly, Handle: m.ofTicket, Doc: gate.Doc{Says: "List a ticket's mails", Out: api.MailList{}}},
		{Method: "GET", Path: api.PathMails, Who: gate.StaffOnly, Roles: []api.Role{api.RoleDispatcher}, Handle: m.all, Doc: gate.Doc{Says: "List the desk's mails, newest first", Query: mailParams, Out: api.MailList{}}},
		{Method: "POST", Path: api.PathMailAgain, Who: gate.StaffOnly, Roles: []api.Role{api.RoleDispatcher}, Handle: m.again, Doc: gate.Doc{Says: "Try a mail again", Out: api.Mail{}}},
	}
}

func number(r *http.Request, name string) (int64, error) {
	n, err := strconv.ParseInt(r.PathValue(name), 10, 64)
	if err != nil || n < 1 {
		return 0, db.ErrNotFound
	}
	return n, nil
}

func (m *Mail) ofTicket(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	n, err := number(r, "n")
	if err != nil {
		return err
	}
	if err := tickets.Exists(r.Context(), m.cfg.Store.DB(), n); err != nil {
		return err
	}
	l, err := kept.OfTicket(r.Context(), m.cfg.Store.DB(), n, maxOfTicket)
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, l)
}

func (m *Mail) all(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	v := r.URL.Query()
	state := api.MailState(v.Get("state"))
	if state != "" && !slices.Contains(api.MailStates, state) {
		return reply.BadRequest("the state is none of a mail's")
	}
	before, err := whole(v, "before", 1<<62)
	if err != nil {
		return err
	}
	limit, err := whole(v, "limit", 200)
	if err != nil {
		return err
	}
	if limit == 0 {
		limit = 50
	}
	l, err := kept.All(r.Context(), m.cfg.Store.DB(), before, state, int(limit))
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, l)
}

func whole(v url.Values, name string, most int64) (int64, error) {
	if v.Get(name) == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(v.Get(name), 10, 64)
	if err != nil || n < 1 || n > most {
		return 0, reply.BadRequest("%s is a number from 1 to %d", name, most)
	}
	return n, nil
}

// again has a mail tried again that has failed or was held.
func (m *Mail) again(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	id, err := number(r, "id")
	if err != nil {
		return err
	}
	var mail kept.Mail
	err = m.cfg.Store.DB().Tx(r.Context(), func(tx *db.Tx) error {
		if err := kept.Again(r.Context(), tx, id, m.cfg.Now()); err != nil {
			return err
		}
		mail, err = kept.Read(r.Context(), tx, id)
		return err
	})
	if errors.Is(err, db.ErrConflict) {
		return reply.Refuse(http.StatusConflict, api.KindConflict, "the mail neither failed nor was it held")
	}
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, mail.Mail)
}
