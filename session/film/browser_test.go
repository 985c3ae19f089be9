//go:build cgo && linux && !headless

package film

import (
	"context"
	"fmt"
	"image"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/beistand/beistand/session/pixel"
)

// look opens a film, jumps to a time, if not to the beginning, and tells what stands there: how long it
// lasts, and the mean of red, green and blue.
const look = `(async (name, at) => {
	const v = document.createElement("video"), until = (event) => new Promise((yes, no) => {
		v[event] = yes;
		v.onerror = () => no(new Error(v.error.message));
	});
	v.muted = true;
	let there = until("onloadeddata"), shown = new Promise((yes) => v.requestVideoFrameCallback(yes));
	v.src = name;
	await there;
	await shown;
	if (at > 0) {
		there = until("onseeked");
		v.currentTime = at;
		await there;
	}
	const c = new OffscreenCanvas(v.videoWidth, v.videoHeight), x = c.getContext("2d"), mean = [0, 0, 0, 0];
	x.drawImage(v, 0, 0);
	const p = x.getImageData(0, 0, c.width, c.height).data;
	for (let i = 0; i < p.length; i++) mean[i % 4] += p[i] * 4 / p.length;
	return [v.duration === Infinity ? 0 : v.duration, ...mean];
})`

// chromium is a page of a browser that ends with the test.
func chromium(t *testing.T) context.Context {
	t.Helper()
	options := chromedp.DefaultExecAllocatorOptions[:]
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal(err)
	}
	options = append(options, chromedp.ExecPath(program), chromedp.UserDataDir(t.TempDir()))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // which there is none of for root
	}
	allocated, end := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(end)
	page, endPage := chromedp.NewContext(allocated)
	t.Cleanup(func() {
		if err := chromedp.Cancel(page); err != nil { // waits until it has ended
			t.Logf("end the browser: %v", err)
		}
		endPage()
	})
	return page
}

// A browser plays a film, knows how long it is and jumps in it; of one that was
// cut off it plays what there is.
func TestBrowser(t *testing.T) {
	need(t, "chromium")
	colours := []uint32{0xc04040, 0x40c040, 0x4040c0, 0x808080}
	p := pixel.New(image.Rectangle{Max: size})
	whole := play(t, Options{Key: time.Second}, len(colours), 2*time.Second, func(i int) (*pixel.Bitmap, []image.Rectangle) {
		p.Fill(p.Rect, colours[i])
		return p, nil
	})
	data, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	// As it would be had nothing after the third colour been written.
	if err := os.WriteFile(filepath.Join(filepath.Dir(whole), "cut.webm"), unended(t, data), 0o600); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(filepath.Dir(whole))))
	defer server.Close()
	page := chromium(t)
	if _, err := chromedp.Run(page, chromedp.Navigate(server.URL+"/")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		at     float64
		colour int
	}{{filepath.Base(whole), 5, 2}, {filepath.Base(whole), 1, 0}, {filepath.Base(whole), 7.5, 3}, {"cut.webm", 0, 0}} {
		got, err := chromedp.Run(page, chromedp.Evaluate[[]float64](look+fmt.Sprintf("(%q, %v)", "/"+c.name, c.at), chromedp.EvalAwaitPromise))
		if err != nil || len(got) != 5 {
			t.Fatalf("%s at %v: %v, %v", c.name, c.at, got, err)
		}
		if c.name != "cut.webm" && (got[0] < 7.9 || got[0] > 8.2) {
			t.Errorf("%s lasts %v s", c.name, got[0])
		}
		for i, shift := range []int{16, 8, 0} {
			if want := float64(colours[c.colour] >> shift & 0xff); got[1+i] < want-4 || got[1+i] > want+4 {
				t.Errorf("%s at %v is %v, not %06x", c.name, c.at, got[1:4], colours[c.colour])
				break
			}
		}
	}
}
