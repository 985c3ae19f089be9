package board

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/form"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	kept "github.com/beistand/beistand/app/desk/store/board"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

func (b *Board) listQueues(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	list := api.QueueList{}
	err := b.cfg.DB.View(r.Context(), func(tx *db.Tx) error {
		list.Queues = []api.Queue{}
		names, err := kept.Queues(r.Context(), tx)
		if err != nil {
			return err
		}
		staffed, err := kept.Staffed(r.Context(), tx)
		if err != nil {
			return err
		}
		names = append(names, staffed...)
		slices.Sort(names)
		for _, name := range slices.Compact(names) {
			if name == "" {
				continue // tickets that are in none
			}
			q, err := kept.Queue(r.Context(), tx, name)
			if err != nil {
				return err
			}
			if q.Open, err = kept.Count(r.Context(), tx, api.TicketQuery{States: kept.Open, Queues: []string{name}}, api.MaxCount); err != nil {
				return err
			}
			list.Queues = append(list.Queues, q)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, list)
}

// maxMembers bounds one queue's people.
const maxMembers = 200

func (b *Board) setQueue(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	name := r.PathValue("id")
	var s api.SetQueue
	err := form.Line("queue", &name, api.MaxName, true)
	if err == nil {
		err = reply.Read(w, r, &s)
	}
	if err != nil {
		return err
	}
	if len(s.Members) > maxMembers {
		return reply.Invalid("a queue has at most %d people", maxMembers)
	}
	for i := range s.Members {
		if err := form.Staff(&s.Members[i]); err != nil {
			return err
		}
	}
	var now api.Queue
	err = b.do(r.Context(), func(tx *db.Tx) error {
		known, err := tickets.Staff(r.Context(), tx, s.Members...)
		if err != nil {
			return err
		}
		members := []string{}
		for _, m := range s.Members {
			staff, ok := known[strings.ToLower(m)]
			if !ok {
				return reply.Invalid("%q is not a name of staff", m)
			}
			members = append(members, staff)
		}
		slices.Sort(members)
		members = slices.Compact(members)
		err = kept.SetQueue(r.Context(), tx, name, s.Version, members)
		if errors.Is(err, kept.ErrFull) {
			return reply.Refuse(http.StatusConflict, api.KindConflict, "there are %d queues with people, which are all that fit", api.MaxQueues)
		}
		if err != nil && !errors.Is(err, db.ErrConflict) {
			return err
		}
		conflict := err != nil
		if now, err = kept.Queue(r.Context(), tx, name); err != nil {
			return err
		}
		if conflict {
			return reply.Conflict(now)
		}
		if now.Open, err = kept.Count(r.Context(), tx, api.TicketQuery{States: kept.Open, Queues: []string{name}}, api.MaxCount); err != nil {
			return err
		}
		return b.cfg.Journal.Write(r.Context(), tx, b.cfg.Now(), c.Actor(), 0, "queue.changed", "queue/"+short(name), map[string]any{"members": members})
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, now)
}

// maxSubject is how much of a queue's name the journal's subject takes, in bytes.
const maxSubject = 150

func short(name string) string {
	if len(name) > maxSubject {
		name = strings.ToValidUTF8(name[:maxSubject], "")
	}
	return name
}
