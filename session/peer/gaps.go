package peer

import "time"

// What is missing.
const (
	maxGaps    = 512 // packets that are missed at once; more are given up together
	mostAsked  = 10  // times that one is asked for
	leastAsked = 12 * time.Millisecond
	leastHeal  = 80 * time.Millisecond // how long a gap has to mend, whatever the way
	mostHeal   = 250 * time.Millisecond
	keyAgain   = 300 * time.Millisecond // and a way's length: a keyframe takes its time
	keyTwice   = 25 * time.Millisecond  // the word itself may be lost: it is said twice
	deserted   = 2 * time.Second        // without a packet: there is no video, and nobody is asked for a keyframe
	atOnce     = 200                    // packets asked for in one word, which is to fit into a packet
)

// gap is a packet that is missing.
type gap struct {
	number  int64
	noticed time.Time
	asked   time.Time // zero: not yet
	times   int
}

// heal is how long a gap has to mend: what is asked for twice comes within it.
// A keyframe instead takes as long as asking once, and the way for longer.
func heal(rtt time.Duration) time.Duration { return min(max(rtt*5/2, leastHeal), mostHeal) }

// due says which packets are to be asked for now, whether a keyframe is, and
// when to ask again.
func (a *assembler) due(now time.Time, rtt time.Duration) (missing []uint16, key bool, wait time.Duration) {
	if len(a.gaps) > 0 && now.Sub(a.gaps[0].noticed) >= heal(rtt) {
		a.giveUp(now, rtt)
	}
	wait = time.Hour
	every := max(rtt*6/5, leastAsked)
	for i := range a.gaps {
		g := &a.gaps[i]
		if ago := now.Sub(g.asked); g.times < mostAsked && (g.times == 0 || ago >= every) && len(missing) < atOnce {
			missing = append(missing, uint16(g.number))
			g.asked = now
			g.times++
		}
		if wait = min(wait, heal(rtt)-now.Sub(g.noticed)); g.times < mostAsked {
			wait = min(wait, every-now.Sub(g.asked))
		}
	}
	if a.keyless && a.begun && now.Sub(a.came) < deserted {
		again, ago := keyAgain+rtt, now.Sub(a.asked)
		switch {
		case ago >= again || a.first && !a.patient:
			key, a.asked, a.first, a.twice = true, now, false, false
			wait = min(wait, keyTwice)
		case a.first:
			wait = min(wait, again-ago)
		case !a.twice && ago >= keyTwice:
			key, a.twice = true, true
			wait = min(wait, again-ago)
		case !a.twice:
			wait = min(wait, keyTwice-ago)
		default:
			wait = min(wait, again-ago)
		}
	}
	return missing, key, max(wait, time.Millisecond)
}

// giveUp goes on behind the gaps that did not mend, at the next frame.
func (a *assembler) giveUp(now time.Time, rtt time.Duration) {
	last := a.gaps[0].number
	for len(a.gaps) > 0 && now.Sub(a.gaps[0].noticed) >= heal(rtt) {
		last = a.gaps[0].number
		a.gaps = a.gaps[1:]
	}
	a.keyless, a.patient = true, false
	a.next = last + 1
	first := a.ring[a.next%held]
	for ; a.next <= a.highest; a.next++ { // what is left of the broken frame
		p := &a.ring[a.next%held]
		if p.number != a.next || p.payload == nil || p.at != first.at {
			return
		}
		p.payload = nil
		if p.marker {
			a.next++
			return
		}
	}
}
