package app

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/beistand/beistand/app/problem"
	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/facts"
)

// bundleCommands look into a bundle, whoever made it.
type bundleCommands struct {
	List     bundleList     `cmd:"" help:"List what is in a bundle, what is cut short and what is missing."`
	Cat      bundleCat      `cmd:"" help:"Print one file of a bundle."`
	Verify   bundleVerify   `cmd:"" help:"Check that every file is as it was collected."`
	Extract  bundleExtract  `cmd:"" help:"Unpack a bundle into a folder."`
	Findings bundleFindings `cmd:"" help:"Say what a bundle shows: faults, where the evidence is, what to do."`
}

// bundleFile is shared by everything that opens a bundle.
type bundleFile struct {
	File     string   `arg:"" help:"The bundle." placeholder:"FILE" type:"path"`
	Identity []string `short:"i" help:"File with the private key, if the bundle is encrypted; may be given more than once." placeholder:"FILE" type:"path"`
}

func (b *bundleFile) open() (*bundle.Reader, error) {
	var keys []bundle.Identity
	for _, name := range b.Identity {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("read private key: %w", err)
		}
		some, err := bundle.ParseIdentities(f)
		f.Close()
		if err != nil {
			return nil, &problem.Usage{Reason: fmt.Sprintf("The file %s has no private key of age", name)}
		}
		keys = append(keys, some...)
	}
	r, err := bundle.Open(b.File, keys...)
	switch {
	case errors.Is(err, bundle.ErrEncrypted) && len(keys) == 0:
		return nil, &problem.Usage{Reason: fmt.Sprintf("The bundle %s is encrypted; give the private key with --identity", b.File)}
	case errors.Is(err, bundle.ErrEncrypted):
		return nil, &problem.Usage{Reason: fmt.Sprintf("The bundle %s is encrypted for another key", b.File)}
	}
	return r, err
}

type bundleList struct {
	bundleFile

	JSON bool `name:"json" help:"Print the manifest as JSON."`
}

