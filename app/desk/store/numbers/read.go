package numbers

import (
	"context"

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
	rows, err := d.QueryContext(ctx, `SELECT CASE WHEN measure IN ('filed', 'answered', 'solved', 'first') THEN week ELSE 0 END AS w,
		measure, place, sum(n) FROM numbers
		WHERE scope = ? AND product = ? AND module = ? AND week >= ? AND week <= ? GROUP BY 1, 2, 3`,
		k.Scope, k.Product, k.Module, k.Week, to)
	if err != nil {
		return nil, db.Named(err)
	}
	defer rows.Close()
	var list []Sum
	for rows.Next() {
		var s Sum
		if err := rows.Scan(&s.Week, &s.Measure, &s.Place, &s.N); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, db.Named(rows.Err())
}

// Part is a product's sum, or a module's.
type Part struct {
	Product, Module, Measure string
	N                        int
}

// Parts are how many tickets of each product, and of each module of it, were filed and solved.
func Parts(ctx context.Context, d db.Querier, from, to int64) ([]Part, error) {
	rows, err := d.QueryContext(ctx, `SELECT product, module, measure, sum(n) FROM numbers
		WHERE measure IN ('filed', 'solved') AND week >= ? AND week <= ? AND scope IN (1, 2) GROUP BY product, module, measure`, from, to)
	if err != nil {
		return nil, db.Named(err)
	}
	defer rows.Close()
	var list []Part
	for rows.Next() {
		var p Part
		if err := rows.Scan(&p.Product, &p.Module, &p.Measure, &p.N); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, db.Named(rows.Err())
}
