package shared_test

import (
	"errors"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/app/desk/room"
	"github.com/beistand/beistand/app/desk/room/roomtest"
	"github.com/beistand/beistand/app/desk/room/shared"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(dbtest.Main(m)) }

// quiet fails a test that something was logged in.
type quiet struct{ t *testing.T }

func (q quiet) Printf(format string, args ...any) { q.t.Errorf("logged: "+format, args...) }

func open(t *testing.T, d *db.DB, queue int, now func() time.Time) *shared.Rooms {
	t.Helper()
	r, err := shared.Open(t.Context(), shared.Config{DB: d, Queue: queue, Now: now, Log: quiet{t}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestOneDesk(t *testing.T) {
	roomtest.Run(t, func(t *testing.T, queue int, now func() time.Time) room.Rooms {
		return open(t, dbtest.Open(t, dbtest.URL(t)), queue, now)
	})
}

// two are two desks: the customer comes to one, everybody else to the other.
type two struct{ a, b room.Rooms }

func (r two) Enter(session, role string, cut func()) (room.Place, error) {
	if role == "customer" {
		return r.a.Enter(session, role, cut)
	}
	return r.b.Enter(session, role, cut)
}

func (r two) End(session, reason string)                { r.b.End(session, reason) }
func (r two) Presence(session string) (bool, time.Time) { return r.a.Presence(session) }
func (r two) Forget(open map[string]bool)               { r.b.Forget(open) }
func (r two) Stop()                                     { r.a.Stop(); r.b.Stop() }
func (r two) Close() error                              { return errors.Join(r.a.Close(), r.b.Close()) }

func TestTwoDesks(t *testing.T) {
	roomtest.Run(t, func(t *testing.T, queue int, now func() time.Time) room.Rooms {
		source := dbtest.URL(t)
		return two{
			open(t, dbtest.Open(t, source), queue, now),
			open(t, dbtest.Open(t, source), queue, now),
		}
	})
}
