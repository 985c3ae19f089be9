package backup

import (
	"archive/tar"
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/files"
)

// Config is what a backup is of, or what one is restored to.
type Config struct {
	Store   *store.Store
	Dir     string // the desk's folder: its secrets are in small files there
	Program string // version
	Now     func() time.Time
}

// Write writes all that the desk keeps as one moment saw it, while it goes on
// working. Content that is deleted meanwhile is kept until the end. With a
// *MissingError the backup is whole but for what it names.
func Write(ctx context.Context, c Config, to io.Writer) (err error) {
	renew, release, err := c.Store.Hold(ctx)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	defer func() { err = errors.Join(err, release(context.WithoutCancel(ctx))) }()
	buffered := bufio.NewWriterSize(to, 1<<20)
	w := &writer{tar: tar.NewWriter(buffered), now: c.Now(), renew: renew, renewed: time.Now(), m: Manifest{Rows: map[string]int64{}}}
	var objects []object
	err = c.Store.DB().View(ctx, func(tx *db.Tx) (err error) {
		objects, err = w.snapshot(ctx, c, tx)
		return err
	})
	if err == nil {
		err = w.desk(c.Dir)
	}
	for _, o := range objects {
		if err != nil {
			break
		}
		err = w.object(ctx, c.Store.Files(), o)
	}
	if err == nil {
		err = w.json(nameManifest, w.m)
	}
	if err == nil {
		err = errors.Join(w.tar.Close(), buffered.Flush())
	}
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if len(w.m.Missing) > 0 {
		return &MissingError{Names: w.m.Missing}
	}
	return nil
}

type object struct {
	key  files.Key
	size int64
}

type writer struct {
	tar     *tar.Writer
	now     time.Time
	m       Manifest
	renew   func(context.Context) error
	renewed time.Time
}

// snapshot writes the head and all tables, and says which objects they name.
func (w *writer) snapshot(ctx context.Context, c Config, tx *db.Tx) ([]object, error) {
	version, err := schema(ctx, tx)
	if err != nil {
		return nil, err
	}
	if err := w.json(nameHead, Head{Format: Format, Made: w.now.UTC(), Program: c.Program, Schema: version, Engine: string(tx.Kind())}); err != nil {
		return nil, err
	}
	all, err := tables(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, t := range all {
		if err := w.table(ctx, tx, t); err != nil {
			return nil, err
		}
	}
	if w.m.Sequences, err = sequences(ctx, tx); err != nil {
		return nil, err
	}
	return objectsIn(ctx, tx)
}

func objectsIn(ctx context.Context, tx *db.Tx) ([]object, error) {
	rows, err := tx.QueryContext(ctx, "SELECT name, size FROM objects ORDER BY sha256")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []object
	for rows.Next() {
		var o object
		if err := rows.Scan(&o.key, &o.size); err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	return all, rows.Err()
}

// table writes rows as lines of JSON, so many to an entry. The first line of
// each names the columns.
func (w *writer) table(ctx context.Context, tx *db.Tx, t table) error {
	rows, err := tx.QueryContext(ctx, "SELECT "+t.list()+" FROM "+quoted(t.name)+order(t))
	if err != nil {
		return fmt.Errorf("table %s: %w", t.name, err)
	}
	defer rows.Close()
	var b bytes.Buffer
	n, entries := int64(0), 0
	flush := func() error {
		entries++
		err := w.entry(fmt.Sprintf("%s%s/%08d.jsonl", dirTables, t.name, entries), int64(b.Len()), &b)
		b.Reset()
		return err
	}
	line := newLine(t)
	for rows.Next() {
		if b.Len() == 0 {
			b.Write(line.head)
		}
		if err := rows.Scan(line.targets...); err != nil {
			return fmt.Errorf("table %s: %w", t.name, err)
		}
		if err := line.write(&b); err != nil {
			return fmt.Errorf("table %s: %w", t.name, err)
		}
		n++
		if b.Len() >= chunk {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("table %s: %w", t.name, err)
	}
	if b.Len() > 0 {
		if err := flush(); err != nil {
			return err
		}
	}
	w.m.Rows[t.name] = n
	return w.alive(ctx)
}

// order is where it counts: pending entries get their numbers in theirs.
func order(t table) string {
	if t.name == pending {
		return " ORDER BY id"
	}
	return ""
}

// desk writes the small files of the desk's folder: its secrets.
func (w *writer) desk(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || strings.HasPrefix(e.Name(), "desk.db") || !deskEntry().MatchString(dirDesk+e.Name()) {
			continue
		}
		f, err := os.Open(filepath.Join(dir, e.Name()))
		if err != nil {
			return err
		}
		text, err := io.ReadAll(io.LimitReader(f, maxExtra+1))
		if err = errors.Join(err, f.Close()); err != nil {
			return err
		}
		if len(text) > maxExtra {
			return fmt.Errorf("the file %q in the desk's folder has more than %d bytes: it is none of the desk's", e.Name(), maxExtra)
		}
		if err := w.entry(dirDesk+e.Name(), int64(len(text)), bytes.NewReader(text)); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) object(ctx context.Context, from files.Files, o object) error {
	if err := w.alive(ctx); err != nil {
		return err
	}
	f, err := from.Open(ctx, o.key)
	if errors.Is(err, fs.ErrNotExist) {
		w.m.Missing = append(w.m.Missing, string(o.key))
		return nil
	}
	if err != nil {
		return fmt.Errorf("attachment %s: %w", o.key, err)
	}
	return errors.Join(w.entry(dirFiles+string(o.key[:2])+"/"+string(o.key), o.size, f), f.Close())
}

// alive keeps the hold on what is still to be read.
func (w *writer) alive(ctx context.Context) error {
	if time.Since(w.renewed) < time.Minute {
		return nil
	}
	w.renewed = time.Now()
	return w.renew(ctx)
}

func (w *writer) json(name string, v any) error {
	text, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return fmt.Errorf("encode %s: %w", name, err)
	}
	return w.entry(name, int64(len(text)), bytes.NewReader(text))
}

// entry writes size bytes of r, which must be all, and notes their hash.
func (w *writer) entry(name string, size int64, r io.Reader) error {
	err := w.tar.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, ModTime: w.now, Format: tar.FormatPAX})
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	sum := sha256.New()
	n, err := io.CopyBuffer(struct{ io.Writer }{io.MultiWriter(w.tar, sum)}, struct{ io.Reader }{r}, make([]byte, 256<<10))
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if n != size {
		return fmt.Errorf("write %s: it has %d bytes and not %d", name, n, size)
	}
	w.m.Entries = append(w.m.Entries, Entry{Name: name, Size: size, SHA256: hex.EncodeToString(sum.Sum(nil))})
	return nil
}
