// Package page is what the console's pages have in common: who asks, the frame around what is shown, and that a form came from here.
package page

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/beistand/beistand/app/client"
)

// policy lets a page load what this desk serves and send forms to it, and nothing else.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; form-action 'self'; connect-src 'self'; " +
	"base-uri 'none'; frame-ancestors 'none'"

// MaxForm is how long a form without files may be, in bytes.
const MaxForm = 1 << 20

// Who may open a page. What a page shows is decided by the interface, which it calls with its caller's token.
type Who int

// Who.
const (
	Anybody Who = iota
	Staff
	Customer
)

// Row is one page or one form: the console is a table of them.
type Row struct {
	Method, Path string
	Who          Who
	Files        bool // the form comes with files: the row reads it itself, with Request.Parts
	Do           func(*Request) error
}

// Config is what pages are made from.
type Config struct {
	API          http.Handler // the desk's interface
	Secure       bool         // people reach the desk over TLS
	Organisation string
	Version      string
	Log          func(format string, args ...any)
	Texts        *Texts
	Now          func() time.Time
}

// House makes requests of people into requests of pages.
type House struct {
	cfg  Config
	desk *client.Client // without a token
}

// New makes a house.
func New(cfg Config) *House {
	desk, err := client.New("http://localhost", client.Options{UserAgent: "beistand console", HTTP: &http.Client{Transport: within{cfg.API}}})
	if err != nil { // this machine may always be spoken with
		panic(err)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &House{cfg: cfg, desk: desk}
}

// Request is one request of a person.
type Request struct {
	W        http.ResponseWriter
	R        *http.Request
	API      *client.Client // with the caller's token, none for nobody
	Language string
	Now      time.Time
	Form     url.Values // of a POST whose token was right
	Me       Me         // set by whoever knows, before a page is shown

	house *House
	row   Row
	back  string // where somebody without a session is sent
	token string // the caller's at the interface
	seal  string // what a form's token is made of

	blamed string // English words about the field that is wrong
}

// Me is the member of staff who looks.
type Me struct {
	Name, Display string
	Roles         []string
	Counts        map[string]int // of views, for the frame
}

// Is says whether somebody has the role; an administrator has all.
func (m Me) Is(role string) bool {
	for _, r := range m.Roles {
		if r == role || r == "administrator" {
			return true
		}
	}
	return false
}

// Handle makes a row a handler.
func (h *House) Handle(row Row) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		headers(w.Header())
		p := &Request{W: w, R: r, house: h, row: row, Language: h.language(r), Now: h.cfg.Now()}
		p.R = r.WithContext(context.WithValue(r.Context(), outer{}, p))
		p.identify()
		if err := p.run(); err != nil {
			p.fail(err)
		}
	})
}

func (p *Request) run() error {
	if p.R.Method == http.MethodPost {
		if err := p.fromHere(); err != nil {
			return err
		}
		if !p.row.Files {
			if err := p.readForm(); err != nil {
				return err
			}
		}
	}
	if p.row.Who != Anybody && p.token == "" {
		if p.Bounce() {
			return nil
		}
		return errNobody
	}
	return p.row.Do(p)
}

// headers are on every answer of a page.
func headers(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin") // with less, a browser does not say where a form comes from
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), usb=(), serial=(), payment=()")
	h.Set("Cache-Control", "no-store")
}

// Bounce sends somebody who came by a link elsewhere to the same page once
// more: a browser keeps a strict cookie back on the first step into a site.
func (p *Request) Bounce() bool {
	if p.R.Method != http.MethodGet || p.R.Header.Get("Sec-Fetch-Site") != "cross-site" {
		return false
	}
	return p.Show(http.StatusOK, "bounce", p.R.URL.RequestURI()) == nil
}

// Go sends the browser to another page of the console, after a form was done.
func (p *Request) Go(to string) error {
	http.Redirect(p.W, p.R, Inside(to, "/desk/"), http.StatusSeeOther)
	return nil
}

// JSON answers a module of a page.
func (p *Request) JSON(v any) error {
	p.W.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(p.W).Encode(v)
}

// Inside is to when it is a path of the console, else otherwise.
func Inside(to, otherwise string) string {
	if u, err := url.Parse(to); err == nil && u.Scheme == "" && u.Host == "" && u.User == nil && !strings.ContainsAny(to, "\\\r\n\t") &&
		(strings.HasPrefix(u.Path, "/desk/") || strings.HasPrefix(u.Path, "/my/")) && !strings.Contains(u.Path, "..") {
		return to
	}
	return otherwise
}

// Number is a number in the path; 0 is none that there is.
func (p *Request) Number(name string) int64 { return number(p.R.PathValue(name)) }
