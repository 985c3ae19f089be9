package record

import (
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"slices"

	"github.com/beistand/beistand/session/invite"
	"github.com/beistand/beistand/session/rights"
)

// Inviting is the first entry of a session to which i invites.
func Inviting(i invite.Invitation) Entry {
	return Entry{
		What: Asked, By: Supporter, Session: i.ID, Ticket: i.Ticket, Supporter: i.Supporter, Organisation: i.Organisation,
		FirstPart: i.FirstPart, Role: string(i.Role), DeskKey: hex.EncodeToString(i.DeskKey), Invited: hex.EncodeToString(i.Signature),
		Rights: i.Rights.Strings(),
	}
}

// Invitation is what the first entry holds of the desk's.
func (e Entry) Invitation() (invite.Invitation, error) {
	key, errKey := unhex(e.DeskKey, KeySize)
	signature, errSignature := unhex(e.Invited, ed25519.SignatureSize)
	asked, err := rights.Parse(e.Rights)
	if errKey != nil || errSignature != nil || err != nil || !slices.Equal(asked.Strings(), e.Rights) {
		return invite.Invitation{}, ErrForm
	}
	return invite.Invitation{
		ID: e.Session, Ticket: e.Ticket, Supporter: e.Supporter, Organisation: e.Organisation, FirstPart: e.FirstPart,
		Role: invite.Role(e.Role), Rights: asked, DeskKey: key, Signature: signature,
	}, nil
}

// invited says whether the desk has signed what the first entry says of it.
func (e Entry) invited() error {
	i, err := e.Invitation()
	if err != nil {
		return err
	}
	switch err := i.Verify(); {
	case err == nil:
		return nil
	case errors.Is(err, invite.ErrSignature):
		return ErrDesk
	default:
		return ErrForm
	}
}

// scoped says whether a scope names what it has to.
func (e Entry) scoped() bool {
	switch e.Scope {
	case ScopeAll:
		return e.Names == nil
	case ScopeMonitors, ScopeWindows:
		return len(e.Names) > 0 && len(e.Names) <= MaxSome
	}
	return false
}

// validRights are some, each named once.
func validRights(all []string) bool {
	s, err := rights.Parse(all)
	return err == nil && s != 0
}
