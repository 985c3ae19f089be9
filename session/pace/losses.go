package pace

import "time"

// losses counts packets over about the last second.
type losses struct {
	came, lost float64
	at         time.Time
	acted      time.Time
}

const (
	lossMemory = time.Second
	lossLeast  = 30   // packets, of which a third came; a whole row lost is an outage
	enough     = 0.06 // of packets: no reason to send more
	tooMany    = 0.10 // to send less
)

func (l *losses) add(now time.Time, lost bool) {
	if d := now.Sub(l.at); d > 0 {
		keep := max(0, 1-d.Seconds()/lossMemory.Seconds())
		l.came, l.lost, l.at = l.came*keep, l.lost*keep, now
	}
	if lost {
		l.lost++
	} else {
		l.came++
	}
}

func (l *losses) rate() float64 {
	if l.came+l.lost < lossLeast {
		return 0
	}
	return l.lost / (l.came + l.lost)
}

// heavy is the factor by which to send less; 0: losses are no reason.
func (l *losses) heavy(now time.Time, around time.Duration) float64 {
	p := l.rate()
	if p < tooMany || l.came < lossLeast/3 || now.Sub(l.acted) < around+100*time.Millisecond {
		return 0
	}
	l.acted, l.came, l.lost = now, 0, 0 // each loss counts once
	return 1 - p/2
}
