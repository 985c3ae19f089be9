package console_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// browser is a Chromium of the test's own, with one page. What breaks the
// pages' policy, and what is asked of any other host, fails the test.
type browser struct {
	t   testing.TB
	ctx context.Context

	mu    sync.Mutex // guards the rest
	asked []string   // addresses
	known []string   // the hosts that may be asked
}

// allow lets the test itself lead to another host.
func (b *browser) allow(url string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.known = append(b.known, url)
}

// watched reports what the policy forbids, from the first moment of every document.
const watched = `addEventListener('securitypolicyviolation', (e) => console.error('POLICY ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sourceFile + ':' + e.lineNumber));`

func chromium(t testing.TB, home string, more ...chromedp.ExecAllocatorOption) *browser {
	t.Helper()
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatalf("%v: install it with \".ci/packages test\"", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.UserDataDir(t.TempDir()),
		chromedp.WindowSize(1280, 900))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // which there is none of for root
	}
	allocated, endProgram := chromedp.NewExecAllocator(context.Background(), append(options, more...)...)
	t.Cleanup(endProgram)
	ctx, endPage := chromedp.NewContext(allocated)
	b := &browser{t: t, ctx: ctx, known: []string{home}}
	if _, err := chromedp.Run(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watched}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, func(ev any) {
		if r, ok := ev.(*network.EventRequestWillBeSent); ok {
			b.mu.Lock()
			b.asked = append(b.asked, r.Request.URL)
			b.mu.Unlock()
		}
	}); err != nil {
		t.Fatal(err)
	}
	said := chromedp.Console(ctx)
	var lines []string
	var listening sync.WaitGroup
	listening.Go(func() {
		for m, err := range said {
			if err != nil {
				return
			}
			lines = append(lines, m.String())
		}
	})
	t.Cleanup(func() {
		if t.Failed() {
			body, err := chromedp.Run(ctx, chromedp.Evaluate[string]("location.href + '\\n' + document.body.innerText"))
			t.Logf("the page shows (%v):\n%s", err, body)
		}
		if err := chromedp.Cancel(ctx); err != nil { // waits until it has ended
			t.Logf("end the browser: %v", err)
		}
		endPage()
		listening.Wait()
		for _, line := range lines {
			if strings.Contains(line, "POLICY ") || strings.Contains(line, "Content Security Policy") && !strings.Contains(line, "frame-ancestors") {
				t.Errorf("the policy was broken: %s", line)
			}
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, url := range b.asked {
			if !slices.ContainsFunc(b.known, func(host string) bool { return strings.HasPrefix(url, host+"/") }) && !strings.HasPrefix(url, "about:") && !strings.HasPrefix(url, "data:") { // the browser's own icons
				t.Errorf("a page asked another host: %s", url)
			}
		}
		if t.Failed() {
			t.Logf("the page said:\n%s", strings.Join(lines, "\n"))
		}
	})
	return b
}

// do does one thing in the page after the other.
func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// eval evaluates JavaScript and waits for its promise.
func eval[T any](b *browser, script string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", script, err)
	}
	return v
}

// until waits for a script to be true, in whichever document is there by then.
func (b *browser) until(what, script string) {
	b.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for end := time.After(15 * time.Second); ; {
		if is, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](script)); err == nil && is { // between two documents there is none to ask
			return
		}
		select {
		case <-tick.C:
		case <-end:
			b.t.Fatalf("did not happen: %s", what)
		}
	}
}

// says waits until the page has these words.
func (b *browser) says(words string) {
	b.t.Helper()
	b.until("the page says "+words, fmt.Sprintf("document.readyState === 'complete' && document.body.innerText.includes(%q)", words))
}

// send clicks a button that leads to another page.
func (b *browser) send(selector string) {
	b.t.Helper()
	b.leave(selector, chromedp.Click(selector))
}

// leave waits until a step has led to another page.
func (b *browser) leave(what string, step chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	eval[bool](b, "window.before = true")
	b.do(step)
	b.until(what+" leads on", "!window.before && document.readyState === 'complete'")
}

// fill puts text into a field of a form.
func (b *browser) fill(selector, text string) {
	b.t.Helper()
	if !eval[bool](b, fmt.Sprintf("(() => { const f = document.querySelector(%q); if (!f) return false; f.value = %q; f.dispatchEvent(new Event('input', {bubbles: true})); return true; })()", selector, text)) {
		b.t.Fatalf("there is no field %s", selector)
	}
}

// look makes the page as wide and as bright as said.
func (b *browser) look(width int64, scheme string) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(width, 900))
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		b.t.Fatal(err)
	}
}

// shot keeps a picture of the page for a look at it, where the environment says so.
func (b *browser) shot(name string) {
	b.t.Helper()
	dir := os.Getenv("BEISTAND_PICTURES")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}
