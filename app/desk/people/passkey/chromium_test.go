package passkey

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"testing"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// TestChromium registers a passkey and signs in with it in a real browser,
// whose authenticator is Chromium's own virtual one.
func TestChromium(t *testing.T) {
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatalf("%v: install it with \".ci/packages test\"", err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "text/html") }))
	defer server.Close()
	u, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	u.Host = "localhost:" + u.Port() // passkeys want a name
	d := place(t, u.String())

	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.UserDataDir(t.TempDir()))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // which there is none of for root
	}
	allocated, endProgram := chromedp.NewExecAllocator(context.Background(), options...)
	defer endProgram()
	ctx, endPage := chromedp.NewContext(allocated)
	defer endPage()
	if _, err := chromedp.Run(ctx, chromedp.Navigate(u.String())); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Logf("end the browser: %v", err)
		}
	}()
	if _, err := chromedp.Call(ctx, webauthn.Enable, webauthn.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: "ctap2", Transport: "internal", HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
	}}); err != nil {
		t.Fatal(err)
	}
	page := func(call, parse string, c Challenge) []byte {
		t.Helper()
		script := fmt.Sprintf(`navigator.credentials.%s({publicKey: PublicKeyCredential.%s(%s.publicKey)}).then((c) => JSON.stringify(c.toJSON()))`, call, parse, c.Options)
		answer, err := chromedp.Run(ctx, chromedp.Evaluate[string](script, chromedp.EvalAwaitPromise))
		if err != nil || !json.Valid([]byte(answer)) {
			t.Fatal(answer, err)
		}
		return []byte(answer)
	}
	sam := Owner{Handle: []byte("sam's handle"), Name: "sam", Display: "Sam Support"}
	asked, err := d.Register(sam)
	if err != nil {
		t.Fatal(err)
	}
	made, err := d.Registered(sam, asked.Session, page("create", "parseCreationOptionsFromJSON", asked))
	if err != nil {
		t.Fatal(err)
	}
	sam.Passkeys = [][]byte{made.Record}
	if asked, err = d.AskAnybody(); err != nil {
		t.Fatal(err)
	}
	answer := page("get", "parseRequestOptionsFromJSON", asked)
	who, used, err := d.AnsweredBy(asked.Session, answer, func(handle []byte) (Owner, error) {
		if !bytes.Equal(handle, sam.Handle) {
			return Owner{}, errors.New("nobody's")
		}
		return sam, nil
	})
	if err != nil || who.Name != "sam" || used.ID != made.ID {
		t.Errorf("%+v %v", who, err)
	}
}
