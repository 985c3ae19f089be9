package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/beistand/beistand/app/api"
)

const (
	dialTimeout = 10 * time.Second
	callTimeout = 30 * time.Second // a call that neither uploads nor listens
	maxBody     = 32 << 20         // bytes of an answer that is read into memory
	maxError    = 1 << 20          // bytes of an error's body: a conflict shows a whole ticket
)

// Error is an answer that is not a success.
type Error struct {
	Status  int
	Kind    api.ErrorKind
	Message string        // the desk's words, for people
	After   time.Duration // when to try again; 0 when the desk did not say

	Current json.RawMessage // of a conflict: what was to be changed, as it is now; nil when the desk did not say
}

func (e *Error) Error() string {
	if e.Message != "" {
		return "desk: " + e.Message
	}
	return fmt.Sprintf("desk: answer %d (%s)", e.Status, e.Kind)
}

// Unreachable says that no answer came: the address, the network or the desk is at fault.
type Unreachable struct {
	Desk string
	Err  error
}

func (e *Unreachable) Error() string { return fmt.Sprintf("reach desk %s: %v", e.Desk, e.Err) }
func (e *Unreachable) Unwrap() error { return e.Err }

// KindOf is the kind of err when a desk refused, and "" otherwise.
func KindOf(err error) api.ErrorKind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// call sends in as JSON (nil: no body) and reads the answer into out (nil: thrown away).
func (c *Client) call(ctx context.Context, method, path string, in, out any) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return fmt.Errorf("encode request: %w", err)
		}
		body = bytes.NewReader(b)
	}
	req, err := c.request(ctx, method, path, body)
	if err != nil {
		return err
	}
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := c.do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if out == nil {
		return nil
	}
	b, err := io.ReadAll(io.LimitReader(resp.Body, maxBody+1))
	if err != nil {
		return c.unreachable(ctx, err)
	}
	if len(b) > maxBody {
		return fmt.Errorf("answer of %s: longer than %d bytes", path, maxBody)
	}
	if err := json.Unmarshal(b, out); err != nil {
		return fmt.Errorf("answer of %s: %w", path, err)
	}
	return nil
}

// request makes a request with the token; path may carry a query.
func (c *Client) request(ctx context.Context, method, path string, body io.Reader) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, method, c.base.String()+path, body)
	if err != nil {
		return nil, fmt.Errorf("request %s: %w", path, err)
	}
	req.Header.Set("User-Agent", c.userAgent)
	if t := c.Token(); t != "" {
		req.Header.Set("Authorization", "Bearer "+t)
	}
	return req, nil
}

// do sends req. The error is an *Error or an *Unreachable, or the context's own.
func (c *Client) do(req *http.Request) (*http.Response, error) {
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, c.unreachable(req.Context(), err)
	}
	if resp.StatusCode >= 200 && resp.StatusCode < 300 {
		return resp, nil
	}
	defer resp.Body.Close()
	return nil, refusal(resp)
}

// unreachable keeps apart that the caller stopped and that the desk did not answer.
func (c *Client) unreachable(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(context.Cause(ctx), context.Canceled) {
		return ctx.Err()
	}
	return &Unreachable{Desk: c.Desk(), Err: err}
}
