package session

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/session/wire"
)

// What a person waits for goes before pieces, never before anything else, and
// never before what a connection was given.
func TestSwiftGoesFirst(t *testing.T) {
	piece := func(n uint64) wire.Message { return &wire.Piece{ID: 2, Offset: n, Data: []byte{1}} }
	picture := func(n uint32) wire.Message { return &wire.Picture{Number: n, Total: 1, Data: []byte{1}} }
	done := &wire.Done{ID: 2}
	for name, test := range map[string]struct {
		put  []wire.Message
		sent int // given to the connection
		top  int // given to any
		want string
	}{
		"before pieces":                     {[]wire.Message{piece(0), piece(1), picture(1), picture(2)}, 0, 0, "Picture1 Picture2 Piece0 Piece1"},
		"not before the end":                {[]wire.Message{piece(0), done, piece(1), picture(1)}, 0, 0, "Piece0 Done Picture1 Piece1"},
		"not before what was given":         {[]wire.Message{piece(0), piece(1), picture(1)}, 1, 1, "Piece0 Picture1 Piece1"},
		"not before what another was given": {[]wire.Message{piece(0), piece(1), picture(1)}, 0, 1, "Piece0 Picture1 Piece1"},
	} {
		o := newOutbox(newGate(), nil)
		o.sent, o.top = test.sent, uint64(test.top)
		for _, m := range test.put {
			o.addLocked(parcel{message: m, b: []byte{1}})
		}
		var got []string
		for _, p := range o.kept {
			switch m := p.message.(type) {
			case *wire.Piece:
				got = append(got, fmt.Sprint("Piece", m.Offset))
			case *wire.Picture:
				got = append(got, fmt.Sprint("Picture", m.Number))
			default:
				got = append(got, "Done")
			}
		}
		if s := strings.Join(got, " "); s != test.want || o.bytes != len(test.put)*(1+keeping) {
			t.Errorf("%s: %s of %d bytes, want %s", name, s, o.bytes, test.want)
		}
	}
}

// Pieces stand back while somebody looks on and the way is full, and only pieces do.
func TestPiecesStandBack(t *testing.T) {
	o := newOutbox(newGate(), nil)
	if o.standsBackLocked(1 << 20) {
		t.Error("nothing stands back")
	}
	o.addLocked(parcel{message: &wire.Piece{ID: 2, Data: []byte{1}}})
	if o.standsBackLocked(1 << 20) {
		t.Error("a piece stands back, and nobody waits for anything")
	}
	o.swift = time.Now()
	if !o.standsBackLocked(standBytes+1) || o.standsBackLocked(standBytes) {
		t.Error("a piece does not stand back from a full way, or does from an empty one")
	}
	o.addLocked(parcel{message: &wire.Picture{Number: 1, Total: 1, Data: []byte{1}}})
	if o.standsBackLocked(1 << 20) {
		t.Error("a picture stands back")
	}
	o.swift = o.swift.Add(-2 * swiftTime)
	o.kept = o.kept[1:]
	if o.standsBackLocked(1 << 20) {
		t.Error("a piece stands back for ever")
	}
}
