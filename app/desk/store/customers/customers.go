// Package customers keeps organisations, their contacts and installations, and when somebody was let in.
//
// What reads takes a db.Querier, what changes a *db.Tx of the caller's. A change
// of another version than the kept one is db.ErrConflict.
package customers

import (
	"database/sql"
	"strings"
)

func null(id int64) sql.NullInt64 { return sql.NullInt64{Int64: id, Valid: id != 0} }

// fold is a name as it is told apart and ordered.
func fold(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }
