package session

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"github.com/beistand/beistand/session/pake"
	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/seal"
)

// The associated data: which side speaks, and behind it the public key that it
// signs the record with. Both sides have a key only when neither was altered.
const (
	viewerData = "beistand v1 viewer"
	hostData   = "beistand v1 host"
)

// newExchange begins the key exchange for a code and what both were told.
func newExchange(r role, code Code, i Invitation, sign record.Key) (*pake.Exchange, error) {
	in := pake.Input{
		Role: pake.Initiator, Data: associated(viewer, sign.Public()),
		Code: []byte(code.first + code.second), Session: []byte(i.ID), Channel: channel(i),
	}
	if r == host {
		in.Role, in.Data = pake.Responder, associated(host, sign.Public())
	}
	return pake.New(in)
}

// associated is a side's associated data.
func associated(r role, key []byte) []byte {
	return append([]byte([...]string{host: hostData, viewer: viewerData}[r]), key...)
}

// signingKey takes the other side's key out of its associated data.
func signingKey(other role, data []byte) ([]byte, error) {
	says := [...]string{host: hostData, viewer: viewerData}[other]
	key, ok := bytes.CutPrefix(data, []byte(says))
	if !ok || len(key) != record.KeySize {
		return nil, ErrTampered
	}
	return key, nil
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
