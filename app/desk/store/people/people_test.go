package people

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(dbtest.Main(m)) }

var start = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

const secret = "long enough"

func staffOf(user string, roles ...api.Role) api.NewStaff {
	return api.NewStaff{User: user, Name: "The " + user, Roles: roles, Password: secret}
}

func tx(t *testing.T, d *db.DB, fn func(*db.Tx) error) {
	t.Helper()
	if err := d.Tx(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func TestStaff(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, ctx := New(d), t.Context()
		if err := p.AddStaff(ctx, staffOf("kim", api.RoleAdministrator, api.RoleEditor)); err != nil {
			t.Fatal(err)
		}
		if err := p.AddStaff(ctx, staffOf("KIM", api.RoleStaff)); !errors.Is(err, db.ErrExists) {
			t.Errorf("twice: %v", err)
		}
		for name, n := range map[string]api.NewStaff{
			"no name":         staffOf("", api.RoleStaff),
			"spaces":          staffOf("a b", api.RoleStaff),
			"a key's name":    staffOf("key:1", api.RoleStaff),
			"the desk's word": staffOf("Customer", api.RoleStaff),
			"a path":          staffOf("a/b", api.RoleStaff),
			"no shown name":   {User: "a", Name: " ", Roles: []api.Role{api.RoleStaff}},
			"no role":         staffOf("a"),
			"role":            staffOf("a", "root"),
			"role twice":      staffOf("a", api.RoleStaff, api.RoleStaff),
			"short password":  {User: "a", Name: "a", Roles: []api.Role{api.RoleStaff}, Password: "short"},
		} {
			var field *FieldError
			if err := p.AddStaff(ctx, n); !errors.As(err, &field) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if who, err := p.CheckPassword(ctx, "Kim", secret, true); err != nil || who.Name != "kim" || len(who.Roles) != 2 {
			t.Errorf("%+v %v", who, err)
		}
		if err := p.AddStaff(ctx, api.NewStaff{User: "provider", Name: "x", Roles: []api.Role{api.RoleStaff}}); err != nil {
			t.Fatal(err)
		}
		for _, c := range [][2]string{{"kim", "long enougH"}, {"nobody", secret}, {"kim", ""}, {"provider", ""}, {"kim", strings.Repeat("x", 1000)}} {
			if _, err := p.CheckPassword(ctx, c[0], c[1], true); !errors.Is(err, ErrPassword) {
				t.Errorf("%q: %v", c[0], err)
			}
		}
	})
}

func TestChange(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, ctx := New(d), t.Context()
		for _, n := range []api.NewStaff{staffOf("kim", api.RoleAdministrator), staffOf("sam", api.RoleStaff)} {
			if err := p.AddStaff(ctx, n); err != nil {
				t.Fatal(err)
			}
		}
		change := func(user string, c api.StaffChange) error {
			return d.Tx(ctx, func(tx *db.Tx) error { return Change(ctx, tx, user, c, "") })
		}
		yes := true
		other := []api.Role{api.RoleEditor}
		if err := change("kim", api.StaffChange{Version: 1, Roles: &other}); !errors.Is(err, ErrLast) {
			t.Errorf("no administrator by roles: %v", err)
		}
		if err := change("kim", api.StaffChange{Version: 1, Disabled: &yes}); !errors.Is(err, ErrLast) {
			t.Errorf("no administrator: %v", err)
		}
		if err := change("sam", api.StaffChange{Version: 7, Roles: &other}); !errors.Is(err, db.ErrConflict) {
			t.Errorf("another version: %v", err)
		}
		token, err := p.AddStaffToken(ctx, "sam", start, start.Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		if err := change("SAM", api.StaffChange{Version: 1, Roles: &other}); err != nil {
			t.Fatal(err)
		}
		if h, err := p.Holder(ctx, token, start); err != nil || h.Staff.Roles[0] != api.RoleEditor || h.ID != TokenID(token) {
			t.Errorf("%+v %v", h, err)
		}
		if err := change("sam", api.StaffChange{Version: 2, Disabled: &yes}); err != nil {
			t.Fatal(err)
		}
		if _, err := p.Holder(ctx, token, start); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("whoever is disabled has a token: %v", err)
		}
		if _, err := p.CheckPassword(ctx, "sam", secret, true); !errors.Is(err, ErrPassword) {
			t.Errorf("whoever is disabled signs in: %v", err)
		}
	})
}

