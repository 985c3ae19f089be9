package atwork

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// sink takes rows of tables whose references are not looked at meanwhile.
type sink interface {
	put(ctx context.Context, table string, columns []string, rows [][]any) error
	done(ctx context.Context) error
}

// file is an SQLite database that is filled at once: should it break off, the
// file is worth nothing.
type file struct {
	db       *sql.DB
	prepared map[string]*sql.Stmt
}

func toFile(path string) (*file, error) {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(OFF)&_pragma=synchronous(OFF)&_pragma=cache_size(-400000)&_pragma=locking_mode(EXCLUSIVE)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	_, err = db.Exec("BEGIN")
	return &file{db, map[string]*sql.Stmt{}}, err
}

// together is how many rows one statement of an SQLite file's takes.
const together = 20

func (f *file) put(ctx context.Context, table string, columns []string, rows [][]any) error {
	args := make([]any, 0, together*len(columns))
	for len(rows) > 0 {
		n := min(together, len(rows))
		key := fmt.Sprint(table, n)
		if f.prepared[key] == nil {
			one := "(" + strings.TrimSuffix(strings.Repeat("?,", len(columns)), ",") + ")"
			s, err := f.db.PrepareContext(ctx, "INSERT INTO "+table+" ("+strings.Join(columns, ",")+") VALUES "+strings.TrimSuffix(strings.Repeat(one+",", n), ","))
			if err != nil {
				return err
			}
			f.prepared[key] = s
		}
		args = args[:0]
		for _, row := range rows[:n] {
			args = append(args, row...)
		}
		if _, err := f.prepared[key].ExecContext(ctx, args...); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
		rows = rows[n:]
	}
	return nil
}

func (f *file) done(ctx context.Context) error {
	var errs []error
	for _, s := range f.prepared {
		errs = append(errs, s.Close())
	}
	for _, q := range []string{"COMMIT", "PRAGMA journal_mode(WAL)"} {
		_, err := f.db.ExecContext(ctx, q)
		errs = append(errs, err)
	}
	return errors.Join(append(errs, f.db.Close())...)
}

// server is a PostgreSQL database.
type server struct{ conn *pgx.Conn }

func toServer(ctx context.Context, url string) (*server, error) {
	conn, err := pgx.Connect(ctx, url)
	if err == nil {
		_, err = conn.Exec(ctx, "SET session_replication_role = replica")
	}
	return &server{conn}, err
}

func (s *server) put(ctx context.Context, table string, columns []string, rows [][]any) error {
	_, err := s.conn.CopyFrom(ctx, pgx.Identifier{table}, columns, pgx.CopyFromRows(rows))
	return err
}

func (s *server) done(ctx context.Context) error {
	for table, column := range map[string]string{"tickets": "number", "entries": "id"} {
		if _, err := s.conn.Exec(ctx, fmt.Sprintf("SELECT setval(pg_get_serial_sequence('%s', '%s'), (SELECT max(%[2]s) FROM %[1]s))", table, column)); err != nil {
			return err
		}
	}
	_, err := s.conn.Exec(ctx, "VACUUM ANALYZE")
	return errors.Join(err, s.conn.Close(ctx))
}
