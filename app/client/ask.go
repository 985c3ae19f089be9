package client

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
)

// ask sends in as JSON (nil: no body) and gives what is answered.
func ask[Out any](ctx context.Context, c *Client, method, path string, in any) (Out, error) {
	var out Out
	err := c.call(ctx, method, path, in, &out)
	return out, err
}

// get reads what is at path.
func get[Out any](ctx context.Context, c *Client, path string) (Out, error) {
	return ask[Out](ctx, c, http.MethodGet, path, nil)
}

// save makes a record at all when it has no ID yet, or changes the one at one, and gives it as it is kept.
func save[Record any](ctx context.Context, c *Client, id int64, all, one string, r Record) (Record, error) {
	if id == 0 {
		return ask[Record](ctx, c, http.MethodPost, all, r)
	}
	return ask[Record](ctx, c, http.MethodPut, one, r)
}

// drop deletes what is at path.
func (c *Client) drop(ctx context.Context, path string) error {
	return c.call(ctx, http.MethodDelete, path, nil, nil)
}

// values are a query's fields; what is empty is left out.
type values map[string][]string

func (v values) text(key, text string) {
	if text != "" {
		v[key] = append(v[key], text)
	}
}

func (v values) number(key string, n int64) {
	if n != 0 {
		v[key] = append(v[key], strconv.FormatInt(n, 10))
	}
}

func (v values) on(path string) string {
	if len(v) == 0 {
		return path
	}
	return path + "?" + url.Values(v).Encode()
}

func versioned(path string, version int64) string {
	return path + "?version=" + strconv.FormatInt(version, 10)
}
