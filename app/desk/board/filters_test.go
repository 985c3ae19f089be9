package board

import (
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate/gatetest"
)

func TestFilters(t *testing.T) {
	each(t, func(h *gatetest.House) {
		var own, shared, now api.Filter
		h.Must(201, "sam", "POST", api.PathFilters, api.Filter{Name: "Prints", Owner: "robin", Query: api.TicketQuery{Text: "print", Before: 7}}, &own)
		h.Must(201, "sam", "POST", api.PathFilters, api.Filter{Name: "All", Shared: true, Query: api.TicketQuery{States: []api.State{api.StateNew}}}, &shared)
		if own.Owner != "sam" || own.Query.Before != 0 {
			t.Errorf("%+v", own)
		}
		var list api.FilterList
		for user, want := range map[string]int{"sam": 2, "edda": 1} {
			h.Must(200, user, "GET", api.PathFilters, nil, &list)
			if len(list.Filters) != want || list.Filters[0].Name != "All" || list.Filters[0].Query.States[0] != api.StateNew {
				t.Errorf("%s: %+v", user, list.Filters)
			}
		}
		h.Must(404, "robin", "PUT", api.FilterPath(own.ID), own, nil)
		h.Must(403, "edda", "PUT", api.FilterPath(shared.ID), shared, nil)
		h.Must(200, "dana", "PUT", api.FilterPath(shared.ID), shared, &now)
		if now.Owner != "sam" || now.Version != 2 {
			t.Errorf("%+v", now)
		}
		h.Must(409, "sam", "PUT", api.FilterPath(shared.ID), shared, nil)
		h.Must(409, "sam", "DELETE", api.FilterPath(shared.ID)+"?version=1", nil, nil)
		h.Must(204, "sam", "DELETE", api.FilterPath(own.ID)+"?version=1", nil, nil)
		h.Must(404, "sam", "DELETE", api.FilterPath(own.ID)+"?version=1", nil, nil)
		h.Must(422, "sam", "POST", api.PathFilters, api.Filter{}, nil)
		long := api.Filter{Name: "x"}
		for range 1000 {
			long.Query.Owners = append(long.Query.Owners, "somebody")
		}
		h.Must(422, "sam", "POST", api.PathFilters, long, nil)
		for range api.MaxFilters - 1 {
			h.Must(201, "sam", "POST", api.PathFilters, api.Filter{Name: "one more"}, nil)
		}
		h.Must(409, "sam", "POST", api.PathFilters, api.Filter{Name: "one too many"}, nil)
	})
}
