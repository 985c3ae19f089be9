package page

import (
	"net/http"
)

// Ask asks the interface as the caller, for what app/client has no method for.
func Ask[T any](p *Request, method, path string, in any) (T, error) {
	var out T
	err := p.API.Call(p.R.Context(), method, path, in, &out)
	return out, err
}

// Read is Ask with GET.
func Read[T any](p *Request, path string) (T, error) { return Ask[T](p, http.MethodGet, path, nil) }

// Tell asks for something whose answer does not matter.
func (p *Request) Tell(method, path string, in any) error {
	return p.API.Call(p.R.Context(), method, path, in, nil)
}
