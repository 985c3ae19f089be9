package diag

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/collect"
	"github.com/beistand/beistand/diag/gentle"
)

// Why a collector is stopped, in words; they are the causes of its context.
var (
	errNoTime  = errors.New("the time for collecting was over")
	errTooLong = errors.New("it took too long")
	errStopped = errors.New("it was stopped")
)

// grace is how long a collector may take to stop once it has been told to.
const grace = 500 * time.Millisecond

// task is one collector and how it fares.
//
//	waiting -> running -> ok | cut | failed | timed out | left out | cancelled
//	waiting -> left out | cancelled
type task struct {
	c       collect.Collector
	source  string
	limit   collect.Limit
	sink    *sink
	state   string         // of the runner's goroutine
	told    int64          // of the runner's goroutine: bytes last reported
	outcome bundle.Outcome // of the task's goroutine until it has ended
}

func newTask(w *bundle.Writer, c collect.Collector, throttle *gentle.Throttle, clean *cleaning) task {
	t := task{c: c, source: sourceOf(c), limit: collect.LimitOf(c), state: Waiting}
	t.sink = &sink{w: w, clean: clean, collector: c.Name(), throttle: throttle, left: t.limit.Size, done: make(chan struct{})}
	t.outcome = bundle.Outcome{Name: c.Name(), Title: c.Title(), Source: t.source}
	return t
}

// run collects, and returns soon after the time limit whatever the collector does.
func (t *task) run(ctx context.Context) {
	timed, cancel := context.WithTimeoutCause(ctx, t.limit.Time, errTooLong)
	defer cancel()
	start := time.Now()
	ended := make(chan error, 1) // holds the word of one that is left behind
	go func() { ended <- guarded(timed, t.c, t.sink) }()
	var err error
	select {
	case err = <-ended:
	case <-timed.Done():
		patience := time.NewTimer(grace)
		defer patience.Stop()
		select {
		case err = <-ended:
		case <-patience.C:
			err = context.Cause(timed)
		}
	}
	var stop error // why it was told to stop, if it was
	if err != nil && timed.Err() != nil {
		stop = context.Cause(timed)
	}
	why := words(stop, t.limit.Time)
	if stop == nil && err != nil {
		why = err.Error()
	}
	t.sink.seal(why)
	t.judge(err, stop)
	t.outcome.Milliseconds = time.Since(start).Milliseconds()
}

// guarded collects with low priority, and makes a panic an error, so that it
// costs this collector alone. It is for a goroutine of its own.
func guarded(ctx context.Context, c collect.Collector, s collect.Sink) (err error) {
	gentle.Lower()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("a mistake in this program stopped it: %v", p)
		}
	}()
	return c.Collect(ctx, s)
}

// interrupted is the outcome of a task that will not have ended.
func (t *task) interrupted() bundle.Outcome {
	got := t.sink.result()
	o := bundle.Outcome{
		Name: t.c.Name(), Title: t.c.Title(), Source: t.source, Files: got.files, Bytes: got.bytes,
		State: bundle.Skipped, Error: "collecting was interrupted before this had begun",
	}
	if t.state == Running {
		o.Error = "collecting was interrupted before this had ended"
	}
	if o.Files > 0 {
		o.State = bundle.Cut
	}
	return o
}

// judge says how it went: err is what Collect returned, stop why it was told to.
func (t *task) judge(err, stop error) {
	o := &t.outcome
	got := t.sink.result()
	o.Files, o.Bytes = got.files, got.bytes
	var full *bundle.NoRoomError
	switch {
	case stop != nil && errors.Is(stop, context.Canceled):
		o.State, o.Error = bundle.Cancelled, words(stop, 0)
	case stop != nil:
		o.State, o.Error = bundle.TimedOut, words(stop, t.limit.Time)
	case errors.Is(err, errLimit) && o.Files > 0:
		o.State, o.Error = bundle.Cut, got.cut
	case errors.Is(err, errLimit), errors.As(err, &full), err == nil && got.missing != "":
		o.State, o.Error = bundle.Skipped, got.missing
		if o.Files > 0 {
			o.State = bundle.Cut
		}
	case errors.Is(err, collect.ErrAbsent) && !errors.Is(err, fs.ErrPermission) && o.Files == 0:
		o.State, o.Error = bundle.Skipped, err.Error()
	case err != nil:
		o.State, o.Error = bundle.Failed, err.Error()
	case got.cut != "":
		o.State, o.Error = bundle.Cut, got.cut
	default:
		o.State = bundle.OK
		if got.within {
			o.Note = bundle.WithinTime
		}
	}
}

// skip ends a task that never ran.
func (t *task) skip(cause error) {
	t.outcome.State, t.outcome.Error = bundle.Skipped, words(cause, 0)
	if errors.Is(cause, context.Canceled) {
		t.outcome.State = bundle.Cancelled
	}
	t.state = string(t.outcome.State)
}

// words says why something was stopped, to a person.
func words(stop error, limit time.Duration) string {
	switch {
	case errors.Is(stop, errTooLong):
		return fmt.Sprintf("it took longer than %v", limit)
	case errors.Is(stop, errNoTime):
		return errNoTime.Error()
	}
	return errStopped.Error()
}
