package people

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/people"
)

func (p *People) keys(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	all, err := kept.Keys(r.Context(), p.People.DB())
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, api.KeyList{Keys: all})
}

func (p *People) addKey(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	var in api.NewKey
	if err := reply.Read(w, r, &in); err != nil {
		return err
	}
	now := p.Now()
	if err := checkKey(&in, now); err != nil {
		return err
	}
	var out api.CreatedKey
	err := p.tx(r.Context(), func(tx *db.Tx) error {
		var err error
		out, err = addKey(r.Context(), tx, in, c.Actor(), now)
		return err
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusCreated, out)
}

func (p *People) dropKey(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	err := p.tx(r.Context(), func(tx *db.Tx) error {
		return dropKey(r.Context(), tx, r.PathValue("id"), c.Actor(), p.Now())
	})
	if err != nil {
		return err
	}
	return done(w)
}

// checkKey refuses what a key cannot be.
func checkKey(n *api.NewKey, now time.Time) error {
	n.Name = strings.TrimSpace(n.Name)
	switch {
	case n.Name == "" || utf8.RuneCountInString(n.Name) > api.MaxName || strings.ContainsFunc(n.Name, unicode.IsControl):
		return reply.Invalid("a key's name has 1 to %d characters on one line", api.MaxName)
	case len(n.Scopes) == 0:
		return reply.Invalid("a key has one scope or more")
	case !n.Expires.After(now) || n.Expires.Sub(now) > api.MaxKeyLife:
		return reply.Invalid("a key expires within %d days", int(api.MaxKeyLife.Hours()/24))
	}
	for i, s := range n.Scopes {
		if !slices.Contains(api.Scopes, s) || slices.Contains(n.Scopes[:i], s) {
			return reply.Invalid("scope %q is none, or there twice", s)
		}
	}
	return nil
}

func addKey(ctx context.Context, tx *db.Tx, n api.NewKey, by api.Actor, now time.Time) (api.CreatedKey, error) {
	there, err := kept.CountKeys(ctx, tx, now)
	if err != nil {
		return api.CreatedKey{}, err
	}
	if there >= api.MaxKeys {
		return api.CreatedKey{}, reply.Refuse(http.StatusConflict, api.KindConflict, "there are %d keys, which are all that may be; revoke one first", there)
	}
	made, err := kept.AddKey(ctx, tx, n, by.Name, now)
	if err != nil {
		return api.CreatedKey{}, err
	}
	return made, Note(ctx, tx, now, by, 0, "key.added", "key/"+made.Key.ID, map[string]any{"name": n.Name, "scopes": n.Scopes, "expires": n.Expires.UTC()})
}

func dropKey(ctx context.Context, tx *db.Tx, id string, by api.Actor, now time.Time) error {
	if err := kept.DropKey(ctx, tx, id); err != nil {
		return err
	}
	return Note(ctx, tx, now, by, 0, "key.revoked", "key/"+id, nil)
}
