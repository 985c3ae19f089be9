package crash

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"path"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
)

const piece = 256 << 10 // bytes of one PATCH

// acknowledged is what the desk has said it has.
type acknowledged struct {
	ticket  int64
	token   string
	title   string
	bundle  string // "" while nothing is
	sum     string
	entries []string // texts
}

// crowd are customers who do not give up.
type crowd struct {
	url string

	mu   sync.Mutex // guards what follows
	said []*acknowledged

	breaks, again atomic.Int64 // requests without an answer; bytes that were sent again after one
	faults        chan error   // what must not be
}

// heard is how many tickets are acknowledged.
func (c *crowd) heard() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.said)
}

// hear waits until so many tickets are acknowledged, half a minute at most.
func (c *crowd) hear(ctx context.Context, tickets int) {
	ctx, stop := context.WithTimeout(ctx, 30*time.Second)
	defer stop()
	for c.heard() < tickets && ctx.Err() == nil {
		wait(ctx, 10*time.Millisecond)
	}
}

// away is any failure that a desk which is gone explains.
type away struct{ error }

// customer files one ticket after the other, each with a bundle and a note, until ctx ends.
func (c *crowd) customer(ctx context.Context) {
	for ctx.Err() == nil {
		// Each comes from an address of its own: nobody files so many.
		d := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, byte(1+rand.N(250)), byte(rand.N(250)), byte(1+rand.N(250)))}}
		one := &one{crowd: c, ctx: ctx, http: &http.Client{Transport: &http.Transport{DialContext: d.DialContext}, Timeout: time.Minute}}
		if err := one.all(); err != nil && ctx.Err() == nil {
			select {
			case c.faults <- err:
			default:
			}
			return
		}
		one.http.CloseIdleConnections()
	}
}

// one is one customer's case.
type one struct {
	*crowd
	ctx  context.Context // of the test
	http *http.Client
	got  acknowledged
}

func (o *one) all() error {
	id := client.NewTicketID()
	o.got.title = "Case " + id
	body, err := json.Marshal(api.NewTicket{ID: id, Title: o.got.title, Description: "d", Product: "p", Priority: api.Low, Name: "n", Contact: "c", Language: "en"})
	if err != nil {
		return err
	}
	var made api.CreatedTicket
	if err := o.insist(func() error { return o.json("POST", api.PathTickets, body, http.StatusCreated, &made) }); err != nil {
		return err
	}
	o.got.ticket, o.got.token = made.Ticket.Number, made.Token
	o.mu.Lock()
	o.said = append(o.said, &o.got)
	o.mu.Unlock()
	if err := o.upload(); err != nil {
		return err
	}
	text := "note " + client.NewTicketID()
	body, err = json.Marshal(api.NewEntry{ID: client.NewTicketID(), Kind: api.EntryNote, Public: true, Text: text})
	if err != nil {
		return err
	}
	err = o.insist(func() error { return o.json("POST", api.EntriesPath(o.got.ticket), body, http.StatusCreated, nil) })
	if err == nil {
		o.mu.Lock()
		o.got.entries = append(o.got.entries, text)
		o.mu.Unlock()
	}
	return err
}

// insist does something until a desk that lives has answered.
func (o *one) insist(do func() error) error {
	for {
		err := do()
		if gone := (*away)(nil); !errors.As(err, &gone) {
			return err
		}
		o.breaks.Add(1)
		wait(o.ctx, 10*time.Millisecond)
		if o.ctx.Err() != nil {
			return o.ctx.Err()
		}
	}
}

func (o *one) send(method, at string, body []byte, header http.Header) (*http.Response, error) {
	r, err := http.NewRequestWithContext(o.ctx, method, o.url+at, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if o.got.token != "" {
		r.Header.Set("Authorization", "Bearer "+o.got.token)
	}
	for k, v := range header {
		r.Header[k] = v
	}
	resp, err := o.http.Do(r)
	if err != nil {
		return nil, &away{err}
	}
	if resp.StatusCode == http.StatusServiceUnavailable || resp.StatusCode == http.StatusLocked {
		resp.Body.Close()
		return nil, &away{errors.New(resp.Status)}
	}
	return resp, nil
}

func (a *away) Unwrap() error { return a.error }

func (o *one) json(method, at string, body []byte, want int, into any) error {
	resp, err := o.send(method, at, body, http.Header{"Content-Type": {"application/json"}})
	if err != nil {
		return err
	}
	text, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil {
		return &away{err}
	}
	if resp.StatusCode != want {
		return fmt.Errorf("%s %s: %s %s", method, at, resp.Status, text)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(text, into)
}

// upload sends a bundle and holds the desk to what it has acknowledged: an
// offset never goes back, and what is sent again is one piece at most.
func (o *one) upload() error {
	content := make([]byte, 1+rand.N(5*piece))
	var seed [32]byte
	copy(seed[:], o.got.title)
	rand.NewChaCha8(seed).Read(content) // never fails
	sum := sha256.Sum256(content)
	b64 := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	tus := http.Header{"Tus-Resumable": {"1.0.0"}}
	create := tus.Clone()
	create.Set("Upload-Length", strconv.Itoa(len(content)))
	create.Set("Upload-Metadata", "ticket "+b64(strconv.FormatInt(o.got.ticket, 10))+",filename "+b64("case.zip")+",sha256 "+b64(hex.EncodeToString(sum[:])))
	var at string
	if err := o.insist(func() error {
		resp, err := o.send("POST", api.PathUploads, nil, create)
		if err != nil {
			return err
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusCreated {
			return fmt.Errorf("create: %s", resp.Status)
		}
		at = resp.Header.Get("Location")
		return nil
	}); err != nil {
		return err
	}
	acked, unsure := 0, 0 // what the desk has said it has; what it was sent without an answer
	for acked < len(content) {
		if unsure > 0 {
			n, err := o.offset(at, tus)
			if err != nil {
				return err
			}
			if n < acked || n > acked+unsure {
				return fmt.Errorf("upload %s stands at %d; %d were acknowledged, %d sent beyond", at, n, acked, unsure)
			}
			o.again.Add(int64(acked + unsure - n))
			acked, unsure = n, 0
			continue
		}
		part := content[acked:min(acked+piece, len(content))]
		h := tus.Clone()
		h.Set("Content-Type", "application/offset+octet-stream")
		h.Set("Upload-Offset", strconv.Itoa(acked))
		if rand.N(2) == 0 {
			s := sha256.Sum256(part)
			h.Set("Upload-Checksum", "sha256 "+base64.StdEncoding.EncodeToString(s[:]))
		}
		resp, err := o.send("PATCH", at, part, h)
		if err != nil {
			if gone := (*away)(nil); !errors.As(err, &gone) {
				return err
			}
			o.breaks.Add(1)
			unsure = len(part)
			continue
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusNoContent || resp.Header.Get("Upload-Offset") != strconv.Itoa(acked+len(part)) {
			return fmt.Errorf("patch: %s, offset %s of %d", resp.Status, resp.Header.Get("Upload-Offset"), acked+len(part))
		}
		acked += len(part)
	}
	o.mu.Lock()
	o.got.bundle, o.got.sum = path.Base(at), hex.EncodeToString(sum[:])
	o.mu.Unlock()
	return nil
}

func (o *one) offset(at string, tus http.Header) (n int, err error) {
	err = o.insist(func() error {
		resp, err := o.send("HEAD", at, nil, tus)
		if err != nil {
			return err
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			return fmt.Errorf("head: %s", resp.Status)
		}
		n, err = strconv.Atoi(resp.Header.Get("Upload-Offset"))
		return err
	})
	return n, err
}
