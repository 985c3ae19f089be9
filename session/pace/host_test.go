package pace_test

import (
	"bytes"
	"container/heap"
	"testing"
	"time"

	"github.com/beistand/beistand/session/flow"
	"github.com/beistand/beistand/session/pace"
)

// scene is what happens on a screen: paints, each of which makes so many bytes.
// Those of one kind that wait together are joined: scrolls and pages cover what
// was there, letters stand beside each other.
type scene struct {
	name   string
	every  time.Duration
	bytes  int
	covers bool
	from   time.Duration
	until  time.Duration
}

var (
	typing = scene{name: "typing", every: 60 * ms, bytes: 60}
	scroll = scene{name: "scroll", every: time.Second / 30, bytes: 6000, covers: true}
	drag   = scene{name: "drag", every: time.Second / 30, bytes: 20_000, covers: true}
	pages  = scene{name: "pages", every: 3 * time.Second, bytes: 120_000, covers: true}
)

// paint is one that waits to be seen.
type paint struct {
	scene int
	at    time.Duration
}

// happening is in the order of time.
type happening struct {
	at    time.Duration
	order int
	do    func()
}

type calendar []happening

func (c calendar) Len() int { return len(c) }
func (c calendar) Less(i, j int) bool {
	return c[i].at < c[j].at || c[i].at == c[j].at && c[i].order < c[j].order
}
func (c calendar) Swap(i, j int) { c[i], c[j] = c[j], c[i] }
func (c *calendar) Push(x any)   { *c = append(*c, x.(happening)) }
func (c *calendar) Pop() any     { x := (*c)[len(*c)-1]; *c = (*c)[:len(*c)-1]; return x }

// run is one run of scenes over a path, with the real sender, receiver and
// controller.
type run struct {
	t      testing.TB
	path   *path
	scenes []scene
	video  bool

	now      time.Duration
	order    int
	cal      calendar
	sender   *flow.Sender
	receiver *flow.Receiver
	control  *pace.Controller
	planned  time.Duration // the next look at both ends

	waiting []paint   // painted, in no update yet
	flying  [][]paint // in updates, in their order
	seen    [][]time.Duration
	rates   []sample
	reports []pace.Arrival // of the video, not told yet
	frames  []time.Duration
	sentTo  int // bytes of tiles
}

type sample struct {
	at   time.Duration
	rate int
}

var zero = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

func play(t testing.TB, p *path, length time.Duration, video bool, scenes ...scene) *run {
	t.Helper()
	r := &run{
		t: t, path: p, scenes: scenes, video: video, planned: -1,
		sender: flow.NewSender(1), receiver: flow.NewReceiver(), control: pace.New(),
		seen: make([][]time.Duration, len(scenes)),
	}
	for i, s := range scenes {
		end := length
		if s.until > 0 {
			end = s.until
		}
		for at := s.from + 100*ms; at < end; at += s.every {
			r.on(at, func() { r.waiting = append(r.waiting, paint{i, r.now}) })
		}
	}
	if video {
		for at := 100 * ms; at < length; at += time.Second / 30 {
			r.on(at, r.film)
		}
		for at := 100 * ms; at < length; at += 50 * ms {
			r.on(at, r.report)
		}
	}
	for at := time.Duration(0); at < length; at += 100 * ms {
		r.on(at, func() { r.rates = append(r.rates, sample{r.now, r.control.Rate()}) })
	}
	for len(r.cal) > 0 {
		h := heap.Pop(&r.cal).(happening)
		if h.at > length+10*time.Second {
			break
		}
		r.now = h.at
		h.do()
		r.look()
	}
	return r
}

func (r *run) on(at time.Duration, do func()) {
	r.order++
	heap.Push(&r.cal, happening{at, r.order, do})
}

func (r *run) clock() time.Time { return zero.Add(r.now) }

// look does what the caller of both ends does whenever something has happened.
func (r *run) look() {
	now, wait := r.clock(), flow.Never
	if len(r.waiting) > 0 {
		if hold := r.control.Hold(now, r.sender.Queued()); hold > 0 {
			wait = hold
		} else {
			r.update()
		}
	}
	for {
		tiles, _ := r.control.Split(now, r.video)
		r.sender.SetRate(now, tiles, r.control.UnderWay())
		p, w := r.sender.Next(now)
		if p == nil {
			wait = min(wait, w)
			break
		}
		r.control.Sent(now, pace.Tiles, len(p))
		r.sentTo += len(p)
		if at, ok := r.path.there.carry(r.now, len(p)+pace.Carriage); ok {
			p = bytes.Clone(p)
			r.on(at, func() { r.arrive(p) })
		}
	}
	for {
		p, w := r.receiver.Feedback(now)
		if p == nil {
			wait = min(wait, w)
			break
		}
		if at, ok := r.path.back.carry(r.now, len(p)+pace.Carriage); ok {
			p = bytes.Clone(p)
			r.on(at, func() { r.answer(p) })
		}
	}
	if wait == flow.Never {
		return
	}
	if at := r.now + wait; r.planned <= r.now || at < r.planned {
		r.planned = at
		r.on(at, func() {})
	}
}

// update puts everything that was painted into one.
func (r *run) update() {
	size := make([]int, len(r.scenes))
	for _, p := range r.waiting {
		if s := r.scenes[p.scene]; s.covers {
			size[p.scene] = s.bytes
		} else {
			size[p.scene] += s.bytes
		}
	}
	sum := 0
	for _, n := range size {
		sum += n
	}
	if err := r.sender.Put(make([]byte, sum)); err != nil {
		r.t.Fatal(err)
	}
	r.flying = append(r.flying, r.waiting)
	r.waiting = nil
}

func (r *run) arrive(p []byte) {
	frames, err := r.receiver.Packet(r.clock(), p)
	if err != nil {
		r.t.Fatal(err)
	}
	for range frames {
		for _, p := range r.flying[0] {
			r.seen[p.scene] = append(r.seen[p.scene], r.now-p.at)
		}
		r.flying = r.flying[1:]
	}
}

func (r *run) answer(p []byte) {
	arrivals, err := r.sender.Feedback(r.clock(), p)
	if err != nil {
		r.t.Fatal(err)
	}
	r.control.Feedback(r.clock(), pace.Tiles, arrivals)
}

// film sends a frame of the video, all its packets at once, as peers do.
func (r *run) film() {
	_, rate := r.control.Split(r.clock(), true)
	rate = min(rate, 4_000_000)
	sent := r.now
	last, whole := time.Duration(0), true
	for left := rate / 8 / 30; left > 0; left -= 1100 {
		n := min(left, 1100)
		r.control.Sent(r.clock(), pace.Motion, n)
		at, ok := r.path.there.carry(r.now, n+pace.Carriage)
		if !ok {
			whole = false
			a := pace.Arrival{Sent: zero.Add(sent), Bytes: n, Lost: true}
			r.on(r.now+100*ms, func() { r.reports = append(r.reports, a) })
			continue
		}
		last = max(last, at)
		a := pace.Arrival{Sent: zero.Add(sent), Arrived: zero.Add(at + time.Hour), Bytes: n}
		r.on(at, func() { r.reports = append(r.reports, a) })
	}
	if whole {
		r.frames = append(r.frames, last-sent)
	}
}

// report tells how the video's packets came, as transport-wide feedback does.
func (r *run) report() {
	told := r.reports
	r.reports = nil
	if at, ok := r.path.back.carry(r.now, 60+len(told)*3); ok && len(told) > 0 {
		r.on(at, func() { r.control.Feedback(r.clock(), pace.Motion, told) })
	}
}
