package session

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/beistand/beistand/session/pake"
	"github.com/beistand/beistand/session/peer"
	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/seal"
	"github.com/beistand/beistand/session/words"
)

// The associated data: which side speaks, and behind it the public key that it
// signs the record with and its certificate's fingerprint. Both sides have a key
// only when neither was altered.
const (
	viewerData = "beistand v1 viewer"
	hostData   = "beistand v1 host"
)

// newExchange begins the key exchange for a code and what both were told.
func newExchange(r role, code Code, i Invitation, sign record.Key, print peer.Fingerprint) (*pake.Exchange, error) {
	in := pake.Input{
		Role: pake.Initiator, Data: associated(viewer, sign.Public(), print),
		Code: []byte(code.first + code.second), Session: []byte(i.ID), Channel: channel(i),
	}
	if r == host {
		in.Role, in.Data = pake.Responder, associated(host, sign.Public(), print)
	}
	return pake.New(in)
}

// associated is a side's associated data.
func associated(r role, key []byte, print peer.Fingerprint) []byte {
	return slices.Concat([]byte([...]string{host: hostData, viewer: viewerData}[r]), key, print[:])
}

// introduced takes what the other side has told of itself out of its associated
// data: the key that it signs with, and its certificate's fingerprint.
func introduced(other role, data []byte) (key []byte, print *peer.Fingerprint, err error) {
	rest, ok := bytes.CutPrefix(data, []byte([...]string{host: hostData, viewer: viewerData}[other]))
	if !ok || len(rest) != record.KeySize+len(print) {
		return nil, nil, ErrTampered
	}
	return rest[:record.KeySize:record.KeySize], (*peer.Fingerprint)(rest[record.KeySize:]), nil
}

// channel is the channel identifier: everything that the customer is shown and
// what is asked for, as the desk has signed it. Each field stands behind its
// length, so that no two invitations look alike.
func channel(i Invitation) []byte {
	var b []byte
	for _, field := range []string{"beistand session v1", string(i.Statement()), string(i.Signature), "viewer", "host"} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(field)))
		b = append(b, field...)
	}
	return b
}

// roomWay is the sealed way through the desk, on which messages can be lost.
type roomWay struct {
	sealer *seal.Sealer
	opener *seal.Rising
}

func newRoomWay(key *pake.Key) (roomWay, error) {
	send, receive, err := key.Directional("room")
	if err != nil {
		return roomWay{}, err
	}
	return roomWay{seal.NewSealer(send), seal.NewRising(receive)}, nil
}

// way is the sealed way over one connection, on which none is.
type way struct {
	sealer *seal.Sealer
	opener *seal.Opener
}

// newWay gives the way over the connection with this number, counted from 1:
// what was sealed for one connection opens on no other.
func newWay(key *pake.Key, connection uint32) (way, error) {
	send, receive, err := key.Directional(fmt.Sprint("data channel ", connection))
	if err != nil {
		return way{}, err
	}
	return way{seal.NewSealer(send), seal.NewOpener(receive)}, nil
}

// checkWords are two words that both sides have in common when they have the key.
func checkWords(key *pake.Key, r role) ([2]string, error) {
	send, receive, err := key.Directional("check words")
	if err != nil {
		return [2]string{}, err
	}
	return words.Two([...][32]byte{host: receive, viewer: send}[r]), nil // the initiator's
}
