package board

import (
	"slices"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate/gatetest"
)

func TestBulk(t *testing.T) {
	each(t, func(h *gatetest.House) {
		a, b, c := h.Ticket(nil), h.Ticket(nil), h.Ticket(nil)
		h.Change(c, func(t *api.Ticket) { t.Watchers = []string{"edda", "lewis"} })
		queue, owner, gone := "lager", "sam", "robin"
		var done api.BulkDone
		h.Must(200, "dana", "POST", api.PathBulk, api.Bulk{
			Tickets: []api.BulkTicket{{Number: a, Version: 1}, {Number: b, Version: 7}, {Number: 99, Version: 1}, {Number: c, Version: 2}},
			Change:  api.BulkChange{Queue: &queue, Owner: &owner, Watch: []string{"sam", "edda"}, Unwatch: []string{"lewis"}},
		}, &done)
		var kinds []api.ErrorKind
		for _, r := range done.Results {
			kinds = append(kinds, r.Kind)
		}
		if done.Changed != 2 || !slices.Equal(kinds, []api.ErrorKind{"", api.KindConflict, api.KindNotFound, ""}) || done.Results[3].Version != 3 {
			t.Errorf("%+v", done)
		}
		h.Change(c, func(ticket *api.Ticket) {
			if ticket.Queue != "lager" || strings.Join(ticket.Watchers, " ") != "edda sam" {
				t.Errorf("%q %v", ticket.Queue, ticket.Watchers)
			}
		})
		h.Change(b, func(ticket *api.Ticket) {
			if ticket.Queue != "" {
				t.Errorf("a conflict was written: %q", ticket.Queue)
			}
		})
		h.Must(200, "dana", "POST", api.PathBulk, api.Bulk{Tickets: []api.BulkTicket{{Number: a, Version: 2}}, Change: api.BulkChange{Owner: &gone}}, &done)
		if done.Results[0].Kind != api.KindForbidden || done.Results[0].Message == "" {
			t.Errorf("%+v", done)
		}
		closed := api.StateClosed
		for name, bad := range map[string]api.Bulk{
			"nothing to change": {Tickets: []api.BulkTicket{{Number: a}}},
			"no tickets":        {Change: api.BulkChange{Queue: &queue}},
			"too many":          {Tickets: make([]api.BulkTicket, api.MaxBulk+1), Change: api.BulkChange{Queue: &queue}},
			"twice":             {Tickets: []api.BulkTicket{{Number: a}, {Number: a}}, Change: api.BulkChange{Queue: &queue}},
			"closed":            {Tickets: []api.BulkTicket{{Number: a}}, Change: api.BulkChange{State: &closed}},
			"no name":           {Tickets: []api.BulkTicket{{Number: a}}, Change: api.BulkChange{Watch: []string{"a b"}}},
		} {
			if status, _ := h.Ask("dana", "POST", api.PathBulk, bad, nil); status != 422 {
				t.Errorf("%s: %d", name, status)
			}
		}
	})
}
