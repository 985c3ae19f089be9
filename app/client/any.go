package client

import "context"

// Call sends in as JSON to a path of the interface (nil: no body) and reads the
// answer into out (nil: thrown away), for what has no method of its own here.
func (c *Client) Call(ctx context.Context, method, path string, in, out any) error {
	return c.call(ctx, method, path, in, out)
}