func TestKeys(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, ctx := New(d), t.Context()
		var made api.CreatedKey
		tx(t, d, func(tx *db.Tx) (err error) {
			made, err = AddKey(ctx, tx, api.NewKey{Name: "monitor", Scopes: []api.Scope{api.ScopeIntake}, Expires: start.Add(time.Hour)}, "kim", start)
			return err
		})
		h, err := p.Holder(ctx, made.Secret, start)
		if err != nil || h.Key == nil || h.Staff != nil || h.Key.ID != made.Key.ID || !strings.HasPrefix(made.Secret, api.KeyPrefix) {
			t.Fatalf("%+v %v", h, err)
		}
		if err := p.Touch(ctx, h, start.Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
		if all, err := Keys(ctx, d); err != nil || len(all) != 1 || all[0].Used == nil || all[0].By != "kim" {
			t.Errorf("%+v %v", all, err)
		}
		if _, err := p.Holder(ctx, made.Secret, start.Add(time.Hour)); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("an expired key: %v", err)
		}
		tx(t, d, func(tx *db.Tx) error { return DropKey(ctx, tx, made.Key.ID) })
		if _, err := p.Holder(ctx, made.Secret, start); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("a revoked key: %v", err)
		}
	})
}

// TestSignIns proves that what is under way goes on once, and not for ever.
// TestLinkTokens: tokens that links gave push out none of the program's, and go with their link.
func TestLinkTokens(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, ctx := New(d), t.Context()
		tx(t, d, func(tx *db.Tx) error {
			_, err := tx.ExecContext(ctx, `INSERT INTO tickets (number, id, filed, state, title, description, product, priority, name, contact, language, search, created, updated)
				VALUES (7, ?, ?, 'new', '', '', '', 'normal', '', '', '', '', 0, 0)`, []byte("x"), []byte("x"))
			return err
		})
		now := start
		add := func(link string) (token string) {
			now = now.Add(time.Second)
			tx(t, d, func(tx *db.Tx) (err error) {
				token, err = AddTicketToken(ctx, tx, 7, link, now, start.Add(time.Hour))
				return err
			})
			return token
		}
		var l api.Link
		var secret string
		tx(t, d, func(tx *db.Tx) (err error) {
			l, secret, err = AddLink(ctx, tx, 7, "kim", start)
			return err
		})
		tx(t, d, func(tx *db.Tx) error {
			id, ticket, err := UseLink(ctx, tx, secret, start)
			if id != l.ID || ticket != 7 {
				t.Errorf("%q %d", id, ticket)
			}
			return err
		})
		program, opened := add(""), add(l.ID)
		for range ticketTokens {
			add("another")
		}
		holds := func(token string) bool {
			h, err := p.Holder(ctx, token, start)
			if err != nil && !errors.Is(err, db.ErrNotFound) {
				t.Fatal(err)
			}
			return h.Ticket == 7
		}
		if !holds(program) || holds(opened) {
			t.Errorf("after eight others: the program's %v, the oldest link's %v", holds(program), holds(opened))
		}
		opened = add(l.ID)
		tx(t, d, func(tx *db.Tx) error {
			gone, err := DropLink(ctx, tx, 7, l.ID)
			if len(gone) != 1 || gone[0] != TokenID(opened) {
				t.Errorf("%v", gone)
			}
			return err
		})
		if !holds(program) || holds(opened) {
			t.Errorf("after the link was dropped: the program's %v, the link's %v", holds(program), holds(opened))
		}
	})
}

// TestCrowd: strangers wait for one another, and nobody else for them.
func TestCrowd(t *testing.T) {
	d := dbtest.Open(t, dbtest.File(t))
	p := New(d)
	if err := p.AddStaff(t.Context(), staffOf("kim", api.RoleStaff)); err != nil {
		t.Fatal(err)
	}
	p.hashes <- struct{}{}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.CheckPassword(ctx, "kim", "x", true); err == nil || errors.Is(err, ErrPassword) {
		t.Errorf("a stranger beside another: %v", err)
	}
	if _, err := p.CheckPassword(t.Context(), "kim", "x", false); !errors.Is(err, ErrPassword) {
		t.Errorf("who has come from there before: %v", err)
	}
	p.hashes.leave()
}

