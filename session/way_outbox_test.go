package session

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/beistand/beistand/session/wire"
)

func fill(t *testing.T, o *outbox, messages ...wire.Message) {
	t.Helper()
	for _, m := range messages {
		if _, err := o.put(t.Context(), parcel{message: m}); err != nil {
			t.Fatal(err)
		}
	}
}

// given stands for a connection that has been given n of what is kept.
func (o *outbox) given(n int) { o.sent, o.top = n, o.first+uint64(n) }

func TestOutboxForgets(t *testing.T) {
	o := newOutbox(newGate(), nil)
	fill(t, o, &wire.Active{}, &wire.Active{}, &wire.Shown{Number: 1}, &wire.Active{})
	o.given(3)
	for count, want := range map[uint64]error{4: ErrTampered, 1 << 60: ErrTampered} {
		if err := o.taken(count); !errors.Is(err, want) {
			t.Errorf("%d of 3 taken: %v, want %v", count, err, want)
		}
	}
	if err := o.taken(2); err != nil || len(o.kept) != 2 || o.sent != 1 || o.first != 2 {
		t.Fatalf("after two: %d kept, %d sent, first %d, %v", len(o.kept), o.sent, o.first, err)
	}
	if err := o.taken(1); err != nil || len(o.kept) != 2 {
		t.Errorf("said before: %d kept, %v", len(o.kept), err)
	}
	if err := o.rewind(1); !errors.Is(err, ErrTampered) {
		t.Errorf("to what is forgotten: %v, want %v", err, ErrTampered)
	}
	if err := o.rewind(2); err != nil || len(o.kept) != 2 || o.sent != 0 {
		t.Errorf("rewound: %d kept, %d sent, %v", len(o.kept), o.sent, err)
	}
	if err := o.rewind(3); err != nil || o.bytes != len(o.kept[0].b)+keeping { // the last connection had been given that one
		t.Errorf("%d bytes kept, %v", o.bytes, err)
	}
}

// What is withdrawn is never given to any connection, and keeps its number.
func TestOutboxWithdraws(t *testing.T) {
	o := newOutbox(newGate(), nil)
	fill(t, o, &wire.Active{}, &wire.Picture{Number: 1, Total: 1, Data: []byte{1}}, &wire.Recorded{Line: []byte("{}")})
	o.withdraw(false)
	if len(o.kept) != 3 {
		t.Fatalf("%d are kept, want 3", len(o.kept))
	}
	if _, ok := o.kept[1].message.(*wire.Withdrawn); !ok {
		t.Errorf("the picture is %T", o.kept[1].message)
	}
	total := 0
	for _, p := range o.kept {
		total += len(p.b) + keeping
	}
	if total != o.bytes {
		t.Errorf("%d bytes are counted, want %d", o.bytes, total)
	}
	picture := parcel{message: &wire.Picture{Number: 2, Total: 1, Data: []byte{1}}, need: see}
	if _, err := o.put(t.Context(), picture); !errors.Is(err, errWithheld) {
		t.Errorf("a picture without the right: %v, want %v", err, errWithheld)
	}
	o.gate.change(func() { o.gate.counts = see })
	if _, err := o.put(t.Context(), picture); err != nil {
		t.Errorf("a picture with the right: %v", err)
	}
	o.gate.change(func() { o.gate.hold = HoldPaused })
	if _, err := o.put(t.Context(), picture); !errors.Is(err, errWithheld) {
		t.Errorf("a picture during a pause: %v, want %v", err, errWithheld)
	}
}

// Pictures wait for the other side, and everything is bounded.
func TestOutboxIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutbox(newGate(), nil)
		piece := &wire.Picture{Number: 1, Total: wire.MaxUpdate, Data: make([]byte, wire.MaxChunk)}
		for o.bytes < window {
			fill(t, o, piece)
		}
		done := make(chan error, 1)
		go func() {
			_, err := o.put(t.Context(), parcel{message: piece})
			done <- err
		}()
		synctest.Wait()
		select {
		case err := <-done:
			t.Fatalf("a picture did not wait: %v", err)
		default:
		}
		o.given(len(o.kept))
		if err := o.taken(10); err != nil {
			t.Fatal(err)
		}
		if err := <-done; err != nil {
			t.Errorf("then: %v", err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := o.put(ctx, parcel{message: piece}); !errors.Is(err, context.Canceled) {
			t.Errorf("a stop: %v", err)
		}
		line := &wire.Recorded{Line: make([]byte, wire.MaxRecord)}
		var err error
		for range maxKept/wire.MaxRecord + 1 {
			if _, err = o.put(t.Context(), parcel{message: line}); err != nil {
				break
			}
		}
		if !errors.Is(err, errKept) || o.bytes > maxKept {
			t.Errorf("%d bytes are kept: %v, want %v", o.bytes, err, errKept)
		}
	})
}
