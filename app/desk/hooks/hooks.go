// Package hooks tells addresses outside what happens at the desk: signed, in order of trying, until it has arrived or a time is over.
package hooks

import (
	"context"
	"encoding/base64"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/form"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/internet"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Config is what Hooks are made from; all but Allow and Around are needed.
type Config struct {
	DB      *db.DB
	Journal *journal.Journal
	Now     func() time.Time
	Log     interface{ Printf(string, ...any) }
	Version string         // the program's, for User-Agent
	Allow   []netip.Prefix // special-purpose networks that may be sent to, and without TLS
	Wait    time.Duration  // between looks at what is due; 0 is 2 s
}

// Hooks keeps the webhooks and sends what is due.
type Hooks struct {
	cfg    Config
	filter internet.Filter
	client *http.Client
	kick   chan struct{} // that something is due
}

const maxHooks = 50

// New makes Hooks; nothing is sent before Run.
func New(cfg Config) *Hooks {
	if cfg.Wait == 0 {
		cfg.Wait = 2 * time.Second
	}
	h := &Hooks{cfg: cfg, filter: internet.Filter{Allow: cfg.Allow}, kick: make(chan struct{}, 1)}
	h.client = h.newClient()
	return h
}

var admins = []api.Role{api.RoleAdministrator}

// Routes are the endpoints.
func (h *Hooks) Routes() []gate.Route {
	return []gate.Route{
		{Method: "GET", Path: api.PathHooks, Who: gate.StaffOnly, Roles: admins, Handle: h.list, Doc: gate.Doc{Says: "List the webhooks", Out: api.HookList{}}},
		{Method: "POST", Path: api.PathHooks, Who: gate.StaffOnly, Roles: admins, Fresh: true, Handle: h.create, Doc: gate.Doc{Says: "Make a webhook", In: api.Hook{}, Out: api.CreatedHook{}, OK: http.StatusCreated}},
		{Method: "PUT", Path: api.PathHook, Who: gate.StaffOnly, Roles: admins, Fresh: true, Handle: h.change, Doc: gate.Doc{Says: "Change a webhook", In: api.Hook{}, Out: api.Hook{}}},
		{Method: "DELETE", Path: api.PathHook, Who: gate.StaffOnly, Roles: admins, Handle: h.drop, Doc: gate.Doc{Says: "Delete a webhook", Query: []gate.Param{{Name: "version", Says: "The version that was read"}}, OK: http.StatusNoContent}},
		{Method: "GET", Path: api.PathDeliveries, Who: gate.StaffOnly, Roles: admins, Handle: h.deliveries, Doc: gate.Doc{Says: "List what was sent to a webhook", Out: api.DeliveryList{}}},
		{Method: "POST", Path: api.PathHookTest, Who: gate.StaffOnly, Roles: admins, Handle: h.try, Doc: gate.Doc{Says: "Send a webhook a test", Out: api.Delivery{}}},
	}
}

func (h *Hooks) list(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	all, err := read(r.Context(), h.cfg.DB, "")
	if err != nil {
		return err
	}
	list := api.HookList{Hooks: []api.Hook{}}
	for _, k := range all {
		list.Hooks = append(list.Hooks, k.Hook)
	}
	return reply.JSON(w, http.StatusOK, list)
}

func (h *Hooks) create(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	hook, err := form.Body(w, r, h.check)
	if err != nil {
		return err
	}
	hook.Created, hook.By, hook.Failing, hook.Why = h.cfg.Now().UTC().Truncate(time.Microsecond), c.Staff.Name, nil, ""
	k := kept{Hook: hook, secret: newSecret()}
	err = h.tx(r.Context(), func(tx *db.Tx) error {
		var have int
		if err := tx.QueryRowContext(r.Context(), "SELECT count(*) FROM hooks").Scan(&have); err != nil {
			return err
		}
		if have >= maxHooks {
			return reply.Refuse(http.StatusConflict, api.KindConflict, "there are %d webhooks already; please delete one first", have)
		}
		var err error
		if k, err = insert(r.Context(), tx, k); err != nil {
			return err
		}
		return h.note(r.Context(), tx, c, k.ID, "made")
	})
	if err != nil {
		return err
	}
	w.Header().Set("Location", api.HookPath(k.ID))
	return reply.JSON(w, http.StatusCreated, api.CreatedHook{Hook: k.Hook, Secret: secretPrefix + base64.StdEncoding.EncodeToString(k.secret)})
}

func (h *Hooks) change(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	id, to, err := form.Of(w, r, h.check)
	if err != nil {
		return err
	}
	var made kept
	err = h.tx(r.Context(), func(tx *db.Tx) error {
		now, err := one(r.Context(), tx, id)
		if err != nil {
			return err
		}
		if now.Version != to.Version {
			return reply.Conflict(now.Hook)
		}
		made = now
		made.Name, made.URL, made.Actions, made.Enabled = to.Name, to.URL, to.Actions, to.Enabled
		made.Version++
		made.Failing, made.Why = nil, "" // it begins anew
		if err := update(r.Context(), tx, made); err != nil {
			return err
		}
		return h.note(r.Context(), tx, c, id, "changed")
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, made.Hook)
}

func (h *Hooks) drop(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	id, version, err := form.Versioned(r)
	if err != nil {
		return err
	}
	err = h.tx(r.Context(), func(tx *db.Tx) error {
		now, err := one(r.Context(), tx, id)
		if err != nil {
			return err
		}
		if now.Version != version {
			return reply.Conflict(now.Hook)
		}
		if err := db.One(tx.ExecContext(r.Context(), "DELETE FROM hooks WHERE id = ?", id)); err != nil {
			return err
		}
		return h.note(r.Context(), tx, c, id, "deleted")
	})
	if err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (h *Hooks) deliveries(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	id, err := form.ID(r)
	if err != nil {
		return err
	}
	if _, err := one(r.Context(), h.cfg.DB, id); err != nil {
		return err
	}
	list, err := sent(r.Context(), h.cfg.DB, id)
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, api.DeliveryList{Deliveries: list})
}

// check refuses what cannot be sent to, with a sentence for the one who filled it in.
func (h *Hooks) check(k *api.Hook) error {
	if err := form.Line("name", &k.Name, api.MaxName, true); err != nil {
		return err
	}
	u, err := url.Parse(k.URL)
	switch {
	case err != nil || u.Host == "" || len(k.URL) > 2000 || u.Scheme != "https" && u.Scheme != "http":
		return reply.Invalid("the address is not like https://hooks.example.com/beistand")
	case u.User != nil:
		return reply.Invalid("the address has a name or a password in it, which would be sent to everybody on the way; what is sent is signed instead")
	case u.Scheme == "http" && !h.named(u.Hostname()):
		return reply.Invalid("the address has to begin with https://; without it only networks that the desk's configuration names are sent to")
	}
	if a, err := netip.ParseAddr(u.Hostname()); err == nil && !h.filter.Admits(a) {
		return reply.Invalid("%s is not an address of the internet; the desk's configuration can name networks of your own", a)
	}
	if len(k.Actions) == 0 || len(k.Actions) > 50 {
		return reply.Invalid("say of what the webhook is told")
	}
	for _, a := range k.Actions {
		if !slices.ContainsFunc(api.HookActions, func(known string) bool { return matches(a, known) }) {
			return reply.Invalid("%q is nothing that a webhook can be told of", a)
		}
	}
	return nil
}

// named says whether host is an address in a network that the configuration names.
func (h *Hooks) named(host string) bool {
	a, err := netip.ParseAddr(host)
	return err == nil && h.filter.Named(a.Unmap())
}

// matches says whether pattern means the action.
func matches(pattern, action string) bool {
	if pattern == "*" || pattern == action {
		return true
	}
	kind, ok := strings.CutSuffix(pattern, ".*")
	return ok && strings.HasPrefix(action, kind+".")
}

// tx runs fn, and wakes those who follow the journal.
func (h *Hooks) tx(ctx context.Context, fn func(*db.Tx) error) error {
	err := h.cfg.DB.Tx(ctx, fn)
	if err == nil {
		h.cfg.Journal.Kick()
	}
	return err
}
