//go:build !headless

package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/session/record"
)

const (
	owedAtOnce = 50               // records that one start brings at most, the oldest first
	owedCall   = 30 * time.Second // for one of them
	owedLive   = 2 * time.Hour    // a record without an end that is younger may be another program's, whose session goes on
)

// errNeverTaken says that a desk will not take a record, however often it is brought.
var errNeverTaken = errors.New("the desk does not take it")

// owedRecords brings desks what they lack of records from earlier starts.
type owedRecords struct {
	folder, version string
	keys            func(desk string) *deskKeys // who a desk is known to be
	log             *logrus.Logger
	now             func() time.Time
}

// begin does so beside the window; the returned func ends it.
func (o owedRecords) begin(ctx context.Context) (end func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		o.bringAll(ctx)
	}()
	return func() { cancel(); <-done }
}

// bringAll brings each. What a desk that is away lacks stays for the next start.
func (o owedRecords) bringAll(ctx context.Context) {
	all, err := filesIn(o.folder, "*"+owedEnding) // sorted: names begin with the time
	if err != nil {
		o.log.WithError(err).Warn("look after records that are owed")
		return
	}
	for _, path := range all[:min(len(all), owedAtOnce)] {
		if ctx.Err() != nil {
			return
		}
		log := o.log.WithField("file", recordOf(path))
		owed, err := readOwed(path)
		switch {
		case errors.Is(err, fs.ErrNotExist): // another program has brought it
			continue
		case err != nil:
			log.WithError(err).Warn("bring the desk the record of an earlier session")
		case o.now().Sub(owed.Since) > owedTime:
			log.Warn("give up bringing the desk the record of an earlier session: it is more than 30 days old")
		default:
			err = o.bring(ctx, recordOf(path), owed)
			switch {
			case err == nil:
				log.Info("the desk has the record of an earlier session")
			case errors.Is(err, errNeverTaken):
				log.WithError(err).Warn("give up bringing the desk the record of an earlier session")
			default:
				log.WithError(err).Info("the desk lacks the record of an earlier session")
				continue
			}
		}
		if err := removeFile(path); err != nil {
			log.WithError(err).Warn("look after records that are owed")
		}
	}
}

// errLive says that a record may still be written.
var errLive = errors.New("the session may still go on")

// bring gives the desk what it lacks of one record.
func (o owedRecords) bring(ctx context.Context, path string, to owed) error {
	ctx, cancel := context.WithTimeout(ctx, owedCall)
	defer cancel()
	own, err := o.lines(path)
	if err != nil {
		return err
	}
	c, err := dial(to.Desk, o.version, to.Token)
	if err != nil {
		return fmt.Errorf("%w: %w", errNeverTaken, err)
	}
	defer c.CloseIdle()
	met, err := c.Health(ctx)
	if err != nil {
		return err
	}
	if err := o.keys(c.Desk()).meet(c.Desk(), met.DeskKey); err != nil {
		return err
	}
	theirs, err := c.Record(ctx, to.Session)
	if err != nil && client.KindOf(err) != api.KindNotFound {
		return final(err)
	}
	has := map[string]bool{}
	for line := range bytes.Lines(theirs) {
		has[string(line)] = true
	}
	var rest []byte
	for _, line := range own {
		if line = append(line[:len(line):len(line)], '\n'); !has[string(line)] {
			rest = append(rest, line...)
		}
	}
	if len(rest) == 0 {
		return nil
	}
	_, err = c.AppendRecord(ctx, to.Session, rest)
	return final(err)
}

// lines are those of the own copy that hold. What a crash has cut short is
// left out.
func (o owedRecords) lines(path string) ([][]byte, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %w", errNeverTaken, err)
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, record.MaxSize))
	if err != nil {
		return nil, fmt.Errorf("read the record: %w", err)
	}
	chain, _ := record.Read(bytes.NewReader(text)) // up to what is wrong with it
	if info, err := f.Stat(); err != nil {
		return nil, err
	} else if !chain.Ended() && o.now().Sub(info.ModTime()) < owedLive {
		return nil, errLive
	}
	lines, _ := record.Lines(text) // the desk says which it takes
	return lines, nil
}

// final tells what a desk will never take from what it may take later.
func final(err error) error {
	switch client.KindOf(err) {
	case api.KindInvalid, api.KindUnauthorized, api.KindForbidden, api.KindNotFound, api.KindConflict, api.KindGone, api.KindTooLarge:
		return fmt.Errorf("%w: %w", errNeverTaken, err)
	}
	return err
}
