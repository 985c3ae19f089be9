package rendezvous

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"go.uber.org/goleak"

	"github.com/beistand/beistand/session/wire"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func testContext(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// desk runs serve on the desk's end of a room that is joined.
func desk(t *testing.T, serve func(ctx context.Context, conn *websocket.Conn)) *Room {
	t.Helper()
	ctx := testContext(t)
	transport := &http.Transport{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := websocket.Accept(w, r, nil)
		if err != nil {
			t.Errorf("accept: %v", err)
			return
		}
		defer conn.CloseNow()
		serve(ctx, conn)
	}))
	t.Cleanup(func() { server.Close(); transport.CloseIdleConnections() })
	conn, _, err := websocket.Dial(ctx, server.URL, &websocket.DialOptions{HTTPClient: &http.Client{Transport: transport}})
	if err != nil {
		t.Fatal(err)
	}
	room, err := Join(ctx, conn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { room.Close() })
	return room
}

func say(ctx context.Context, t *testing.T, conn *websocket.Conn, words string) {
	t.Helper()
	if err := conn.Write(ctx, websocket.MessageText, []byte(words)); err != nil {
		t.Errorf("say %s: %v", words, err)
	}
}

func TestMeetAndTalk(t *testing.T) {
	ctx := testContext(t)
	largest := bytes.Repeat([]byte{7}, wire.MaxMessage)
	room := desk(t, func(ctx context.Context, conn *websocket.Conn) {
		say(ctx, t, conn, `{"event":"peer-joined"}`)
		conn.SetReadLimit(wire.MaxMessage)
		for {
			kind, message, err := conn.Read(ctx)
			if err != nil {
				return
			}
			if err := conn.Write(ctx, kind, message); err != nil {
				return
			}
		}
	})
	for _, message := range [][]byte{[]byte("one"), largest} {
		if err := room.Send(ctx, message); err != nil {
			t.Fatal(err)
		}
		if got, err := room.Receive(ctx); err != nil || !bytes.Equal(got, message) {
			t.Fatalf("received %d bytes, %v", len(got), err)
		}
	}
	if err := room.Send(ctx, append(largest, 0)); !errors.Is(err, wire.ErrFormat) {
		t.Errorf("a message too large: %v, want %v", err, wire.ErrFormat)
	}
}

// What is sent before the other side is there would reach nobody.
func TestSendWaits(t *testing.T) {
	ctx := testContext(t)
	meet := make(chan struct{})
	heard := make(chan string, 1)
	room := desk(t, func(ctx context.Context, conn *websocket.Conn) {
		<-meet
		say(ctx, t, conn, `{"event":"peer-joined"}`)
		if _, message, err := conn.Read(ctx); err == nil {
			heard <- string(message)
		}
	})
	short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	if err := room.Send(short, []byte("too soon")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Send to nobody = %v", err)
	}
	close(meet)
	if err := room.Send(ctx, []byte("now")); err != nil {
		t.Fatal(err)
	}
	if got := <-heard; got != "now" {
		t.Errorf("the desk heard %q", got)
	}
}

func TestPeerComesAndGoes(t *testing.T) {
	ctx := testContext(t)
	back := make(chan struct{})
	room := desk(t, func(ctx context.Context, conn *websocket.Conn) {
		say(ctx, t, conn, `{"event":"peer-joined"}`)
		conn.Write(ctx, websocket.MessageBinary, []byte("last words"))
		say(ctx, t, conn, `{"event":"peer-left"}`)
		<-back
		say(ctx, t, conn, `{"event":"news from a later desk","more":1}`)
		say(ctx, t, conn, `{"event":"peer-joined"}`)
		conn.Write(ctx, websocket.MessageBinary, []byte("again"))
		conn.Read(ctx)
	})
	if got, err := room.Receive(ctx); err != nil || string(got) != "last words" {
		t.Errorf("Receive = %q, %v", got, err)
	}
	if _, err := room.Receive(ctx); !errors.Is(err, ErrPeerLeft) {
		t.Errorf("Receive = %v, want %v", err, ErrPeerLeft)
	}
	if err := room.Send(ctx, []byte("x")); !errors.Is(err, ErrPeerLeft) {
		t.Errorf("Send = %v, want %v", err, ErrPeerLeft)
	}
	close(back)
	if got, err := room.Receive(ctx); err != nil || string(got) != "again" {
		t.Errorf("Receive = %q, %v", got, err)
	}
}

