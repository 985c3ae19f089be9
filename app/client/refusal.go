package client

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
)

// refusal reads what the desk says about a request that it did not do.
func refusal(resp *http.Response) *Error {
	e := &Error{Status: resp.StatusCode}
	if b, err := io.ReadAll(io.LimitReader(resp.Body, maxError)); err == nil {
		var a api.Error
		if json.Unmarshal(b, &a) == nil {
			e.Kind, e.Message, e.Current = a.Kind, printable(a.Message), a.Current
		}
	}
	if e.Kind == "" {
		e.Kind = kindOfStatus(resp.StatusCode)
	}
	if s, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && s > 0 {
		e.After = min(time.Duration(s)*time.Second, time.Hour)
	}
	return e
}

// kindOfStatus is for answers without a body: HEAD, or a proxy that speaks for the desk.
func kindOfStatus(status int) api.ErrorKind {
	switch status {
	case http.StatusUnauthorized:
		return api.KindUnauthorized
	case http.StatusForbidden:
		return api.KindForbidden
	case http.StatusNotFound:
		return api.KindNotFound
	case http.StatusConflict:
		return api.KindConflict
	case http.StatusGone:
		return api.KindGone
	case http.StatusPreconditionFailed:
		return api.KindVersion
	case http.StatusRequestEntityTooLarge:
		return api.KindTooLarge
	case http.StatusUnsupportedMediaType:
		return api.KindMediaType
	case http.StatusLocked:
		return api.KindLocked
	case 460:
		return api.KindChecksum
	case http.StatusTooManyRequests:
		return api.KindTooMany
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return api.KindUnavailable
	case http.StatusInsufficientStorage:
		return api.KindNoSpace
	}
	if status >= 500 {
		return api.KindInternal
	}
	return api.KindInvalid
}

// printable takes out what could move a terminal's cursor, and bounds the length.
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || (r >= 0x80 && r < 0xa0) {
			return ' '
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 500 {
		s = string(r[:500]) + "…"
	}
	return s
}
