package collect

import (
	"context"
	"fmt"
	"path"
	"strings"

	"golang.org/x/sync/errgroup"
)

// ProductsFacts is which versions of the profile's products are here.
type ProductsFacts struct {
	Products []FoundProduct `json:"products"`
}

// FoundProduct is one product of the profile.
type FoundProduct struct {
	Name     string         `json:"name"`
	Version  string         `json:"version,omitempty"` // of the first place; "" the product was not found
	Versions []FoundVersion `json:"versions,omitempty"`
	Problems []string       `json:"problems,omitempty"` // places that could not be asked, and why
}

// FoundVersion is a version and the place that told it.
type FoundVersion struct {
	Version string `json:"version"`
	From    string `json:"from"`  // "package", "file" or "command"
	Where   string `json:"where"` // the package's name, the file's path, the program
}

// products looks for the profile's products.
type products struct {
	machine
	wanted []Product
}

// What one product's files may be.
const (
	maxVersionFile  = 64 << 10
	maxProductNames = 50 // versions that are told of one
)

func (products) Name() string  { return "products" }
func (products) Title() string { return titleProducts }

func (c products) Collect(ctx context.Context, s Sink) error {
	have := c.installed(ctx)
	f := ProductsFacts{Products: make([]FoundProduct, len(c.wanted))}
	var g errgroup.Group
	g.SetLimit(4)
	for i, p := range c.wanted {
		g.Go(func() error {
			f.Products[i] = c.find(ctx, p, have.Packages)
			return ctx.Err()
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return writeFacts(s, "system/products.json", titleProducts, f)
}

// find asks the places in the order in which they are to be believed: the
// product itself, its file, its package.
func (c products) find(ctx context.Context, p Product, have []Package) FoundProduct {
	f := FoundProduct{Name: p.Name}
	f.command(ctx, c.machine, p.VersionCommand)
	f.file(c.machine, p.VersionFile)
	for _, one := range have {
		if len(f.Versions) < maxProductNames && matches(one.Name, p.Packages) {
			f.Versions = append(f.Versions, FoundVersion{one.Version, "package", one.Name})
		}
	}
	if len(f.Versions) > 0 {
		f.Version = f.Versions[0].Version
	}
	return f
}

// matches says whether a package is one of those named, which may have *.
func matches(name string, wanted []string) bool {
	for _, w := range wanted {
		if ok, err := path.Match(strings.ToLower(w), strings.ToLower(name)); ok && err == nil || strings.EqualFold(w, name) {
			return true
		}
	}
	return false
}

func (f *FoundProduct) command(ctx context.Context, m machine, command []string) {
	if len(command) == 0 {
		return
	}
	text, exit, err := m.programs.run(ctx, command[0], command[1:]...)
	switch {
	case err != nil:
		f.Problems = append(f.Problems, err.Error())
	case exit != 0:
		f.Problems = append(f.Problems, fmt.Sprintf("%s ended with %d", command[0], exit))
	default:
		f.first("command", command[0], windowsText(text))
	}
}

func (f *FoundProduct) file(m machine, file string) {
	if file == "" {
		return
	}
	b, err := m.read(file, maxVersionFile)
	if err != nil {
		f.Problems = append(f.Problems, fmt.Sprintf("read %q: %v", file, reason(err)))
		return
	}
	f.first("file", file, windowsText(b))
}

// first takes the version of the first line that has one.
func (f *FoundProduct) first(from, where, text string) {
	for line := range strings.Lines(text) {
		if v := pickVersion(line); v != "" {
			f.Versions = append(f.Versions, FoundVersion{v, from, where})
			return
		}
	}
	f.Problems = append(f.Problems, where+" tells no version")
}
