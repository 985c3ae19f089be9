// Package intake takes what monitors say: an alarm that is said again and again is one ticket.
package intake

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// Cases files tickets and writes onto them.
type Cases interface {
	FileIn(ctx context.Context, tx *db.Tx, f tickets.Filing, by api.Actor) (api.CreatedTicket, error)
	Add(ctx context.Context, tx *db.Tx, by rule.Who, e api.Entry, uid string, content []byte) (api.Entry, bool, error)
}

// Config is what Intake is made from; all is needed.
type Config struct {
	DB    *db.DB
	Cases Cases
	Kick  func() // after a commit: the journal has news
	Now   func() time.Time
}

// Intake answers monitors.
type Intake struct{ cfg Config }

// New makes Intake.
func New(cfg Config) *Intake { return &Intake{cfg} }

// Routes is the one endpoint.
func (i *Intake) Routes() []gate.Route {
	return []gate.Route{
		{
			Method: "POST", Path: api.PathAlarms, Who: gate.StaffOnly, Scope: api.ScopeIntake, Handle: i.take,
			Doc: gate.Doc{Says: "Say what is wrong, as a monitor", In: api.Alarms{}, Out: api.AlarmsTaken{}},
		},
	}
}

// Quiet is how long an alarm that is said again and again adds nothing to its ticket.
const quiet = time.Hour

func (i *Intake) take(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	var in api.Alarms
	if err := reply.ReadAny(w, r, &in); err != nil {
		return err
	}
	alarms, err := read(in)
	if err != nil {
		return err
	}
	out := api.AlarmsTaken{Tickets: []int64{}}
	for _, a := range alarms {
		var ticket int64
		// One by one: what came before stays when one is refused, and a monitor
		// that says all of them again does no harm.
		err := i.cfg.DB.Tx(r.Context(), func(tx *db.Tx) (err error) {
			ticket, err = i.one(r.Context(), tx, c.Actor().Name, a)
			return err
		})
		if err != nil {
			return err
		}
		i.cfg.Kick()
		out.Tickets = append(out.Tickets, ticket)
	}
	return reply.JSON(w, http.StatusOK, out)
}

// known is what was said of an alarm before.
type known struct {
	ticket int64
	firing bool
	times  int
	told   time.Time
}

// one takes one alarm: onto the ticket that it has, as long as that is not
// closed, and else onto a new one.
func (i *Intake) one(ctx context.Context, tx *db.Tx, monitor string, a api.Alarm) (int64, error) {
	now := i.cfg.Now().UTC()
	k, err := look(ctx, tx, monitor, a.Alarm)
	if err != nil {
		return 0, err
	}
	if k.ticket != 0 {
		t, err := tickets.Read(ctx, tx, k.ticket)
		if err != nil && !errors.Is(err, db.ErrNotFound) {
			return 0, err
		}
		if err != nil || t.State == api.StateClosed && !a.Resolved {
			k = known{} // what comes back after the end is a new case
		}
	}
	if k.ticket == 0 {
		if a.Resolved {
			return 0, nil
		}
		return i.begin(ctx, tx, monitor, a, now)
	}
	say := a.Resolved == k.firing || !a.Resolved && now.Sub(k.told) >= quiet
	k.firing = !a.Resolved
	if !a.Resolved {
		k.times++
	}
	if say {
		k.told = now
		if _, _, err := i.cfg.Cases.Add(ctx, tx, by(monitor), entry(k, a, now), uid(monitor, a, k, now), nil); err != nil {
			return 0, err
		}
	}
	return k.ticket, keep(ctx, tx, monitor, a.Alarm, k)
}

// begin files a ticket for an alarm.
func (i *Intake) begin(ctx context.Context, tx *db.Tx, monitor string, a api.Alarm, now time.Time) (int64, error) {
	t, err := rule.Filed(api.NewTicket{
		ID: uid(monitor, a, known{}, now), Title: a.Title, Description: a.Text, Product: a.Product, Module: a.Module,
		Priority: a.Priority, Kind: api.Fault, Name: "Monitor " + monitor, Contact: a.Contact,
	})
	if err != nil {
		return 0, err
	}
	made, err := i.cfg.Cases.FileIn(ctx, tx, tickets.Filing{NewTicket: t}, by(monitor).Actor)
	if err != nil {
		return 0, err
	}
	k := known{ticket: made.Ticket.Number, firing: true, times: 1, told: now}
	return k.ticket, keep(ctx, tx, monitor, a.Alarm, k)
}

func by(monitor string) rule.Who {
	return rule.Who{Actor: api.Actor{Kind: api.ActorKey, Name: monitor}, Name: "Monitor"}
}

func entry(k known, a api.Alarm, now time.Time) api.Entry {
	text := a.Title
	if a.Text != "" {
		text += "\n\n" + a.Text
	}
	e := api.Entry{Ticket: k.ticket, At: now, Kind: api.EntryAlarm, By: api.ActorKey, Name: "Monitor", Text: text, Subject: "again", Ref: a.Alarm}
	if a.Resolved {
		e.Subject = "resolved"
	}
	return e
}

// uid is an ID that nobody can draw by accident, the same for the same thing said.
func uid(monitor string, a api.Alarm, k known, now time.Time) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %d %d %v", monitor, a.Alarm, k.ticket, now.UnixMicro()+int64(k.times), a.Resolved))
	b := sum[:16]
	b[6], b[8] = b[6]&0x0f|0x80, b[8]&0x3f|0x80 // version 8: of one's own making (RFC 9562, section 5.8)
	h := hex.EncodeToString(b)
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

func look(ctx context.Context, tx *db.Tx, monitor, alarm string) (k known, err error) {
	var told int64
	err = tx.QueryRowContext(ctx, "SELECT ticket, firing, times, told FROM alarms WHERE monitor = ? AND alarm = ?", monitor, alarm).
		Scan(&k.ticket, &k.firing, &k.times, &told)
	if errors.Is(err, sql.ErrNoRows) {
		return known{}, nil
	}
	k.told = db.Moment(told)
	return k, err
}

func keep(ctx context.Context, tx *db.Tx, monitor, alarm string, k known) error {
	firing := 0
	if k.firing {
		firing = 1
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO alarms (monitor, alarm, ticket, firing, times, told) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (monitor, alarm) DO UPDATE SET ticket = excluded.ticket, firing = excluded.firing, times = excluded.times, told = excluded.told`,
		monitor, alarm, k.ticket, firing, k.times, db.Micros(k.told))
	return err
}
