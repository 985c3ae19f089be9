// Package page is what the console's pages have in common: who asks, the frame around what is shown, and that a form came from here.
package page

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
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

// Pass hands the request on to the interface at path, whose answer it is: for
// what is too long to hold, and for what goes on and on.
func (p *Request) Pass(path string) error {
	r := p.R.Clone(p.R.Context())
	r.URL = &url.URL{Path: path}
	if u, err := url.Parse(path); err == nil {
		r.URL = u
	}
	r.Header.Del("Cookie")
	r.Header.Set("Authorization", "Bearer "+p.token)
	r.Pattern = ""
	r.RequestURI = path
	p.house.cfg.API.ServeHTTP(p.W, r)
	return nil
}

// within is the way to the interface inside this process.
type within struct{ api http.Handler }

type outer struct{} // the key of a person's request in a context

func (t within) RoundTrip(r *http.Request) (*http.Response, error) {
	in := r.Clone(r.Context())
	in.RequestURI = r.URL.RequestURI()
	if p, ok := r.Context().Value(outer{}).(*Request); ok { // whose address limits count, and what their browser is
		from := p.R
		in.RemoteAddr, in.Host = from.RemoteAddr, from.Host
		in.Header.Set("User-Agent", from.UserAgent())
		in.Header.Set("Accept-Language", p.Language)
		in.Header.Del("X-Forwarded-For")
		for _, v := range from.Header.Values("X-Forwarded-For") {
			in.Header.Add("X-Forwarded-For", v)
		}
	}
	if in.Body == nil {
		in.Body = http.NoBody
	}
	answer := &answer{header: http.Header{}}
	t.api.ServeHTTP(answer, in)
	if r.Body != nil {
		_ = r.Body.Close() // a RoundTripper's duty; it was in memory
	}
	if answer.wrong != nil {
		return nil, answer.wrong
	}
	if answer.status == 0 {
		answer.status = http.StatusOK
	}
	return &http.Response{
		Status: http.StatusText(answer.status), StatusCode: answer.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: answer.header, Body: io.NopCloser(&answer.body), ContentLength: int64(answer.body.Len()), Request: r,
	}, nil
}

var errLong = errors.New("the interface's answer is longer than a page can hold")

// PassJSON is Pass with a body, for an answer that is kept as a file.
func (p *Request) PassJSON(path string, body any, name string) error {
	b, err := json.Marshal(body)
	if err != nil {
		return err
	}
	p.R.Body, p.R.ContentLength = io.NopCloser(bytes.NewReader(b)), int64(len(b))
	p.R.Header.Set("Content-Type", "application/json")
	p.W.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	return p.Pass(path)
}
