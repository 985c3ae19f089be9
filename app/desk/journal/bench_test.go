package journal_test

import (
	"testing"

	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

// BenchmarkTold is from before the transaction to when a watcher has the entry,
// with fsync on.
func BenchmarkTold(b *testing.B) {
	for name, source := range map[string]func() string{
		"sqlite":     func() string { return dbtest.File(b) },
		"postgresql": func() string { return dbtest.Start(b).URL(b) },
	} {
		b.Run(name, func(b *testing.B) {
			d := dbtest.Open(b, source())
			j, err := journal.New(b.Context(), journal.Config{DB: d})
			if err != nil {
				b.Fatal(err)
			}
			go j.Run(b.Context())
			told := make(chan int64, 1)
			defer j.Watch(func(e journal.Entry) { told <- e.Seq })()
			for b.Loop() {
				if err := d.Tx(b.Context(), func(tx *db.Tx) error { return journal.Write(b.Context(), tx, entry(1)) }); err != nil {
					b.Fatal(err)
				}
				j.Kick()
				<-told
			}
		})
	}
}
