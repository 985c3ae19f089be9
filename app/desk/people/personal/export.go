package personal

import (
	"archive/zip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
)

// pieceTimeout is how long a piece of a zip may take to leave.
const pieceTimeout = time.Minute

// export sends a zip: a JSON file for each part, and the person's bundles and files.
func (p *Personal) export(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	var who api.Person
	if err := reply.Read(w, r, &who); err != nil {
		return err
	}
	if err := check(who); err != nil {
		return err
	}
	err := p.Store.DB().Tx(r.Context(), func(tx *db.Tx) error {
		return note(r.Context(), tx, p.Now(), c.Actor(), 0, "person.exported", subject(who), nil)
	})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Content-Disposition", `attachment; filename="person.zip"`)
	out := zip.NewWriter(&moving{w, http.NewResponseController(w)})
	if err := p.write(r.Context(), out, who); err != nil {
		panic(http.ErrAbortHandler) // it began as a zip: breaking off is the one way to say that it is not whole
	}
	if err := out.Close(); err != nil {
		panic(http.ErrAbortHandler)
	}
	return nil
}

func (p *Personal) write(ctx context.Context, out *zip.Writer, who api.Person) error {
	parts, person := of(who)
	seen := map[string]int{}
	for _, one := range parts {
		name := one.table + ".json"
		if seen[one.table]++; seen[one.table] > 1 {
			name = fmt.Sprintf("%s-%d.json", one.table, seen[one.table])
		}
		if err := p.rows(ctx, out, name, one, person); err != nil {
			return err
		}
	}
	if who.Staff != "" {
		return nil
	}
	for _, table := range []string{"bundles", "files"} {
		if err := p.contents(ctx, out, table, person); err != nil {
			return err
		}
	}
	return nil
}

// rows writes a part's as a JSON list, without secrets.
func (p *Personal) rows(ctx context.Context, out *zip.Writer, name string, one part, person string) error {
	where, args := one.sql(person)
	rows, err := p.Store.DB().QueryContext(ctx, "SELECT * FROM "+one.table+" WHERE "+where, args...)
	if err != nil {
		return fmt.Errorf("export %s: %w", one.table, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return fmt.Errorf("export %s: %w", one.table, err)
	}
	var f io.Writer
	between := "[\n"
	for rows.Next() {
		if f == nil { // a part without rows has no file
			if f, err = out.Create(name); err != nil {
				return fmt.Errorf("export %s: %w", one.table, err)
			}
		}
		b, err := row(rows, columns)
		if err != nil {
			return fmt.Errorf("export %s: %w", one.table, err)
		}
		if _, err := fmt.Fprintf(f, "%s%s", between, b); err != nil {
			return err
		}
		between = ",\n"
	}
	if err := rows.Err(); err != nil || f == nil {
		return err
	}
	_, err = io.WriteString(f, "\n]\n")
	return err
}

func row(rows interface{ Scan(...any) error }, columns []string) ([]byte, error) {
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	if err := rows.Scan(into...); err != nil {
		return nil, err
	}
	shown := map[string]any{}
	for i, name := range columns {
		if _, hash := values[i].([]byte); !hash && !secret[name] && values[i] != nil {
			shown[name] = values[i]
		}
	}
	return json.Marshal(shown)
}

// contents writes the files that came with a person's tickets.
func (p *Personal) contents(ctx context.Context, out *zip.Writer, table, person string) error {
	rows, err := p.Store.DB().QueryContext(ctx, "SELECT id, ticket, name, sha256 FROM "+table+" WHERE ticket IN "+theirs+" ORDER BY ticket, id", person, person)
	if err != nil {
		return fmt.Errorf("export %s: %w", table, err)
	}
	defer rows.Close()
	type file struct {
		id, name, sha256 string
		ticket           int64
	}
	var all []file
	for rows.Next() {
		var f file
		if err := rows.Scan(&f.id, &f.ticket, &f.name, &f.sha256); err != nil {
			return err
		}
		all = append(all, f)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, f := range all {
		name := strings.Map(func(r rune) rune { // names from outside never become paths
			if r == '/' || r == '\\' || r == ':' || r < ' ' {
				return '_'
			}
			return r
		}, f.name)
		if err := p.content(ctx, out, path.Join(table, fmt.Sprint(f.ticket), f.id+"-"+name), f.sha256); err != nil {
			return err
		}
	}
	return nil
}

func (p *Personal) content(ctx context.Context, out *zip.Writer, name, sha256 string) error {
	from, err := p.Store.Open(ctx, sha256)
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := out.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store}) // bundles are zips already
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return err
}

// moving lets an answer take long as long as it moves.
type moving struct {
	w       io.Writer
	control *http.ResponseController
}

func (m *moving) Write(b []byte) (int, error) {
	if err := m.control.SetWriteDeadline(time.Now().Add(pieceTimeout)); err != nil {
		return 0, err
	}
	return m.w.Write(b)
}
