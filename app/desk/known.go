package desk

import (
	"github.com/beistand/beistand/app/desk/knowledge"
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
		DB: s.store.DB(), Cases: s.cases, Rules: s.cfg.Routing, Now: s.cfg.seams.now, Log: s.cfg.Log, Say: assets.Translator(s.cfg.Language),
	})
}
