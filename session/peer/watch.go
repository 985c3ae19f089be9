package peer

import "github.com/pion/webrtc/v3"

func (c *Conn) watch() {
	c.pc.OnICECandidate(c.candidate)
	c.pc.OnICEConnectionStateChange(func(state webrtc.ICEConnectionState) {
		switch state {
		case webrtc.ICEConnectionStateConnected, webrtc.ICEConnectionStateCompleted:
			c.comes(true)
		case webrtc.ICEConnectionStateDisconnected, webrtc.ICEConnectionStateFailed:
			c.comes(false)
		}
	})
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
	c.pc.OnDataChannel(func(*webrtc.DataChannel) { c.end(ErrChannel) }) // each would take memory, unread
	c.data.OnClose(func() { c.end(ErrGone) })
	c.data.OnMessage(func(m webrtc.DataChannelMessage) {
		select { // a full queue holds up SCTP, and SCTP the sender
		case c.in <- m.Data:
		case <-c.done:
		}
	})
}

// comes replaces the word that nobody has taken yet. pion calls it one at a time.
func (c *Conn) comes(packets bool) {
	select {
	case <-c.steady:
	default:
	}
	select {
	case c.steady <- packets:
	default:
	}
}

// Steady tells when packets stop coming, which is false, and when they come
// again. It is never closed.
func (c *Conn) Steady() <-chan bool { return c.steady }

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
