package session

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/beistand/beistand/session/codec"
	"github.com/beistand/beistand/session/peer"
	"github.com/beistand/beistand/session/wire"
)

// Viewer is the supporter's side of one session.
type Viewer struct {
	config ViewerConfig
	code   Code
	ran    atomic.Bool
	gate   *gate
	doing  *doing
	nudged atomic.Bool
	wake   wake

	running  atomic.Pointer[run]      // nil before Run
	figures  atomic.Pointer[Figures]  // nil before there are any
	watching atomic.Pointer[watching] // nil before Run
}

// NewViewer checks invitation and typed code. It gives ErrInvitation, and
// ErrBadCode or ErrNotThisSession for codes that cannot be right; these use up
// no guess.
func NewViewer(config ViewerConfig) (*Viewer, error) {
	if config.Room == nil || config.Show == nil {
		return nil, errors.New("watch a screen: room and window are needed")
	}
	if err := checkInvitation(config.Invitation); err != nil {
		return nil, err
	}
	code, err := ParseCode(config.Code)
	if err != nil {
		return nil, err
	}
	if code.first != config.Invitation.FirstPart {
		return nil, ErrNotThisSession
	}
	return &Viewer{config: config, code: code, wake: make(wake, 1), gate: newGate(), doing: newDoing()}, nil
}

// Run takes the session to its end. Cancelling ctx is the supporter's stop.
// The error is nil when one of the two people ended the session. Run is called
// once; the room stays the caller's to close.
func (v *Viewer) Run(ctx context.Context) (End, error) {
	if v.ran.Swap(true) {
		return End{}, errTwice
	}
	seams := v.config.orMachine()
	watching := newWatching(v.config.Show, v.gate)
	v.watching.Store(watching)
	defer watching.end()
	able := wire.Zstd | wire.Deflate | wire.Datagrams
	films := videoCodecs(codec.Decoders())
	if len(films) > 0 {
		able |= wire.Motion
	}
	if v.config.VideoOnly {
		able = wire.Plain
	}
	if seams.able != 0 {
		able = seams.able
	}
	r := &run{
		side: &viewing{
			config: v.config, watching: watching, flows: flows{timer: time.NewTimer(never)}, pointer: &remote{show: v.config.Cursor}, figures: &v.figures,
			gate: v.gate, doing: v.doing, sums: map[string]bool{}, clips: newBucket(texts, textTime), vitals: newBucket(texts, textTime),
		},
		conf: config{
			role: viewer, invitation: v.config.Invitation, code: v.code, room: v.config.Room, ice: v.config.ICE, fresh: v.config.FreshICE,
			relay: v.config.Relay, notify: v.config.Notify, deadline: time.Now().Add(CodeTime),
			clock: seams.clock, outage: seams.outage, part: seams.part, clocks: seams.clocks, took: seams.took, changes: changesOr(v.config.Changes), rejoin: v.config.Rejoin, wake: v.wake, gate: v.gate, nudged: &v.nudged,
			files: v.config.Files, running: &v.running, able: able, media: peer.Media{Datagrams: !v.config.VideoOnly, Video: films},
		},
	}
	return r.run(ctx)
}

// Figures are the newest about how the picture comes across; zero before there are any.
func (v *Viewer) Figures() (f Figures) {
	if known := v.figures.Load(); known != nil {
		f = *known
	}
	if r := v.running.Load(); r != nil {
		f.Received = r.bytes.Load()
	}
	if w := v.watching.Load(); w != nil {
		f.Datagrams, f.Motion = w.screen.Load().Carrier == wire.ByDatagrams, w.moves()
	}
	return f
}
