package wire

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/beistand/beistand/session/rights"
)

func samples() map[string]Message {
	return map[string]Message{
		"share":          &Share{Point: [32]byte{1, 2}, Data: []byte("viewer")},
		"answered":       &Answered{Point: [32]byte{3}, Tag: [64]byte{4}, Data: []byte("host")},
		"confirm":        &Confirm{Tag: [64]byte{5}},
		"bye":            &Bye{Reason: Stopped},
		"sealed":         &Sealed{Number: 1<<40 + 3, Body: []byte{1, 2, 3}},
		"granted":        &Granted{},
		"refused":        &Refused{},
		"offer":          &Offer{Connection: 1, SDP: "v=0\r\n"},
		"answer":         &Answer{Connection: 1<<32 - 1, SDP: "v=0\r\n"},
		"candidate":      &Candidate{Connection: 2, Line: "candidate:1 1 udp 1 127.0.0.1 9 typ host", Mid: "0", Index: 1, Ufrag: "abcd"},
		"last candidate": &Candidate{Connection: 1},
		"picture":        &Picture{Number: 1, Total: 10, Offset: 7, Data: []byte{1, 2, 3}},
		"shown":          &Shown{Number: 1},
		"recorded":       &Recorded{Line: []byte("{}")},
		"countersigned":  &Countersigned{Line: []byte("{}")},
		"paused":         &Paused{Why: ByCustomer},
		"held":           &Paused{Why: ByCustomer | NoObserver | Locked},
		"resumed":        &Resumed{},
		"active":         &Active{},
		"idle":           &Bye{Reason: Idle},
		"too long":       &Bye{Reason: TooLong},
		"largest line":   &Recorded{Line: make([]byte, MaxRecord)},
		"no record":      &Bye{Reason: NoRecord},
		"largest piece":  &Picture{Number: 1, Total: MaxUpdate, Offset: MaxUpdate - MaxChunk, Data: make([]byte, MaxChunk)},
		"largest sealed": &Sealed{Body: make([]byte, MaxSealed)},
		"largest offer":  &Offer{Connection: 1, SDP: strings.Repeat("a", MaxSDP)},
		"again":          &Again{Connection: 3},
		"resume":         &Resume{Received: 1 << 40, Able: Zstd | Datagrams},
		"screen":         &Screen{Epoch: 1, Carrier: ByDatagrams, Method: Zstd},
		"video":          &Screen{Epoch: 2, Carrier: ByVideo},
		"shape":          &Shape{Serial: 1, Width: 2, Height: 1, HotX: 1, Pix: []uint32{1, 0xff000000}},
		"largest shape":  &Shape{Serial: 1, Width: MaxPointer, Height: MaxPointer, Pix: make([]uint32, MaxPointer*MaxPointer)},
		"cursor":         &Cursor{Number: 1, Serial: 1, X: 5, Y: MaxSide - 1, Shown: true},
		"no cursor":      &Cursor{Number: 1},
		"flow":           &Flow{Packet: make([]byte, MaxPacket)},
		"flowed":         &Flowed{Packet: []byte{1}},
		"figures":        &Figures{Capture: 1, Code: 2, Wire: 3, Decode: 4, Show: 5, RoundTrip: 6, Lost: 10000, Frames: 30, Sent: 7, Estimate: 8},
		"received":       &Received{Count: 7},
		"withdrawn":      &Withdrawn{},
		"ask":            &Ask{Rights: rights.Of(rights.Control, rights.ClipIn), Reason: "to click through the dialogue"},
		"longest ask":    &Ask{Rights: rights.Of(rights.All()...), Reason: strings.Repeat("ä", MaxReason)},
		"give back":      &GiveBack{Rights: rights.Of(rights.See)},
		"pointer":        &Pointer{X: 7, Y: MaxSide - 1, Shown: true},
		"no pointer":     &Pointer{},
		"move":           &Move{X: MaxSide - 1, Y: 8},
		"button":         &Button{Number: 1, Down: true},
		"button up":      &Button{Number: 9},
		"wheel":          &Wheel{DX: -MaxNotches, DY: MaxNotches},
		"rune":           &Key{Rune: 'ß', Down: true},
		"key":            &Key{Name: "ArrowLeft"},
		"last key":       &Key{Name: "F12", Down: true},
		"clip":           &Clip{Text: "a\r\n\tb"},
		"empty clip":     &Clip{},
		"largest clip":   &Clip{Text: strings.Repeat("a", MaxClip)},
		"own":            &Own{On: true},
		"own no more":    &Own{},
		"want":           &Want{Right: rights.Logs, On: true},
		"no more vitals": &Want{Right: rights.Vitals},
		"vital":          &Vital{Text: strings.Repeat("a", MaxVital)},
		"hand":           &Hand{ID: 1, Right: rights.FilesIn, Size: MaxFile, Name: "Rechnung 7.pdf"},
		"hand evidence":  &Hand{ID: 2, Right: rights.Logs, Size: Unknown, Name: "logs.zip"},
		"accept":         &Accept{ID: 1},
		"piece":          &Piece{ID: 1, Offset: MaxFile - MaxPiece, Data: make([]byte, MaxPiece)},
		"took":           &Took{ID: 1, Bytes: MaxFile},
		"done":           &Done{ID: 1, SHA256: [32]byte{1}},
		"cancel":         &Cancel{ID: 1, Why: WrongSum},
	}
}

