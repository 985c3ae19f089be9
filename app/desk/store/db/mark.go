package db

import "sync"

// marks are those who want to know of transactions that were marked.
type marks struct {
	mu  sync.Mutex // guards all
	all map[*func()]bool
}

// Mark has those of OnMark told once the transaction is committed.
func (t *Tx) Mark() { t.marked = true }

// OnMark calls fn after every commit of a marked transaction of this process,
// until stop. fn does not wait for anything.
func (d *DB) OnMark(fn func()) (stop func()) {
	d.marks.mu.Lock()
	defer d.marks.mu.Unlock()
	if d.marks.all == nil {
		d.marks.all = map[*func()]bool{}
	}
	d.marks.all[&fn] = true
	return func() {
		d.marks.mu.Lock()
		defer d.marks.mu.Unlock()
		delete(d.marks.all, &fn)
	}
}

func (m *marks) tell() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for fn := range m.all {
		(*fn)()
	}
}
