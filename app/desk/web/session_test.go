package web_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/wire"
)

func TestSession(t *testing.T) {
	h := open(t)
	b := h.supporter("de")
	b.ask()
	b.shot("3-code")
	r := h.host()
	b.typeCode(r.Code())
	h.sharing()
	b.do(chromedp.WaitVisible("#words"))
	words := h.event().Words
	b.says("#words", words[0]+" "+words[1])
	b.says("#rights", "Bildschirm")
	b.shot("4-session")
	r.Pause()
	b.says("#veil", "Von der Kundenseite angehalten")
	r.Hold(session.HoldLocked)
	r.Release(session.HoldPaused)
	b.says("#veil", "Der Bildschirm des Kunden ist gesperrt")
	r.Release(session.HoldLocked)
	b.shot("5-held")
	b.do(chromedp.Click("#stop"))
	b.says("#over-title", "Die Sitzung ist zu Ende")
	b.shot("6-over")
	if err := r.end(t); err != nil {
		t.Error(err)
	}
}

func TestWrongCode(t *testing.T) {
	h := open(t)
	b := h.supporter("nl")
	b.ask()
	r := h.host()
	code := []byte(r.Code())
	code[len(code)-1] = '0' + (code[len(code)-1]-'0'+1)%10
	b.typeCode(string(code))
	b.says("#over-what", "De code was verkeerd")
	if err := r.end(t); !errors.Is(err, session.ErrWrongCode) {
		t.Errorf("the customer's program ended with %v, want %v", err, session.ErrWrongCode)
	}
}

func TestCodeMistyped(t *testing.T) {
	h := open(t)
	b := h.supporter("en")
	b.ask()
	r := h.host()
	b.typeCode("12 34")
	b.says("#trouble", "nine digits")
	b.typeCode(r.Code()[4:]) // the second part alone
	b.shot("8-mistyped")
	h.sharing()
	r.stop()
	b.says("#over-what", "Nothing was shown.")
	if err := r.end(t); err != nil {
		t.Error(err)
	}
}

func TestRefused(t *testing.T) {
	h := open(t)
	h.config.Consent = func(context.Context, session.Question) (session.Grant, error) { return session.Grant{}, nil }
	b := h.supporter("en")
	b.ask()
	r := h.host()
	b.typeCode(r.Code())
	b.says("#over-what", "The customer did not allow it.")
	if err := r.end(t); !errors.Is(err, session.ErrRefused) {
		t.Error(err)
	}
}

// altering is a desk that alters the first message of a kind on its way to the
// supporter.
type altering struct {
	session.Room
	done atomic.Bool
	when func(m wire.Message) bool
}

func (a *altering) Send(ctx context.Context, message []byte) error {
	if m, err := wire.Decode(message); err == nil && a.when(m) && !a.done.Swap(true) {
		message = append([]byte(nil), message...)
		message[len(message)-1] ^= 1
	}
	return a.Room.Send(ctx, message)
}

// TestAltered proves that a session ends by name when the desk alters what it carries.
func TestAltered(t *testing.T) {
	for name, c := range map[string]struct {
		when func(m wire.Message) bool
		says string
		want error
	}{
		"the key exchange": {func(m wire.Message) bool { _, ok := m.(*wire.Answered); return ok }, "The code was wrong", session.ErrWrongCode},
		"a sealed message": {func(m wire.Message) bool { _, ok := m.(*wire.Sealed); return ok }, "altered", session.ErrTampered},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			h.room = func(r session.Room) session.Room { return &altering{Room: r, when: c.when} }
			b := h.supporter("en")
			b.ask()
			r := h.host()
			b.typeCode(r.Code())
			b.says("#over-what", c.says)
			b.shot("7-altered")
			if err := r.end(t); !errors.Is(err, c.want) {
				t.Errorf("the customer's program ended with %v, want %v", err, c.want)
			}
		})
	}
}
