package session

import (
	"context"
	"crypto/ed25519"
	"image"

	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/wire"
)

// HostConfig is what the customer's side of a session needs.
type HostConfig struct {
	Invitation Invitation
	Room       Room
	Rejoin     func(context.Context) (Room, error) // another place in the room when that is lost; rendezvous.ErrEnded says that there is none any more; nil: it stays lost
	ICE        []ICEServer

	// DeskKey is the key that the desk is known by; nil at a first meeting.
	// An invitation under another is ErrDeskKey.
	DeskKey ed25519.PublicKey

	// FreshICE gives the servers right before the two machines connect, since
	// credentials do not hold as long as a code. Nil or an error leaves ICE.
	FreshICE func(ctx context.Context) ([]ICEServer, error)

	// What this machine can give. A right whose means is nil is never given,
	// and the customer is not asked for it.
	Screen     screen.Source // See and Film; also needed by Point and Control. With Choose (as screen.Limited's) it limits itself to a Scope; with Windows it shows single ones
	Pointer    Pointer       // Point
	Input      Input         // Control
	Clipboard  Clipboard     // ClipIn and ClipOut
	Files      Files         // FilesIn
	SendsFiles bool          // FilesOut: somebody can call SendFile
	Evidence   Evidence      // Logs and System
	Vitals     Vitals        // Vitals

	// Consent asks the customer: once after the code has become a key, and
	// then for each further question. What it gives counts as far as it was
	// asked for; nothing, and an error, mean no. ctx ends with the session or
	// with the time for an answer, ConsentTime; then it must return.
	Consent func(ctx context.Context, q Question) (Grant, error)

	// Record keeps each line of the session's record before what it tells goes
	// on; an error ends the session. Nil keeps none.
	Record record.Keep

	// Notify is told every change, one at a time, and must not block. Nil tells nobody.
	Notify func(Event)

	Relay bool // connect through the relay only

	// Changes tells when this machine's way to the network has changed; nil is netwatch.Changes.
	Changes func(context.Context) <-chan struct{}

	seams
	sealed func(wire.Message) // told what is sealed for the data channel; nil tells nobody
}

// able is what this machine can give.
func (c *HostConfig) able() (s rights.Set) {
	for _, one := range []struct {
		can bool
		all rights.Set
	}{
		{c.Screen != nil, rights.Of(rights.See, rights.Film)},
		{c.Screen != nil && c.Pointer != nil, rights.Of(rights.Point)},
		{c.Screen != nil && c.Input != nil, rights.Of(rights.Control)},
		{c.Clipboard != nil, rights.Of(rights.ClipIn, rights.ClipOut)},
		{c.Files != nil, rights.Of(rights.FilesIn)},
		{c.SendsFiles, rights.Of(rights.FilesOut)},
		{c.Evidence != nil, rights.Of(rights.Logs, rights.System)},
		{c.Vitals != nil, rights.Of(rights.Vitals)},
	} {
		if one.can {
			s = s.With(one.all)
		}
	}
	return s
}

// ViewerConfig is what the supporter's side of a session needs.
type ViewerConfig struct {
	Invitation Invitation
	Code       string // as typed
	Room       Room
	Rejoin     func(context.Context) (Room, error) // another place in the room when that is lost; rendezvous.ErrEnded says that there is none any more; nil: it stays lost
	ICE        []ICEServer

	// FreshICE is as the host's.
	FreshICE func(ctx context.Context) ([]ICEServer, error)

	// Show is given every new picture, one at a time: the whole of it, which
	// the callee may read until it returns, and the parts that changed. The
	// next pictures are asked for when it returns; it must not wait for Run.
	Show func(picture *pixel.Bitmap, changed []image.Rectangle)

	// Cursor is told how the customer's pointer looks (nil: it is not to be
	// seen) and where in the picture it is. It must not block; nil tells nobody.
	Cursor func(shape *pixel.Shape, at image.Point)

	// VideoOnly asks for the whole screen as one video, as any receiver of
	// WebRTC takes it: it is not lossless. False asks for tiles.
	VideoOnly bool

	// Clip is given the customer's clipboard whenever it changes, Vitals each
	// sample, as text. They must not block; nil drops it.
	Clip   func(text string)
	Vitals func(text string)

	// Files takes the customer's files and evidence. Nil takes none.
	Files Files

	// Record keeps each line of the record's copy; an error ends the session.
	// Nil keeps none.
	Record record.Keep

	// Notify is told every change, one at a time, and must not block. Nil tells nobody.
	Notify func(Event)

	Relay bool // connect through the relay only

	// Changes tells when this machine's way to the network has changed; nil is netwatch.Changes.
	Changes func(context.Context) <-chan struct{}

	seams
}
