package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/beistand/beistand/app/desk/web"
)

// browser is a Chromium of the test's own, with one page.
type browser struct {
	t   testing.TB
	ctx context.Context
}

// chromium starts one that ends with the test. It is headless: pages are drawn,
// and no display is needed.
func chromium(t testing.TB, more ...chromedp.ExecAllocatorOption) *browser {
	t.Helper()
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatalf("%v: install it with \".ci/packages test\"", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.UserDataDir(t.TempDir()))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // which there is none of for root
	}
	life, end := context.WithCancel(context.Background())
	t.Cleanup(end)
	allocated, endProgram := chromedp.NewExecAllocator(life, append(options, more...)...)
	t.Cleanup(endProgram)
	ctx, endPage := chromedp.NewContext(allocated)
	b := &browser{t: t, ctx: ctx}
	if _, err := chromedp.Run(ctx, chromedp.Navigate("about:blank")); err != nil {
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
			body, err := chromedp.Run(ctx, chromedp.Evaluate[string]("document.body.innerText"))
			t.Logf("the page shows (%v):\n%s", err, body)
		}
		defer func() {
			listening.Wait()
			if t.Failed() {
				t.Logf("the page said:\n%s", strings.Join(lines, "\n"))
			}
		}()
		if err := chromedp.Cancel(ctx); err != nil { // waits until it has ended
			t.Logf("end the browser: %v", err)
		}
		endPage()
	})
	return b
}

// do does one thing in the page after the other.
func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
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

// laboratory serves the modules and the tests of them, under the same policy.
func laboratory(t testing.TB) *browser {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Security-Policy", web.Policy)
	})
	for path, dir := range map[string]string{"/static/": "static", "/testdata/": "testdata", "/draft/": "../../../session/pake/testdata"} {
		mux.Handle(path, http.StripPrefix(path, http.FileServer(http.Dir(dir))))
	}
	mux.HandleFunc("/static/words.txt", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(web.WordList()) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	b := chromium(t)
	b.do(chromedp.Navigate(server.URL + "/"))
	return b
}

// TestModules runs every test in testdata/*.test.js: a function each, which
// throws what is wrong.
func TestModules(t *testing.T) {
	b := laboratory(t)
	entries, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".test.js")
		if !ok {
			continue
		}
		module := `import("/testdata/` + e.Name() + `")`
		for _, test := range eval[[]string](b, module+`.then((m) => Object.keys(m))`) {
			count++
			t.Run(name+"/"+test, func(t *testing.T) {
				for _, line := range eval[[]string](b, `(async () => {
					const said = [], log = console.log;
					console.log = (...words) => said.push("said: " + words.join(" "));
					try { await (await `+module+`).`+test+`(); } catch (e) { said.push(String(e?.stack ?? e)); }
					console.log = log;
					return said;
				})()`) {
					if words, ok := strings.CutPrefix(line, "said: "); ok {
						t.Log(words)
					} else {
						t.Error(line)
					}
				}
			})
		}
	}
	if count == 0 {
		t.Error("there was nothing to test")
	}
}
