package knowledge

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/knowledge/page"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/knowledge"
)

// Handbook is what a folder's pages are of.
type Handbook struct {
	Product, Version, Language string

	Only string // this page alone; "" is the whole handbook: pages that are not in the folder are deleted
}

// Imported says what became of a handbook's pages.
type Imported struct{ Written, Same, Deleted int }

// PageError is a page that cannot be taken in.
type PageError struct {
	Path string
	Err  error
}

func (e *PageError) Error() string { return fmt.Sprintf("%s: %v", e.Path, e.Err) }
func (e *PageError) Unwrap() error { return e.Err }

// JournalHere is the journal for a program that does not read it.
type JournalHere struct{}

// Write is part of Journal.
func (JournalHere) Write(ctx context.Context, tx *db.Tx, at time.Time, by api.Actor, ticket int64, action, subject string, detail any) error {
	return (*journal.Journal)(nil).Write(ctx, tx, at, by, ticket, action, subject, detail)
}

// Kick is part of Journal: the desk's own program looks by itself.
func (JournalHere) Kick() {}

// maxPages bounds a handbook.
const maxPages = 20_000

// ImportAll takes in a folder's pages. Other files are left out; a page that
// cannot be taken in is a *PageError, and ends it.
func (k *Knowledge) ImportAll(ctx context.Context, root fs.FS, h Handbook) (Imported, error) {
	var got Imported
	there := map[string]bool{}
	by := api.Actor{Kind: api.ActorDesk}
	take := func(name string) error {
		text, err := readPage(root, name)
		if err != nil {
			return &PageError{name, err}
		}
		there[name] = true
		_, same, err := k.Import(ctx, api.NewPage{Product: h.Product, Version: h.Version, Language: h.Language, Path: name, Text: text}, by)
		if refused := (*reply.Refusal)(nil); errors.As(err, &refused) {
			return &PageError{name, err}
		}
		if err != nil {
			return err
		}
		if same {
			got.Same++
		} else {
			got.Written++
		}
		return nil
	}
	if h.Only != "" {
		return got, take(h.Only)
	}
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return &PageError{name, err}
		case d.IsDir() && len(path.Base(name)) > 1 && path.Base(name)[0] == '.':
			return fs.SkipDir
		case !d.Type().IsRegular() || !page.Known(name):
			return nil
		case len(there) == maxPages:
			return &PageError{name, fmt.Errorf("more than %d pages", maxPages)}
		}
		return take(name)
	})
	if err != nil {
		return got, err
	}
	if len(there) == 0 {
		return got, &PageError{".", errors.New("no page is here")}
	}
	got.Deleted, err = k.dropOthers(ctx, h, there, by)
	return got, err
}

func readPage(root fs.FS, name string) (text string, err error) {
	f, err := root.Open(name)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	b, err := io.ReadAll(io.LimitReader(f, api.MaxPage+1))
	if err == nil && len(b) > api.MaxPage {
		err = fmt.Errorf("more than %d bytes", api.MaxPage)
	}
	return string(b), err
}

// dropOthers deletes a handbook's pages that are not there any more.
func (k *Knowledge) dropOthers(ctx context.Context, h Handbook, there map[string]bool, by api.Actor) (n int, err error) {
	ids, err := knowledge.Paths(ctx, k.db, api.Page{Product: h.Product, Version: h.Version, Language: h.Language})
	if err != nil {
		return 0, err
	}
	for name, id := range ids {
		if there[name] {
			continue
		}
		if err := k.Drop(ctx, id, by); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
