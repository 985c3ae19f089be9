package cases

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
)

// TestQuery: what a client writes is what the desk reads, every field of it.
func TestQuery(t *testing.T) {
	at := time.Date(2026, 11, 23, 8, 0, 0, 7000, time.UTC)
	full := api.TicketQuery{
		Text: "drucker & co", Before: 7, Limit: 3, States: []api.State{api.StateNew, api.StateOpen}, Kinds: []api.Kind{api.Wish}, Priorities: []api.Priority{api.Low},
		Queues: []string{"erp", ""}, Levels: []int{1, 3}, Owners: []string{"-", "sam"}, Watcher: "kim", Products: []string{"Ledger"}, Modules: []string{"A=B"},
		Organisation: 5, Bug: 6, Parent: 8, Cause: api.CausePatch, Escalated: true, DueBefore: &at, CreatedFrom: &at, CreatedTo: &at,
	}
	v := reflect.ValueOf(full)
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			t.Errorf("the test says nothing of %s", v.Type().Field(i).Name)
		}
	}
	got, err := query(full.Values().Encode())
	if err != nil || !reflect.DeepEqual(got, full) {
		t.Errorf("%+v %v", got, err)
	}
	if got, err := query(api.TicketQuery{}.Values().Encode()); err != nil || !reflect.DeepEqual(got, api.TicketQuery{Limit: 50}) {
		t.Errorf("%+v %v", got, err)
	}
}

// FuzzQuery proves that what is read is within its bounds, and is read again from what it is written as.
func FuzzQuery(f *testing.F) {
	f.Add("text=a&states=new&states=open&owners=-&limit=7")
	f.Add("due_before=2026-11-23T08:00:00.000007%2B01:00&levels=2&queues=")
	f.Add("%zz&bug=-1")
	f.Fuzz(func(t *testing.T, raw string) {
		q, err := query(raw)
		if err != nil {
			return
		}
		if q.Limit < 1 || q.Limit > 200 || len(q.Text) > maxText || len(q.Owners) > maxValues || strings.ContainsRune(q.Watcher, 0) {
			t.Fatalf("%+v", q)
		}
		again, err := query(q.Values().Encode())
		if err != nil || again.Values().Encode() != q.Values().Encode() {
			t.Errorf("%+v becomes %+v, %v", q, again, err)
		}
	})
}
