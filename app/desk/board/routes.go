package board

import (
	"net/http"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
)

// Routes are the endpoints.
func (b *Board) Routes() []gate.Route {
	disposes := []api.Role{api.RoleDispatcher}
	return []gate.Route{
		{Method: "GET", Path: api.PathViews, Who: gate.StaffOnly, Scope: api.ScopeRead, Handle: b.views, Doc: gate.Doc{Says: "Count the tickets of the views that everybody has", Out: api.ViewList{}}},
		{Method: "GET", Path: api.PathBoard, Who: gate.StaffOnly, Scope: api.ScopeRead, Handle: b.board, Doc: gate.Doc{Says: "Read what a team talks about standing up", Query: boardParams, Out: api.Board{}}},
		{Method: "POST", Path: api.PathBulk, Who: gate.StaffOnly, Roles: disposes, Handle: b.bulk, Doc: gate.Doc{Says: "Change many tickets in the same way", In: api.Bulk{}, Out: api.BulkDone{}}},
		{Method: "GET", Path: api.PathQueues, Who: gate.StaffOnly, Scope: api.ScopeRead, Handle: b.listQueues, Doc: gate.Doc{Says: "List queues and who looks after them", Out: api.QueueList{}}},
		{Method: "PUT", Path: api.PathQueue, Who: gate.StaffOnly, Roles: disposes, Handle: b.setQueue, Doc: gate.Doc{Says: "Say who looks after a queue", In: api.SetQueue{}, Out: api.Queue{}}},
		{Method: "GET", Path: api.PathFilters, Who: gate.StaffOnly, Scope: api.ScopeRead, Handle: b.listFilters, Doc: gate.Doc{Says: "List one's own filters and the shared ones", Out: api.FilterList{}}},
		{Method: "POST", Path: api.PathFilters, Who: gate.StaffOnly, Handle: b.addFilter, Doc: gate.Doc{Says: "Save a filter", In: api.Filter{}, Out: api.Filter{}, OK: http.StatusCreated}},
		{Method: "PUT", Path: api.PathFilter, Who: gate.StaffOnly, Handle: b.changeFilter, Doc: gate.Doc{Says: "Change a filter", In: api.Filter{}, Out: api.Filter{}}},
		{Method: "DELETE", Path: api.PathFilter, Who: gate.StaffOnly, Handle: b.deleteFilter, Doc: gate.Doc{Says: "Delete a filter", Query: versionParam, OK: http.StatusNoContent}},
	}
}

var (
	versionParam = []gate.Param{{Name: "version", Says: "The version that was read"}}
	boardParams  = []gate.Param{
		{Name: "by", Says: "Columns by state (which is usual) or by owner"},
		{Name: "queue", Says: "In one of these queues", Many: true},
	}
)
