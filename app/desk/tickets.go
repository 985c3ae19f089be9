package desk

import (
	"github.com/beistand/beistand/app/desk/bugs"
	"github.com/beistand/beistand/app/desk/cases"
	"github.com/beistand/beistand/app/desk/customers"
)

// newCases makes what answers for tickets.
func (s *Server) newCases() *cases.Cases {
	return cases.New(cases.Config{
		Store: s.store, Now: s.cfg.seams.now, TokenTTL: ticketTokenTTL, Templates: s.cfg.Templates, Language: s.cfg.Language,
		Admit: s.admitFiling, Saying: s.admitSaying, Kick: s.journal.Kick, Fill: []cases.Fill{bugs.Fill}, Check: customers.Check,
		Texts: s.knowledge.Index(),
	})
}
