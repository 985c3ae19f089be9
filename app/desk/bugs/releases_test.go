package bugs

import (
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate/gatetest"
)

func TestReleases(t *testing.T) {
	each(t, func(h *gatetest.House, _ *Bugs) {
		var bug, fixed, other api.Bug
		h.Must(201, "sam", "POST", api.PathBugs, api.Bug{Product: "Lager", Title: "Stops"}, &bug)
		h.Must(201, "edda", "POST", api.PathBugs, api.Bug{Product: "Lager", Title: "Stands", State: api.BugFixed, FixedIn: "4.1"}, &fixed)
		h.Must(201, "sam", "POST", api.PathBugs, api.Bug{Product: "Kasse", Title: "Rings"}, &other)
		release := api.Release{Product: "Lager", Release: "4.10", Date: "2026-11-20", Notes: map[string]string{"de": "Neu"}, Fixes: []int64{fixed.ID, bug.ID, bug.ID}}
		var made, now api.Release
		h.Must(403, "sam", "POST", api.PathReleases, release, nil)
		h.Must(201, "edda", "POST", api.PathReleases, release, &made)
		if len(made.Fixes) != 2 || made.Notes["de"] != "Neu" {
			t.Errorf("%+v", made)
		}
		h.Must(200, "sam", "GET", api.BugPath(bug.ID), nil, &bug)
		h.Must(200, "sam", "GET", api.BugPath(fixed.ID), nil, &fixed)
		if bug.State != api.BugFixed || bug.FixedIn != "4.10" || fixed.FixedIn != "4.1" || fixed.Version != 1 {
			t.Errorf("%+v %+v", bug, fixed)
		}
		h.Must(409, "edda", "POST", api.PathReleases, api.Release{Product: "LAGER", Release: "4.10", Date: "2026-11-21"}, nil)
		for name, change := range map[string]func(*api.Release){
			"no product": func(r *api.Release) { r.Product = "" }, "no version": func(r *api.Release) { r.Release = "next" },
			"no day": func(r *api.Release) { r.Date = "30.11.2026" }, "another's bug": func(r *api.Release) { r.Fixes = []int64{other.ID} },
			"no bug": func(r *api.Release) { r.Fixes = []int64{99} },
		} {
			bad := release
			bad.Release = "5"
			change(&bad)
			if status, _ := h.Ask("edda", "POST", api.PathReleases, bad, nil); status != 422 {
				t.Errorf("%s: %d", name, status)
			}
		}
		h.Must(201, "edda", "POST", api.PathReleases, api.Release{Product: "Lager", Release: "4.9", Date: "2026-11-20"}, nil)
		var list api.ReleaseList
		h.Must(200, "sam", "GET", api.PathReleases+"?product=lager", nil, &list)
		if len(list.Releases) != 2 || list.Releases[0].Release != "4.10" {
			t.Errorf("%+v", list.Releases)
		}
		made.Fixes = nil
		h.Must(200, "edda", "PUT", api.ReleasePath(made.ID), made, &now)
		if now.Version != 2 || len(now.Fixes) != 0 {
			t.Errorf("%+v", now)
		}
		h.Must(409, "edda", "PUT", api.ReleasePath(made.ID), made, nil)
		h.Must(409, "edda", "DELETE", api.ReleasePath(made.ID)+"?version=1", nil, nil)
		h.Must(204, "edda", "DELETE", api.ReleasePath(made.ID)+"?version=2", nil, nil)
		h.Must(404, "sam", "GET", api.ReleasePath(made.ID), nil, nil)
	})
}