func TestRoundTrip(t *testing.T) {
	kinds := map[kind]bool{}
	for name, m := range samples() {
		t.Run(name, func(t *testing.T) {
			kinds[m.kind()] = true
			b, err := Append(nil, m)
			if err != nil {
				t.Fatal(err)
			}
			if len(b) > MaxMessage {
				t.Errorf("%d bytes, at most %d are allowed", len(b), MaxMessage)
			}
			got, err := Decode(b)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, m) {
				t.Errorf("read as %.200v, want %.200v", got, m)
			}
			for n := range min(len(b), 300) { // every shorter one is either refused or another message
				short, err := Decode(b[:n])
				if err != nil {
					continue
				}
				if again, err := Append(nil, short); err != nil || !bytes.Equal(again, b[:n]) {
					t.Errorf("the first %d bytes are read as something else: %v", n, err)
				}
			}
		})
	}
	for k := range 256 {
		if (empty(kind(k)) != nil) != kinds[kind(k)] {
			t.Errorf("kind %d: known %v, tested %v", k, empty(kind(k)) != nil, kinds[kind(k)])
		}
	}
}

func TestNotWritten(t *testing.T) {
	for name, m := range map[string]Message{
		"long data":             &Share{Data: make([]byte, MaxData+1)},
		"long answered data":    &Answered{Data: make([]byte, MaxData+1)},
		"no reason":             &Bye{},
		"unknown reason":        &Bye{Reason: lastReason + 1},
		"nothing sealed":        &Sealed{},
		"too much sealed":       &Sealed{Body: make([]byte, MaxSealed+1)},
		"long offer":            &Offer{Connection: 1, SDP: strings.Repeat("a", MaxSDP+1)},
		"offer past two bytes":  &Offer{Connection: 1, SDP: strings.Repeat("a", 1<<16)},
		"long answer":           &Answer{Connection: 1, SDP: strings.Repeat("a", MaxSDP+1)},
		"long line":             &Candidate{Connection: 1, Line: strings.Repeat("a", MaxLine+1)},
		"long mid":              &Candidate{Connection: 1, Line: "a", Mid: strings.Repeat("a", MaxName+1)},
		"long ufrag":            &Candidate{Connection: 1, Line: "a", Ufrag: strings.Repeat("a", MaxName+1)},
		"last candidate of mid": &Candidate{Connection: 1, Mid: "0"},
		"no piece":              &Picture{Number: 1, Total: 1},
		"long piece":            &Picture{Number: 1, Total: 1 << 20, Data: make([]byte, MaxChunk+1)},
		"piece past the end":    &Picture{Number: 1, Total: 10, Offset: 8, Data: make([]byte, 3)},
		"piece that wraps":      &Picture{Number: 1, Total: 10, Offset: 1<<32 - 1, Data: make([]byte, 3)},
		"update too large":      &Picture{Number: 1, Total: MaxUpdate + 1, Data: []byte{1}},
		"update zero":           &Picture{Total: 1, Data: []byte{1}},
		"shown zero":            &Shown{},
		"able to more":          &Resume{Able: allAble + 1},
		"screen zero":           &Screen{Carrier: ByPieces, Method: Zstd},
		"screen by no carrier":  &Screen{Epoch: 1, Method: Zstd},
		"screen by no method":   &Screen{Epoch: 1, Carrier: ByPieces},
		"screen by both":        &Screen{Epoch: 1, Carrier: ByPieces, Method: Zstd | Deflate},
		"video by a method":     &Screen{Epoch: 1, Carrier: ByVideo, Method: Zstd},
		"shape zero":            &Shape{Width: 1, Height: 1, Pix: []uint32{1}},
		"shape of nothing":      &Shape{Serial: 1},
		"shape too wide":        &Shape{Serial: 1, Width: MaxPointer + 1, Height: 1, Pix: make([]uint32, MaxPointer+1)},
		"shape cut":             &Shape{Serial: 1, Width: 2, Height: 2, Pix: make([]uint32, 3)},
		"shape hot outside":     &Shape{Serial: 1, Width: 1, Height: 1, HotX: 1, Pix: []uint32{1}},
		"cursor zero":           &Cursor{},
		"cursor outside":        &Cursor{Number: 1, Serial: 1, X: MaxSide, Shown: true},
		"cursor without shape":  &Cursor{Number: 1, Shown: true},
		"hidden cursor":         &Cursor{Number: 1, X: 1},
		"no packet":             &Flow{},
		"large packet":          &Flowed{Packet: make([]byte, MaxPacket+1)},
		"more lost than all":    &Figures{Lost: 10001},
		"offer of none":         &Offer{SDP: "v=0"},
		"answer of none":        &Answer{SDP: "v=0"},
		"candidate of none":     &Candidate{Line: "a"},
		"again of none":         &Again{},
		"no line":               &Recorded{},
		"long line of a record": &Countersigned{Line: make([]byte, MaxRecord+1)},

		"paused for nothing":    &Paused{},
		"paused for more":       &Paused{Why: 8},
		"ask for nothing":       &Ask{},
		"ask for the unknown":   &Ask{Rights: 1 << 15},
		"long reason":           &Ask{Rights: 1, Reason: strings.Repeat("a", MaxReason+1)},
		"reason of two lines":   &Ask{Rights: 1, Reason: "a\nb"},
		"reason that is none":   &Ask{Rights: 1, Reason: "\xff"},
		"nothing given back":    &GiveBack{},
		"pointer outside":       &Pointer{X: MaxSide, Shown: true},
		"hidden pointer":        &Pointer{X: 1},
		"move outside":          &Move{Y: MaxSide},
		"button zero":           &Button{},
		"another button":        &Button{Number: 4},
		"wheel that rests":      &Wheel{},
		"wheel too far":         &Wheel{DY: -MaxNotches - 1},
		"no key":                &Key{Down: true},
		"another key":           &Key{Name: "Power"},
		"key twice":             &Key{Rune: 'a', Name: "Enter"},
		"control character":     &Key{Rune: '\n'},
		"half a rune":           &Key{Rune: 0xd800},
		"negative rune":         &Key{Rune: -1},
		"rune past all":         &Key{Rune: 0x110000},
		"long clip":             &Clip{Text: strings.Repeat("a", MaxClip+1)},
		"clip that ends":        &Clip{Text: "a\x00b"},
		"clip that is none":     &Clip{Text: "\xff"},
		"want to see":           &Want{Right: rights.See, On: true},
		"logs no more":          &Want{Right: rights.Logs},
		"vital of nothing":      &Vital{},
		"long vital":            &Vital{Text: strings.Repeat("a", MaxVital+1)},
		"hand zero":             &Hand{Right: rights.FilesIn, Name: "a"},
		"hand of another right": &Hand{ID: 1, Right: rights.See, Name: "a"},
		"hand too large":        &Hand{ID: 1, Right: rights.FilesIn, Size: MaxFile + 1, Name: "a"},
		"hand of unknown size":  &Hand{ID: 1, Right: rights.FilesIn, Size: Unknown, Name: "a"},
		"evidence too large":    &Hand{ID: 2, Right: rights.System, Size: MaxEvidence + 1, Name: "a"},
		"path":                  &Hand{ID: 1, Right: rights.FilesIn, Name: "../a"},
		"device":                &Hand{ID: 1, Right: rights.FilesIn, Name: "con.txt"},
		"no name":               &Hand{ID: 1, Right: rights.FilesIn},
		"accept zero":           &Accept{},
		"piece of nothing":      &Piece{ID: 1},
		"piece too large":       &Piece{ID: 1, Data: make([]byte, MaxPiece+1)},
		"piece past all":        &Piece{ID: 1, Offset: MaxFile, Data: []byte{1}},
		"piece past wrapping":   &Piece{ID: 1, Offset: 1<<64 - 1, Data: []byte{1}},
		"took nothing":          &Took{ID: 1},
		"took too much":         &Took{ID: 1, Bytes: MaxFile + 1},
		"done zero":             &Done{},
		"cancel for nothing":    &Cancel{ID: 1},
		"cancel for more":       &Cancel{ID: 1, Why: lastCancelled + 1},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Append(nil, m); !errors.Is(err, ErrFormat) {
				t.Errorf("got %v, want %v", err, ErrFormat)
			}
		})
	}
}

