package web_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/beistand/beistand/app/desk/web"
)

// supporter is the page in a browser, signed in.
func (h *house) supporter(language string) *browser {
	h.t.Helper()
	b := chromium(h.t, chromedp.WindowSize(1100, 760), chromedp.Flag("accept-lang", language), chromedp.Flag("lang", language))
	b.do(
		chromedp.Navigate(h.url+web.Prefix),
		chromedp.WaitVisible("#user"), chromedp.SendKeys("#user", "sam"), chromedp.SendKeys("#password", password),
	)
	b.shot("0-signin")
	b.do(chromedp.Click("#signin button.main"), chromedp.WaitVisible("#list button"))
	b.shot("1-tickets")
	return b
}

// ask goes from the list of tickets to the code.
func (b *browser) ask(rights ...string) {
	b.t.Helper()
	b.do(chromedp.Click("#list button"), chromedp.WaitVisible("#ticket button.main"))
	b.shot("2-ticket")
	for _, r := range rights {
		b.do(chromedp.Click("#ticket input[name=" + r + "]"))
	}
	b.do(chromedp.Click("#ticket button.main"), chromedp.WaitVisible("#digits"))
}

// typeCode types the code.
func (b *browser) typeCode(code string) {
	b.t.Helper()
	b.do(chromedp.SendKeys("#digits", code), chromedp.Click("#code button.main"))
}

// says waits until an element is seen and has these words.
func (b *browser) says(selector, words string) {
	b.t.Helper()
	script := fmt.Sprintf("document.querySelector(%q)?.checkVisibility() && document.querySelector(%q).textContent.includes(%q)", selector, selector, words)
	if _, err := chromedp.Run(b.ctx, chromedp.Poll[bool](script, chromedp.WithPollingTimeout(20*time.Second))); err != nil {
		b.t.Fatalf("%s does not say %q but %q: %v", selector, words, text(b, selector), err)
	}
}

func text(b *browser, selector string) string {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Text(selector))
	if err != nil {
		b.t.Fatal(err)
	}
	return strings.TrimSpace(v)
}

// shot keeps a picture of the page for a look at it, where the environment says so.
func (b *browser) shot(name string) {
	b.t.Helper()
	dir := os.Getenv("BEISTAND_PICTURES")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}
