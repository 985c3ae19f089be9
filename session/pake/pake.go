// Package pake turns the code that two people share into a key that nobody else has.
//
// It is CPace with ristretto255 and SHA-512 in the initiator-responder setting
// (draft-irtf-cfrg-cpace, sections 6 and 7.3) with the explicit key confirmation
// of its section 9.4, both ways. Whoever carries the messages, the desk too,
// has one guess at the code per exchange and sees nothing that helps with a
// second one.
//
//	initiator                               responder
//	New ──────── Share, associated data ───────▶ New, Agree
//	Agree, Confirm ◀── Share, data, Tag ────────
//	  ──────────────── Tag ────────────────────▶ Confirm
package pake

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha512"
	"crypto/subtle"
	"errors"
	"fmt"

	"github.com/gtank/ristretto255"
)

// Lengths of what travels, in bytes.
const (
	ShareSize = 32 // an encoded ristretto255 element (RFC 9496)
	TagSize   = 64 // HMAC-SHA-512
)

const dsi = "CPaceRistretto255" // the group's domain separation, from the draft

// Reasons that callers branch on.
var (
	ErrPoint = errors.New("the other side's share is no valid group element") // or the identity
	ErrTag   = errors.New("the two sides do not have the same key")           // another code, another context, or an altered message
	ErrOrder = errors.New("the key exchange's steps are out of order")        // a step is taken once
)

// Role says who sends the first message.
type Role uint8

// The two roles.
const (
	Initiator Role = iota
	Responder
)

// Input is what an exchange starts from. Code, Channel and Session must be the
// same on both sides or the keys differ.
type Input struct {
	Role    Role
	Code    []byte // the password-related string
	Channel []byte // the channel identifier: who talks to whom, about what
	Session []byte // the session identifier, unique
	Data    []byte // associated data of this side; travels in the clear, comes out authenticated
}

// Exchange is one side of one run. It is good for one guess.
type Exchange struct {
	in     Input
	scalar *ristretto255.Scalar
	share  []byte
}

// New draws this side's secret and computes its share.
func New(in Input) (*Exchange, error) {
	random := make([]byte, 64) // 512 bits reduced modulo the order: uniform but for 2^-259
	if _, err := rand.Read(random); err != nil {
		return nil, fmt.Errorf("draw the exchange's secret: %w", err)
	}
	return newWith(in, ristretto255.NewScalar().FromUniformBytes(random)), nil
}

func newWith(in Input, scalar *ristretto255.Scalar) *Exchange {
	g := generator(in.Code, in.Channel, in.Session)
	share := ristretto255.NewElement().ScalarMult(scalar, g).Encode(nil)
	return &Exchange{in: in, scalar: scalar, share: share}
}

// Share is what the other side needs, ShareSize bytes.
func (e *Exchange) Share() []byte { return e.share }

// Agree computes the key from the other side's share and associated data. It
// works once: a second call gives ErrOrder.
func (e *Exchange) Agree(share, data []byte) (*Agreement, error) {
	if e.scalar == nil {
		return nil, ErrOrder
	}
	k, err := multiplyVerify(e.scalar, share)
	e.scalar = nil
	if err != nil {
		return nil, err
	}
	own, other := lvCat(e.share, e.in.Data), lvCat(share, data)
	transcript := append(append([]byte{}, own...), other...)
	if e.in.Role == Responder {
		transcript = append(append([]byte{}, other...), own...)
	}
	isk := sessionKey(e.in.Session, k, transcript)
	macKey := sha512.Sum512(append(append([]byte("CPaceMac"), e.in.Session...), isk...))
	return &Agreement{
		role: e.in.Role,
		isk:  isk,
		tag:  mac(macKey[:], own),
		want: mac(macKey[:], other),
		// A side that hears its own words back has heard nobody.
		mirror: subtle.ConstantTimeCompare(own, other) == 1,
	}, nil
}

// Agreement is a key that the other side has not yet shown to have too.
type Agreement struct {
	role      Role
	isk       []byte
	tag, want []byte
	mirror    bool
	done      bool
}

// Tag proves to the other side that this side has the key, TagSize bytes.
func (a *Agreement) Tag() []byte { return a.tag }

// Confirm checks the other side's tag in constant time and gives the key. It
// works once: ErrTag is final, and a second call gives ErrOrder.
func (a *Agreement) Confirm(tag []byte) (*Key, error) {
	if a.done {
		return nil, ErrOrder
	}
	a.done = true
	if subtle.ConstantTimeCompare(tag, a.want) != 1 || a.mirror {
		return nil, ErrTag
	}
	return &Key{role: a.role, isk: a.isk}, nil
}

func mac(key, message []byte) []byte {
	h := hmac.New(sha512.New, key)
	h.Write(message)
	return h.Sum(nil)
}

// multiplyVerify is the draft's scalar_mult_vfy, with an error for G.I.
func multiplyVerify(scalar *ristretto255.Scalar, share []byte) ([]byte, error) {
	if len(share) != ShareSize {
		return nil, ErrPoint
	}
	point := ristretto255.NewElement()
	if err := point.Decode(share); err != nil {
		return nil, ErrPoint
	}
	k := ristretto255.NewElement().ScalarMult(scalar, point)
	if k.Equal(ristretto255.NewElement().Zero()) == 1 {
		return nil, ErrPoint
	}
	return k.Encode(nil), nil
}
