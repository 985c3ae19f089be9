package client

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"

	"github.com/beistand/beistand/app/api"
)

// maxEvent is how long one event may be, in bytes.
const maxEvent = 256 << 10

// Events calls fn with a ticket's changes, one at a time, until ctx ends or the
// desk refuses for good. After a break it connects again, with waits; every
// connection begins with api.EventHello, whose Session is the open one, so a
// listener needs to remember nothing. What changed meanwhile may come twice.
func (c *Client) Events(ctx context.Context, number int64, fn func(api.Event)) error {
	for try := 1; ; try++ {
		heard, err := c.listen(ctx, number, fn)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if heard {
			try = 1
		}
		if e := KindOf(err); e != "" && !passing(err) {
			return fmt.Errorf("listen to ticket %d: %w", number, err)
		}
		if err := c.waitAtLeast(ctx, listenDelay(try, rand.Float64()), err); err != nil {
			return err
		}
	}
}

// listen is one connection's life.
func (c *Client) listen(ctx context.Context, number int64, fn func(api.Event)) (heard bool, err error) {
	ctx, touch, stop := withStall(ctx, quietTimeout)
	defer stop()
	req, err := c.request(ctx, http.MethodGet, api.EventsPath(number), nil)
	if err != nil {
		return false, err
	}
	req.Header.Set("Accept", "text/event-stream")
	resp, err := c.do(req)
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	err = readEvents(resp.Body, touch, func(data []byte) error {
		var e api.Event
		if err := json.Unmarshal(data, &e); err != nil {
			return fmt.Errorf("event: %w", err)
		}
		heard = true
		fn(e)
		return nil
	})
	return heard, c.unreachable(ctx, err)
}

// readEvents reads a stream of server-sent events (WHATWG HTML, section 9.2) and
// calls each with every event's data. touch is called with every line, comments too.
// It ends with the reader's error, io.EOF included.
func readEvents(r io.Reader, touch func(), each func(data []byte) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 4<<10), maxEvent)
	var data []byte
	has := false
	for lines.Scan() {
		touch()
		line := lines.Bytes()
		if len(line) == 0 {
			if has {
				if err := each(data); err != nil {
					return err
				}
			}
			data, has = data[:0], false
			continue
		}
		field, value, _ := bytes.Cut(line, []byte(":"))
		if string(field) != "data" { // a comment has an empty field; event, id and retry are not used
			continue
		}
		if has {
			data = append(data, '\n')
		}
		data, has = append(data, bytes.TrimPrefix(value, []byte(" "))...), true
		if len(data) > maxEvent {
			return fmt.Errorf("event: longer than %d bytes", maxEvent)
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	return io.EOF
}
