package customers

import (
	"net/http"
	"strconv"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/console/page"
	"github.com/beistand/beistand/app/desk/console/staff"
)

// accessView is the page of one access.
type accessView struct {
	api.SystemAccess
	House   api.Organisation
	Staff   []api.StaffMember
	Refused *page.Refused
}

// until is the end of the day that a form names.
func until(p *page.Request, name string) time.Time {
	d, err := time.ParseInLocation("2006-01-02", p.Get(name), time.Local)
	if err != nil {
		return time.Time{}
	}
	return d.AddDate(0, 0, 1)
}

func request(p *page.Request) error {
	a, err := p.API.RequestAccess(p.R.Context(), api.NewAccess{
		Organisation: p.Number("id"), Installation: p.Int("installation"), Why: p.Get("why"), Scope: p.Get("scope"), For: p.Form["for"], Until: until(p, "until"),
	})
	if err != nil {
		return after(p, err)
	}
	return p.Go(accessAt(a.ID))
}

func accessAt(id int64) string { return "/desk/accesses/" + strconv.FormatInt(id, 10) }

func access(p *page.Request) error { return showAccess(p, http.StatusOK, nil) }

func showAccess(p *page.Request, status int, refused *page.Refused) error {
	a, err := p.API.Access(p.R.Context(), p.Number("id"))
	if err != nil {
		return err
	}
	o, err := p.API.Organisation(p.R.Context(), a.Organisation)
	if err != nil {
		return err
	}
	return p.Show(status, "access-page", accessView{SystemAccess: a, House: o, Staff: staff.People(p), Refused: refused})
}

func afterAccess(p *page.Request, err error) error {
	if err == nil {
		return p.Go(accessAt(p.Number("id")))
	}
	refused, ok := p.Refused(err)
	if !ok {
		return err
	}
	return showAccess(p, refused.Status, refused)
}

// move grants, refuses or ends an access.
func move(p *page.Request) error {
	c := api.AccessChange{
		Version: p.Int("version"), State: api.AccessState(p.Get("state")), GrantedBy: p.Int("granted_by"), How: p.Get("how"), Reason: p.Get("reason"),
	}
	if end := until(p, "until"); !end.IsZero() {
		c.Until = &end
	}
	_, err := p.API.ChangeAccess(p.R.Context(), p.Number("id"), c)
	return afterAccess(p, err)
}

func use(p *page.Request) error {
	_, err := p.API.UseAccess(p.R.Context(), p.Number("id"), api.NewUse{Version: p.Int("version"), Note: p.Get("note")})
	return afterAccess(p, err)
}
