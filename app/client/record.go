package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/beistand/beistand/app/api"
)

// maxRecord bounds what is read as a record, in bytes.
const maxRecord = 1 << 20

// AppendRecord brings the desk lines of a session's record, each with its line
// feed. Lines that it has already change nothing.
func (c *Client) AppendRecord(ctx context.Context, id string, lines []byte) (api.Recorded, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	req, err := c.request(ctx, http.MethodPost, api.RecordPath(id), bytes.NewReader(lines))
	if err != nil {
		return api.Recorded{}, err
	}
	req.Header.Set("Content-Type", api.TypeRecord)
	resp, err := c.do(req)
	if err != nil {
		return api.Recorded{}, err
	}
	defer resp.Body.Close()
	var out api.Recorded
	if err := json.NewDecoder(io.LimitReader(resp.Body, maxError)).Decode(&out); err != nil {
		return api.Recorded{}, fmt.Errorf("answer of %s: %w", api.RecordPath(id), err)
	}
	return out, nil
}

// Record reads the desk's copy of a session's record.
func (c *Client) Record(ctx context.Context, id string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	req, err := c.request(ctx, http.MethodGet, api.RecordPath(id), nil)
	if err != nil {
		return nil, err
	}
	resp, err := c.do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(io.LimitReader(resp.Body, maxRecord+1))
	if err != nil {
		return nil, c.unreachable(ctx, err)
	}
	if len(b) > maxRecord {
		return nil, fmt.Errorf("answer of %s: longer than %d bytes", api.RecordPath(id), maxRecord)
	}
	return b, nil
}