func TestEnds(t *testing.T) {
	for name, test := range map[string]struct {
		serve func(ctx context.Context, conn *websocket.Conn)
		want  error
	}{
		"the desk ends it": {func(ctx context.Context, conn *websocket.Conn) {
			conn.Write(ctx, websocket.MessageText, []byte(`{"event":"ended","reason":"expired"}`))
			conn.Read(ctx)
		}, ErrEnded},
		"the desk goes":     {func(context.Context, *websocket.Conn) {}, ErrLost},
		"the desk stammers": {func(ctx context.Context, conn *websocket.Conn) { conn.Write(ctx, websocket.MessageText, []byte("{")) }, ErrLost},
		"the desk says much": {func(ctx context.Context, conn *websocket.Conn) {
			conn.Write(ctx, websocket.MessageBinary, make([]byte, wire.MaxMessage+1))
			conn.Read(ctx)
		}, ErrLost},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := testContext(t)
			room := desk(t, test.serve)
			for range 2 { // it stays
				if _, err := room.Receive(ctx); !errors.Is(err, test.want) {
					t.Errorf("Receive = %v, want %v", err, test.want)
				}
			}
			if err := room.Send(ctx, []byte("x")); !errors.Is(err, test.want) {
				t.Errorf("Send = %v, want %v", err, test.want)
			}
			var ended *EndedError
			if _, err := room.Receive(ctx); errors.As(err, &ended) && ended.Reason != "expired" {
				t.Errorf("the reason is %q", ended.Reason)
			}
		})
	}
}

// A flood ends the room instead of filling memory.
func TestFlood(t *testing.T) {
	ctx := testContext(t)
	room := desk(t, func(ctx context.Context, conn *websocket.Conn) {
		for conn.Write(ctx, websocket.MessageBinary, []byte("x")) == nil {
		}
	})
	<-room.over
	for range queueLength {
		if _, err := room.Receive(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := room.Receive(ctx); !errors.Is(err, ErrFull) {
		t.Errorf("Receive = %v, want %v", err, ErrFull)
	}
}

func TestClose(t *testing.T) {
	ctx := testContext(t)
	room := desk(t, func(ctx context.Context, conn *websocket.Conn) { conn.Read(ctx) })
	waiting := make(chan error, 2)
	go func() { _, err := room.Receive(ctx); waiting <- err }()
	go func() { waiting <- room.Send(ctx, []byte("x")) }()
	for range 2 {
		if err := room.Close(); err != nil {
			t.Error(err)
		}
	}
	for range 2 {
		if err := <-waiting; !errors.Is(err, ErrClosed) && !errors.Is(err, ErrLost) {
			t.Errorf("a wait ended with %v", err)
		}
	}
}

// A desk that does not answer the goodbye holds nobody up for ever.
func TestCloseUnanswered(t *testing.T) {
	done := make(chan struct{})
	room := desk(t, func(context.Context, *websocket.Conn) { <-done })
	defer close(done)
	if err := room.Close(); err != nil {
		t.Error(err)
	}
}

func TestPair(t *testing.T) {
	ctx := testContext(t)
	a, b := Pair()
	if err := a.Send(ctx, []byte("x")); err != nil {
		t.Fatal(err)
	}
	a.Close()
	if got, err := b.Receive(ctx); err != nil || string(got) != "x" {
		t.Errorf("Receive = %q, %v", got, err)
	}
	if _, err := b.Receive(ctx); !errors.Is(err, ErrPeerLeft) {
		t.Errorf("Receive = %v, want %v", err, ErrPeerLeft)
	}
	if err := b.Send(ctx, nil); !errors.Is(err, ErrPeerLeft) {
		t.Errorf("Send = %v, want %v", err, ErrPeerLeft)
	}
	if err := a.Send(ctx, nil); !errors.Is(err, ErrClosed) {
		t.Errorf("Send = %v, want %v", err, ErrClosed)
	}
	if err := a.Send(ctx, []byte(strings.Repeat("x", wire.MaxMessage+1))); !errors.Is(err, wire.ErrFormat) {
		t.Errorf("Send = %v, want %v", err, wire.ErrFormat)
	}
}
