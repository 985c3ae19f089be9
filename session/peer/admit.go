package peer

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/pion/webrtc/v3"
)

// admit gives pion one of the other side's candidates, in a form that it can use.
func (c *Conn) admit(candidate Candidate) error {
	r, err := parseCandidate(candidate.Line)
	if err != nil {
		return fmt.Errorf("use candidate %q: %w", candidate.Line, err)
	}
	if name, ok := r.hidden(); ok {
		return c.sockets.names.find(name, func(at netip.Addr) {
			candidate.Line = r.named(at).String()
			_ = c.give(candidate) // of a description that is over by now, perhaps
		})
	}
	if _, err := netip.ParseAddr(r[fieldAddress]); err != nil { // a name is never looked up for somebody else
		return fmt.Errorf("use candidate %q: %w", candidate.Line, errCandidate)
	}
	if at, ok := r.at(); ok {
		c.sockets.relays.announce(at)
		if r[fieldType] == "relay" {
			c.sockets.relays.know(at.Addr())
		}
	}
	if at, usable, ok := r.passive(); ok && c.sockets.streams != nil {
		c.sockets.streams.know(at)
		candidate.Line = usable.String()
	}
	return c.give(candidate)
}

func (c *Conn) give(candidate Candidate) error {
	init := webrtc.ICECandidateInit{Candidate: candidate.Line, SDPMid: &candidate.Mid, SDPMLineIndex: &candidate.Index}
	if candidate.Ufrag != "" {
		init.UsernameFragment = &candidate.Ufrag
	}
	if err := c.pc.AddICECandidate(init); err != nil {
		return fmt.Errorf("use candidate %q: %w", candidate.Line, err)
	}
	return nil
}

// candidatesApart takes the candidates out of a description: wherever they
// stand, they go through admit.
func candidatesApart(sdp string) (rest string, lines []string) {
	var b strings.Builder
	for line := range strings.Lines(sdp) {
		if candidate, ok := strings.CutPrefix(line, "a=candidate:"); ok {
			lines = append(lines, "candidate:"+strings.TrimSpace(candidate))
			continue
		}
		b.WriteString(line)
	}
	return b.String(), lines
}
