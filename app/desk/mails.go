package desk

import (
	"context"

	"github.com/beistand/beistand/app/desk/mail"
)

// newMail makes what brings mails in and sends them out.
func (s *Server) newMail() (*mail.Mail, error) {
	base, err := s.base()
	if err != nil {
		return nil, err
	}
	return mail.New(context.Background(), mail.Config{
		Settings: s.cfg.Mail, Store: s.store, Cases: s.cases, Journal: s.journal, Dir: s.cfg.Dir, Base: base,
		Organisation: s.cfg.Organisation, Language: s.cfg.Language, Now: s.cfg.seams.now, Log: s.cfg.Log,
	})
}
