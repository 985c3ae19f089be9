package page

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"
)

var (
	errNobody  = errors.New("somebody has to sign in")
	errForeign = errors.New("the form does not come from this desk")
	errToken   = errors.New("the form was made for another session")
	errForm    = errors.New("the form cannot be read")
	errBig     = errors.New("the form is too long")
)

// fieldTime is how long the next part of a form may take to come.
const fieldTime = 60 * time.Second

// fromHere says whether a form was sent from one of this desk's own pages.
// Browsers say so in two headers that a page cannot write; without the first nothing counts.
func (p *Request) fromHere() error {
	origin, err := url.Parse(p.R.Header.Get("Origin"))
	if err != nil || origin.Host == "" || !strings.EqualFold(origin.Host, p.R.Host) {
		return errForeign
	}
	if p.house.cfg.Secure && origin.Scheme != "https" {
		return errForeign
	}
	if site := p.R.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" {
		return errForeign
	}
	return nil
}

func (p *Request) readForm() error {
	if t, _, _ := mime.ParseMediaType(p.R.Header.Get("Content-Type")); t != "application/x-www-form-urlencoded" {
		return errForm
	}
	p.R.Body = http.MaxBytesReader(p.W, p.R.Body, MaxForm)
	if err := p.R.ParseForm(); err != nil {
		if long := (*http.MaxBytesError)(nil); errors.As(err, &long) {
			return errBig
		}
		return errForm
	}
	form := url.Values{}
	for name, values := range p.R.PostForm {
		for _, v := range values {
			form.Add(clean(name), clean(v))
		}
	}
	return p.take(form)
}

// take accepts a form whose token is right. What was typed stays in any case, to be shown again.
func (p *Request) take(form url.Values) error {
	token := form.Get("token")
	form.Del("token")
	p.Form = form
	if p.seal == "" || subtle.ConstantTimeCompare([]byte(token), []byte(p.FormToken())) != 1 {
		return errToken
	}
	return nil
}

// clean is a text as browsers send it in the form in which the interface takes it.
func clean(s string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(s, "\r\n", "\n"), "�")
}

// Get is a field without the spaces around it.
func (p *Request) Get(name string) string { return strings.TrimSpace(p.Form.Get(name)) }

// Parts reads a form with files: its fields first, then each file as it comes.
// The token is looked at before the first file is given to file.
func (p *Request) Parts(file func(name string, content io.Reader) error) error {
	t, params, err := mime.ParseMediaType(p.R.Header.Get("Content-Type"))
	if t == "application/x-www-form-urlencoded" { // what was kept through a sign-in comes without its files
		return p.readForm()
	}
	if err != nil || t != "multipart/form-data" || params["boundary"] == "" {
		return errForm
	}
	control := http.NewResponseController(p.W)
	parts := multipart.NewReader(&moving{r: p.R.Body, control: control}, params["boundary"])
	form, taken, size := url.Values{}, false, 0
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return errForm
		}
		if part.FileName() == "" && part.Header.Get("Content-Type") == "" {
			b, err := io.ReadAll(io.LimitReader(part, MaxForm+1))
			if size += len(b); err != nil || size > MaxForm {
				return errBig
			}
			form.Add(clean(part.FormName()), clean(string(b)))
			continue
		}
		if !taken {
			if err := p.take(form); err != nil {
				return err
			}
			taken = true
		}
		if part.FileName() != "" {
			if err := file(part.FileName(), part); err != nil {
				return fmt.Errorf("take file: %w", err)
			}
		}
	}
	if !taken {
		return p.take(form)
	}
	return nil
}

// rescue reads what was typed into a form with files that is refused before
// anybody has looked into it. Its files are gone: a browser keeps their names alone.
func (p *Request) rescue() {
	if !p.row.Files || p.R.Method != http.MethodPost || p.Form != nil {
		return
	}
	err := p.Parts(func(_ string, content io.Reader) error {
		_, err := io.Copy(io.Discard, content)
		return err
	})
	if err != nil {
		_, _ = io.Copy(io.Discard, io.LimitReader(p.R.Body, drained)) // a browser shows an answer only to what it has sent
	}
}

// moving lets a body take long as long as it moves.
type moving struct {
	r       io.Reader
	control *http.ResponseController
}

func (m *moving) Read(b []byte) (int, error) {
	if err := m.control.SetReadDeadline(time.Now().Add(fieldTime)); err != nil {
		return 0, err
	}
	if err := m.control.SetWriteDeadline(time.Now().Add(2 * fieldTime)); err != nil {
		return 0, err
	}
	return m.r.Read(b)
}

// Short is s, cut to so many characters.
func Short(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}
