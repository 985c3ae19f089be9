package numbers

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/gate/gatetest"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

// BenchmarkMillion counts a million tickets that were there before, asks for
// the numbers of a quarter and of two years, and counts one that is new.
func BenchmarkMillion(b *testing.B) {
	for name, source := range map[string]func(testing.TB) string{"sqlite": dbtest.File, "postgresql": dbtest.URL} {
		b.Run(name, func(b *testing.B) {
			const many = 1_000_000
			d := dbtest.Open(b, source(b))
			gatetest.Many(b, d, many)
			n := New(Config{DB: d, Log: logged{b}, Zone: berlin(b), Now: func() time.Time { return time.UnixMicro(1700000000000000 + many*63000000) }})
			begun := time.Now()
			n.Run(b.Context())
			b.Logf("%d tickets were counted in %v", many, time.Since(begun).Round(time.Second))
			for what, query := range map[string]string{
				"quarter": "", "two years": "?from=2023-11-14", "a product's two years": "?from=2023-11-14&product=Product+3",
			} {
				b.Run(what, func(b *testing.B) {
					for b.Loop() {
						w := httptest.NewRecorder()
						if err := n.answer(w, httptest.NewRequest("GET", "/"+query, nil).WithContext(b.Context()), gate.Caller{}); err != nil || w.Code != http.StatusOK {
							b.Fatal(err, w.Code)
						}
					}
				})
			}
			b.Run("one more", func(b *testing.B) {
				ticket := int64(many)
				if err := d.Tx(b.Context(), func(tx *db.Tx) error { // they are as new then
					_, err := tx.ExecContext(b.Context(), "DELETE FROM counted")
					return err
				}); err != nil {
					b.Fatal(err)
				}
				for b.Loop() {
					if err := d.Tx(b.Context(), func(tx *db.Tx) error {
						for range 50 { // as many as the journal gives at once
							ticket--
							if err := n.Arrived(b.Context(), tx, journal.Entry{Action: "ticket.filed", Ticket: ticket}); err != nil {
								return err
							}
						}
						return nil
					}); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/50, "µs/ticket")
			})
		})
	}
}

// logged is a benchmark as what is logged to.
type logged struct{ *testing.B }

func (l logged) Printf(format string, args ...any) { l.Logf(format, args...) }
