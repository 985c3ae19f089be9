package session

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/beistand/beistand/session/pake"
	"github.com/beistand/beistand/session/peer"
	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/wire"
)

// hostile is a room whose desk changes what passes: for every message, counted
// from 0 in its direction, it gives what arrives instead.
type hostile struct {
	Room
	alter func(n int, message []byte) [][]byte

	mu sync.Mutex // guards n
	n  int
}

func (h *hostile) Send(ctx context.Context, message []byte) error {
	h.mu.Lock()
	n := h.n
	h.n++
	h.mu.Unlock()
	for _, m := range h.alter(n, bytes.Clone(message)) {
		if err := h.Room.Send(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// From the host: 0 Answered, 1 to 3 Recorded (asked, agreed, granted), 4
// Granted, 5 Offer, 6 and on candidates. From the viewer: 0 Share, 1 Confirm, 2
// and 3 Countersigned (agreed, granted), 4 Answer, 5 and on candidates.
func TestHostileDesk(t *testing.T) {
	flip := func(at int, i int) func(int, []byte) [][]byte {
		return func(n int, m []byte) [][]byte {
			if n == at {
				m[(i+len(m))%len(m)] ^= 1
			}
			return [][]byte{m}
		}
	}
	twice := func(at int) func(int, []byte) [][]byte {
		return func(n int, m []byte) [][]byte {
			if n == at {
				return [][]byte{m, m}
			}
			return [][]byte{m}
		}
	}
	instead := func(at int, m wire.Message) func(int, []byte) [][]byte {
		return func(n int, old []byte) [][]byte {
			if n != at {
				return [][]byte{old}
			}
			b, err := wire.Append(nil, m)
			if err != nil {
				t.Error(err)
			}
			return [][]byte{b}
		}
	}
	swap := func(at int) func(int, []byte) [][]byte {
		var kept []byte
		return func(n int, m []byte) [][]byte {
			switch n {
			case at:
				kept = m
				return nil
			case at + 1:
				return [][]byte{m, kept}
			}
			return [][]byte{m}
		}
	}
	drop := func(at int) func(int, []byte) [][]byte {
		return func(n int, m []byte) [][]byte {
			if n == at {
				return nil
			}
			return [][]byte{m}
		}
	}
	downgrade := func(at int) func(int, []byte) [][]byte { return flip(at, 0) }
	key := make([]byte, record.KeySize)
	own, err := pake.New(pake.Input{Role: pake.Responder, Code: []byte("042000000"), Data: associated(host, key, peer.Fingerprint{})})
	if err != nil {
		t.Fatal(err)
	}
	guess := &wire.Answered{Data: associated(host, key, peer.Fingerprint{})}
	copy(guess.Point[:], own.Share())

	for name, test := range map[string]struct {
		host, viewer func(int, []byte) [][]byte // what happens to their messages
	}{
		"alters the viewer's share":      {viewer: flip(0, 5)},
		"alters the viewer's role":       {viewer: flip(0, -1)},
		"alters the viewer's proof":      {viewer: flip(1, 5)},
		"alters the host's share":        {host: flip(0, 5)},
		"alters the host's proof":        {host: flip(0, 40)},
		"alters the host's role":         {host: flip(0, -1)},
		"puts the identity":              {viewer: instead(0, &wire.Share{Data: associated(viewer, key, peer.Fingerprint{})})},
		"answers with the identity":      {host: instead(0, &wire.Answered{Data: associated(host, key, peer.Fingerprint{})})},
		"guesses":                        {host: instead(0, guess)},
		"strips the associated data":     {viewer: instead(0, &wire.Share{Point: guess.Point})},
		"repeats the share":              {viewer: twice(0)},
		"repeats the answered":           {host: twice(0)},
		"repeats the proof":              {viewer: twice(1)},
		"downgrades":                     {viewer: downgrade(0)},
		"downgrades the host":            {host: downgrade(0)},
		"grants by itself":               {host: instead(4, &wire.Granted{})},
		"alters the yes":                 {host: flip(4, -1)},
		"repeats the yes":                {host: twice(4)},
		"swaps yes and offer":            {host: swap(4)},
		"drops the yes":                  {host: drop(4)},
		"alters the offer":               {host: flip(5, 100)},
		"repeats the offer":              {host: twice(5)},
		"offers by itself":               {host: instead(5, &wire.Offer{Connection: 1, SDP: "v=0\r\n"})},
		"drops the offer":                {host: drop(5)},
		"swaps candidates":               {host: swap(6)},
		"alters the answer":              {viewer: flip(4, -1)},
		"answers by itself":              {viewer: instead(4, &wire.Answer{Connection: 1, SDP: "v=0\r\n"})},
		"repeats the answer":             {viewer: twice(4)},
		"drops the answer":               {viewer: drop(4)},
		"alters a candidate":             {viewer: flip(5, -1)},
		"adds a candidate":               {host: instead(6, &wire.Candidate{Connection: 1, Line: "candidate:1 1 udp 1 192.0.2.1 9 typ host"})},
		"pictures through the desk":      {host: instead(4, &wire.Picture{Number: 1, Total: 1, Data: []byte{1}})},
		"drops what is recorded":         {host: drop(2)},
		"alters what is recorded":        {host: flip(3, -1)},
		"repeats what is recorded":       {host: twice(3)},
		"swaps the record and the yes":   {host: swap(3)},
		"records by itself":              {host: instead(1, &wire.Recorded{Line: []byte("{}")})},
		"drops the countersignature":     {viewer: drop(3)},
		"alters the countersignature":    {viewer: flip(3, -1)},
		"says nothing that is a message": {host: func(int, []byte) [][]byte { return [][]byte{{}} }},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPair(t)
			for room, alter := range map[*Room]func(int, []byte) [][]byte{&p.host.Room: test.host, &p.viewer.Room: test.viewer} {
				if alter != nil {
					*room = &hostile{Room: *room, alter: alter}
				}
			}
			p.start()
			h, v := p.ends()
			for who, r := range map[string]result{"host": h, "viewer": v} {
				known := slices.ContainsFunc([]error{ErrWrongCode, ErrTampered, ErrPeerLeft, ErrDesk}, func(e error) bool { return errors.Is(r.err, e) })
				if !known {
					t.Errorf("the %s ended with %v", who, r.err)
				}
			}
			if !errors.Is(h.err, ErrTampered) && !errors.Is(h.err, ErrWrongCode) && !errors.Is(v.err, ErrTampered) && !errors.Is(v.err, ErrWrongCode) {
				t.Errorf("nobody noticed: %v and %v", h.err, v.err)
			}
			if p.updates != 0 {
				t.Error("a picture was shown")
			}
		})
	}
}

// A desk that lets somebody guess first: the code is used up by that, and who
// knows it comes too late. Nobody has a second guess.
func TestTwoClaimants(t *testing.T) {
	for name, second := range map[string]bool{"another one comes too late": false, "the same one guesses again": true} {
		t.Run(name, func(t *testing.T) {
			p := newPair(t)
			h, err := NewHost(p.host)
			if err != nil {
				t.Fatal(err)
			}
			for try := range 2 {
				c := p.viewer
				c.Code = h.Code()
				if try == 0 || second {
					c.Code = "042-" + strings.Map(func(r rune) rune { return '0' + (r-'0'+1+rune(try))%10 }, h.Code()[4:])
				}
				exchange, err := NewViewer(c)
				if err != nil {
					t.Fatal(err)
				}
				in := pake.Input{
					Role: pake.Initiator, Code: []byte(exchange.code.first + exchange.code.second), Session: []byte(invitation.ID), Channel: channel(invitation),
					Data: associated(viewer, make([]byte, record.KeySize), peer.Fingerprint{}),
				}
				e, err := pake.New(in)
				if err != nil {
					t.Fatal(err)
				}
				share := &wire.Share{Data: in.Data}
				copy(share.Point[:], e.Share())
				b, err := wire.Append(nil, share)
				if err != nil {
					t.Fatal(err)
				}
				go func() { _ = p.viewer.Room.Send(t.Context(), b) }()
			}
			end, err := h.Run(t.Context())
			result{end, err}.check(t, "host", ErrTampered, ByNetwork)
			if !end.KeyAgreed.IsZero() || len(p.phases[host]) != 3 {
				t.Errorf("the host went through %v", p.phases[host])
			}
			p.host.Room.Close()
			p.viewer.Room.Close()
		})
	}
}

// A guess that comes when the code's time is over by the wall's clock, though a
// machine that slept has not counted it: it does not count, right as it is.
func TestGuessAfterSleep(t *testing.T) {
	p := newPair(t)
	clock := &hands{now: time.Now().Add(CodeTime + time.Second)}
	p.host.clock = clock
	p.start()
	h, v := p.ends()
	h.check(t, "host", ErrExpired, ByDesk)
	v.check(t, "viewer", ErrPeerLeft, ByCustomer)
	if !h.end.KeyAgreed.IsZero() || p.updates > 0 {
		t.Error("the code became a key")
	}
}

// Reflection: a desk that gives the supporter's program its own words back.
func TestReflection(t *testing.T) {
	p := newPair(t)
	p.viewer.Code = "042-123456"
	p.viewer.Room = &mirror{messages: make(chan []byte, 10)}
	v, err := NewViewer(p.viewer)
	if err != nil {
		t.Fatal(err)
	}
	end, err := v.Run(t.Context())
	result{end, err}.check(t, "viewer", ErrTampered, ByNetwork)
}

type mirror struct{ messages chan []byte }

func (m *mirror) Send(_ context.Context, b []byte) error { m.messages <- b; return nil }
func (m *mirror) Close() error                           { return nil }
func (m *mirror) Receive(ctx context.Context) ([]byte, error) {
	select {
	case b := <-m.messages:
		return b, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
