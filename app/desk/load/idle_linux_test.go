package load

import (
	"context"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
)

// BenchmarkIdle holds 10,000 connections on one desk, half event streams and
// half in rooms, and prints what the desk needs for them; the limit is 500 MB.
// Then the desk is killed and started again; the limit until all are back is
// 30 s. What a person would have been shown is counted, and must be nothing.
func BenchmarkIdle(b *testing.B) {
	const people = 5000 // two connections each
	for b.Loop() {
		dir := b.TempDir()
		all := cases(b, dir, people/2)
		p := start(b, dir, "127.0.0.1:0", "")
		empty := p.rss()
		h := &held{c: dial(b, p.addr)}
		ctx, stop := context.WithCancel(b.Context())
		begin := time.Now()
		for _, one := range all {
			h.hold(ctx, one.number, one.customer, one.session)
			h.hold(ctx, one.number, one.staff, one.session)
		}
		here := func() bool { return h.streams.Load() == people && h.rooms.Load() == people }
		until(b, "all are there", here)
		b.ReportMetric(time.Since(begin).Seconds(), "connect-s")
		quiet := time.Now()
		until(b, "what connecting needed is given back", func() bool { return time.Since(quiet) > 20*time.Second })
		full := p.rss()
		b.ReportMetric(full/1e6, "RSS-MB")
		b.ReportMetric((full-empty)/(2*people), "B/connection")
		before := spent(b, p.cmd.Process.Pid)
		quiet = time.Now()
		until(b, "a while of nothing", func() bool { return time.Since(quiet) > 20*time.Second })
		b.ReportMetric(100*float64(spent(b, p.cmd.Process.Pid)-before)/float64(time.Since(quiet)), "idle-CPU-%")

		h.desk.Add(1)
		h.streams.Store(0)
		p.kill()
		until(b, "all have noticed", func() bool { return h.rooms.Load() == 0 })
		begin = time.Now()
		again := start(b, dir, p.addr, "")
		until(b, "all are back", here)
		b.ReportMetric(time.Since(begin).Seconds(), "back-s")
		b.ReportMetric(float64(h.shown.Load()), "shown-errors")
		b.ReportMetric(again.rss()/1e6, "RSS-after-MB")
		b.ReportMetric(load1(b), "load1")
		stop()
		h.all.Wait()
		again.kill()
		h.c.CloseIdle()
	}
}

// held are people who wait for something to happen.
type held struct {
	c              *client.Client
	all            sync.WaitGroup
	desk           atomic.Int64 // how often it was killed
	streams, rooms atomic.Int64 // that are connected with this one
	shown          atomic.Int64 // errors that a person would have read
}

func (h *held) hold(ctx context.Context, number int64, token, session string) {
	c := h.c.WithToken(token)
	h.all.Go(func() { h.listen(ctx, c, number) })
	h.all.Go(func() { h.attend(ctx, c, session) })
}

// listen is the windows' own way to hear of changes.
func (h *held) listen(ctx context.Context, c *client.Client, number int64) {
	seen := int64(-1)
	err := c.Events(ctx, number, func(e api.Event) {
		if desk := h.desk.Load(); e.Kind == api.EventHello && seen != desk {
			seen = desk
			h.streams.Add(1)
		}
	})
	if ctx.Err() == nil && err != nil {
		h.shown.Add(1)
	}
}

// attend is in a room, and comes again with the client's waits: half a second,
// doubled up to 15 s, the half of it by chance.
func (h *held) attend(ctx context.Context, c *client.Client, session string) {
	for wait := 500 * time.Millisecond; ctx.Err() == nil; wait = min(2*wait, 15*time.Second) {
		conn, err := c.Room(ctx, session)
		if err == nil {
			h.rooms.Add(1)
			for err == nil {
				_, _, err = conn.Read(ctx)
			}
			_ = conn.CloseNow() // it is broken
			h.rooms.Add(-1)
			wait = 500 * time.Millisecond
		} else if k := client.KindOf(err); k == api.KindGone || k == api.KindForbidden {
			h.shown.Add(1)
			return
		}
		t := time.NewTimer(wait/2 + rand.N(wait/2))
		select {
		case <-t.C:
		case <-ctx.Done():
			t.Stop()
		}
	}
}
