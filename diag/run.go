package diag

import (
	"context"
	"os"
	"runtime"
	"time"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/collect"
)

// Run collects into a bundle at path. report (may be nil) is called from one
// goroutine at a time. Whenever the manifest is not nil there is a valid
// bundle at path; when ctx ends early, both it and ctx's error are returned.
//
// A collector that outlives its time limit is left behind with its goroutine;
// nothing that it writes then reaches the bundle.
func Run(ctx context.Context, path string, o Options, report func(Progress)) (*bundle.Manifest, error) {
	if o.Profile == nil {
		o.Profile = BuiltinProfile()
	}
	all := collect.Standard(o.wanted())
	return run(ctx, path, o, all, report)
}

func run(ctx context.Context, path string, o Options, all []collect.Collector, report func(Progress)) (*bundle.Manifest, error) {
	if o.MaxTime <= 0 {
		o.MaxTime = DefaultMaxTime
	}
	if o.MaxSize <= 0 {
		o.MaxSize = DefaultMaxSize
	}
	host, err := os.Hostname()
	if err != nil {
		host = "" // the bundle is as good without
	}
	w, err := bundle.Create(path, bundle.Manifest{
		Tool: o.Tool, Created: time.Now().UTC().Truncate(time.Second), Host: host,
		OS: runtime.GOOS, Arch: runtime.GOARCH, Profile: o.Profile.Name,
	})
	if err != nil {
		return nil, err
	}
	defer w.Discard()
	w.SetMaxSize(o.MaxSize)
	r := &runner{w: w, report: report, tasks: make([]task, len(all))}
	for i, c := range all {
		r.tasks[i] = newTask(w, c)
	}
	w.SetOutcomes(r.all(ctx, o.MaxTime))
	if err := w.Close(); err != nil {
		return nil, err
	}
	m := w.Manifest()
	return &m, ctx.Err()
}

// runner runs the tasks of one case. Its fields belong to the goroutine that
// called Run; collectors and their sinks are on the other side of ended.
type runner struct {
	w      *bundle.Writer
	report func(Progress)
	tasks  []task
	done   int
}

// atOnce is how many collectors run at the same time: most wait for a
// sample's second to pass or for a disk, and a person goes on working.
const atOnce = 4

// tick is how often the bytes of running collectors are reported.
const tick = 250 * time.Millisecond

// all runs every task and gives the outcomes in the tasks' order.
func (r *runner) all(ctx context.Context, maxTime time.Duration) []bundle.Outcome {
	timed, cancel := context.WithTimeoutCause(ctx, maxTime, errNoTime)
	defer cancel()
	for i := range r.tasks {
		r.tell(i)
	}
	ended := make(chan int, len(r.tasks))
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	next, running := 0, 0
	for r.done < len(r.tasks) {
		for running < atOnce && next < len(r.tasks) {
			i := next
			next++
			if timed.Err() != nil {
				r.tasks[i].skip(context.Cause(timed))
				r.done++
				r.tell(i)
				continue
			}
			running++
			r.tasks[i].state = Running
			r.tell(i)
			go func() {
				r.tasks[i].run(timed)
				ended <- i
			}()
		}
		if running == 0 {
			continue
		}
		select {
		case i := <-ended:
			running--
			r.done++
			r.tasks[i].state = string(r.tasks[i].outcome.State)
			r.tell(i)
		case <-ticker.C:
			for i := range r.tasks {
				if t := &r.tasks[i]; t.state == Running && t.sink.bytes() != t.told {
					r.tell(i)
				}
			}
		}
	}
	outcomes := make([]bundle.Outcome, len(r.tasks))
	for i := range r.tasks {
		outcomes[i] = r.tasks[i].outcome
	}
	return outcomes
}

// tell reports how far a task has come.
func (r *runner) tell(i int) {
	t := &r.tasks[i]
	t.told = t.sink.bytes()
	if r.report == nil {
		return
	}
	p := Progress{Name: t.c.Name(), Title: t.c.Title(), Source: t.source, State: t.state, Bytes: t.told, Done: r.done, Total: len(r.tasks)}
	if t.state != Waiting && t.state != Running {
		p.Bytes, p.Error = t.outcome.Bytes, t.outcome.Error
	}
	r.report(p)
}
