//go:build !headless

package app

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/session/record"
)

// How the desk is given its copy of a record.
const (
	recordTime  = 5 * time.Second // for one piece
	recordTries = 3               // for the last one
	recordPause = time.Second     // between them
	recordAgain = 10 * time.Second
)

// recordFolder is where the customer's copies of records stay.
func recordFolder(p places) string { return filepath.Join(p.data, "records") }

// newRecord makes the file of a session's record. Its name is made here: what
// the desk calls the session is no file name.
func newRecord(folder string, ticket int64, now time.Time) (*record.Store, string, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, "", fmt.Errorf("make folder for records: %w", err)
	}
	name := fmt.Sprintf("%s-ticket-%d-%s.jsonl", now.UTC().Format("20060102-150405"), ticket, strings.ToLower(rand.Text()[:6]))
	path := filepath.Join(folder, name)
	s, err := record.Create(path)
	return s, path, err
}

// deskCopy brings the desk its copy of a record, line by line as they come,
// without holding the session up. What a break leaves out is brought with the
// next line, tried for a while when the session is over, and then left to the
// program's next start.
type deskCopy struct {
	client *client.Client
	id     string
	log    *logrus.Logger
	owed   string        // the file that says what a later start has to bring; "": none
	wake   chan struct{} // holds one
	done   chan struct{}

	mu      sync.Mutex // guards what follows
	waiting []byte     // lines that the desk has not taken; a record is bounded, and so is this
	closed  bool
}

func newDeskCopy(ctx context.Context, c *client.Client, id, owed string, log *logrus.Logger) *deskCopy {
	d := &deskCopy{client: c, id: id, owed: owed, log: log, wake: make(chan struct{}, 1), done: make(chan struct{})}
	go d.run(context.WithoutCancel(ctx)) // the end must be told after a stop
	return d
}

// keep takes one line.
func (d *deskCopy) keep(line []byte) {
	d.mu.Lock()
	d.waiting = append(append(d.waiting, line...), '\n')
	d.mu.Unlock()
	d.tell()
}

func (d *deskCopy) tell() {
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

func (d *deskCopy) run(ctx context.Context) {
	defer close(d.done)
	again := time.NewTicker(recordAgain) // for what a break has left
	defer again.Stop()
	for {
		select {
		case <-d.wake:
		case <-again.C:
		}
		d.mu.Lock()
		closed := d.closed // before what is waiting is looked at: nothing comes after it
		d.mu.Unlock()
		err := d.bring(ctx)
		if !closed {
			continue
		}
		for try := 1; err != nil && try < recordTries; try++ {
			<-time.After(recordPause)
			err = d.bring(ctx)
		}
		if err != nil {
			d.log.WithError(err).Warn("bring the desk its copy of the session's record; it is tried again with the next start")
		} else if d.owed != "" {
			if err := removeFile(d.owed); err != nil {
				d.log.WithError(err).Warn("look after records that are owed")
			}
		}
		return
	}
}

// bring sends what is waiting.
func (d *deskCopy) bring(ctx context.Context) error {
	d.mu.Lock()
	lines := d.waiting
	d.mu.Unlock()
	if len(lines) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, recordTime)
	defer cancel()
	if _, err := d.client.AppendRecord(ctx, d.id, lines); err != nil {
		return err
	}
	d.mu.Lock()
	d.waiting = d.waiting[len(lines):]
	d.mu.Unlock()
	return nil
}

// close brings the rest and waits for it.
func (d *deskCopy) close() {
	d.mu.Lock()
	d.closed = true
	d.mu.Unlock()
	d.tell()
	<-d.done
}

// ownRecord is the customer's copy and the desk's.
type ownRecord struct {
	file *record.Store
	desk *deskCopy
}

// Keep is a record.Keep: the own disk comes first, and it alone decides.
func (o *ownRecord) Keep(line []byte) error {
	if err := o.file.Keep(line); err != nil {
		return err
	}
	o.desk.keep(line)
	return nil
}

func (o *ownRecord) close() error {
	o.desk.close()
	return o.file.Close()
}
