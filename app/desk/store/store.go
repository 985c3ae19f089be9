// Package store keeps the desk's tickets in a database and their files in folders.
package store

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/files"
	"github.com/beistand/beistand/app/desk/store/people"
)

// Store is an open database with its folders. It is safe for several goroutines,
// and several processes may have the same one open (desks, and a command that adds staff).
type Store struct {
	dir    string
	db     *db.DB
	files  files.Files
	scans  bool
	people *people.People
}

// Options are where the database and the files are, and the seams to the disk.
type Options struct {
	Database string       // postgres://… ; "" is SQLite in the store's folder
	Bucket   *files.Where // nil: files are in the store's folder, which several desks may share
	Scans    bool         // what comes waits for a scanner before it is given out

	OpenFile func(name string, flag int, perm fs.FileMode) (File, error) // nil: the real disk
	Free     func(dir string) (uint64, error)                            // bytes that this process may still write; nil: the real disk
}

// File is what an upload is written to; *os.File is one.
type File = files.File

// Reserve is what an upload leaves free on the disk, in bytes.
const Reserve = files.Reserve

// Open opens or makes the store in dir (mode 0700) and brings its tables up to date.
func Open(ctx context.Context, dir string, o Options) (*Store, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("open store %q: %w", dir, err)
	}
	s := &Store{dir: abs, scans: o.Scans}
	if err := os.MkdirAll(abs, 0o700); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	disk := files.Disk{OpenFile: o.OpenFile, Free: o.Free}
	if o.Bucket != nil {
		s.files, err = files.NewBucket(ctx, *o.Bucket, abs, disk)
	} else {
		s.files, err = files.NewFolder(abs, disk)
	}
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	source := o.Database
	if source == "" {
		source = filepath.Join(abs, "desk.db")
	}
	if s.db, err = db.Open(ctx, source); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	s.people = people.New(s.db)
	return s, nil
}

// People are the staff, and what opens the desk to whom.
func (s *Store) People() *people.People { return s.people }

// Close closes the database.
func (s *Store) Close() error { return s.db.Close() }

// DB is the database, for what else is kept in it.
func (s *Store) DB() *db.DB { return s.db }

// Files is where attachments are, for who copies all of them.
func (s *Store) Files() files.Files { return s.files }

// tx runs fn as one transaction that is on disk when tx returns nil; fn may run again.
func (s *Store) tx(ctx context.Context, fn func(*db.Tx) error) error { return s.db.Tx(ctx, fn) }
