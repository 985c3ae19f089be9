package db

import (
	"database/sql"
	"time"
)

// Micros is a time as it is kept: microseconds since 1970 in UTC.
func Micros(t time.Time) int64 { return t.UnixMicro() }

// Moment is a kept time.
func Moment(micros int64) time.Time { return time.UnixMicro(micros).UTC() }

// NullMicros is a time that may not have come.
func NullMicros(t *time.Time) sql.NullInt64 {
	if t == nil {
		return sql.NullInt64{}
	}
	return sql.NullInt64{Int64: Micros(*t), Valid: true}
}

// FromNull is a kept time that may not have come.
func FromNull(n sql.NullInt64) *time.Time {
	if !n.Valid {
		return nil
	}
	t := Moment(n.Int64)
	return &t
}
