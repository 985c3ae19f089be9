package session

import (
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"io"
	"math/rand/v2"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/screen"
)

// largeFile is what is handed over beside pictures, in bytes.
const largeFile = 64 << 20

// endless is a file's content that does not compress, as often as it is asked for.
type endless struct{ n int64 }

func (e *endless) Read(b []byte) (int, error) {
	if e.n == 0 {
		return 0, io.EOF
	}
	b = b[:min(int64(len(b)), e.n)]
	for i := range b {
		b[i] = byte((e.n - int64(i)) * 2654435761 >> 13)
	}
	e.n -= int64(len(b))
	return len(b), nil
}

// swallow takes files and keeps nothing.
type swallow struct{}

func (swallow) Receive(context.Context, Incoming) (Sink, error) { return swallow{}, nil }
func (swallow) Write(b []byte) (int, error)                     { return len(b), nil }
func (swallow) Commit() error                                   { return nil }
func (swallow) Abort()                                          {}

// narrow is a network that takes so many bytes a second to each address, and
// holds what is too much for at most narrowQueue.
type narrow struct {
	net.PacketConn
	rate float64 // bytes a second

	mu   sync.Mutex // guards free
	free map[string]time.Time
}

const narrowQueue = 150 * time.Millisecond

func (n *narrow) WriteTo(b []byte, to net.Addr) (int, error) {
	n.mu.Lock()
	now := time.Now()
	at := n.free[to.String()]
	if at.Before(now) {
		at = now
	}
	if at.Sub(now) > narrowQueue {
		n.mu.Unlock()
		return len(b), nil // lost
	}
	at = at.Add(time.Duration(float64(len(b)) / n.rate * float64(time.Second)))
	n.free[to.String()] = at
	n.mu.Unlock()
	b = append([]byte(nil), b...)
	time.AfterFunc(time.Until(at), func() { _, _ = n.PacketConn.WriteTo(b, to) }) // a packet that is lost
	return len(b), nil
}

// BenchmarkTypingBesideFiles is from a character being painted to the viewer
// showing it, while nothing, and while a file each way, is handed over. Where
// most of it is the time to the next look at the screen, twice the first is
// what it may be.
func BenchmarkTypingBesideFiles(b *testing.B) {
	for _, test := range []struct {
		name  string
		files bool
		rate  float64 // bytes a second; 0: as many as there can be
	}{
		{"alone", false, 0},
		{"beside 64 MB each way", true, 0},
		{"over 8 Mbit a second, alone", false, 1e6},
		{"over 8 Mbit a second, beside a file each way", true, 1e6},
	} {
		files := test.files
		b.Run(test.name, func(b *testing.B) {
			a := newAble(b, everything)
			if test.rate > 0 {
				server, _ := relayOver(b, "127.0.0.1:0", func(c net.PacketConn) net.PacketConn {
					return &narrow{PacketConn: c, rate: test.rate, free: map[string]time.Time{}}
				})
				a.host.ICE, a.viewer.ICE, a.host.Relay, a.viewer.Relay = []ICEServer{server}, []ICEServer{server}, true, true
			}
			area := image.Rect(0, 0, 1920, 1080)
			a.screen.SetMonitors(screen.Monitor{Name: "DESK", Bounds: area, Primary: true})
			a.host.Files, a.viewer.Files = swallow{}, swallow{}
			seen := make(chan color.RGBA, 1000)
			var last color.RGBA
			at := image.Pt(0, 0) // of the newest character; guarded by mu
			a.viewer.Show = func(p *pixel.Bitmap, _ []image.Rectangle) {
				a.mu.Lock()
				c := p.At(at.X, at.Y).(color.RGBA)
				a.updates++
				a.mu.Unlock()
				a.tell()
				if c != last {
					last = c
					seen <- c
				}
			}
			a.start()
			a.ready(everything)
			ctx, cancel := context.WithCancel(b.Context())
			defer cancel()
			var all sync.WaitGroup
			defer all.Wait()
			var moved int64
			began := time.Now()
			if files {
				for _, send := range []sends{a.h.SendFile, a.v.SendFile} {
					all.Go(func() {
						for ctx.Err() == nil {
							if err := send(ctx, Outgoing{Name: "large", Size: largeFile, From: &endless{largeFile}}); err != nil {
								if ctx.Err() == nil && !errors.Is(err, ErrTooMany) {
									b.Error(err)
								}
								return
							}
							a.mu.Lock()
							moved += largeFile
							a.mu.Unlock()
						}
					})
				}
			}
			var took []time.Duration
			n := 0
			for b.Loop() {
				n++
				<-time.After(time.Duration(rand.IntN(67)) * time.Millisecond) // nobody types in step with the looks
				c := color.RGBA{byte(n), byte(n >> 8), 1, 0xff}
				a.mu.Lock()
				at = image.Pt(10+(n%180)*10, 20+(n/180%50)*20)
				a.mu.Unlock()
				last = color.RGBA{}
				painted := time.Now()
				letter := image.NewRGBA(image.Rect(at.X, at.Y, at.X+8, at.Y+14))
				draw.Draw(letter, letter.Rect, image.NewUniform(c), image.Point{}, draw.Src)
				a.screen.Paint(letter)
				for got := range seen {
					if got == c {
						break
					}
				}
				took = append(took, time.Since(painted))
			}
			rate := float64(moved) / time.Since(began).Seconds() / 1e6
			cancel()
			slices.Sort(took)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms/p50")
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "ms/p95")
			b.ReportMetric(rate, "MB/s")
			a.stopHost()
			a.ends()
		})
	}
}
