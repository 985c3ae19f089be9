package people

import (
	"errors"
	"net/http"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/people"
)

// shown is a member of staff as the caller may see them.
func shown(m api.StaffMember, c gate.Caller) api.StaffMember {
	if !c.Has(api.RoleAdministrator) {
		m.Email, m.Subject, m.Factors, m.Seen = "", "", nil, nil
	}
	return m
}

func (p *People) staff(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	all, err := kept.Members(r.Context(), p.People.DB())
	if err != nil {
		return err
	}
	out := api.StaffList{Staff: []api.StaffMember{}}
	for _, m := range all {
		out.Staff = append(out.Staff, shown(m, c))
	}
	return reply.JSON(w, http.StatusOK, out)
}

func (p *People) member(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	m, err := kept.Member(r.Context(), p.People.DB(), r.PathValue("user"))
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, shown(m, c))
}

func (p *People) addStaff(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	var in api.NewStaff
	if err := reply.Read(w, r, &in); err != nil {
		return err
	}
	if len(in.Password) > 4*api.MaxPasswordSize {
		return reply.Invalid("a password has %d to %d characters", api.MinPasswordSize, api.MaxPasswordSize)
	}
	hash, err := p.People.HashPassword(r.Context(), in.Password)
	if err != nil {
		return err
	}
	var m api.StaffMember
	err = p.tx(r.Context(), func(tx *db.Tx) error {
		if err := kept.Add(r.Context(), tx, in, hash, p.Now()); err != nil {
			return err
		}
		if err := p.note(r.Context(), tx, c.Actor(), "staff.changed", "staff/"+in.User, map[string]any{"added": true, "roles": in.Roles}); err != nil {
			return err
		}
		m, err = kept.Member(r.Context(), tx, in.User)
		return err
	})
	if errors.Is(err, db.ErrExists) {
		return reply.Refuse(http.StatusConflict, api.KindConflict, "somebody signs in with this name, or has this subject, already")
	}
	if err != nil {
		return err
	}
	w.Header().Set("Location", api.StaffPath(m.User))
	return reply.JSON(w, http.StatusCreated, m)
}

// changeStaff changes somebody. Whoever is disabled or has a new password is
// signed out everywhere; with other roles they stay signed in, and what they
// have open is cut so that it is looked at anew.
func (p *People) changeStaff(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	var in api.StaffChange
	if err := reply.Read(w, r, &in); err != nil {
		return err
	}
	hash := ""
	if in.Password != nil && *in.Password != "" {
		if !kept.ValidPassword(*in.Password) {
			return reply.Invalid("a password has %d to %d characters", api.MinPasswordSize, api.MaxPasswordSize)
		}
		var err error
		if hash, err = p.People.HashPassword(r.Context(), *in.Password); err != nil {
			return err
		}
	}
	var m api.StaffMember
	err := p.tx(r.Context(), func(tx *db.Tx) (err error) {
		if m, err = kept.Member(r.Context(), tx, r.PathValue("user")); err != nil {
			return err
		}
		was := m
		if err := kept.Change(r.Context(), tx, m.User, in, hash); err != nil {
			return err
		}
		if in.Disabled != nil && *in.Disabled || in.Password != nil {
			keep := ""
			if m.User == c.Staff.Name {
				keep = c.ID
			}
			if err := p.drop(r.Context(), tx, c.Actor(), m.User, "", keep); err != nil {
				return err
			}
		}
		if err := p.note(r.Context(), tx, c.Actor(), "staff.changed", "staff/"+m.User, changedFields(was, in)); err != nil {
			return err
		}
		m, err = kept.Member(r.Context(), tx, m.User)
		return err
	})
	if errors.Is(err, db.ErrConflict) {
		return reply.Conflict(shown(m, c))
	}
	if errors.Is(err, db.ErrExists) {
		return reply.Refuse(http.StatusConflict, api.KindConflict, "somebody else has this subject already")
	}
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, shown(m, c))
}

// changedFields says what a change changes, without addresses and passwords.
func changedFields(was api.StaffMember, c api.StaffChange) map[string]any {
	d := map[string]any{}
	if c.Roles != nil {
		d["roles"], d["roles_before"] = *c.Roles, was.Roles
	}
	if c.Disabled != nil {
		d["disabled"] = *c.Disabled
	}
	for field, changed := range map[string]bool{
		"name": c.Name != nil, "email": c.Email != nil, "subject": c.Subject != nil, "password": c.Password != nil, "language": c.Language != nil,
	} {
		if changed {
			d[field] = "changed"
		}
	}
	return d
}

// resetFactors takes somebody's second factors away, who has lost them, and signs them out.
func (p *People) resetFactors(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	err := p.tx(r.Context(), func(tx *db.Tx) error {
		m, err := kept.Member(r.Context(), tx, r.PathValue("user"))
		if err != nil {
			return err
		}
		if err := kept.ResetFactors(r.Context(), tx, m.User); err != nil {
			return err
		}
		if err := p.drop(r.Context(), tx, c.Actor(), m.User, "", ""); err != nil {
			return err
		}
		return p.note(r.Context(), tx, c.Actor(), "staff.factors", "staff/"+m.User, map[string]string{"all": "removed"})
	})
	if err != nil {
		return err
	}
	return done(w)
}

// signOutStaff signs somebody out everywhere.
func (p *People) signOutStaff(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	err := p.tx(r.Context(), func(tx *db.Tx) error {
		m, err := kept.Member(r.Context(), tx, r.PathValue("user"))
		if err != nil {
			return err
		}
		return p.drop(r.Context(), tx, c.Actor(), m.User, "", "")
	})
	if err != nil {
		return err
	}
	return done(w)
}