func TestNotRead(t *testing.T) {
	for name, test := range map[string]struct {
		bytes []byte
		want  error
	}{
		"nothing":         {nil, ErrFormat},
		"no kind":         {[]byte{Version}, ErrFormat},
		"kind zero":       {[]byte{Version, 0}, ErrFormat},
		"unknown kind":    {[]byte{Version, 200}, ErrFormat},
		"version zero":    {[]byte{0, byte(kindGranted)}, ErrVersion},
		"later version":   {[]byte{Version + 1, byte(kindGranted)}, ErrVersion},
		"trailing byte":   {[]byte{Version, byte(kindGranted), 0}, ErrFormat},
		"length too long": {[]byte{Version, byte(kindOffer), 0, 0, 0, 1, 0, 2, 'v'}, ErrFormat},
		"above the limit": {append([]byte{Version, byte(kindOffer), 0, 0, 0, 1, 0xff, 0xff}, make([]byte, 0xffff)...), ErrFormat},
		"too long":        {append([]byte{Version, byte(kindSealed)}, make([]byte, MaxMessage)...), ErrFormat},
		"no reason":       {[]byte{Version, byte(kindBye), 0}, ErrFormat},
		"rights disorder": {append([]byte{Version, byte(kindGiveBack), 0, 9}, "point,see"...), ErrFormat},
		"rights twice":    {append([]byte{Version, byte(kindGiveBack), 0, 7}, "see,see"...), ErrFormat},
		"unknown right":   {append([]byte{Version, byte(kindGiveBack), 0, 3}, "all"...), ErrFormat},
		"odd flag":        {[]byte{Version, byte(kindButton), 1, 2}, ErrFormat},
		"rune wraps":      {[]byte{Version, byte(kindKey), 0xff, 0xff, 0xff, 0xff, 1}, ErrFormat},
	} {
		t.Run(name, func(t *testing.T) {
			if m, err := Decode(test.bytes); !errors.Is(err, test.want) {
				t.Errorf("got %v, %v, want %v", m, err, test.want)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	for _, m := range samples() {
		b, err := Append(nil, m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Decode(b)
		if err != nil {
			if !errors.Is(err, ErrFormat) && !errors.Is(err, ErrVersion) {
				t.Fatalf("an error of no kind: %v", err)
			}
			return
		}
		again, err := Append(nil, m)
		if err != nil {
			t.Fatalf("read but not written: %v", err)
		}
		if !bytes.Equal(again, b) {
			t.Fatalf("two encodings of one message:\n%x\n%x", b, again)
		}
	})
}
