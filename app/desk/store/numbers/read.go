package numbers

import (
	"context"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Sum is one sum. Week is 0 for measures that are summed over all weeks.
type Sum struct {
	Week           int64
	Measure, Place string
	N              int
}

// Sums are a part's, of the weeks from one to another. Those of the measures in
// weekly are given week by week.
func Sums(ctx context.Context, d db.Querier, k Key, to int64) ([]Sum, error) {
	return db.All(ctx, d, func(row db.Scanner) (s Sum, err error) {
		err = row.Scan(&s.Week, &s.Measure, &s.Place, &s.N)
		return s, err
	}, `SELECT CASE WHEN measure IN ('filed', 'answered', 'solved', 'first') THEN week ELSE 0 END AS w,
		measure, place, sum(n) FROM numbers
		WHERE scope = ? AND product = ? AND module = ? AND week >= ? AND week <= ? GROUP BY 1, 2, 3`,
		k.Scope, k.Product, k.Module, k.Week, to)
}

// Parts are the products, and the modules of each, with most tickets filed, at
// most limit: of one product or module where it is named.
func Parts(ctx context.Context, d db.Querier, product, module string, from, to int64, limit int) ([]api.PartNumber, error) {
	query, args := "", []any{from, to}
	for _, f := range []struct{ column, value string }{{"product", product}, {"module", module}} {
		if f.value != "" {
			query, args = query+" AND "+f.column+" = ?", append(args, f.value)
		}
	}
	return db.All(ctx, d, func(row db.Scanner) (p api.PartNumber, err error) {
		err = row.Scan(&p.Product, &p.Module, &p.Filed, &p.Solved)
		return p, err
	}, `SELECT product, module, sum(CASE measure WHEN 'filed' THEN n ELSE 0 END) AS filed,
		sum(CASE measure WHEN 'solved' THEN n ELSE 0 END) FROM numbers
		WHERE measure IN ('filed', 'solved') AND week >= ? AND week <= ? AND scope IN (1, 2)`+query+`
		GROUP BY product, module HAVING sum(n) > 0 ORDER BY filed DESC, product, module LIMIT ?`, append(args, limit)...)
}