// TestPlaces: it is known for a while from where somebody has signed in.
func TestPlaces(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, ctx := New(d), t.Context()
		if err := p.AddStaff(ctx, staffOf("kim", api.RoleStaff)); err != nil {
			t.Fatal(err)
		}
		for _, at := range []time.Time{start, start.Add(time.Hour)} {
			tx(t, d, func(tx *db.Tx) error {
				_, err := AddToken(ctx, tx, "kim", SignedIn{How: "password", From: "192.0.2.1"}, at, at.Add(time.Hour))
				return err
			})
		}
		for name, c := range map[string]struct {
			user, from string
			at         time.Time
			want       bool
		}{
			"there": {"KIM", "192.0.2.1", start, true}, "elsewhere": {"kim", "192.0.2.2", start, false}, "another": {"robin", "192.0.2.1", start, false},
			"late": {"kim", "192.0.2.1", start.Add(placeFor + time.Hour), false},
		} {
			if got, err := HasComeFrom(ctx, d, c.user, c.from, c.at); err != nil || got != c.want {
				t.Errorf("%s: %v %v", name, got, err)
			}
		}
		if err := p.DropExpired(ctx, start.Add(placeFor+time.Hour)); err != nil {
			t.Fatal(err)
		}
		if got, err := HasComeFrom(ctx, d, "kim", "192.0.2.1", start); err != nil || got {
			t.Errorf("kept for ever: %v %v", got, err)
		}
	})
}

func TestSignIns(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, ctx := New(d), t.Context()
		if err := p.AddStaff(ctx, staffOf("kim", api.RoleStaff)); err != nil {
			t.Fatal(err)
		}
		begin := func(kind string) (s string) {
			tx(t, d, func(tx *db.Tx) (err error) {
				s, err = Begin(ctx, tx, SignIn{Kind: kind, Staff: "kim", State: []byte("state")}, start.Add(time.Minute))
				return err
			})
			return s
		}
		finish := func(kind, s string, now time.Time) error {
			return d.Tx(ctx, func(tx *db.Tx) error {
				got, err := Finish(ctx, tx, kind, s, now)
				if err == nil && (got.Staff != "kim" || string(got.State) != "state") {
					t.Errorf("%+v", got)
				}
				return err
			})
		}
		one := begin(AtProvider)
		for name, err := range map[string]error{"another kind": finish(NewPasskey, one, start), "late": finish(AtProvider, one, start.Add(time.Minute)), "another": finish(AtProvider, "x", start)} {
			if !errors.Is(err, db.ErrNotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := finish(AtProvider, one, start); err != nil {
			t.Error(err)
		}
		if err := finish(AtProvider, one, start); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("twice: %v", err)
		}
		second := begin(SecondFactor)
		for i := range maxTries + 1 {
			err := d.Tx(ctx, func(tx *db.Tx) error { _, err := Try(ctx, tx, second, start); return err })
			if (err == nil) != (i < maxTries) {
				t.Errorf("try %d: %v", i, err)
			}
		}
	})
}

func TestRecovery(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, ctx := New(d), t.Context()
		for _, user := range []string{"kim", "sam"} {
			if err := p.AddStaff(ctx, staffOf(user, api.RoleStaff)); err != nil {
				t.Fatal(err)
			}
		}
		tx(t, d, func(tx *db.Tx) error { return SetRecovery(ctx, tx, "kim", []string{"one", "two"}) })
		use := func(name, code string) error {
			return d.Tx(ctx, func(tx *db.Tx) error { return UseRecovery(ctx, tx, name, code) })
		}
		if err := use("sam", "one"); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("another's: %v", err)
		}
		if err := use("kim", "one"); err != nil {
			t.Error(err)
		}
		if err := use("kim", "one"); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("twice: %v", err)
		}
		if m, err := Member(ctx, d, "kim"); err != nil || m.Factors.Recovery != 1 {
			t.Errorf("%+v %v", m.Factors, err)
		}
	})
}

// TestHash looks at hashes that are none.
func TestHash(t *testing.T) {
	for _, hash := range []string{"", "$argon2i$v=19$m=1,t=1,p=1$AA$AA", "$argon2id$v=19$m=9999999,t=1,p=1$AA$AAAAAAAAAAAAAAAAAAAAAA", "$argon2id$v=19$m=8,t=0,p=1$AA$AA"} {
		if _, err := checkPassword(hash, "x"); err == nil {
			t.Errorf("%q was worked with", hash)
		}
	}
}
