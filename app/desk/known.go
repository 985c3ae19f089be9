package desk

import (
	"net/http"

	"github.com/beistand/beistand/app/desk/knowledge"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/routing"
	"github.com/beistand/beistand/assets"
)

// newKnowledge makes what answers for what is known.
func (s *Server) newKnowledge() *knowledge.Knowledge {
	return knowledge.New(knowledge.Config{
		DB: s.store.DB(), Now: s.cfg.seams.now, Log: s.cfg.Log, Journal: s.journal, Admit: s.admitLooking, Thanks: s.admitThanks,
	})
}

// newRouting makes what says where cases belong.
func (s *Server) newRouting() *routing.Routing {
	return routing.New(routing.Config{
		DB: s.store.DB(), Cases: s.cases, Rules: s.cfg.Routing, Now: s.cfg.seams.now, Log: s.cfg.Log, Say: assets.Translator(s.cfg.Language), Solvers: s.knowledge.Solvers,
	})
}

// admitLooking bounds how often an address looks for what is similar: somebody who types asks at every word.
func (s *Server) admitLooking(r *http.Request) error {
	if wait, ok := s.looking.Take(s.address(r), s.cfg.seams.now()); !ok {
		return reply.TooMany("there were many questions from your network in a short time", wait)
	}
	return nil
}

// admitThanks bounds how often an address says that something has helped, and
// lets it say so once of the same: it is counted, and ranks.
func (s *Server) admitThanks(r *http.Request, ref string) error {
	at, now := s.address(r), s.cfg.seams.now()
	if wait, ok := s.thanks.Take(at, now); !ok {
		return reply.TooMany("much was said to have helped from your network in a short time", wait)
	}
	if wait, ok := s.thanked.Take(at+" "+ref, now); !ok {
		return reply.TooMany("this was said already", wait)
	}
	return nil
}
