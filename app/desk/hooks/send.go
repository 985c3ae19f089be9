package hooks

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"syscall"
	"time"
	"unicode/utf8"
)

const (
	sendTimeout = 15 * time.Second // a whole try
	maxAnswer   = 4 << 10          // bytes of an answer that are read, and thrown away
)

// waits are how long a delivery that did not arrive waits for its next try. At
// the end of them it is given up.
var waits = []time.Duration{
	5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour,
	12 * time.Hour, 24 * time.Hour, 24 * time.Hour,
}

// errInside refuses an address that is not of the internet.
type errInside struct{ addr netip.Addr }

func (e *errInside) Error() string {
	return fmt.Sprintf("%s is not an address of the internet, so nothing is sent there", e.addr)
}

// newClient looks at every address at the moment at which it is connected to,
// so that no name can mean another one then. No proxy, no redirects: whoever is
// told is the one that was named.
func (h *Hooks) newClient() *http.Client {
	d := net.Dialer{Timeout: 5 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		a, err := netip.ParseAddrPort(address)
		if err != nil {
			return err
		}
		if !h.filter.Admits(a.Addr()) {
			return &errInside{a.Addr().Unmap()}
		}
		return nil
	}}
	return &http.Client{
		Timeout: sendTimeout,
		Transport: &http.Transport{
			DialContext: d.DialContext, TLSHandshakeTimeout: 5 * time.Second, ResponseHeaderTimeout: sendTimeout,
			MaxIdleConnsPerHost: 2, MaxIdleConns: 20, IdleConnTimeout: 30 * time.Second, MaxResponseHeaderBytes: 16 << 10, ForceAttemptHTTP2: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// sign is the signature of Standard Webhooks 1.0 (standardwebhooks.com): over
// ID, time and body with points between.
func sign(secret []byte, id, at string, body []byte) string {
	m := hmac.New(sha256.New, secret)
	fmt.Fprintf(m, "%s.%s.", id, at)
	m.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(m.Sum(nil))
}

// send tries once. status is 0 when no answer came.
func (h *Hooks) send(ctx context.Context, k kept, d delivery) (status int, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, k.URL, bytes.NewReader(d.body))
	if err != nil {
		return 0, err
	}
	at := strconv.FormatInt(h.cfg.Now().Unix(), 10)
	for name, value := range map[string]string{
		"Content-Type": "application/json", "User-Agent": "beistand/" + h.cfg.Version,
		"webhook-id": d.ID, "webhook-timestamp": at, "webhook-signature": sign(k.secret, d.ID, at, d.body),
	} {
		req.Header.Set(name, value)
	}
	resp, err := h.client.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	_, _ = io.CopyN(io.Discard, resp.Body, maxAnswer) // so that the connection can be used again
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return resp.StatusCode, fmt.Errorf("the answer was %s", http.StatusText(resp.StatusCode))
	}
	return resp.StatusCode, nil
}

// why is err in at most a few words, for the list of deliveries.
func why(err error) string {
	var inside *errInside
	if errors.As(err, &inside) {
		return inside.Error()
	}
	text := err.Error()
	for utf8.RuneCountInString(text) > 300 {
		text = text[:len(text)-len(text)/8]
	}
	return toValid(text)
}

func toValid(s string) string { return string(bytes.ToValidUTF8([]byte(s), nil)) }