func (b *bundleList) Run(e *env) error {
	r, err := b.open()
	if err != nil {
		return err
	}
	defer r.Close()
	m := r.Manifest()
	if b.JSON {
		return writeJSON(e.out, m)
	}
	fmt.Fprintf(e.out, "%s, %s, %s/%s, made by %s\n", m.Created.Format("2006-01-02 15:04:05 MST"), m.Host, m.OS, m.Arch, m.Tool)
	if m.Unsigned {
		fmt.Fprintf(e.out, "The profile %q was not signed by anybody whom the customer's program knew.\n", m.Profile)
		if m.Use != "" {
			fmt.Fprintf(e.out, "Used of it: %s.\n", plain(m.Use))
		}
	}
	if m.Unfinished != "" {
		fmt.Fprintf(e.out, "Not complete: %s.\n", m.Unfinished)
	}
	w := tabwriter.NewWriter(e.out, 0, 0, 2, ' ', 0)
	for _, f := range m.Files {
		fmt.Fprintf(w, "%s\t%s\t%s\n", facts.Size(f.Size), f.Path, besides(f))
	}
	for _, o := range m.Collectors {
		if o.State != bundle.OK {
			fmt.Fprintf(w, "%s\t%s\t%s\n", o.State, o.Name, o.Error)
		}
	}
	for _, l := range m.LeftOut {
		what := "missing"
		if l.Quarantined {
			what = "not redacted"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", what, l.Path, l.Why)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if m.Redaction == nil {
		fmt.Fprintln(e.out, "Nothing was redacted.")
		return nil
	}
	fmt.Fprintf(e.out, "Replaced: %s.\n", inKinds(m.Redaction.Replaced))
	tellRisks(e.out, &m)
	return nil
}

// besides says what is missing in a file, and what was not asked for.
func besides(f bundle.File) string {
	if f.Unredacted != "" {
		f.Cut = strings.TrimPrefix(f.Cut+"; as it was collected: "+f.Unredacted, "; ")
	}
	if f.Outside == "" {
		return f.Cut
	}
	within := bundle.WithinTime + ", without " + f.Outside
	if f.Cut != "" {
		within = f.Cut + "; " + within
	}
	return within
}

type bundleCat struct {
	bundleFile

	Path string `arg:"" help:"The file in the bundle, as list names it." placeholder:"PATH"`
}

func (b *bundleCat) Run(e *env) error {
	r, err := b.open()
	if err != nil {
		return err
	}
	defer r.Close()
	c, err := r.OpenFile(b.Path)
	if err != nil {
		return fmt.Errorf("print a file of the bundle: %w", &os.PathError{Op: "open", Path: b.Path, Err: os.ErrNotExist})
	}
	defer c.Close()
	_, err = io.Copy(forTerminal(e.out), c)
	return err
}

type bundleVerify struct{ bundleFile }

func (b *bundleVerify) Run(e *env) error {
	r, err := b.open()
	if err != nil {
		return err
	}
	defer r.Close()
	if err := r.Verify(e.ctx); err != nil {
		return err
	}
	m := r.Manifest()
	fmt.Fprintf(e.out, "%d files, %s, as they were collected\n", len(m.Files), facts.Size(plainSize(m)))
	return nil
}

func plainSize(m bundle.Manifest) (sum int64) {
	for _, f := range m.Files {
		sum += f.Size
	}
	return sum
}

type bundleExtract struct {
	bundleFile

	Into    string   `help:"The folder; it is made if it is not there. Default is the bundle's name, here." placeholder:"DIR" type:"path"`
	Only    []string `help:"Unpack only these files; * and ? stand for other characters of a name." placeholder:"PATH"`
	MaxSize byteSize `help:"Most that may be unpacked." default:"4GB" placeholder:"SIZE"`
}

// Run writes files as new ones, readable by their owner alone, and below the
// folder whatever links there are in it. A file whose content turns out to be
// wrong does not stay.
func (b *bundleExtract) Run(e *env) error {
	r, err := b.open()
	if err != nil {
		return err
	}
	defer r.Close()
	m := r.Manifest()
	m.Files, err = b.chosen(m.Files)
	if err != nil {
		return err
	}
	if size := plainSize(m); size > int64(b.MaxSize) {
		return &problem.Usage{Reason: fmt.Sprintf("The bundle unpacks to %s; choose with --only, or allow it with --max-size", facts.Size(size))}
	}
	into := b.Into
	if into == "" {
		into = filepath.Base(b.File)
		into = into[:len(into)-len(filepath.Ext(into))]
	}
	if err := os.MkdirAll(into, 0o700); err != nil {
		return fmt.Errorf("make the folder: %w", err)
	}
	root, err := os.OpenRoot(into)
	if err != nil {
		return fmt.Errorf("open the folder: %w", err)
	}
	defer root.Close()
	for _, f := range m.Files {
		if err := e.ctx.Err(); err != nil {
			return err
		}
		if err := extract(root, r, f.Path); err != nil {
			return err
		}
	}
	fmt.Fprintln(e.out, into)
	return nil
}

func (b *bundleExtract) chosen(all []bundle.File) (some []bundle.File, err error) {
	if len(b.Only) == 0 {
		return all, nil
	}
	for _, pattern := range b.Only {
		before := len(some)
		for _, f := range all {
			if ok, err := path.Match(pattern, f.Path); ok && err == nil {
				some = append(some, f)
			}
		}
		if len(some) == before {
			return nil, &problem.Usage{Reason: fmt.Sprintf("The bundle has no file %s", pattern)}
		}
	}
	return some, nil
}

func extract(root *os.Root, r *bundle.Reader, name string) error {
	c, err := r.OpenFile(name)
	if err != nil {
		return err
	}
	defer c.Close()
	local := filepath.FromSlash(name)
	if err := root.MkdirAll(filepath.Dir(local), 0o700); err != nil {
		return fmt.Errorf("unpack %q: %w", name, err)
	}
	f, err := root.OpenFile(local, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return &problem.Usage{Reason: fmt.Sprintf("There is a file %s already; choose another folder with --into", filepath.Join(root.Name(), local))}
	}
	if err != nil {
		return fmt.Errorf("unpack %q: %w", name, err)
	}
	_, err = io.Copy(f, c)
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, root.Remove(local))
	}
	return nil
}
