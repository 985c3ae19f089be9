// Package peer is the connection between the two machines of a session: one data channel over WebRTC.
//
// It is the only importer of pion/webrtc. Nothing that matters rests on DTLS
// alone: callers seal what they send.
package peer

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/pion/webrtc/v3"
)

// Limits.
const (
	MaxMessage    = 60 << 10  // bytes, one message; pion's reader takes 64 KiB
	highWater     = 256 << 10 // bytes sent and not acknowledged: Send waits
	lowWater      = 64 << 10  // bytes: Send goes on
	receiveQueue  = 64        // messages received and not yet read
	candidates    = 64        // own candidates not yet read; more are dropped
	maxCandidates = 100       // the other side's; more are refused
)

// Times within which a broken connection is noticed: after disconnectedAfter
// without a packet ICE calls it disconnected, after failedAfter more it is over.
const (
	disconnectedAfter = 5 * time.Second
	failedAfter       = 10 * time.Second
	keepAlive         = 2 * time.Second
)

// LostWithin is how long a connection can be gone before Done says so.
const LostWithin = disconnectedAfter + failedAfter

// Reasons that callers branch on.
var (
	ErrClosed      = errors.New("the connection is closed")             // by Close
	ErrGone        = errors.New("the other side closed the connection") // in good order
	ErrLost        = errors.New("the connection is lost")               // no way through any more, or never one
	ErrFingerprint = errors.New("the other side's certificate is not the one it named")
	ErrTooLarge    = errors.New("the message is too large")
)

// Server is one STUN or TURN server (RFC 8489, RFC 8656).
type Server struct {
	URLs       []string
	Username   string
	Credential string
}

// Config is what a connection is made from.
type Config struct {
	Servers   []Server
	RelayOnly bool // use no path but through a TURN server
}

// Candidate is one trickled ICE candidate (RFC 8838).
type Candidate struct {
	Line, Mid string
	Index     uint16
	Ufrag     string
}

// Conn is one connection. Send and Receive may be called from any goroutine,
// each from one at a time.
type Conn struct {
	pc      *webrtc.PeerConnection
	sockets *sockets
	data    *webrtc.DataChannel
	local   chan Candidate
	in      chan []byte
	open    chan struct{} // closed when data may be sent
	low     chan struct{} // told when the buffer has drained
	done    chan struct{} // closed when err is set

	opened, ended, closed sync.Once
	err                   error // guarded by done: set before it is closed

	mu      sync.Mutex // guards the rest
	remotes int
	last    bool // local is closed
}

// New opens the sockets' owner; nothing is gathered before Offer or Answer.
func New(config Config) (*Conn, error) {
	sockets := newSockets()
	api, policy, servers, err := setUp(config, sockets)
	if err != nil {
		return nil, err
	}
	pc, err := api.NewPeerConnection(webrtc.Configuration{ICEServers: servers, ICETransportPolicy: policy})
	if err != nil {
		return nil, fmt.Errorf("make a connection: %w", err)
	}
	c := &Conn{
		pc:      pc,
		sockets: sockets,
		local:   make(chan Candidate, candidates),
		in:      make(chan []byte, receiveQueue),
		open:    make(chan struct{}),
		low:     make(chan struct{}, 1),
		done:    make(chan struct{}),
	}
	// Both sides open the same channel by number, so that neither takes one
	// that the other thought of.
	yes, number := true, uint16(0)
	c.data, err = pc.CreateDataChannel("session", &webrtc.DataChannelInit{Ordered: &yes, Negotiated: &yes, ID: &number})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("make a data channel: %w", err), pc.GracefulClose())
	}
	c.watch()
	return c, nil
}

func (c *Conn) watch() {
	c.pc.OnICECandidate(c.candidate)
	c.pc.OnConnectionStateChange(func(state webrtc.PeerConnectionState) {
		switch state {
		case webrtc.PeerConnectionStateFailed:
			c.end(ErrLost)
		case webrtc.PeerConnectionStateClosed:
			c.end(ErrGone)
		}
	})
	c.data.SetBufferedAmountLowThreshold(lowWater)
	c.data.OnBufferedAmountLow(func() {
		select {
		case c.low <- struct{}{}:
		default:
		}
	})
	c.data.OnOpen(func() {
		if err := c.checkFingerprint(); err != nil {
			c.end(err)
			return
		}
		c.opened.Do(func() { close(c.open) })
	})
	c.data.OnClose(func() { c.end(ErrGone) })
	c.data.OnMessage(func(m webrtc.DataChannelMessage) {
		select { // a full queue holds up SCTP, and SCTP the sender
		case c.in <- m.Data:
		case <-c.done:
		}
	})
}

func (c *Conn) end(err error) {
	c.ended.Do(func() {
		c.err = err
		close(c.done)
	})
}

// Opened is closed when the channel can be used.
func (c *Conn) Opened() <-chan struct{} { return c.open }

// Done is closed when the connection is over.
func (c *Conn) Done() <-chan struct{} { return c.done }

// Err says why the connection is over; nil while it is not.
func (c *Conn) Err() error {
	select {
	case <-c.done:
		return c.err
	default:
		return nil
	}
}

// closeTime is how long the other side and the servers are given on Close.
const closeTime = 250 * time.Millisecond

// Close ends the connection and waits until nothing of it runs any more. It
// must not be called while Send is running.
func (c *Conn) Close() error {
	var err error
	c.closed.Do(func() {
		c.end(ErrClosed)
		cut := time.AfterFunc(closeTime, c.sockets.cut)
		err = c.pc.GracefulClose()
		if !cut.Stop() {
			err = nil // whatever it was, it came of the cut
		}
		c.sockets.cut()
	})
	return err
}
