package client

import (
	"context"
	"errors"
	"io"

	"github.com/beistand/beistand/app/api"
)

var errUnfinished = errors.New("not there yet")

// Upload sends the file at path to a ticket (tus 1.0) and gives the bundle it
// became. It goes on by itself after a break, with waits in between, and a later call in another
// process goes on where this one stopped: the upload's name is kept in path + ".upload".
// progress (nil: none) is called from one goroutine; its error ends the upload as a cancelled ctx does.
func (c *Client) Upload(ctx context.Context, number int64, path string, progress func(sent, total int64)) (api.Bundle, error) {
	return api.Bundle{}, errUnfinished
}

// Download writes a bundle to w and checks its SHA-256 against the ticket's.
func (c *Client) Download(ctx context.Context, number int64, bundleID string, w io.Writer, progress func(done, total int64)) error {
	return errUnfinished
}

// Events calls fn with every change of a ticket until ctx ends or the desk refuses.
func (c *Client) Events(ctx context.Context, number int64, fn func(api.Event)) error {
	return errUnfinished
}
