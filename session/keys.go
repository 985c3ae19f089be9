package session

import (
	"encoding/binary"
	"fmt"

	"github.com/beistand/beistand/session/pake"
	"github.com/beistand/beistand/session/seal"
)

// The associated data: which side speaks. The point where a later version
// binds more, as a certificate or the rights asked for.
const (
	viewerData = "beistand v1 viewer"
	hostData   = "beistand v1 host"
)

// newExchange begins the key exchange for a code and what both were told.
func newExchange(r role, code Code, i Invitation) (*pake.Exchange, error) {
	in := pake.Input{
		Role: pake.Initiator, Data: []byte(viewerData),
		Code: []byte(code.first + code.second), Session: []byte(i.ID), Channel: channel(i),
	}
	if r == host {
		in.Role, in.Data = pake.Responder, []byte(hostData)
	}
	return pake.New(in)
}

// channel is the channel identifier: everything that the customer is shown.
// Each field stands behind its length, so that no two invitations look alike.
func channel(i Invitation) []byte {
	var b []byte
	for _, field := range []string{
		"beistand session v1", i.ID, fmt.Sprint(i.Ticket), i.Supporter, i.Organisation, i.FirstPart, "viewer", "host",
	} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(field)))
		b = append(b, field...)
	}
	return b
}

// way is one sealed way between the two sides.
type way struct {
	sealer *seal.Sealer
	opener *seal.Opener
}

func newWay(key *pake.Key, purpose string) (way, error) {
	send, receive, err := key.Directional(purpose)
	if err != nil {
		return way{}, err
	}
	return way{seal.NewSealer(send), seal.NewOpener(receive)}, nil
}
