//go:build bench && !headless

package app

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/chromedp/chromedp"

	"github.com/beistand/beistand/app/desk/web"
)

// benchPicture leaves nothing on the page but the picture, pixel for pixel.
const benchPicture = `
const $ = (id) => document.getElementById(id);
if ($('zoom').textContent === '1:1') $('zoom').click();
for (const id of ['head', 'bar']) $(id).style.display = 'none';
$('stage').style.cssText = 'position: fixed; inset: 0; overflow: hidden; border: 0; margin: 0; padding: 0';
document.body.style.cursor = 'none'; true`

// browser looks on in Chromium, as a supporter without the program does.
func (b *bench) browser(ctx context.Context) error {
	if _, err := b.hear(ctx, "token"); err != nil { // the desk is there
		return err
	}
	ticket, err := b.hear(ctx, "ticket")
	if err != nil {
		return err
	}
	var w, h int
	if _, err := fmt.Sscanf(os.Getenv("SIZE"), "%dx%d", &w, &h); err != nil {
		return fmt.Errorf("read the display's size: %w", err)
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath("chromium"), chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.NoSandbox, chromedp.UserDataDir(os.Getenv("HOME") + "/profile"),
		chromedp.Flag("kiosk", true), chromedp.Flag("incognito", true), chromedp.Flag("window-position", "0,0"), chromedp.Flag("window-size", fmt.Sprintf("%d,%d", w+1, h+1)),
		chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("password-store", "basic"), chromedp.Flag("force-device-scale-factor", "1"),
		chromedp.Flag("disable-infobars", true), chromedp.Flag("test-type", true), chromedp.Flag("disable-renderer-backgrounding", true),
		chromedp.Flag("disable-features", "WebRtcHideLocalIpsWithMdns,Translate,MediaRouter,PasswordManagerOnboarding"),
	}
	allocated, endProgram := chromedp.NewExecAllocator(ctx, options...)
	defer endProgram()
	page, endPage := chromedp.NewContext(allocated)
	defer endPage()
	err = chromedp.Do(page,
		chromedp.Navigate("http://127.0.0.1:"+benchPort+web.Prefix+"#ticket="+ticket),
		chromedp.WaitVisible("#user"), chromedp.SendKeys("#user", "sam"), chromedp.SendKeys("#password", benchPassword),
		chromedp.Click("#signin button.main"), chromedp.WaitVisible("#ticket"),
		chromedp.Click("#ticket button.main"), chromedp.WaitVisible("#digits"))
	if err != nil {
		return fmt.Errorf("ask for a session: %w", err)
	}
	code, err := b.hear(ctx, "code")
	if err != nil {
		return err
	}
	err = chromedp.Do(page,
		chromedp.SendKeys("#digits", strings.TrimSpace(code)), chromedp.Click("#code button.main"),
		chromedp.WaitVisible("#zoom"))
	if err != nil {
		return fmt.Errorf("look on: %w", err)
	}
	if _, err := chromedp.Run(page, chromedp.Evaluate[bool](benchPicture)); err != nil {
		return fmt.Errorf("show the picture alone: %w", err)
	}
	<-ctx.Done()
	return nil
}
