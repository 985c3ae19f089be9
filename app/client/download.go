package client

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/beistand/beistand/app/api"
)

// DamagedError says that what arrived is not the bundle that the ticket shows. Both are SHA-256 in hex.
type DamagedError struct{ Got, Want string }

func (e *DamagedError) Error() string {
	return fmt.Sprintf("bundle has SHA-256 %s, the ticket says %s", e.Got, e.Want)
}

// Download writes a ticket's bundle to w and checks its SHA-256 against the
// ticket's: a *DamagedError comes after every byte was written. After a break it goes on where it stopped.
func (c *Client) Download(ctx context.Context, number int64, bundleID string, w io.Writer, progress func(done, total int64)) error {
	t, err := c.Ticket(ctx, number)
	if err != nil {
		return err
	}
	var b *api.Bundle
	for i := range t.Bundles {
		if t.Bundles[i].ID == bundleID {
			b = &t.Bundles[i]
		}
	}
	if b == nil {
		return &Error{Status: http.StatusNotFound, Kind: api.KindNotFound, Message: fmt.Sprintf("ticket %d has no bundle %q", number, bundleID)}
	}
	if progress == nil {
		progress = func(int64, int64) {}
	}
	h := sha256.New()
	d := &download{c: c, path: api.BundlePath(number, bundleID), bundle: b, to: io.MultiWriter(w, h), progress: progress}
	if err := c.again(ctx, func() (bool, error) {
		before := d.done
		err := d.run(ctx)
		return d.done > before, err
	}); err != nil {
		return fmt.Errorf("download %q: %w", b.Name, err)
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != b.SHA256 {
		return &DamagedError{Got: got, Want: b.SHA256}
	}
	return nil
}

// download is one Download at work.
type download struct {
	c        *Client
	path     string
	bundle   *api.Bundle
	to       io.Writer
	done     int64
	progress func(done, total int64)
}

// run reads from where the last run stopped, to the end or the next break.
func (d *download) run(ctx context.Context) error {
	if d.done == d.bundle.Size {
		return nil
	}
	ctx, touch, stop := withStall(ctx, stallTimeout)
	defer stop()
	req, err := d.c.request(ctx, http.MethodGet, d.path, nil)
	if err != nil {
		return err
	}
	if d.done > 0 {
		req.Header.Set("Range", "bytes="+strconv.FormatInt(d.done, 10)+"-")
	}
	resp, err := d.c.do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if d.done > 0 && !strings.HasPrefix(resp.Header.Get("Content-Range"), "bytes "+strconv.FormatInt(d.done, 10)+"-") {
		return fmt.Errorf("desk: asked to go on at byte %d, answer is %q", d.done, resp.Header.Get("Content-Range"))
	}
	buf := make([]byte, 256<<10)
	for d.done < d.bundle.Size {
		n, err := resp.Body.Read(buf[:min(int64(len(buf)), d.bundle.Size-d.done)])
		if n > 0 {
			touch()
			if _, werr := d.to.Write(buf[:n]); werr != nil {
				return werr
			}
			d.done += int64(n)
			d.progress(d.done, d.bundle.Size)
		}
		if errors.Is(err, io.EOF) && d.done == d.bundle.Size {
			return nil
		}
		if err != nil {
			return d.c.unreachable(ctx, err)
		}
	}
	return nil
}
