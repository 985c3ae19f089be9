package session

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/beistand/beistand/session/invite"
	"github.com/beistand/beistand/session/rights"
)

// another is a code that differs in its last digit.
func another(code string) string {
	last := code[len(code)-1]
	return code[:len(code)-1] + string('0'+(last-'0'+1)%10)
}

func TestWrongCode(t *testing.T) {
	p := newPair(t)
	p.code = another
	p.host.Consent = func(ctx context.Context, q Question) (Grant, error) {
		t.Error("the customer was asked though the code was wrong")
		return yes(ctx, q)
	}
	p.start()
	h, v := p.ends()
	h.check(t, "host", ErrWrongCode, BySupporter)
	v.check(t, "viewer", ErrWrongCode, BySupporter)
	if !h.end.KeyAgreed.IsZero() || !v.end.KeyAgreed.IsZero() {
		t.Error("a key was agreed on")
	}
}

// What the customer is shown is what the supporter was told, or there is no key.
func TestInvitationIsBound(t *testing.T) {
	for name, change := range map[string]func(*Invitation){
		"supporter":    func(i *Invitation) { i.Supporter = "Mallory" },
		"organisation": func(i *Invitation) { i.Organisation = "Your Bank" },
		"ticket":       func(i *Invitation) { i.Ticket++ },
		"id":           func(i *Invitation) { i.ID = "another" },
		"shifted":      func(i *Invitation) { i.Supporter, i.Organisation = "Sam SupportE", "xample GmbH" },
		"role":         func(i *Invitation) { i.Role = invite.Expert },
		"rights":       func(i *Invitation) { i.Rights = control },
	} {
		t.Run(name, func(t *testing.T) {
			p := newPair(t)
			change(&p.viewer.Invitation)
			p.viewer.Invitation.sign()
			p.start()
			h, v := p.ends()
			h.check(t, "host", ErrWrongCode, BySupporter)
			v.check(t, "viewer", ErrWrongCode, BySupporter)
		})
	}
}

func TestRefused(t *testing.T) {
	for name, consent := range map[string]func(context.Context, Question) (Grant, error){
		"no":            func(context.Context, Question) (Grant, error) { return Grant{}, nil },
		"another right": func(context.Context, Question) (Grant, error) { return Grant{Rights: rights.Of(rights.Logs)}, nil },
		"a closed window": func(_ context.Context, q Question) (Grant, error) {
			return Grant{Rights: q.Rights}, errors.New("the window was closed")
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPair(t)
			p.host.Consent = consent
			p.start()
			h, v := p.ends()
			h.check(t, "host", ErrRefused, ByCustomer)
			v.check(t, "viewer", ErrRefused, ByCustomer)
			if p.screen.Grabs() != 0 {
				t.Error("the screen was read")
			}
		})
	}
}

func silent(ctx context.Context, q Question) (Grant, error) {
	<-ctx.Done()
	return Grant{Rights: q.Rights}, nil // too late
}

// Silence is a no after exactly the time that there is for an answer.
func TestSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPair(t)
		p.host.Consent = silent
		begin := time.Now()
		p.start()
		h, v := <-p.hostDone, <-p.viewerDone
		h.check(t, "host", ErrRefused, ByCustomer)
		v.check(t, "viewer", ErrRefused, ByCustomer)
		if took := h.end.Ended.Sub(begin); took != ConsentTime {
			t.Errorf("silence took %v, want %v", took, ConsentTime)
		}
	})
}

func TestStopWhileAsked(t *testing.T) {
	for name, test := range map[string]struct {
		stop   func(*pair)
		host   error
		viewer error
		by     string
	}{
		"by the customer":  {func(p *pair) { p.stopHost() }, nil, ErrRefused, ByCustomer},
		"by the supporter": {func(p *pair) { p.stopViewer() }, nil, nil, BySupporter},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPair(t)
			asked := make(chan struct{})
			p.host.Consent = func(ctx context.Context, q Question) (Grant, error) {
				close(asked)
				return silent(ctx, q)
			}
			p.start()
			<-asked
			test.stop(p)
			h, v := p.ends()
			h.check(t, "host", test.host, test.by)
			v.check(t, "viewer", test.viewer, test.by)
		})
	}
}

// A code that nobody uses in time is of no use any more, on either side.
func TestExpired(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPair(t)
		drawn := time.Now()
		h, err := NewHost(p.host)
		if err != nil {
			t.Fatal(err)
		}
		<-time.After(3 * time.Minute) // the program takes its time to run it
		end, err := h.Run(t.Context())
		result{end, err}.check(t, "host", ErrExpired, ByDesk)
		if took := end.Ended.Sub(drawn); took != CodeTime {
			t.Errorf("the code held for %v, want %v", took, CodeTime)
		}
		if _, err := h.Run(t.Context()); !errors.Is(err, errTwice) {
			t.Errorf("a second run with the same code: %v, want %v", err, errTwice)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		p := newPair(t)
		p.viewer.Code = "042-123456"
		p.viewer.Room = &absent{p.viewer.Room}
		v, err := NewViewer(p.viewer)
		if err != nil {
			t.Fatal(err)
		}
		end, err := v.Run(t.Context())
		result{end, err}.check(t, "viewer", ErrExpired, ByDesk)
	})
}

// absent is a room to which nobody comes.
type absent struct{ Room }

func (a *absent) Send(ctx context.Context, _ []byte) error {
	<-ctx.Done()
	return ctx.Err()
}

// A side that has begun and then says nothing is given up.
func TestUnanswered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPair(t)
		p.viewer.Code = "042-123456"
		v, err := NewViewer(p.viewer)
		if err != nil {
			t.Fatal(err)
		}
		end, err := v.Run(t.Context())
		result{end, err}.check(t, "viewer", ErrPeerLeft, ByCustomer)
	})
}

// The supporter's program that leaves the room while the customer thinks.
func TestPeerLeaves(t *testing.T) {
	p := newPair(t)
	asked := make(chan struct{})
	p.host.Consent = func(ctx context.Context, q Question) (Grant, error) {
		close(asked)
		return silent(ctx, q)
	}
	p.start()
	<-asked
	p.viewer.Room.Close() // as if the program had died
	h, _ := p.ends()
	h.check(t, "host", ErrPeerLeft, BySupporter)
}
