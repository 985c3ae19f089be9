package app

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/beistand/beistand/app/problem"
	"github.com/beistand/beistand/diag"
	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/redact"
)

// redactCommand replaces secrets and names in files, or between standard input
// and output.
type redactCommand struct {
	profileFile

	Files   []string `arg:"" optional:"" name:"file" help:"Logs, packed ones too, and bundles; without any, standard input is redacted to standard output." placeholder:"FILE" type:"path"`
	Output  string   `short:"o" help:"Folder for what comes out, made if it is not there; - is standard output." placeholder:"DIR"`
	Explain bool     `help:"Say of every replacement where and why, never what stood there."`
	Names   string   `help:"File that keeps what the pseudonyms stand for, so that the next file has the same; made if it is not there. It stays on this machine." placeholder:"FILE" type:"path"`
	Force   bool     `short:"f" help:"Write over existing files."`
	Quiet   bool     `short:"q" help:"Say nothing of what was replaced."`
}

func (c *redactCommand) Run(e *env) error {
	frugal()
	profile, err := c.load()
	if err != nil {
		return err
	}
	names := diag.NewNames()
	if c.Names != "" {
		if names, err = diag.OpenNames(c.Names); err != nil {
			return err
		}
	}
	by, err := diag.NewRedactor(diag.Own(e.ctx), profile, names)
	if err != nil {
		return err
	}
	forget()
	r := &redacting{c: c, e: e, by: by, why: map[string]bool{}}
	switch {
	case len(c.Files) == 0 && c.Output != "" && c.Output != "-":
		return &problem.Usage{Reason: "Name the files that go into the folder; standard input goes to standard output"}
	case len(c.Files) == 0:
		err = r.stream(e.in, e.out, "standard input")
	case c.Output == "":
		return &problem.Usage{Reason: "Say where it goes with --output DIR, or --output - for standard output"}
	case c.Output == "-":
		err = r.print()
	default:
		err = r.into(c.Output)
	}
	if c.Names != "" {
		err = errors.Join(err, diag.SaveNames(c.Names, names))
	}
	return err
}

// redacting is one call of the command.
type redacting struct {
	c   *redactCommand
	e   *env
	by  *diag.Redactor
	why map[string]bool // rules that have been explained
}

// print redacts all files to standard output.
func (r *redacting) print() error {
	for _, name := range r.c.Files {
		f, err := openFile(name)
		if err != nil {
			return err
		}
		err = r.stream(f, r.e.out, name)
		f.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// into redacts all files into a folder. What is refused costs nothing but
// itself; the first such error is returned.
func (r *redacting) into(folder string) (first error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("make the folder: %w", err)
	}
	for _, name := range r.c.Files {
		err := r.file(name, folder)
		var refused *problem.Unredacted
		switch {
		case err == nil:
		case !errors.As(err, &refused):
			return err
		case first == nil:
			first = err
		default:
			fmt.Fprintf(r.e.err, "%s was not redacted: %s.\n", plain(refused.File), plain(refused.Why))
		}
	}
	return first
}

// file redacts one file into a folder, whole or not at all, under its redacted
// name.
func (r *redacting) file(name, folder string) error {
	to := filepath.Join(folder, filepath.Base(filepath.FromSlash(r.by.Path(filepath.Base(name)))))
	if sameFile(name, to) {
		return &problem.Usage{Reason: fmt.Sprintf("The file %s would be written over itself; choose another folder with --output", name)}
	}
	if !r.c.Force {
		if _, err := os.Lstat(to); err == nil {
			return &problem.Usage{Reason: fmt.Sprintf("There is a file %s already; choose another folder with --output, or add --force", to)}
		}
	}
	src, err := bundle.Open(name)
	if err == nil {
		defer src.Close()
		return r.bundle(src, name, to)
	}
	if errors.Is(err, bundle.ErrEncrypted) {
		return &problem.Unredacted{File: name, Why: "it is encrypted"}
	}
	f, err := openFile(name)
	if err != nil {
		return err
	}
	defer f.Close()
	part, err := os.CreateTemp(folder, ".beistand-*.part") // mode 0600
	if err != nil {
		return fmt.Errorf("write redacted file: %w", err)
	}
	err = r.stream(f, part, name)
	if err = errors.Join(err, part.Close()); err == nil {
		err = os.Rename(part.Name(), to)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part.Name()))
	}
	fmt.Fprintln(r.e.out, to)
	return nil
}

// sameFile says whether both names are of one file.
func sameFile(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

func openFile(name string) (*os.File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	if info, err := f.Stat(); err != nil || info.IsDir() {
		f.Close()
		return nil, &problem.Usage{Reason: fmt.Sprintf("%s is a folder; name the files in it", name)}
	}
	return f, nil
}

// bundle redacts a bundle into another.
func (r *redacting) bundle(src *bundle.Reader, name, to string) error {
	m, err := r.by.Bundle(r.e.ctx, to, src, r.explain(func(path string) string { return name + ": " + path }))
	if err != nil {
		return err
	}
	for _, l := range m.LeftOut {
		if l.Quarantined && !r.c.Quiet {
			fmt.Fprintf(r.e.err, "Not in the bundle: %s, because it could not be redacted: %s.\n", l.Path, l.Why)
		}
	}
	if !r.c.Quiet {
		fmt.Fprintf(r.e.err, "%s: %s\n", plain(name), inKinds(m.Redaction.Replaced))
		tellRisks(r.e.err, m)
	}
	fmt.Fprintln(r.e.out, to)
	return nil
}

// stream redacts one stream into another.
func (r *redacting) stream(src io.Reader, dst io.Writer, name string) error {
	var explain func(redact.Spot)
	if r.c.Explain {
		say := r.explain(func(inside string) string { return strings.TrimSuffix(name+": "+inside, ": ") })
		explain = func(s redact.Spot) { say(s.Inside, s) }
	}
	got, err := r.by.Copy(r.e.ctx, dst, src, os.TempDir(), explain)
	var refused *redact.Refused
	if errors.As(err, &refused) {
		return &problem.Unredacted{File: name, Why: refused.Error()}
	}
	if err != nil {
		return fmt.Errorf("redact %s: %w", name, err)
	}
	if !r.c.Quiet {
		fmt.Fprintf(r.e.err, "%s: %s\n", plain(name), inKinds(got.Replaced))
		if got.Cut != "" {
			fmt.Fprintf(r.e.err, "%s: %s\n", plain(name), plain(got.Cut))
		}
	}
	return nil
}
