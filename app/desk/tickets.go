package desk

import (
	"errors"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store"
)

func (s *Server) createTicket(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	now := s.cfg.seams.now()
	if wait, ok := s.filing.take(s.address(r), now); !ok {
		return reply.TooMany("many tickets came from your network in a short time", wait)
	}
	var t api.NewTicket
	if err := reply.Read(w, r, &t); err != nil {
		return err
	}
	t, err := checkTicket(t)
	if err != nil {
		return err
	}
	made, err := s.store.CreateTicket(r.Context(), t, now, now.Add(ticketTokenTTL))
	if errors.Is(err, store.ErrConflict) {
		return reply.Refuse(http.StatusConflict, api.KindConflict, "another ticket was filed with this ID")
	}
	if err != nil {
		return err
	}
	w.Header().Set("Location", api.TicketPath(made.Ticket.Number))
	return reply.JSON(w, http.StatusCreated, made)
}

var (
	uuidForm     = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`) // RFC 9562
	languageForm = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}$`)                                   // BCP 47, roughly
)

// checkTicket gives t as it is kept: without spaces around its texts. It refuses
// with a sentence for the person who filled it in.
func checkTicket(t api.NewTicket) (api.NewTicket, error) {
	t.ID = strings.ToLower(t.ID)
	t.Description = strings.TrimSpace(strings.ReplaceAll(t.Description, "\r\n", "\n"))
	fields := []struct {
		name string
		text *string
		most int
		need bool
	}{
		{"title", &t.Title, api.MaxTitle, true},
		{"description", &t.Description, api.MaxDescription, false},
		{"product", &t.Product, api.MaxName, false},
		{"name", &t.Name, api.MaxName, false},
		{"contact", &t.Contact, api.MaxName, false},
	}
	for _, f := range fields {
		*f.text = strings.TrimSpace(*f.text)
		if f.need && *f.text == "" {
			return t, reply.Invalid("the %s is missing", f.name)
		}
		if n := utf8.RuneCountInString(*f.text); n > f.most {
			return t, reply.Invalid("the %s has %d characters; %d fit", f.name, n, f.most)
		}
		if strings.ContainsFunc(*f.text, func(r rune) bool {
			return unicode.IsControl(r) && (f.text != &t.Description || (r != '\n' && r != '\t'))
		}) {
			return t, reply.Invalid("the %s has characters that cannot be shown", f.name)
		}
	}
	switch {
	case !uuidForm.MatchString(t.ID):
		return t, reply.Invalid("the id is not a UUID")
	case !t.Priority.Valid():
		return t, reply.Invalid("the priority is not one of critical, high, normal, low")
	case t.Language != "" && (len(t.Language) > 35 || !languageForm.MatchString(t.Language)):
		return t, reply.Invalid("the language is not a BCP 47 tag such as de or nl-BE")
	}
	return t, nil
}

func (s *Server) listTickets(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	q, err := ticketQuery(r)
	if err != nil {
		return err
	}
	list, err := s.store.Tickets(r.Context(), q)
	if err != nil {
		return err
	}
	for i := range list {
		if text := []rune(list[i].Description); len(text) > api.MaxExcerpt {
			list[i].Description = string(text[:api.MaxExcerpt]) + "…"
		}
	}
	return reply.JSON(w, http.StatusOK, api.TicketList{Tickets: list})
}

func ticketQuery(r *http.Request) (api.TicketQuery, error) {
	v := r.URL.Query()
	q := api.TicketQuery{Text: v.Get("text"), Limit: 50}
	if len(q.Text) > 400 || !utf8.ValidString(q.Text) || len(strings.Fields(q.Text)) > 16 {
		return q, reply.Refuse(http.StatusBadRequest, api.KindInvalid, "text is at most 400 bytes and 16 words")
	}
	var err error
	if b := v.Get("before"); b != "" {
		if q.Before, err = strconv.ParseInt(b, 10, 64); err != nil || q.Before < 0 {
			return q, reply.Refuse(http.StatusBadRequest, api.KindInvalid, "before is a ticket's number")
		}
	}
	if l := v.Get("limit"); l != "" && l != "0" {
		if q.Limit, err = strconv.Atoi(l); err != nil || q.Limit < 1 || q.Limit > 200 {
			return q, reply.Refuse(http.StatusBadRequest, api.KindInvalid, "limit is 1 to 200")
		}
	}
	return q, nil
}

func (s *Server) ticket(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	t, err := s.store.Ticket(r.Context(), c.Number)
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, t)
}
