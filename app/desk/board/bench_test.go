package board

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/gate/gatetest"
	"github.com/beistand/beistand/app/desk/store/board"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
	"github.com/beistand/beistand/app/desk/store/people"
)

// BenchmarkMillion asks for views, boards and queues beside a million tickets,
// of which ten thousand are open.
func BenchmarkMillion(b *testing.B) {
	for name, source := range map[string]func(testing.TB) string{"sqlite": dbtest.File, "postgresql": dbtest.URL} {
		b.Run(name, func(b *testing.B) {
			d := dbtest.Open(b, source(b))
			gatetest.Many(b, d, 1_000_000)
			if err := d.Tx(b.Context(), func(tx *db.Tx) error {
				return board.SetQueue(b.Context(), tx, "Queue 4", 0, []string{"staff3"})
			}); err != nil {
				b.Fatal(err)
			}
			team := New(Config{DB: d, Now: func() time.Time { return time.UnixMicro(1700000000000000 + 1_000_000*63000000) }})
			for what, ask := range map[string]gate.Handler{"views": team.views, "board": team.board, "queues": team.listQueues} {
				queries := []string{""}
				if what == "board" {
					queries = []string{"", "?by=owner", "?by=owner&queue=Queue+4"}
				}
				for _, q := range queries {
					b.Run(what+q, func(b *testing.B) {
						who := gate.Caller{Staff: &people.Staff{Name: "staff3", Roles: []api.Role{api.RoleStaff}}}
						for b.Loop() {
							w := httptest.NewRecorder()
							if err := ask(w, httptest.NewRequest("GET", "/"+q, nil).WithContext(b.Context()), who); err != nil || w.Code != http.StatusOK {
								b.Fatal(err, w.Code)
							}
						}
					})
				}
			}
		})
	}
}
