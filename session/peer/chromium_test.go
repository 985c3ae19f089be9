package peer

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// page is a Chromium with testdata/page.js.
func page(t *testing.T) context.Context {
	t.Helper()
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatalf("%v: install it with \".ci/packages test\"", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.UserDataDir(t.TempDir()))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // which there is none of for root
	}
	allocated, endProgram := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(endProgram)
	ctx, endPage := chromedp.NewContext(allocated)
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil { // waits until it has ended
			t.Logf("end the browser: %v", err)
		}
		endPage()
	})
	if _, err := chromedp.Run(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile("testdata/page.js")
	if err != nil {
		t.Fatal(err)
	}
	call(ctx, t, string(script)+"\n''")
	return ctx
}

// call evaluates JavaScript and waits for its promise.
func call(ctx context.Context, t *testing.T, script string) string {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[string](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%.200s: %v", script, err)
	}
	return v
}

func quoted(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// meet connects one with the page's connection of that name. Which of them
// offers makes no difference to either.
func meet(ctx context.Context, t *testing.T, browser context.Context, name string, c *Conn, offers bool) {
	t.Helper()
	if offers {
		offer, err := c.Offer()
		if err != nil {
			t.Fatal(err)
		}
		answer := call(browser, t, fmt.Sprintf("answer(%s, %s)", quoted(name), quoted(offer)))
		if err := c.Accept(answer); err != nil {
			t.Fatalf("%v:\n%s", err, answer)
		}
	} else {
		direction := "sendonly"
		if c.media.want.SendVideo {
			direction = "recvonly"
		}
		offer := call(browser, t, fmt.Sprintf("offer(%s, %s)", quoted(name), quoted(direction)))
		answer, err := c.Answer(offer)
		if err != nil {
			t.Fatalf("%v:\n%s", err, offer)
		}
		call(browser, t, fmt.Sprintf("accept(%s, %s).then(() => '')", quoted(name), quoted(answer)))
	}
	for candidate := range c.Candidates() {
		init := map[string]any{"candidate": candidate.Line, "sdpMid": candidate.Mid, "sdpMLineIndex": candidate.Index}
		call(browser, t, fmt.Sprintf("add(%s, %s).then(() => '')", quoted(name), quoted(init)))
	}
	opened(ctx, t, c)
	if err := c.Send(ctx, []byte("hello")); err != nil {
		t.Fatal(err)
	}
	if m, err := c.Receive(ctx); err != nil || string(m) != "hello" {
		t.Fatalf("the page said %q, %v", m, err)
	}
	if c.Datagrams() {
		t.Error("a browser has agreed to datagrams")
	}
}

// TestChromium has a browser send what it draws, and show what it is sent: what
// comes from it goes back to it, frame by frame, and is seen.
func TestChromium(t *testing.T) {
	browser := page(t)
	for i, codec := range []VideoCodec{VP8, VP9, H264, AV1} {
		for _, offers := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s/%v", codec, offers), func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				in := newConn(t, Config{Media: Media{Datagrams: true, Video: []VideoCodec{codec}}})
				out := newConn(t, Config{Media: Media{Datagrams: true, Video: []VideoCodec{codec}, SendVideo: true}})
				from, to := fmt.Sprintf("from %d %v", i, offers), fmt.Sprintf("to %d %v", i, offers)
				meet(ctx, t, browser, from, in, offers)
				meet(ctx, t, browser, to, out, offers)
				if in.VideoCodec() != codec || out.VideoCodec() != codec {
					t.Fatalf("agreed on %q and %q", in.VideoCodec(), out.VideoCodec())
				}
				back := make(chan int)
				ctx, stop := context.WithCancel(ctx)
				go func() {
					frames := 0
					defer func() { back <- frames }()
					for {
						f, err := in.Video(ctx)
						if err != nil {
							return
						}
						frames++
						if err := out.WriteVideo(f.Data, f.At); err != nil {
							t.Errorf("send it back: %v", err)
							return
						}
						select {
						case <-out.KeyWanted():
							in.AskKey()
						default:
						}
					}
				}()
				for _, colour := range [][3]int{{200, 40, 40}, {40, 40, 200}} {
					call(browser, t, fmt.Sprintf("paint = 'rgb(%d, %d, %d)'", colour[0], colour[1], colour[2]))
					if got := call(browser, t, fmt.Sprintf("shown(%s, %s)", quoted(to), quoted(colour))); got != "" {
						t.Errorf("shown is %s, want %v\n%s\n%s", got, colour,
							call(browser, t, fmt.Sprintf("stats(%s)", quoted(from))), call(browser, t, fmt.Sprintf("stats(%s)", quoted(to))))
					}
				}
				select {
				case told := <-out.Feedback():
					if len(told) == 0 {
						t.Error("nothing is told of the packets")
					}
				case <-ctx.Done():
					t.Error("the browser does not say what became of the packets")
				}
				stop()
				frames := <-back
				t.Logf("%d frames came back", frames)
				call(browser, t, fmt.Sprintf("for (const n of [%s, %s]) made[n].pc.close(); ''", quoted(from), quoted(to)))
			})
		}
	}
}

// A browser refuses the section for datagrams also where it is the first, and
// the channel comes about over the next.
func TestChromiumWithoutVideo(t *testing.T) {
	browser := page(t)
	for _, offers := range []bool{true, false} {
		ctx := testContext(t)
		c := newConn(t, Config{Media: withDatagrams})
		meet(ctx, t, browser, fmt.Sprint(offers), c, offers)
		if c.VideoCodec() != "" {
			t.Errorf("agreed on video as %s", c.VideoCodec())
		}
	}
}
