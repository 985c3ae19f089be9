package diag

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"time"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/collect"
	"github.com/beistand/beistand/diag/gentle"
)

// Run collects into a bundle at path. report (may be nil) is called from one
// goroutine at a time. While it runs, a valid bundle is at path that has what
// was collected until then, whatever ends the process. Whenever the manifest
// is not nil it is finished; when ctx ends early, both the manifest and ctx's
// error are returned.
//
// A collector that outlives its time limit is left behind with its goroutine;
// nothing that it writes then reaches the bundle.
func Run(ctx context.Context, path string, o Options, report func(Progress)) (*bundle.Manifest, error) {
	if o.Profile == nil {
		o.Profile = BuiltinProfile()
	}
	if o.Known == nil {
		known := Own(ctx)
		o.Known = &known
	}
	all := o.collectors()
	return run(ctx, path, o, all, report)
}

func run(ctx context.Context, path string, o Options, all []collect.Collector, report func(Progress)) (*bundle.Manifest, error) {
	o = o.withDefaults()
	to, err := o.recipients()
	if err != nil {
		return nil, err
	}
	by, err := NewRedactor(*o.Known, o.Profile, o.Names)
	if err != nil {
		return nil, err
	}
	w, err := bundle.Create(path, o.manifest(time.Now(), by), to...)
	if err != nil {
		return nil, err
	}
	clean := &cleaning{by: by, folder: filepath.Dir(path), quarantine: o.Quarantine, tooMuch: o.QuarantinedToo}
	defer w.Discard()
	w.SetMaxSize(o.MaxSize)
	w.SetLower(gentle.Lower)
	limited, stop := context.WithCancel(ctx)
	throttle := gentle.NewThrottle(o.MaxCPU)
	var watching sync.WaitGroup
	watching.Go(func() { throttle.Run(limited) })
	r := &runner{w: w, by: by, report: report, tasks: make([]task, len(all))}
	for i, c := range all {
		r.tasks[i] = newTask(w, c, throttle, clean)
	}
	r.all(ctx, o.MaxTime)
	stop()
	watching.Wait()
	w.SetOutcomes(r.outcomes())
	if risks, unchecked := r.check(ctx, path, len(to) > 0); len(risks) > 0 || unchecked != "" {
		w.SetRisks(risks, unchecked)
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	m := w.Manifest()
	return &m, ctx.Err()
}

// ErrNoKey says that a bundle cannot be encrypted, since the profile has no
// key for it.
var ErrNoKey = errors.New("the profile has no key to which the bundle could be encrypted")

func (o Options) recipients() ([]bundle.Recipient, error) {
	if !o.Encrypt {
		return nil, nil
	}
	if o.Profile.Key == "" {
		return nil, ErrNoKey
	}
	to, err := bundle.ParseRecipient(o.Profile.Key)
	return []bundle.Recipient{to}, err
}

// runner runs the tasks of one case. Its fields belong to the goroutine that
// called Run; collectors and their sinks are on the other side of ended.
type runner struct {
	w      *bundle.Writer
	by     *Redactor
	report func(Progress)
	tasks  []task
	done   int
}

// atOnce is how many collectors run at the same time: most wait for a
// sample's second to pass or for a disk, and a person goes on working.
const atOnce = 4

// tick is how often the bytes of running collectors are reported.
const tick = 250 * time.Millisecond

// all runs every task. The bundle on disk names them all from the beginning
// on, and tells of each that has ended.
func (r *runner) all(ctx context.Context, maxTime time.Duration) {
	timed, cancel := context.WithTimeoutCause(ctx, maxTime, errNoTime)
	defer cancel()
	for i := range r.tasks {
		r.tell(i)
	}
	r.save()
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
			r.save()
		case <-ticker.C:
			for i := range r.tasks {
				if t := &r.tasks[i]; t.state == Running && t.sink.bytes() != t.told {
					r.tell(i)
				}
			}
			r.save()
		}
	}
}

// save lets the bundle on disk be what there is by now. Without room for it,
// the bundle stays as it was, and its end has room of its own.
func (r *runner) save() {
	r.w.SetOutcomes(r.outcomes())
	_ = r.w.Checkpoint()
}

// check takes the second look at what is in the bundle by now.
func (r *runner) check(ctx context.Context, path string, encrypted bool) ([]bundle.Risk, string) {
	if encrypted {
		return nil, "an encrypted bundle cannot be read again"
	}
	if err := r.w.Checkpoint(); err != nil {
		return nil, "the bundle could not be read again"
	}
	var risks []bundle.Risk
	var unchecked string
	var looking sync.WaitGroup
	looking.Go(func() {
		gentle.Lower()
		risks, unchecked = r.by.secondLook(ctx, path)
	})
	looking.Wait()
	return risks, unchecked
}

// outcomes gives how every task fared, in their order; of those that have
// not ended, how it would be if nothing more came.
func (r *runner) outcomes() []bundle.Outcome {
	all := make([]bundle.Outcome, len(r.tasks))
	for i := range r.tasks {
		switch t := &r.tasks[i]; t.state {
		case Waiting, Running:
			all[i] = t.interrupted()
		default:
			all[i] = t.outcome
		}
		all[i].Source, all[i].Error = r.by.Text(all[i].Source), r.by.Text(all[i].Error)
	}
	return all
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
		p.Bytes, p.Error, p.Note = t.outcome.Bytes, t.outcome.Error, t.outcome.Note
	}
	r.report(p)
}
