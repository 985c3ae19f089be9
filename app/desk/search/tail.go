package search

import (
	"context"
	"maps"
	"sync"
	"time"

	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/index"
)

// tail is the documents whose posts are not written, in memory. They stand in
// place of what the posts say of them.
type tail struct {
	mu     sync.RWMutex // guards all below
	seq    int64        // the last change that is here
	merged int64        // index.StateMerged as it is here
	docs   map[int64]*fresh
	posts  map[uint32][]*fresh // may have some that are old
	stats  stats
	counts map[uint32]*delta
	slots  int // how many there were since they were counted
}

// fresh is a document of the tail.
type fresh struct {
	index.Doc
	list   []weighed
	posted []weighed // as the posts have it
	slot   int       // its place among all
	old    bool      // another has taken its place
	done   time.Time // when its posts were seen to be written; zero: they are not
}

// delta is by how much the tail changes how many documents have a term.
type delta struct{ inside, outside int64 }

// stats are how many documents there are.
type stats struct{ inside, outside int64 }

// linger is how long a document stays in memory after its posts are written: a
// search that began before must not miss it.
const linger = 10 * time.Second

// refresh brings the tail to what q sees.
func (t *tail) refresh(ctx context.Context, q db.Querier, now time.Time) error {
	state, err := index.States(ctx, q)
	if err != nil {
		return err
	}
	t.mu.RLock()
	same := t.docs != nil && t.seq >= state[index.StateSeq] && t.merged >= state[index.StateMerged]
	t.mu.RUnlock()
	if same {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.docs == nil {
		t.docs, t.posts, t.counts = map[int64]*fresh{}, map[uint32][]*fresh{}, map[uint32]*delta{}
	}
	for t.seq < state[index.StateSeq] {
		list, err := index.Fresh(ctx, q, t.seq, 2000)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			t.seq = state[index.StateSeq]
			break
		}
		for _, d := range list {
			if err := t.put(d); err != nil {
				return err
			}
			t.seq = d.Fresh
		}
	}
	if t.merged < state[index.StateMerged] {
		if err := t.settle(ctx, q, now); err != nil {
			return err
		}
		t.merged = state[index.StateMerged]
		t.stats = stats{state[index.StateInside], state[index.StateOutside]}
	}
	return nil
}

func (t *tail) put(d index.Doc) error {
	f := &fresh{Doc: d}
	var err error
	if f.list, err = unpackVector(d.Vector, nil); err != nil {
		return err
	}
	if f.posted, err = unpackVector(d.Posted, nil); err != nil {
		return err
	}
	f.Vector, f.Posted = nil, nil
	if before := t.docs[d.Doc]; before != nil {
		before.old = true
		t.count(before, -1)
	}
	f.slot = t.slots
	t.slots++
	t.docs[d.Doc] = f
	t.count(f, 1)
	for _, w := range f.list {
		t.posts[w.term] = append(t.posts[w.term], f)
	}
	return nil
}

// count adds what a document changes, n times.
func (t *tail) count(f *fresh, n int64) {
	if !f.done.IsZero() {
		return
	}
	at := func(term uint32, n int64) {
		d := t.counts[term]
		if d == nil {
			d = &delta{}
			t.counts[term] = d
		}
		if public(f.Doc.Doc) {
			d.outside += n
		} else {
			d.inside += n
		}
	}
	for _, w := range f.list {
		at(w.term, n)
	}
	for _, w := range f.posted {
		at(w.term, -n)
	}
}

// settle takes out what is written to the posts by now.
func (t *tail) settle(ctx context.Context, q db.Querier, now time.Time) error {
	list, err := index.FreshNumbers(ctx, q)
	if err != nil {
		return err
	}
	still := make(map[int64]int64, len(list))
	for _, n := range list {
		still[n.Doc] = n.Fresh
	}
	for doc, f := range t.docs {
		if still[doc] == f.Fresh {
			continue
		}
		if f.done.IsZero() {
			t.count(f, -1)
			f.done = now
		}
		if now.Sub(f.done) > linger || len(t.docs) > 4*mergeAt {
			f.old = true
			delete(t.docs, doc)
		}
	}
	// What is old is taken out of the lists here, where there are few.
	clear(t.posts)
	t.slots = 0
	for _, f := range t.docs {
		f.slot = t.slots
		t.slots++
		for _, w := range f.list {
			t.posts[w.term] = append(t.posts[w.term], f)
		}
	}
	maps.DeleteFunc(t.counts, func(_ uint32, d *delta) bool { return d.inside == 0 && d.outside == 0 })
	return nil
}

// waiting is the last change, and how many documents' posts are not written.
func (t *tail) waiting() (seq int64, n int) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	for _, f := range t.docs {
		if f.done.IsZero() {
			n++
		}
	}
	return t.seq, n
}
