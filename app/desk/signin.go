package desk

import (
	"errors"
	"net/http"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store"
)

// signIn takes one try from the address and one from the account before the
// password is looked at; a right password gives both back.
func (s *Server) signIn(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	var in api.SignIn
	if err := reply.Read(w, r, &in); err != nil {
		return err
	}
	now := s.cfg.seams.now()
	from, account := s.address(r), strings.ToLower(in.User)
	if len(in.User) > 256 || len(in.Password) > 4*store.MaxPassword {
		return reply.Refuse(http.StatusBadRequest, api.KindInvalid, "name or password is too long")
	}
	if wait, ok := s.signins.take(from, now); !ok {
		return reply.TooMany("many sign-ins came from your network in a short time", wait)
	}
	if wait, ok := s.accounts.take(account, now); !ok {
		return reply.TooMany("this name was tried many times in a short time", wait)
	}
	who, err := s.store.CheckPassword(r.Context(), in.User, in.Password)
	if errors.Is(err, store.ErrPassword) {
		s.cfg.Log.Printf("sign-in refused from %s", from)
		return reply.Refuse(http.StatusUnauthorized, api.KindUnauthorized, "name or password is wrong")
	}
	if err != nil {
		return err
	}
	s.signins.give(from, now)
	s.accounts.give(account, now)
	expires := now.Add(staffTokenTTL)
	token, err := s.store.AddStaffToken(r.Context(), who.Name, now, expires)
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, api.SignedIn{
		Token: token, User: who.Name, Name: who.DisplayName, Organisation: s.cfg.Organisation, Expires: expires.UTC(),
	})
}

func (s *Server) signOut(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	if err := s.store.DropToken(r.Context(), c.Token); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
