package bugs

import (
	"net/http"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
)

// Routes are the endpoints.
func (b *Bugs) Routes() []gate.Route {
	publishes := []api.Role{api.RoleEditor}
	return []gate.Route{
		{Method: "GET", Path: api.PathBugs, Who: gate.StaffOnly, Scope: api.ScopeRead, Handle: b.list, Doc: gate.Doc{Says: "List bugs, newest first", Query: bugParams, Out: api.BugList{}}},
		{Method: "POST", Path: api.PathBugs, Who: gate.StaffOnly, Scope: api.ScopeBugs, Handle: b.add, Doc: gate.Doc{Says: "Add a bug", In: api.Bug{}, Out: api.Bug{}, OK: http.StatusCreated}},
		{Method: "GET", Path: api.PathBug, Who: gate.StaffOnly, Scope: api.ScopeRead, Handle: b.bug, Doc: gate.Doc{Says: "Read a bug with its tickets and who was told", Out: api.Bug{}}},
		{Method: "PUT", Path: api.PathBug, Who: gate.StaffOnly, Scope: api.ScopeBugs, Handle: b.change, Doc: gate.Doc{Says: "Change a bug", In: api.Bug{}, Out: api.Bug{}}},
		{Method: "POST", Path: api.PathBugTickets, Who: gate.StaffOnly, Scope: api.ScopeWrite, Handle: b.link, Doc: gate.Doc{Says: "Link a ticket to a bug", In: api.LinkTicket{}, Out: api.Bug{}}},
		{Method: "DELETE", Path: api.PathBugTicket, Who: gate.StaffOnly, Scope: api.ScopeWrite, Handle: b.unlink, Doc: gate.Doc{Says: "Take a ticket from a bug", OK: http.StatusNoContent}},
		{Method: "GET", Path: api.PathBugTold, Who: gate.StaffOnly, Scope: api.ScopeRead, Handle: b.told, Doc: gate.Doc{Says: "Say who was told of a bug", Out: api.TellingList{}}},
		{Method: "POST", Path: api.PathBugTold, Who: gate.StaffOnly, Roles: publishes, Handle: b.tell, Doc: gate.Doc{Says: "Tell the customers of every linked ticket", In: api.Tell{}, Out: api.Telling{}}},
		{Method: "GET", Path: api.PathReleases, Who: gate.StaffOnly, Scope: api.ScopeRead, Handle: b.listReleases, Doc: gate.Doc{Says: "List releases, the last published first", Query: releaseParams, Out: api.ReleaseList{}}},
		{Method: "POST", Path: api.PathReleases, Who: gate.StaffOnly, Roles: publishes, Scope: api.ScopeBugs, Handle: b.addRelease, Doc: gate.Doc{Says: "Publish a release", In: api.Release{}, Out: api.Release{}, OK: http.StatusCreated}},
		{Method: "GET", Path: api.PathRelease, Who: gate.StaffOnly, Scope: api.ScopeRead, Handle: b.release, Doc: gate.Doc{Says: "Read a release", Out: api.Release{}}},
		{Method: "PUT", Path: api.PathRelease, Who: gate.StaffOnly, Roles: publishes, Scope: api.ScopeBugs, Handle: b.changeRelease, Doc: gate.Doc{Says: "Change a release", In: api.Release{}, Out: api.Release{}}},
		{Method: "DELETE", Path: api.PathRelease, Who: gate.StaffOnly, Roles: publishes, Scope: api.ScopeBugs, Handle: b.deleteRelease, Doc: gate.Doc{Says: "Delete a release", Query: versionParam, OK: http.StatusNoContent}},
	}
}

var (
	versionParam = []gate.Param{{Name: "version", Says: "The version that was read"}}
	bugParams    = []gate.Param{
		{Name: "text", Says: "Words that the title or the reference has"},
		{Name: "product", Says: "Of which product"},
		{Name: "state", Says: "In which state", Many: true},
		{Name: "ticket", Says: "Linked to this ticket"},
		{Name: "before", Says: "IDs below this one"},
		{Name: "limit", Says: "1 to 200, else 50"},
	}
	releaseParams = []gate.Param{{Name: "product", Says: "Of which product"}, {Name: "limit", Says: "1 to 200, else 50"}}
)
