package session

import (
	"time"
)

// look does what is due.
func (r *run) look(now time.Time) {
	t := &r.trouble
	if t.nap.slept(r.conf.clocks(now)) {
		r.letGo()
		r.renew()
	}
	if r.servers.due(now) {
		r.all.Go(func() { r.servers.ask(r.life, iceTime) })
	}
	if t.since.IsZero() {
		t.beat.Reset(calmBeat)
		if t.open && now.Sub(t.tried) > calmTry {
			if t.open = t.tries < calmTries; t.open { // what was said of it may be lost
				r.again()
			}
		}
		return
	}
	t.beat.Reset(quickBeat)
	out := now.Sub(t.since)
	if out >= r.conf.outage {
		r.happen(evLost)
		return
	}
	why := BrokenPath
	if !r.place.There() {
		why = BrokenDesk
	}
	if out >= unnoticed && t.told != why {
		t.told = why
		r.tellLive()
	}
	patience := shortTry
	if t.tries > shortOnes && t.tries%3 == 0 {
		patience = longTry
	}
	if now.Sub(t.tried) >= patience {
		r.again()
	}
}
