package peer

import "time"

// RTT is how long a packet's way to the other side and back takes, as the last
// check has measured it; 0 unknown. It asks a goroutine of pion's.
func (c *Conn) RTT() time.Duration {
	if !c.ready() {
		return 0
	}
	pair, ok := c.pc.SCTP().Transport().ICETransport().GetSelectedCandidatePairStats()
	if !ok {
		return 0
	}
	return time.Duration(pair.CurrentRoundTripTime * float64(time.Second))
}

// lately asks for a figure now and then.
type lately struct {
	ask func() time.Duration
	at  time.Time
	is  time.Duration
}

// laterOn is how long a figure is good for: checks come every 400 ms.
const laterOn = 300 * time.Millisecond

func (l *lately) get(now time.Time) time.Duration {
	if now.Sub(l.at) >= laterOn {
		l.is, l.at = l.ask(), now
	}
	return l.is
}
