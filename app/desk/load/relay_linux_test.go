package load

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pion/logging"
	"github.com/pion/turn/v4"

	"github.com/beistand/beistand/app/api"
)

// BenchmarkRelay sends 200 sessions of 2 Mbit/s through the relay in the desk,
// from one allocation to the other as two sides do that both need it. The
// limit is that all arrives on two cores; the senders are on them, too.
func BenchmarkRelay(b *testing.B) {
	const (
		sessions = 200
		packet   = 1200                                 // bytes
		every    = packet * 8 * time.Second / 2_000_000 // 2 Mbit/s
		lasts    = 20 * time.Second
	)
	for b.Loop() {
		dir := b.TempDir()
		all := cases(b, dir, sessions)
		p := start(b, dir, "127.0.0.1:0", "127.0.0.1:0")
		c := dial(b, p.addr)
		var sent, got atomic.Int64
		var work sync.WaitGroup
		var ways []way
		for _, one := range all {
			ice, err := c.WithToken(one.customer).ICE(b.Context(), one.session)
			if err != nil {
				b.Fatal(err)
			}
			from, to := allocate(b, p.relay, ice), allocate(b, p.relay, ice)
			// Each permits the other and binds a channel to it, as ICE's checks make it do.
			if _, err := to.relayed.WriteTo([]byte("permission"), from.relayed.LocalAddr()); err != nil {
				b.Fatal(err)
			}
			ways = append(ways, way{from, to})
		}
		ctx, stop := context.WithTimeout(b.Context(), lasts)
		before, begin, own := spent(b, p.cmd.Process.Pid), time.Now(), selfSpent(b)
		for i, w := range ways {
			work.Go(func() { w.send(ctx, packet, every, time.Duration(i)*every/sessions, &sent) })
			work.Go(func() { w.receive(ctx, packet, &got) })
		}
		work.Wait()
		took := time.Since(begin)
		cpu := spent(b, p.cmd.Process.Pid) - before
		b.ReportMetric(100*float64(cpu)/float64(took), "desk-CPU-%")
		b.ReportMetric(100*float64(selfSpent(b)-own)/float64(took), "clients-CPU-%")
		b.ReportMetric(float64(got.Load())*packet*8/1e6/lasts.Seconds()/sessions, "Mbit/s/session")
		b.ReportMetric(float64(sent.Load())*packet*8/1e6/lasts.Seconds()/sessions, "offered-Mbit/s")
		b.ReportMetric(100*float64(sent.Load()-got.Load())/float64(max(1, sent.Load())), "loss-%")
		b.ReportMetric(p.rss()/1e6, "RSS-MB")
		b.ReportMetric(load1(b), "load1")
		stop()
		for _, w := range ways {
			w.from.close()
			w.to.close()
		}
		p.kill()
		c.CloseIdle()
	}
}

// allocation is one side at the relay.
type allocation struct {
	conn    net.PacketConn
	client  *turn.Client
	relayed net.PacketConn
}

func (a allocation) close() {
	_ = a.conn.Close() // the relay is killed anyway
	a.client.Close()
}

func allocate(b *testing.B, relay string, ice api.ICE) allocation {
	b.Helper()
	conn, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	_ = conn.(*net.UDPConn).SetReadBuffer(4 << 20) // as much as the system gives
	c, err := turn.NewClient(&turn.ClientConfig{
		STUNServerAddr: relay, TURNServerAddr: relay, Conn: conn, Realm: "beistand",
		Username: ice.Servers[1].Username, Password: ice.Servers[1].Credential,
		LoggerFactory: &logging.DefaultLoggerFactory{Writer: io.Discard, DefaultLogLevel: logging.LogLevelDisabled},
	})
	if err == nil {
		err = c.Listen()
	}
	if err != nil {
		b.Fatal(err)
	}
	relayed, err := c.Allocate()
	if err != nil {
		b.Fatal(err)
	}
	return allocation{conn, c, relayed}
}

// way is from one side of a session to the other.
type way struct{ from, to allocation }

// send keeps the rate, also after it was held up.
func (w way) send(ctx context.Context, packet int, every, after time.Duration, sent *atomic.Int64) {
	data := make([]byte, packet)
	next := time.Now().Add(after)
	timer := time.NewTimer(after)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		for now := time.Now(); !next.After(now); next = next.Add(every) {
			binary.BigEndian.PutUint64(data, uint64(now.UnixNano()))
			if _, err := w.from.relayed.WriteTo(data, w.to.relayed.LocalAddr()); err != nil {
				return
			}
			sent.Add(1)
		}
		timer.Reset(time.Until(next))
	}
}

// receive counts what arrives, until a moment after the last could have been sent.
func (w way) receive(ctx context.Context, packet int, got *atomic.Int64) {
	until, ok := ctx.Deadline()
	if !ok || w.to.relayed.SetReadDeadline(until.Add(time.Second)) != nil {
		return
	}
	data := make([]byte, 1600)
	for {
		n, _, err := w.to.relayed.ReadFrom(data)
		if err != nil {
			return
		}
		if n == packet {
			got.Add(1)
		}
	}
}
