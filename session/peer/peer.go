// Package peer is the connection between the two machines of a session, over WebRTC: one channel, and beside it datagrams and one video track.
//
// It is the only importer of pion/webrtc. Nothing that matters rests on DTLS
// alone: callers seal what they send.
package peer

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/pion/sctp"
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
// Each side asks and is asked every keepAlive: at a loss of 3 % the chance that
// nothing comes through for so long by itself is below one in a million hours.
const (
	disconnectedAfter = 1500 * time.Millisecond
	failedAfter       = 10 * time.Second
	keepAlive         = 400 * time.Millisecond
)

// Reasons that callers branch on.
var (
	ErrClosed      = errors.New("the connection is closed")             // by Close
	ErrGone        = errors.New("the other side closed the connection") // in good order
	ErrLost        = errors.New("the connection is lost")               // no way through any more, or never one
	ErrFingerprint = errors.New("the other side's certificate is not the one it named")
	ErrChannel     = errors.New("the other side opened a channel of its own")
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

	Media Media // beside the channel

	Identity *Identity    // this side's; nil draws one
	Remote   *Fingerprint // the other side's, as both know it; nil takes the one that its description names
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
	remote  *Fingerprint // nil: the description's counts
	sockets *sockets
	data    *webrtc.DataChannel
	local   chan Candidate
	in      chan []byte
	open    chan struct{} // closed when data may be sent
	low     chan struct{} // told when the buffer has drained
	done    chan struct{} // closed when err is set
	steady  chan bool     // the newest word on whether packets come; holds one
	media   media
	own     sync.WaitGroup // goroutines of this package

	opened, ended, closed sync.Once
	err                   error // guarded by done: set before it is closed

	mu        sync.Mutex // guards the rest
	remotes   int
	taken     []Candidate // the other side's, maxCandidates at most
	last      bool        // local is closed
	described bool        // the other side's description was taken
	offered   string
	place     place // of the channel in what was offered
}

// New opens the sockets' owner; nothing is gathered before Offer or Answer.
func New(config Config) (*Conn, error) {
	sockets := newSockets()
	c := &Conn{
		remote:  config.Remote,
		sockets: sockets,
		steady:  make(chan bool, 1),
		local:   make(chan Candidate, candidates),
		in:      make(chan []byte, receiveQueue),
		open:    make(chan struct{}),
		low:     make(chan struct{}, 1),
		done:    make(chan struct{}),
	}
	c.media = newMedia(config.Media, &sockets.sources, func() { c.end(ErrMedia) })
	api, policy, servers, err := setUp(config, sockets, &c.media)
	if err != nil {
		return nil, err
	}
	settings := webrtc.Configuration{ICEServers: servers, ICETransportPolicy: policy}
	if config.Identity != nil {
		settings.Certificates = []webrtc.Certificate{config.Identity.certificate}
	}
	pc, err := api.NewPeerConnection(settings)
	if err != nil {
		return nil, fmt.Errorf("make a connection: %w", err)
	}
	c.pc = pc
	// Both sides open the same channel by number, so that neither takes one
	// that the other thought of.
	yes, number := true, uint16(0)
	c.data, err = pc.CreateDataChannel("session", &webrtc.DataChannelInit{Ordered: &yes, Negotiated: &yes, ID: &number})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("make a data channel: %w", err), pc.GracefulClose())
	}
	pc.SCTP().Transport().ICETransport().OnSelectedCandidatePairChange(sockets.quick.chosen)
	c.watch()
	return c, nil
}

// closeTime is how long the other side and the servers are given on Close.
const closeTime = 250 * time.Millisecond

// Close ends the connection and waits until nothing of it runs any more. It
// must not be called while Send is running.
func (c *Conn) Close() error {
	var err error
	c.closed.Do(func() {
		c.end(ErrClosed)
		defer c.own.Wait()
		cut := time.AfterFunc(closeTime, c.sockets.cut)
		err = c.pc.GracefulClose()
		if !cut.Stop() || errors.Is(err, sctp.ErrResetPacketInStateNotExist) {
			err = nil // it came of the cut, or of the other side having closed the channel first
		}
		c.sockets.cut()
	})
	return err
}
