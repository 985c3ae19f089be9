package app

import (
	"errors"
	"fmt"
	netmail "net/mail"

	"github.com/beistand/beistand/app/desk/mail"
	"github.com/beistand/beistand/app/desk/mail/inbox"
	"github.com/beistand/beistand/app/desk/mail/outbox"
	"github.com/beistand/beistand/app/problem"
)

// mailSettings are how mails come in and go out.
type mailSettings struct {
	MailFrom         string   `env:"BEISTAND_MAIL_FROM" help:"Whom mails are from, and where customers write to." placeholder:"\"NAME <ADDRESS>\""`
	IMAPURL          string   `name:"imap-url" env:"BEISTAND_IMAP_URL" help:"Folder that mails are fetched from: imaps://user@mail.example.com/INBOX." placeholder:"URL"`
	IMAPPasswordFile string   `name:"imap-password-file" env:"BEISTAND_IMAP_PASSWORD_FILE" help:"File whose first line is the password for it." placeholder:"FILE" type:"path"`
	IMAPDone         string   `name:"imap-done" env:"BEISTAND_IMAP_DONE" help:"Folder that fetched mails are moved to; without it they stay, and are seen." placeholder:"FOLDER"`
	SMTPURL          string   `name:"smtp-url" env:"BEISTAND_SMTP_URL" help:"Server that mails are sent by: smtps://user@mail.example.com or smtp://…:587." placeholder:"URL"`
	SMTPPasswordFile string   `name:"smtp-password-file" env:"BEISTAND_SMTP_PASSWORD_FILE" help:"File whose first line is the password for it." placeholder:"FILE" type:"path"`
	MailInSubject    bool     `env:"BEISTAND_MAIL_IN_SUBJECT" help:"What signs a ticket stands in subjects: the mail server knows no addresses with a \"+\"."`
	MailKnownOnly    bool     `env:"BEISTAND_MAIL_KNOWN_ONLY" help:"Only contacts and domains of known customers may file tickets by mail."`
	MailRefuse       []string `env:"BEISTAND_MAIL_REFUSE" help:"Address or domain from which no mail is taken. May be given more than once." placeholder:"ADDRESS"`
}

// load reads the passwords and checks what was given.
func (m *mailSettings) load(e *env) (s mail.Settings, err error) {
	s.Signed, s.Known, s.Refused = m.MailInSubject, m.MailKnownOnly, m.MailRefuse
	if m.MailFrom == "" {
		if m.IMAPURL != "" || m.SMTPURL != "" {
			return s, &problem.Usage{Reason: "Mail needs --mail-from: whom mails are from"}
		}
		return s, nil
	}
	from, err := netmail.ParseAddress(m.MailFrom)
	if err != nil {
		return s, &problem.Usage{Reason: fmt.Sprintf("%q in --mail-from is not like \"Support <support@example.com>\"", m.MailFrom)}
	}
	s.From = *from
	password := func(file string) (string, error) {
		if file == "" {
			return "", nil
		}
		return firstLine(e, file)
	}
	if m.IMAPURL != "" {
		word, err := password(m.IMAPPasswordFile)
		if err != nil {
			return s, err
		}
		box, err := inbox.Parse(m.IMAPURL, word, nil)
		if err != nil {
			return s, &problem.Usage{Reason: "--imap-url: " + err.Error()}
		}
		box.Done = m.IMAPDone
		s.In = &box
	}
	if m.SMTPURL != "" {
		word, err := password(m.SMTPPasswordFile)
		if err != nil {
			return s, err
		}
		server, err := outbox.Parse(m.SMTPURL, word, nil)
		if err != nil {
			return s, &problem.Usage{Reason: "--smtp-url: " + err.Error()}
		}
		s.Out = &server
	}
	return s, nil
}

type mailCommands struct {
	Pipe mailPipe `cmd:"" help:"Take one message from standard input, for a mail server's pipe."`
}

type mailPipe struct{}

// Help is part of kong.HelpProvider.
func (mailPipe) Help() string {
	return "The message is kept on disk before the command ends with 0; the desk takes it from there, now or when it runs again. Another exit status says that nothing was kept, and the mail server tries again or reports it."
}

func (*mailPipe) Run(e *env) error {
	p, err := placesFor(e.settings.Data)
	if err != nil {
		return err
	}
	if err := p.make(); err != nil {
		return err
	}
	err = mail.Leave(deskFolder(p), e.in)
	var large *mail.TooLargeError
	if errors.As(err, &large) {
		return &problem.Usage{Reason: err.Error()}
	}
	return err
}
