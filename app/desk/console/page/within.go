package page

import (
	"errors"
	"io"
	"net/http"
)

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
