package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/beistand/beistand/app/desk/knowledge"
	"github.com/beistand/beistand/app/problem"
)

type handbookCommands struct {
	Import handbookImport `cmd:"" help:"Import a handbook's pages."`
}

type searchCommands struct {
	Rebuild searchRebuild `cmd:"" help:"Make the index of everything that can be found anew."`
}

type handbookImport struct {
	deskDatabase

	From     string `arg:"" help:"A folder with the handbook's pages, or one page." type:"existingpath"`
	Product  string `required:"" help:"The product that it is about." placeholder:"NAME"`
	Edition  string `name:"version" help:"The product's version; none: every one." placeholder:"VERSION"`
	Language string `name:"in" required:"" help:"The language that it is in: de, nl-BE." placeholder:"LANGUAGE"`
}

// Help is part of kong.HelpProvider.
func (*handbookImport) Help() string {
	return "Pages are Markdown (.md, .markdown) and HTML (.html, .htm, .xhtml); other files are left out. A folder is the whole handbook: pages of the same product, version and language that it has no more are deleted. Pages that are as they were are left alone."
}

func (h *handbookImport) Run(e *env) error {
	info, err := os.Stat(h.From)
	if err != nil {
		return err
	}
	dir, only := h.From, ""
	if !info.IsDir() {
		dir, only = filepath.Split(filepath.Clean(h.From))
		if dir == "" {
			dir = "."
		}
	}
	return h.onKnowledge(e, func(k *knowledge.Knowledge) error {
		return inFolder(dir, func(root fs.FS) error {
			got, err := k.ImportAll(e.ctx, root, knowledge.Handbook{Product: h.Product, Version: h.Edition, Language: h.Language, Only: only})
			if wrong := (*knowledge.PageError)(nil); errors.As(err, &wrong) {
				return &problem.Usage{Reason: wrong.Error()}
			}
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(e.out, "%d pages are new or changed, %d are as they were, %d are deleted.\n", got.Written, got.Same, got.Deleted)
			return err
		})
	})
}

// inFolder gives a folder that no link leads out of.
func inFolder(dir string, fn func(fs.FS) error) (err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	return fn(root.FS())
}

type searchRebuild struct{ deskDatabase }

// Help is part of kong.HelpProvider.
func (*searchRebuild) Help() string {
	return "The desk may run meanwhile; it takes everything in again, the oldest first, and finds what it has so far."
}

func (s *searchRebuild) Run(e *env) error {
	return s.onKnowledge(e, func(k *knowledge.Knowledge) error {
		if err := k.Index().Rebuild(e.ctx); err != nil {
			return err
		}
		if err := k.Index().Catch(e.ctx); err != nil {
			return err
		}
		_, err := fmt.Fprintln(e.out, "The index is made anew.")
		return err
	})
}

// onKnowledge opens what the desk knows.
func (d deskDatabase) onKnowledge(e *env, fn func(*knowledge.Knowledge) error) (err error) {
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
	return fn(knowledge.New(knowledge.Config{DB: s.DB(), Log: newLog(e.settings, e.err), Journal: knowledge.JournalHere{}}))
}
