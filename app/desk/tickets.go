package desk

import (
	"net/http"

	"github.com/beistand/beistand/app/desk/bugs"
	"github.com/beistand/beistand/app/desk/cases"
	"github.com/beistand/beistand/app/desk/customers"
	"github.com/beistand/beistand/app/desk/reply"
)

// newCases makes what answers for tickets.
func (s *Server) newCases() *cases.Cases {
	return cases.New(cases.Config{
		Store: s.store, Now: s.cfg.seams.now, TokenTTL: ticketTokenTTL, Templates: s.cfg.Templates, Language: s.cfg.Language,
		Admit: s.admitFiling, Kick: s.journal.Kick, Fill: []cases.Fill{bugs.Fill}, Check: customers.Check,
		Texts: s.knowledge.Index(),
	})
}

// admitFiling bounds how many tickets come from one address.
func (s *Server) admitFiling(r *http.Request) error {
	if wait, ok := s.filing.Take(s.address(r), s.cfg.seams.now()); !ok {
		return reply.TooMany("many tickets came from your network in a short time", wait)
	}
	return nil
}
