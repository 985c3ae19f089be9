package collect

import "time"

// calibrate finds out how a log's times are meant. Its last line was written
// when the file was last changed: of the ways to read that line, the one that
// comes closest holds. What is no better than local time does not.
func calibrate(last []byte, order encoding, changed time.Time) lineClock {
	best := lineClock{zone: time.Local, near: changed, dayFirst: true}
	line := order.plain(last)
	away, ok := best.away(line)
	if !ok {
		return best
	}
	for _, c := range []lineClock{
		{time.UTC, changed, true}, {time.Local, changed, false}, {time.UTC, changed, false},
	} {
		const surely = 5 * time.Minute // what programs hold back before they write is less
		if other, ok := c.away(line); ok && other+surely < away {
			best, away = c, other
		}
	}
	return best
}

// away is how far a line's time is from when the file was changed.
func (c lineClock) away(line []byte) (time.Duration, bool) {
	t, ok := c.stamp(line)
	return t.Sub(c.near).Abs(), ok
}
