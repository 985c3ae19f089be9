package collect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// pattern takes what one pattern means: folders without wildcards are gone
// into as they are, and from there on links lead nowhere outside.
func (t *exporting) pattern(ctx context.Context, pattern string) {
	base, rest, why := cutPattern(pattern)
	if why != "" {
		t.gap(pattern, why)
		return
	}
	root, err := os.OpenRoot(base)
	if err != nil {
		t.gap(pattern, whyNot(err))
		return
	}
	defer root.Close()
	if len(rest) == 1 && !strings.ContainsAny(rest[0], "*?[") {
		t.link(ctx, root, rest[0])
		return
	}
	t.walk(ctx, root, ".", rest, nil)
}

// cutPattern parts a pattern before its first element with a wildcard, or
// before its last one.
func cutPattern(pattern string) (base string, rest []string, why string) {
	clean := filepath.Clean(pattern)
	if !filepath.IsAbs(clean) {
		return "", nil, "it does not begin with a root or a drive"
	}
	volume := filepath.VolumeName(clean)
	parts := strings.Split(strings.Trim(clean[len(volume):], string(filepath.Separator)), string(filepath.Separator))
	first := 0
	for first < len(parts)-1 && !strings.ContainsAny(parts[first], "*?[") {
		first++
	}
	for _, p := range parts[first:] {
		if _, err := filepath.Match(p, "x"); err != nil || p == "" {
			return "", nil, "it is not well formed"
		}
	}
	return volume + string(filepath.Separator) + filepath.Join(parts[:first]...), parts[first:], ""
}

// walk goes into the folder dir below root with what is left of the pattern.
// above are the folders on the way here: one that turns up again is a loop,
// as a folder that is mounted below itself makes one.
func (t *exporting) walk(ctx context.Context, root *os.Root, dir string, rest []string, above []os.FileInfo) {
	if ctx.Err() != nil || t.unstored != nil {
		return
	}
	path := filepath.Join(root.Name(), dir)
	if len(above) > t.limits.depth {
		t.gap(path, fmt.Sprintf("it lies more than %d folders deep", t.limits.depth))
		return
	}
	folder, err := openBelow(root, dir)
	if err != nil {
		t.gap(path, whyNot(err))
		return
	}
	defer folder.Close()
	info, err := folder.Stat()
	switch {
	case err != nil:
		t.gap(path, whyNot(err))
		return
	case !info.IsDir():
		t.gap(path, "it is no folder")
		return
	}
	for _, a := range above {
		if os.SameFile(a, info) {
			t.gap(path, "it leads back to itself")
			return
		}
	}
	above = append(above[:len(above):len(above)], info)
	for {
		some, err := folder.ReadDir(256)
		for _, e := range some {
			if t.names++; t.names > t.limits.names {
				if t.names == t.limits.names+1 {
					t.gap(path, fmt.Sprintf("more than %d names are to be looked at", t.limits.names))
				}
				return
			}
			t.entry(ctx, root, filepath.Join(dir, e.Name()), e, rest, above)
		}
		if err != nil {
			if !errors.Is(err, io.EOF) {
				t.gap(path, whyNot(err))
			}
			return
		}
	}
}

// entry holds one name against the pattern's next element. ** stands for any
// number of folders, also none.
func (t *exporting) entry(ctx context.Context, root *os.Root, name string, e fs.DirEntry, rest []string, above []os.FileInfo) {
	if rest[0] == "**" {
		if e.IsDir() {
			t.walk(ctx, root, name, rest, above)
		}
		if rest = rest[1:]; len(rest) == 0 {
			rest = []string{"*"}
		}
		if e.IsDir() && len(rest) == 1 {
			return // gone into already
		}
	}
	if ok, _ := filepath.Match(rest[0], e.Name()); !ok {
		return
	}
	link := e.Type()&fs.ModeSymlink != 0
	switch {
	case len(rest) > 1 && e.IsDir():
		t.walk(ctx, root, name, rest[1:], above)
	case len(rest) > 1 && link:
		t.gap(filepath.Join(root.Name(), name), "it is a link to a folder, and not followed")
	case len(rest) > 1:
	case e.IsDir():
	case link:
		t.link(ctx, root, name)
	default:
		t.file(ctx, root, name)
	}
}

// link takes the file behind a name that may be a link, if that is in the
// folder; another folder is left alone.
func (t *exporting) link(ctx context.Context, root *os.Root, name string) {
	info, err := root.Stat(name)
	switch {
	case err != nil:
		t.gap(filepath.Join(root.Name(), name), whyNot(err))
	case info.IsDir():
		t.gap(filepath.Join(root.Name(), name), "it is a folder, or a link to one, and not gone into")
	default:
		t.file(ctx, root, name)
	}
}

// openBelow opens without waiting for the other end of a pipe, and nothing
// but files and folders.
func openBelow(root *os.Root, name string) (*os.File, error) {
	info, err := root.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() && !info.IsDir() {
		return nil, errors.New("it is " + kindOf(info.Mode()))
	}
	return root.OpenFile(name, os.O_RDONLY|atOnce, 0)
}
