package session

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/beistand/beistand/session/codec"
	"github.com/beistand/beistand/session/peer"
	"github.com/beistand/beistand/session/rights"
)

// Host is the customer's side of one session.
type Host struct {
	config HostConfig
	code   Code
	drawn  time.Time
	ran    atomic.Bool
	gate   *gate
	hand   hand
	nudged atomic.Bool
	wake   wake

	running atomic.Pointer[run] // nil before Run
	stop    context.CancelFunc
	stopped context.Context // ended by stop
	company *Company        // nil: alone; set before Run
}

// NewHost draws the code's second part; CodeTime runs from here. The error is
// ErrInvitation, ErrDeskKey or ErrCannotGive when there is nothing to begin.
func NewHost(config HostConfig) (*Host, error) {
	if config.Room == nil || config.Consent == nil {
		return nil, errors.New("begin a session: room and consent are needed")
	}
	if err := checkInvitation(config.Invitation); err != nil {
		return nil, err
	}
	switch {
	case config.DeskKey != nil && !config.DeskKey.Equal(config.Invitation.DeskKey):
		return nil, ErrDeskKey
	case config.able().Both(config.Invitation.Rights) == 0:
		return nil, fmt.Errorf("%w: %s", ErrCannotGive, config.Invitation.Rights)
	}
	code, err := NewCode(config.Invitation.FirstPart)
	if err != nil {
		return nil, err
	}
	h := &Host{config: config, code: code, drawn: time.Now(), wake: make(wake, 1), gate: newGate()}
	h.hand.input, h.hand.pointer = config.Input, config.Pointer
	h.stopped, h.stop = context.WithCancel(context.Background())
	return h, nil
}

// checkInvitation says whether a desk has signed it.
func checkInvitation(i Invitation) error {
	if err := i.Verify(); err != nil {
		return fmt.Errorf("%w: %w", ErrInvitation, err)
	}
	return nil
}

// Code is what the customer reads out, "NNN-NNNNNN".
func (h *Host) Code() string { return h.code.String() }

// Invitation is who asks, and for what.
func (h *Host) Invitation() Invitation { return h.config.Invitation }

// Stop is the customer's stop, as cancelling Run's context is: when it returns,
// no picture and nothing else of this machine leaves any more, however busy the
// session is. It may be called from any goroutine and at any time.
func (h *Host) Stop() {
	h.stop()
	h.gate.shut()
}

// Run takes the session to its end. Cancelling ctx is the customer's stop: the
// supporter is told, and no picture leaves afterwards. The error is nil when
// one of the two people ended the session. Run is called once; room and screen
// stay the caller's to close.
func (h *Host) Run(ctx context.Context) (End, error) {
	if h.ran.Swap(true) {
		return End{}, errTwice // a second run would be a second guess
	}
	seams := h.config.orMachine()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(h.stopped, cancel)()
	defer context.AfterFunc(ctx, h.gate.shut)() // the run may be busy
	defer h.stop()
	r := &run{
		side: &hosting{
			config: h.config, gate: h.gate, hand: &h.hand,
			giving: giving{revoked: map[rights.Right]int{}, resumes: newBucket(resumes, resumeTime), scopes: newBucket(scopes, scopeTime)},
			inputs: newBucket(inputs, inputTime), clips: newBucket(clips, clipTime), wants: newBucket(wants, wantTime),
		},
		conf: config{
			role: host, invitation: h.config.Invitation, code: h.code, room: h.config.Room, ice: h.config.ICE, fresh: h.config.FreshICE,
			relay: h.config.Relay, notify: h.config.Notify, deadline: h.drawn.Add(CodeTime),
			clock: seams.clock, outage: seams.outage, part: seams.part, clocks: seams.clocks, took: seams.took, changes: changesOr(h.config.Changes), rejoin: h.config.Rejoin, wake: h.wake, gate: h.gate, nudged: &h.nudged, sealed: h.config.sealed,
			media: peer.Media{Datagrams: true, Video: videoCodecs(codec.Encoders()), SendVideo: true},
			files: h.config.Files, running: &h.running, company: h.company.seat(h), release: h.hand.release,
		},
	}
	return r.run(ctx)
}
