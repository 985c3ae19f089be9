package desk

import (
	"errors"
	"net/http"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/late"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store"
)

// pseudonymForm is how the customer's program writes them; see docs/redaction.md.
var pseudonymForm = late.Regexp(`^[a-z]{2,12}-[1-9][0-9]{1,12}$`)

// reveal keeps, and by the journal tells everybody on the ticket, that the customer was asked
// what a pseudonym stands for. The value stays with the customer.
func (s *Server) reveal(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	var asked api.Reveal
	if err := reply.Read(w, r, &asked); err != nil {
		return err
	}
	if !pseudonymForm().MatchString(asked.Pseudonym) {
		return reply.Invalid("a pseudonym is like user-27")
	}
	made, err := s.store.AddReveal(r.Context(), c.Number, asked.Pseudonym, s.cfg.seams.now())
	if errors.Is(err, store.ErrConflict) {
		return reply.Refuse(http.StatusConflict, api.KindConflict, "this ticket has as many of these notes as it can have")
	}
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusCreated, made)
}
