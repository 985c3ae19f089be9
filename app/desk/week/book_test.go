package week

import (
	"sync"

	"github.com/beistand/beistand/app/api"
)

// kept is what the script knows of one ticket.
type kept struct {
	number               int64
	token, contact, name string
	kind                 api.Kind
	product, module      string
	priority             api.Priority // as support sees it
	state                api.State
	owner, queue         string
	cause                api.Cause
	first, answered      bool
	escalated            bool
	minutes              int
}

// over says that the case has ended.
func (k *kept) over() bool { return k.state == api.StateSolved || k.state == api.StateClosed }

// book is what the script has counted.
type book struct {
	mu      sync.Mutex // guards all
	all     map[int64]*kept
	reports []*kept // the three hundred, in the order of the script; written by number, no two at once
	brought []int64 // tickets that came by mail
}

func (b *book) add(k *kept) *kept {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.all[k.number] = k
	return k
}

// count is how many fit.
func (b *book) count(is func(*kept) bool) (n int) {
	for _, k := range b.all {
		if is(k) {
			n++
		}
	}
	return n
}
