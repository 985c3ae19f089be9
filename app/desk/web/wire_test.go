package web_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"unicode/utf8"

	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// messages is one of each kind that a browser knows.
func messages() []wire.Message {
	return []wire.Message{
		&wire.Share{Data: []byte("data")}, &wire.Answered{Data: []byte("data")}, &wire.Confirm{Tag: [64]byte{1}}, &wire.Bye{Reason: wire.Idle},
		&wire.Sealed{Number: 7, Body: []byte("body")}, &wire.Granted{}, &wire.Refused{}, &wire.Offer{Connection: 1, SDP: "v=0\r\n"},
		&wire.Answer{Connection: 2, SDP: "v=0\r\n"}, &wire.Candidate{Connection: 1, Line: "candidate:1", Mid: "0", Index: 1, Ufrag: "abcd"},
		&wire.Candidate{Connection: 3}, &wire.Picture{Number: 1, Total: 9, Offset: 2, Data: []byte("piece")}, &wire.Shown{Number: 5, Decode: 6, Show: 7},
		&wire.Recorded{Line: []byte("{}")}, &wire.Countersigned{Line: []byte("{}")}, &wire.Paused{Why: wire.ByCustomer | wire.Locked}, &wire.Resumed{}, &wire.Active{},
		&wire.Screen{Epoch: 1, Carrier: wire.ByPieces, Method: wire.Deflate}, &wire.Screen{Epoch: 2, Carrier: wire.ByVideo},
		&wire.Shape{Serial: 1, Width: 2, Height: 1, HotX: 1, Pix: []uint32{1, 0xff000000}}, &wire.Cursor{Number: 1, Serial: 1, X: 5, Y: 6, Shown: true}, &wire.Cursor{Number: 2},
		&wire.Figures{Capture: 1, Lost: 10000, Frames: 30}, &wire.Again{Connection: 4}, &wire.Resume{Received: 9, Able: wire.Deflate | wire.Motion}, &wire.Received{Count: 32}, &wire.Withdrawn{},
		&wire.Ask{Rights: rights.Of(rights.See, rights.Control), Reason: "bitte schön"}, &wire.GiveBack{Rights: rights.Of(rights.Point)},
		&wire.Pointer{X: 5, Y: 6, Shown: true}, &wire.Move{X: 1, Y: 2}, &wire.Button{Number: 3, Down: true}, &wire.Wheel{DX: -3, DY: 10},
		&wire.Key{Rune: 'ß', Down: true}, &wire.Key{Name: "ArrowDown"}, &wire.Clip{Text: "Text"}, &wire.Want{Right: rights.Vitals}, &wire.Vital{Text: "load 1"},
		&wire.Accept{ID: 2}, &wire.Piece{ID: 2, Offset: 4, Data: []byte("file")}, &wire.Took{ID: 2, Bytes: 8}, &wire.Done{ID: 2}, &wire.Cancel{ID: 2, Why: wire.NotWanted}, &wire.Own{On: true},
	}
}

// TestWire gives both decoders the same messages, right and wrong ones: the
// browser takes what Go takes, and writes it as it was.
func TestWire(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 9))
	type told struct {
		Data  string
		Takes bool
	}
	var all []told
	for range 60 {
		for i, m := range messages() {
			b, err := wire.Append(nil, m)
			if err != nil {
				t.Fatalf("message %d: %v", i, err)
			}
			switch random.IntN(4) {
			case 0:
			case 1:
				b = b[:random.IntN(len(b)+1)]
			case 2:
				b = append(b, byte(random.IntN(256)))
			default:
				at := random.IntN(len(b))
				b[at] = byte(random.IntN(256))
			}
			got, err := wire.Decode(b)
			switch m := got.(type) {
			case *wire.Flow, *wire.Flowed, *wire.Hand: // not a browser's
				continue
			case *wire.Offer, *wire.Answer, *wire.Candidate:
				if !utf8.Valid(b[6:]) { // a browser wants text
					continue
				}
			case *wire.Resume: // numbers above 2^53 are no count
				if m.Received > 1<<53 {
					continue
				}
			case *wire.Received:
				if m.Count > 1<<53 {
					continue
				}
			case *wire.Piece:
				if m.Offset > 1<<53 {
					continue
				}
			case *wire.Took:
				if m.Bytes > 1<<53 {
					continue
				}
			}
			all = append(all, told{base64.StdEncoding.EncodeToString(b), err == nil})
		}
	}
	text, _ := json.Marshal(all) // strings
	for _, wrong := range eval[[]string](laboratory(t), fmt.Sprintf(`(async () => {
		const { FormatError, decode, encode } = await import("/static/wire.js");
		const { equal, hex, unbase64 } = await import("/static/bytes.js");
		const wrong = [];
		for (const { Data, Takes } of %s) {
			const b = unbase64(Data);
			try {
				const m = decode(b);
				if (!Takes) wrong.push("taken: " + hex(b));
				else if (!equal(encode(m), b)) wrong.push("written otherwise: " + hex(b));
			} catch (e) {
				if (!(e instanceof FormatError)) wrong.push(hex(b) + ": " + e.stack);
				else if (Takes) wrong.push(hex(b) + " is not taken: " + e.message);
			}
		}
		return wrong;
	})()`, text)) {
		t.Error(wrong)
	}
}
