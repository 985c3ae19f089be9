// Package people answers who may enter the desk: staff and their factors, keys of programs, links of customers.
package people

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/people/openid"
	"github.com/beistand/beistand/app/desk/people/passkey"
	"github.com/beistand/beistand/app/desk/people/totp"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/people"
)

// Config is what People are made from.
type Config struct {
	People       *kept.People
	Organisation string
	Base         *url.URL                   // by which people reach the desk; without it there are no passkeys and no links
	OIDC         *openid.Provider           // nil: none
	Now          func() time.Time           // the desk's clock
	From         func(*http.Request) string // whom a limit is for
	Log          logger
	Kick         func() // wakes those who follow the journal; nil: nobody does

	SealKey []byte // 32 bytes that are not in the database: with them authenticators' secrets are sealed there

	StaffFor  time.Duration // a sign-in holds
	TicketFor time.Duration // a ticket's token holds
}

type logger interface {
	Printf(format string, args ...any)
}

// People answer.
type People struct {
	Config
	passkeys *passkey.Desk // nil: none
	seals    *totp.Sealer
	refusals chan refusal

	signins  gate.Limiter // by address
	accounts gate.Limiter // passwords, by name
	seconds  gate.Limiter // second factors, by name
	links    gate.Limiter // links opened, by address
}

// New makes them; Run has to run beside.
func New(c Config) (*People, error) {
	seals, err := totp.NewSealer(c.SealKey)
	if err != nil {
		return nil, err
	}
	p := &People{Config: c, seals: seals, refusals: make(chan refusal, maxRefusals)}
	if c.Base != nil {
		if p.passkeys, err = passkey.New(c.Organisation, c.Base); err != nil {
			c.Log.Printf("no passkeys: %v", err)
		}
	}
	p.signins = gate.Limiter{Burst: 20, Every: 6 * time.Second}
	p.accounts = gate.Limiter{Burst: 5, Every: 12 * time.Second}
	p.seconds = gate.Limiter{Burst: 10, Every: 5 * time.Minute} // whoever has the password guesses a code within years
	p.links = gate.Limiter{Burst: 20, Every: 6 * time.Second}
	return p, nil
}

// Tidy forgets the limits that are whole again.
func (p *People) Tidy(now time.Time) {
	for _, l := range []*gate.Limiter{&p.signins, &p.accounts, &p.seconds, &p.links} {
		l.Tidy(now)
	}
}

// tx runs fn as one transaction and gives what it refuses a form.
func (p *People) tx(ctx context.Context, fn func(*db.Tx) error) error {
	err := p.People.DB().Tx(ctx, fn)
	if err == nil && p.Kick != nil {
		p.Kick()
	}
	var field *kept.FieldError
	switch {
	case errors.As(err, &field):
		return reply.Invalid("%s", field.Why)
	case errors.Is(err, kept.ErrLast):
		return reply.Refuse(http.StatusConflict, api.KindConflict, "nobody else is an administrator; make another one first")
	}
	return err
}

// note writes into the journal what is about no ticket.
func (p *People) note(ctx context.Context, tx *db.Tx, who api.Actor, action, subject string, detail any) error {
	return p.noteOn(ctx, tx, who, 0, action, subject, detail)
}

func (p *People) noteOn(ctx context.Context, tx *db.Tx, who api.Actor, ticket int64, action, subject string, detail any) error {
	return Note(ctx, tx, p.Now(), who, ticket, action, subject, detail)
}

// Note writes into the journal. detail is small and without secrets; nil is none.
func Note(ctx context.Context, tx *db.Tx, at time.Time, who api.Actor, ticket int64, action, subject string, detail any) error {
	e := journal.Entry{At: at, Actor: journal.Actor(who), Ticket: ticket, Action: action, Subject: subject}
	if detail != nil {
		b, err := json.Marshal(detail)
		if err != nil {
			return fmt.Errorf("encode %s: %w", action, err)
		}
		e.Detail = b
	}
	return journal.Write(ctx, tx, e)
}

// staffActor is a member of staff who is not signed in yet.
func staffActor(name string) api.Actor { return api.Actor{Kind: api.ActorStaff, Name: name} }

func done(w http.ResponseWriter) error {
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// marshal is for what has nothing that cannot be encoded.
func marshal(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("encode %T: %v", v, err))
	}
	return b
}
