package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/beistand/beistand/app/desk/backup"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/problem"
)

type deskBackup struct {
	deskDatabase

	To string `arg:"" name:"file" help:"Where to; - is standard output." type:"path"`
}

func (d *deskBackup) Help() string {
	return "Writes tickets, people, the journal and every attachment as one moment saw them, while the desk goes on working. Whoever has the file has what the desk has: keep it as safe. It can be restored on either database."
}

func (d *deskBackup) Run(e *env) error {
	return d.onDesk(e, func(c backup.Config) error {
		err := d.write(e, c)
		var missing *backup.MissingError
		if errors.As(err, &missing) {
			for _, name := range missing.Names {
				fmt.Fprintf(e.err, "missing: %s\n", name)
			}
		}
		return err
	})
}

// write makes a file that is there as a whole or not at all.
func (d *deskBackup) write(e *env, c backup.Config) error {
	if d.To == "-" {
		return backup.Write(e.ctx, c, e.out)
	}
	if _, err := os.Lstat(d.To); !errors.Is(err, fs.ErrNotExist) {
		return &problem.Usage{Reason: fmt.Sprintf("There is something at %q already", d.To)}
	}
	f, err := os.CreateTemp(filepath.Dir(d.To), ".backup-") // mode 0600
	if err != nil {
		return err
	}
	kept := false
	defer func() {
		if !kept {
			_ = os.Remove(f.Name()) // the error that led here says more
		}
	}()
	werr := backup.Write(e.ctx, c, f)
	var missing *backup.MissingError
	if err := errors.Join(f.Sync(), f.Close()); werr == nil || errors.As(werr, &missing) {
		if err != nil {
			return err
		}
		if err := os.Rename(f.Name(), d.To); err != nil {
			return err
		}
		kept = true
	}
	return werr
}

type deskRestore struct {
	deskDatabase

	From string `arg:"" name:"file" help:"A backup; - is standard input." type:"path"`
}

func (d *deskRestore) Help() string {
	return "Makes a desk of a backup. The desk has to be empty and must not run; it is the backup's or stays empty, whatever happens meanwhile. Needs as much room as the backup, and for its rows as much again."
}

func (d *deskRestore) Run(e *env) error {
	return d.onDesk(e, func(c backup.Config) error {
		from := e.in
		if d.From != "-" {
			f, err := os.Open(d.From)
			if err != nil {
				return err
			}
			defer f.Close()
			from = f
		}
		r, err := backup.Restore(e.ctx, c, from)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(e.out, "%d rows and %d attachments (%d bytes) are there again, as of %s.\n",
			r.Rows, r.Objects, r.Bytes, r.Head.Made.Local().Format(time.DateTime)); err != nil {
			return err
		}
		for _, name := range r.Missing {
			fmt.Fprintf(e.err, "missing since before the backup: %s\n", name)
		}
		if r.Journal != nil {
			return fmt.Errorf("everything is restored, but the journal was not whole in the backup: %w", r.Journal)
		}
		return nil
	})
}

// onDesk does something with all that the desk keeps, without the desk.
func (d deskDatabase) onDesk(e *env, fn func(backup.Config) error) (err error) {
	p, err := placesFor(e.settings.Data)
	if err != nil {
		return err
	}
	if err := p.make(); err != nil {
		return err
	}
	s, err := d.open(e.ctx, p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return fn(backup.Config{Store: s, Dir: deskFolder(p), Program: e.version, Now: time.Now})
}

func (d deskDatabase) open(ctx context.Context, p places) (*store.Store, error) {
	return store.Open(ctx, deskFolder(p), d.options())
}
