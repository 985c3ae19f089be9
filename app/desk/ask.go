package desk

import (
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/session/invite"
	"github.com/beistand/beistand/session/rights"
)

// deskKey is what the desk signs with. It comes from the desk's secret, so that
// it stays the same for as long as the desk's folder is kept.
func deskKey(dir string) (ed25519.PrivateKey, error) {
	seed, err := deskSecret(dir, "session invitations")
	if err != nil {
		return nil, err
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

// publicKey is what customers know the desk by.
func (s *Server) publicKey() ed25519.PublicKey { return s.key.Public().(ed25519.PublicKey) }

// askSession begins a session: the customer's program hears of it by its events.
func (s *Server) askSession(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	var wish api.NewSession
	if r.ContentLength != 0 { // an older program sends nothing
		if err := reply.Read(w, r, &wish); err != nil {
			return err
		}
	}
	asked, role, err := checkWish(wish)
	if err != nil {
		return err
	}
	now := s.cfg.seams.now()
	if err := s.mayAsk(c, r, now); err != nil {
		return err
	}
	if _, err := s.store.Ticket(r.Context(), c.Number); err != nil {
		return err
	}
	n, err := rand.Int(rand.Reader, big.NewInt(1000))
	if err != nil {
		return fmt.Errorf("draw code: %w", err)
	}
	made, replaced, err := s.store.CreateSession(r.Context(), store.Session{
		Staff: c.Staff.Name,
		Session: api.Session{
			Ticket: c.Number, Supporter: c.Staff.DisplayName, Organisation: s.cfg.Organisation,
			FirstPart: fmt.Sprintf("%03d", n.Int64()), Asked: now, Expires: now.Add(api.SessionCodeTTL),
			Rights: asked.Strings(), Role: string(role),
		},
	}, now, func(n *api.Session) error { return s.sign(n, asked) })
	if errors.Is(err, store.ErrCrowded) {
		return reply.Refuse(http.StatusConflict, api.KindConflict, "%d sessions are open on this ticket already", api.MaxSessions)
	}
	if err != nil {
		return err
	}
	if replaced != nil {
		s.over(replaced.ID, replaced.Reason)
	}
	return reply.JSON(w, http.StatusCreated, made.Session)
}

// checkWish says what is asked for: to see, unless something else is.
func checkWish(wish api.NewSession) (rights.Set, invite.Role, error) {
	role := invite.Role(wish.Role)
	switch role {
	case "":
		role = invite.Supporter
	case invite.Supporter, invite.Expert, invite.Observer:
	default:
		return 0, "", reply.Invalid("the role is one of supporter, expert, observer")
	}
	if len(wish.Rights) == 0 {
		return rights.Of(rights.See), role, nil
	}
	asked, err := rights.Parse(wish.Rights)
	if err != nil {
		return 0, "", reply.Invalid("rights is a list of these, each once: %s", rights.Of(rights.All()...))
	}
	if role == invite.Observer && asked != rights.Of(rights.See) {
		return 0, "", reply.Invalid("an observer sees and does nothing else")
	}
	return asked, role, nil
}

// sign puts the desk's signature under what both sides are told.
func (s *Server) sign(n *api.Session, asked rights.Set) error {
	told := invite.Invitation{
		ID: n.ID, Ticket: n.Ticket, Supporter: n.Supporter, Organisation: n.Organisation, FirstPart: n.FirstPart,
		Role: invite.Role(n.Role), Rights: asked,
	}
	if err := told.Sign(s.key); err != nil {
		return err
	}
	n.DeskKey, n.Signature = told.DeskKey, told.Signature
	return nil
}

// mayAsk takes one try from the member of staff, the address and the desk:
// stolen credentials must not let a customer's window ring without end.
func (s *Server) mayAsk(c gate.Caller, r *http.Request, now time.Time) error {
	for _, one := range []struct {
		limit     *gate.Limiter
		key, what string
	}{
		{&s.askers, c.Staff.Name, "you have asked for many sessions in a short time"},
		{&s.askedFrom, s.address(r), "many sessions were asked for from your network in a short time"},
		{&s.asked, "", "many sessions were asked for at this desk in a short time"},
	} {
		if wait, ok := one.limit.Take(one.key, now); !ok {
			return reply.TooMany(one.what, wait)
		}
	}
	return nil
}
