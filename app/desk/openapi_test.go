package desk

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"github.com/beistand/beistand/app/api"
)

// TestOpenAPI reads the document as everybody else would.
func TestOpenAPI(t *testing.T) {
	h := open(t)
	status, _, text := h.do("GET", api.PathOpenAPI, "", nil)
	if status != http.StatusOK {
		t.Fatal(status)
	}
	doc, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Error(err)
	}
	for _, r := range h.routes {
		if !strings.HasPrefix(r.Path, api.Prefix) {
			continue
		}
		item := doc.Paths.Value(r.Path)
		if item == nil || item.GetOperation(r.Method) == nil {
			t.Errorf("%s %s is not in the document", r.Method, r.Path)
		}
	}
}

// checked holds every answer of a test's desk to the document: its status, its
// type and every field of it, and every body that was taken.
type checked struct {
	t      testing.TB
	text   []byte
	router func() routers.Router
	ready  chan struct{}
}

func newChecked(t testing.TB) *checked {
	c := &checked{t: t, ready: make(chan struct{})}
	c.router = sync.OnceValue(c.load)
	return c
}

// read takes the document.
func (c *checked) read(text []byte) {
	c.text = text
	close(c.ready)
}

// documents are those that were read, by their text: most desks have the same.
var documents sync.Map

// load gives nil for a document that cannot be read.
func (c *checked) load() routers.Router {
	once, _ := documents.LoadOrStore(string(c.text), sync.OnceValues(func() (routers.Router, error) {
		doc, err := openapi3.NewLoader().LoadFromData(c.text)
		if err != nil {
			return nil, err
		}
		no := false
		for _, s := range doc.Components.Schemas {
			s.Value.AdditionalProperties = openapi3.AdditionalProperties{Has: &no} // what it does not name is not sent
		}
		return legacy.NewRouter(doc)
	}))
	router, err := once.(func() (routers.Router, error))()
	if err != nil {
		c.t.Errorf("the document: %v", err)
	}
	return router
}

func (c *checked) around(next http.Handler) http.Handler {
	<-c.ready
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		router := c.router()
		if router == nil || r.Header.Get("Upgrade") != "" || strings.HasSuffix(r.URL.Path, "/events") ||
			!strings.HasPrefix(r.URL.Path, api.Prefix) || strings.Contains(r.URL.Path, "/uploads") {
			next.ServeHTTP(w, r)
			return
		}
		// The way is looked for as ServeMux reads it, before the desk reads the body.
		look := httptest.NewRequest(r.Method, r.URL.String(), nil)
		look.Header = r.Header.Clone()
		if r.Method == http.MethodHead {
			look.Method = http.MethodGet
		}
		route, params, err := router.FindRoute(look)
		if err != nil { // 404 and 405 have no place in the document
			next.ServeHTTP(w, r)
			return
		}
		kept := &kept{ResponseWriter: w, status: http.StatusOK}
		var body bytes.Buffer
		if r.Body != nil {
			r.Body = struct {
				io.Reader
				io.Closer
			}{io.TeeReader(r.Body, &body), r.Body}
		}
		next.ServeHTTP(kept, r)
		in := &openapi3filter.RequestValidationInput{Request: look, PathParams: params, Route: route, Options: &openapi3filter.Options{
			AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, ExcludeRequestQueryParams: true, IncludeResponseStatus: true,
		}}
		is := r.Method + " " + r.URL.Path
		if kept.status < 300 && strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") && body.Len() > 0 {
			look.Body = io.NopCloser(&body)
			if err := openapi3filter.ValidateRequest(r.Context(), in); err != nil {
				c.t.Errorf("%s was taken against the document: %v", is, err)
			}
		}
		if r.Method == http.MethodHead || !strings.HasPrefix(kept.Header().Get("Content-Type"), "application/json") {
			return
		}
		out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: kept.status, Header: kept.Header(), Options: in.Options}
		out.SetBodyBytes(kept.body.Bytes())
		if err := openapi3filter.ValidateResponse(r.Context(), out); err != nil {
			c.t.Errorf("%s was answered against the document: %v", is, err)
		}
	})
}

// kept is an answer that is looked at after it was given.
type kept struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (k *kept) WriteHeader(status int) {
	k.status = status
	k.ResponseWriter.WriteHeader(status)
}

func (k *kept) Write(b []byte) (int, error) {
	if k.body.Len() < 8<<20 {
		k.body.Write(b)
	}
	return k.ResponseWriter.Write(b)
}

// Unwrap is for http.ResponseController.
func (k *kept) Unwrap() http.ResponseWriter { return k.ResponseWriter }
