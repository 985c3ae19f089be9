package pace

import "time"

// crossing is a packet that came: when it was sent, when it left the queue of
// the narrowest link (by the sender's clock, less the way itself), its bytes.
type crossing struct {
	sent, left time.Time
	bytes      int
}

// recent are the last crossings of one kind, in the order of sending.
type recent struct {
	ring [128]crossing
	n    int // of all that were ever added
}

func (r *recent) len() int { return min(r.n, len(r.ring)) }

// at counts from the newest, which is 0.
func (r *recent) at(i int) *crossing { return &r.ring[(r.n-1-i)%len(r.ring)] }

func (r *recent) add(x crossing) {
	r.n++
	i := 0
	for ; i < r.len()-1 && r.at(i+1).sent.After(x.sent); i++ {
		*r.at(i) = *r.at(i + 1)
	}
	*r.at(i) = x
}

const (
	fullPairs = 4                      // packets that queued behind others, at least
	fullBlurs = 2                      // for how long together, in blurs
	fullOver  = 120 * time.Millisecond // older ones tell of the past
	farBack   = 100
)

// drain is how the narrowest link let go packets that queued one behind the
// other.
type drain struct {
	bytes, pairs int
	took         time.Duration
}

// drained are the newest that did; between them went what left of other kinds.
func (r *recent) drained(blur time.Duration, kind Kind, left *outgoing) (d drain) {
	var from, to *crossing
	for i := 0; i+1 < min(r.len(), farBack); i++ {
		x, before := r.at(i), r.at(i+1)
		if before.left.Sub(x.sent) <= blur {
			if d.pairs == 0 && i < 3 && r.at(0).sent.Sub(before.sent) < 4*alone {
				continue // the last of a burst may have been late to it
			}
			break
		}
		if d.pairs == 0 {
			to = x
		}
		from, d.bytes, d.pairs = before, d.bytes+x.bytes, d.pairs+1
		if to.left.Sub(from.left) > fullOver && d.pairs >= fullPairs {
			break
		}
	}
	if d.pairs > 0 {
		d.took = max(to.left.Sub(from.left), 0)
		beside := left.others(kind, to.sent)
		d.bytes += beside.since(from.sent)
	}
	return d
}

// full is the link's rate, in bits a second, where enough of them tell it.
func (d drain) full(blur time.Duration) (rate float64, ok bool) {
	if d.pairs < fullPairs || d.took < fullBlurs*blur {
		return 0, false
	}
	return float64(d.bytes) * 8 / d.took.Seconds(), true
}

// surely is what the link's rate is at least.
func (d drain) surely(blur time.Duration) float64 {
	return float64(d.bytes) * 8 / (d.took + blur).Seconds()
}

// carried is the rate that the way has surely carried: of the packets that were
// sent after since, each within together of the one before, in bits a second.
func (r *recent) carried(since time.Time, together, blur time.Duration, kind Kind, left *outgoing) float64 {
	if r.n == 0 {
		return 0
	}
	bytes, best, beside := 0, 0.0, left.others(kind, r.at(0).sent)
	for i := 0; i+1 < min(r.len(), farBack); i++ {
		x, before := r.at(i), r.at(i+1)
		if x.sent.Sub(before.sent) > together || !before.sent.After(since) {
			break
		}
		bytes += x.bytes
		took := max(r.at(0).left.Sub(before.left), r.at(0).sent.Sub(before.sent), 0) + blur
		if i >= 3 {
			best = max(best, float64(bytes+beside.since(before.sent))*8/took.Seconds())
		}
	}
	return best
}
