package wire

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
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
		"paused":         &Paused{},
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
		"resume":         &Resume{Received: 1 << 40},
		"received":       &Received{Count: 7},
		"withdrawn":      &Withdrawn{},
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
		"offer of none":         &Offer{SDP: "v=0"},
		"answer of none":        &Answer{SDP: "v=0"},
		"candidate of none":     &Candidate{Line: "a"},
		"again of none":         &Again{},
		"no line":               &Recorded{},
		"long line of a record": &Countersigned{Line: make([]byte, MaxRecord+1)},
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
