// Package backup writes all that a desk keeps into one stream, and makes a desk of it again, on either database.
package backup

import (
	"errors"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/desk/late"
	"github.com/beistand/beistand/app/desk/store/files"
)

// Format is the version of the stream. docs/backup.md says what is in it.
const Format = 1

// The names in the stream, which is a tar archive (POSIX.1-2017, pax).
const (
	nameHead     = "backup.json"
	nameManifest = "manifest.json"
	dirTables    = "tables/"
	dirFiles     = "files/"
	dirDesk      = "desk/"
)

// Bounds of what is read again.
const (
	maxChunk    = 32 << 20 // bytes of rows in one entry; what is written has 4 MiB and one row more
	chunk       = 4 << 20
	maxExtra    = 1 << 20  // bytes of a file of the desk's folder
	maxManifest = 1 << 30  // bytes: a line of it for each attachment
	maxHead     = 64 << 10 // bytes
)

// Head says what a backup is of; it comes first.
type Head struct {
	Format  int       `json:"format"`
	Made    time.Time `json:"made"`
	Program string    `json:"program"` // its version
	Schema  int64     `json:"schema"`  // the highest migration: a backup is read by a program of the same
	Engine  string    `json:"engine"`  // that it was made on; it is read on both
}

// Manifest comes last: without it a stream was cut.
type Manifest struct {
	Entries   []Entry          `json:"entries"`   // in their order, without itself
	Rows      map[string]int64 `json:"rows"`      // of each table
	Sequences map[string]int64 `json:"sequences"` // the last number that a table has given out
	Missing   []string         `json:"missing"`   // attachments that rows name and that were not there
}

// Entry is one file of the archive.
type Entry struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"` // hex
}

// What a reader tells apart.
var (
	ErrDamaged  = errors.New("the backup is damaged or cut short")
	ErrNotEmpty = errors.New("the desk is not empty")
)

// SchemaError says that a backup is of another version's tables.
type SchemaError struct {
	Head Head
	Have int64
}

func (e *SchemaError) Error() string {
	return fmt.Sprintf("the backup was made by version %s (tables of step %d), this program has step %d: restore it with that version, then start this one over it",
		e.Head.Program, e.Head.Schema, e.Have)
}

// MissingError says which attachments rows name that are not there. The backup
// has everything else.
type MissingError struct{ Names []string }

func (e *MissingError) Error() string {
	return fmt.Sprintf("%d attachments are on tickets and not where they belong, the first is %s", len(e.Names), e.Names[0])
}

// Tables that hold nothing for the day after: an upload under way goes on by
// being begun again.
var passing = map[string]bool{
	"goose_db_version": true, "uploads": true, "upload_parts": true, "removals": true, "holds": true,
	"desk_secrets": true,                                                                                   // of PostgreSQL: it is in the folder of every desk, which is kept
	"room_desks":   true, "room_places": true, "room_messages": true, "room_left": true, "room_ends": true, // who is here now
	"mail_fetchers": true, // which desk fetches now
	"acme_cache":    true, // private keys of certificates: a restored desk gets its own
}

var (
	tableEntry = late.Regexp(`^tables/([a-z_]{1,60})/[0-9]{8}\.jsonl$`)
	fileEntry  = late.Regexp(`^files/[0-9a-f]{2}/([0-9a-f]{64}\.[0-9a-f]{8})$`)
	deskEntry  = late.Regexp(`^desk/([a-z0-9][a-z0-9._-]{0,60})$`)
)

// keyIn is the object that an entry of the archive holds.
func keyIn(name string) (files.Key, bool) {
	m := fileEntry().FindStringSubmatch(name)
	if m == nil {
		return "", false
	}
	return files.Key(m[1]), true
}
