package page

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/beistand/beistand/assets"
)

// View is what a template is given.
type View struct {
	Page         string // the template's name
	Path         string // with its query
	Token        string // for forms
	Language     string
	Me           Me
	Staff        bool // the frame of staff
	Live         string
	Version      string // of styles and modules
	Organisation string
	Form         map[string][]string // what was typed into a form that was refused
	Data         any
}

// Show answers with a page.
func (p *Request) Show(status int, name string, data any) error {
	set := p.house.cfg.Texts.sets[p.Language]
	if set.Lookup(name) == nil {
		return fmt.Errorf("show %q: there is no such page", name)
	}
	v := View{
		Page: name, Path: p.here(), Token: p.FormToken(), Language: p.Language, Me: p.Me,
		Staff: p.back != "/my/", Version: version(), Organisation: p.house.cfg.Organisation, Form: p.Form, Data: data,
	}
	var b bytes.Buffer
	if err := set.ExecuteTemplate(&b, name, v); err != nil {
		return fmt.Errorf("show %q: %w", name, err)
	}
	body := b.Bytes()
	if status >= 400 {
		body = tie(body, p.R.URL.Path, first(p.Form["form"]), p.blamed)
	}
	h := p.W.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", p.Language)
	h.Set("Vary", "Accept-Language, Cookie")
	h.Set("Content-Length", fmt.Sprint(len(body)))
	p.W.WriteHeader(status)
	if p.R.Method != http.MethodHead {
		_, _ = p.W.Write(body) // who asked may have gone
	}
	return nil
}

// here is the address under which somebody can ask for this page again: a form
// that is answered with a page has none, and the page it stood on has.
func (p *Request) here() string {
	if p.R.Method == http.MethodGet || p.R.Method == http.MethodHead {
		return p.R.URL.RequestURI()
	}
	beginning := "/desk/"
	if p.back == "/my/" {
		beginning = "/my/"
	}
	from, err := url.Parse(p.R.Referer())
	if err != nil || !strings.EqualFold(from.Host, p.R.Host) {
		return beginning
	}
	return Inside(from.RequestURI(), beginning)
}

// language is the one that somebody chose here, or that their browser prefers.
func (h *House) language(r *http.Request) string {
	if c, err := r.Cookie(h.cookieName(languageCookie)); err == nil && slices.Contains(assets.Languages, c.Value) {
		return c.Value
	}
	best, weight := assets.Languages[0], 0.0
	header := r.Header.Get("Accept-Language")
	if len(header) > 500 {
		return best
	}
	for part := range strings.SplitSeq(header, ",") {
		tag, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		q := 1.0
		if v, ok := strings.CutPrefix(strings.TrimSpace(params), "q="); ok {
			if _, err := fmt.Sscanf(v, "%g", &q); err != nil {
				continue
			}
		}
		tag, _, _ = strings.Cut(strings.ToLower(tag), "-")
		if q > weight && slices.Contains(assets.Languages, tag) {
			best, weight = tag, q
		}
	}
	return best
}

// Speak chooses a language; one that there is not is left alone.
func (p *Request) Speak(language string) {
	if slices.Contains(assets.Languages, language) {
		p.keep(languageCookie, language, p.Now.AddDate(1, 0, 0))
		p.Language = language
	}
}

// Typed says whether a form comes back with what was typed.
func (v View) Typed(form string) bool { return v.Form != nil && first(v.Form["form"]) == form }

// Value is a field's text: as it was typed, or else as it is.
func (v View) Value(form, field string, is any) string {
	if v.Typed(form) {
		return first(v.Form[field])
	}
	return fmt.Sprint(is)
}

func first(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[0]
}
