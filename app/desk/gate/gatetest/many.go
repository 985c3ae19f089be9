package gatetest

import (
	"testing"

	"github.com/beistand/beistand/app/desk/store/db"
)

// Many files n tickets over two years, of which one in a hundred is open, with
// 24 owners, 8 queues, 6 products of 5 modules each. They are only as whole as
// lists and numbers need.
func Many(tb testing.TB, d *db.DB, n int) {
	tb.Helper()
	err := d.Tx(tb.Context(), func(tx *db.Tx) error {
		_, err := tx.ExecContext(tb.Context(), `WITH RECURSIVE counted(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM counted WHERE i < ?)
			INSERT INTO tickets (id, filed, state, title, description, product, priority, name, contact, language, search, created, updated,
				kind, product_version, module, effective, queue, owner, due, escalated, closed, cause, first_check)
			SELECT CAST('ticket ' || i AS `+blob(d)+`), CAST('' AS `+blob(d)+`),
				CASE WHEN i % 100 <> 0 THEN 'closed' WHEN i % 400 = 0 THEN 'new' WHEN i % 300 = 0 THEN 'waiting-customer' ELSE 'open' END,
				'Printing stops ' || i, 'It stops while printing', 'Product ' || (i % 6), 'normal', 'Anna', 'anna@example.com', 'de', 'printing stops',
				1700000000000000 + i * 63000000, 1700000000000000 + i * 63000000,
				CASE WHEN i % 4 = 0 THEN 'question' ELSE 'fault' END, '4.' || (i % 20), 'Module ' || (i % 5), 'normal',
				'Queue ' || (i % 8), CASE WHEN i % 400 = 0 THEN '' ELSE 'staff' || (i / 7 % 24) END,
				CASE WHEN i % 1100 = 0 THEN 1700000000000000 + i * 63000000 + 864000000000 ELSE NULL END,
				CASE WHEN i % 2300 = 0 THEN 1700000000000000 + i * 63000000 ELSE NULL END,
				CASE WHEN i % 100 <> 0 THEN 1700000000000000 + i * 63000000 + (i % 1000) * 3600000000 ELSE NULL END,
				CASE WHEN i % 100 = 0 THEN '' WHEN i % 3 = 0 THEN 'fault' ELSE 'handling' END, CASE WHEN i % 5 = 0 THEN 1 ELSE 0 END
			FROM counted`, n)
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
}

func blob(d *db.DB) string {
	if d.Kind() == db.PostgreSQL {
		return "BYTEA"
	}
	return "BLOB"
}
