package peer

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/pion/webrtc/v3"
)

// Offer begins the connection and gives the description for the other side.
func (c *Conn) Offer() (string, error) {
	if err := c.add(c.media.want.Datagrams, c.media.want.Video); err != nil {
		return "", err
	}
	offer, err := c.pc.CreateOffer(nil)
	if err != nil {
		return "", fmt.Errorf("make an offer: %w", err)
	}
	text, err := channelFirst(offer.SDP)
	if err != nil {
		return "", fmt.Errorf("read the own offer: %w", err)
	}
	own, err := readSections(text)
	if err != nil {
		return "", fmt.Errorf("read the own offer: %w", err)
	}
	c.mu.Lock()
	c.offered, c.place = text, own.first(plan{})
	c.mu.Unlock()
	if err := c.pc.SetLocalDescription(offer); err != nil {
		return "", fmt.Errorf("use the own offer: %w", err)
	}
	return text, nil
}

// Answer takes the other side's offer and gives the description to answer with.
func (c *Conn) Answer(offer string) (string, error) {
	theirs, err := c.describe(webrtc.SDPTypeOffer, offer)
	if err != nil {
		return "", err
	}
	answer, err := c.pc.CreateAnswer(nil)
	if err != nil {
		return "", fmt.Errorf("make an answer: %w", err)
	}
	if err := c.pc.SetLocalDescription(answer); err != nil {
		return "", fmt.Errorf("use the own answer: %w", err)
	}
	return theirs.named(answer.SDP)
}

// Accept takes the other side's answer.
func (c *Conn) Accept(answer string) error {
	_, err := c.describe(webrtc.SDPTypeAnswer, answer)
	return err
}

func (c *Conn) describe(t webrtc.SDPType, text string) (*sections, error) {
	theirs, err := c.learn(t, text)
	if err != nil {
		return nil, fmt.Errorf("use the other side's %s: %w", t, err)
	}
	return theirs, nil
}

func (c *Conn) learn(t webrtc.SDPType, text string) (*sections, error) {
	named, err := fingerprint(text)
	if err != nil {
		return nil, err
	}
	if c.remote != nil && !bytes.Equal(named, c.remote[:]) {
		return nil, ErrFingerprint
	}
	rest, found := candidatesApart(text)
	theirs, err := readSections(rest)
	if err != nil {
		return nil, err
	}
	answering := t == webrtc.SDPTypeOffer
	c.mu.Lock()
	own, again := c.offered, c.described
	c.described = true
	c.mu.Unlock()
	if again {
		return nil, errDescribed
	}
	if !answering {
		if err := theirs.answers(own); err != nil {
			return nil, err
		}
	}
	p := c.media.want.plan(theirs, answering)
	if rest, err = theirs.cut(p, c.media.want.SendVideo); err != nil {
		return nil, err
	}
	if answering {
		c.mu.Lock()
		c.place = theirs.first(p)
		c.mu.Unlock()
		if err := c.add(p.datagrams != nil, p.codecs()); err != nil {
			return nil, err
		}
	}
	c.settle(theirs, p)
	if err := c.pc.SetRemoteDescription(webrtc.SessionDescription{Type: t, SDP: rest}); err != nil {
		return nil, err
	}
	for _, line := range found {
		_ = c.AddCandidate(Candidate{Line: line}) // one of no use does no harm
	}
	return theirs, nil
}

// Candidates gives this side's candidates, from Offer or Answer on. It is
// closed when all are known.
func (c *Conn) Candidates() <-chan Candidate { return c.local }

func (c *Conn) candidate(candidate *webrtc.ICECandidate) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.last {
		return
	}
	if candidate == nil {
		c.last = true
		close(c.local)
		return
	}
	line := candidate.ToJSON()
	out := Candidate{Line: line.Candidate, Mid: c.place.mid, Index: c.place.index} // pion says the first, which may be refused
	if line.UsernameFragment != nil {
		out.Ufrag = *line.UsernameFragment
	}
	select {
	case c.local <- out:
	default: // nobody needs that many ways
	}
}

// AddCandidate takes one of the other side's candidates, after its
// description. One that cannot be used is an error and does no harm; one that
// was taken before is passed over.
func (c *Conn) AddCandidate(candidate Candidate) error {
	c.mu.Lock()
	before := slices.Contains(c.taken, candidate)
	if !before {
		c.remotes++
	}
	many := c.remotes > maxCandidates
	c.mu.Unlock()
	if before {
		return nil
	}
	if many {
		return fmt.Errorf("use candidate %d: too many", maxCandidates+1)
	}
	if err := c.admit(candidate); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.taken = append(c.taken, candidate)
	return nil
}

// Relayed says whether the path in use goes through a TURN server; only after Opened.
func (c *Conn) Relayed() bool {
	pair, err := c.pc.SCTP().Transport().ICETransport().GetSelectedCandidatePair()
	return err == nil && pair != nil &&
		(pair.Local.Typ == webrtc.ICECandidateTypeRelay || pair.Remote.Typ == webrtc.ICECandidateTypeRelay)
}

var (
	errDescription = errors.New("the description is of something else than one connection")
	errDescribed   = errors.New("there was a description already")
)
