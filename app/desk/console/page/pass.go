package page

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"net/url"
)

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
