package journal

import "sync"

// watcherQueue is how many entries wait for a watcher that is busy.
const watcherQueue = 4096

// watcher is one who is told of every entry, by a goroutine of its own.
type watcher struct {
	fn    func(Entry)
	wake  chan struct{} // holds one
	ended chan struct{} // closed when nothing is told any more

	mu      sync.Mutex // guards what follows
	queue   []Entry
	stopped bool
}

// Watch calls fn with every entry from now on, in order, one at a time; it may
// begin a little earlier. Nobody waits for fn: one that is thousands of
// entries behind loses what waits for it, gets an entry whose Action is Lost
// instead, and goes on from there. After stop has returned, fn is not called
// any more; fn itself must not call it.
func (j *Journal) Watch(fn func(Entry)) (stop func()) {
	w := &watcher{fn: fn, wake: make(chan struct{}, 1), ended: make(chan struct{})}
	j.mu.Lock()
	j.watchers[w] = true
	j.mu.Unlock()
	go w.run()
	return sync.OnceFunc(func() {
		j.mu.Lock()
		delete(j.watchers, w)
		j.mu.Unlock()
		w.mu.Lock()
		w.stopped = true
		w.mu.Unlock()
		w.nudge()
		<-w.ended
	})
}

// tell gives entries to everybody.
func (j *Journal) tell(entries []Entry) {
	if len(entries) == 0 {
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.told = entries[len(entries)-1].Seq
	close(j.moved)
	j.moved = make(chan struct{})
	for w := range j.watchers {
		w.add(entries)
	}
}

func (w *watcher) add(entries []Entry) {
	w.mu.Lock()
	if len(w.queue)+len(entries) > watcherQueue {
		w.queue = []Entry{{Action: Lost, Seq: entries[len(entries)-1].Seq}}
	} else {
		w.queue = append(w.queue, entries...)
	}
	w.mu.Unlock()
	w.nudge()
}

func (w *watcher) nudge() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

func (w *watcher) run() {
	defer close(w.ended)
	for range w.wake {
		for {
			e, more, stopped := w.next()
			if stopped {
				return
			}
			if !more {
				break
			}
			w.fn(e)
		}
	}
}

func (w *watcher) next() (e Entry, more, stopped bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.stopped || len(w.queue) == 0 {
		return Entry{}, false, w.stopped
	}
	e = w.queue[0]
	if w.queue = w.queue[1:]; len(w.queue) == 0 {
		w.queue = nil // what was used for it is given back
	}
	return e, true, false
}
