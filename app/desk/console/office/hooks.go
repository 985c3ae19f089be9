package office

import (
	"net/http"
	"strconv"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/console/page"
)

// hookView is the data of the page of all webhooks, and of one.
type hookView struct {
	Hooks      []api.Hook
	Hook       *api.Hook
	Deliveries []api.Delivery
	Secret     string // shown once
	Actions    []string
	Tried      *api.Delivery
	Refused    *page.Refused
}

func hooks(p *page.Request) error { return showHooks(p, http.StatusOK, hookView{}) }

func showHooks(p *page.Request, status int, d hookView) error {
	all, err := p.API.Hooks(p.R.Context())
	if err != nil {
		return err
	}
	d.Hooks, d.Actions = all.Hooks, api.HookActions
	return p.Show(status, "hooks", d)
}

func typed(p *page.Request) api.Hook {
	return api.Hook{
		ID: p.Number("id"), Version: p.Int("version"), Name: p.Get("name"), URL: p.Get("url"), Actions: p.Form["actions"], Enabled: p.Get("enabled") != "",
	}
}

func addHook(p *page.Request) error {
	made, err := p.API.CreateHook(p.R.Context(), typed(p))
	if err == nil {
		p.Form = nil
		return showHooks(p, http.StatusOK, hookView{Secret: made.Secret})
	}
	refused, ok := p.Refused(err)
	if !ok {
		return err
	}
	return showHooks(p, refused.Status, hookView{Refused: refused})
}

func hook(p *page.Request) error { return showHook(p, http.StatusOK, hookView{}) }

func showHook(p *page.Request, status int, d hookView) error {
	all, err := p.API.Hooks(p.R.Context())
	if err != nil {
		return err
	}
	for i, h := range all.Hooks {
		if h.ID == p.Number("id") {
			d.Hook = &all.Hooks[i]
		}
	}
	if d.Hook == nil {
		return page.Nowhere(p)
	}
	sent, err := p.API.Deliveries(p.R.Context(), d.Hook.ID)
	if err != nil {
		return err
	}
	d.Deliveries, d.Actions = sent.Deliveries, api.HookActions
	return p.Show(status, "hook", d)
}

// saveHook changes, tries or deletes a webhook.
func saveHook(p *page.Request) error {
	ctx, id := p.R.Context(), p.Number("id")
	var err error
	var tried *api.Delivery
	switch p.Get("do") {
	case "delete":
		if err = p.API.DropHook(ctx, id, p.Int("version")); err == nil {
			return p.Go("/desk/hooks")
		}
	case "try":
		var d api.Delivery
		if d, err = p.API.TryHook(ctx, id); err == nil {
			tried = &d
		}
	default:
		if _, err = p.API.ChangeHook(ctx, typed(p)); err == nil {
			return p.Go("/desk/hooks/" + strconv.FormatInt(id, 10))
		}
	}
	if err == nil {
		return showHook(p, http.StatusOK, hookView{Tried: tried})
	}
	refused, ok := p.Refused(err)
	if !ok {
		return err
	}
	return showHook(p, refused.Status, hookView{Refused: refused})
}

// journalPage is the data of the journal's page.
type journalPage struct {
	api.JournalPage
	After, Next, Before int64
}

const journalSize = 100

func journal(p *page.Request) error {
	d := journalPage{}
	d.After, _ = strconv.ParseInt(p.R.URL.Query().Get("after"), 10, 64)
	var err error
	if d.JournalPage, err = p.API.Journal(p.R.Context(), max(d.After, 0), journalSize); err != nil {
		return err
	}
	if n := len(d.Entries); n > 0 && d.More {
		d.Next = d.Entries[n-1].Seq
	}
	d.Before = max(0, d.After-journalSize)
	return p.Show(http.StatusOK, "journal", d)
}

func journalExport(p *page.Request) error { return p.Pass(api.PathJournalExport) }
