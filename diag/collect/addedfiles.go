package collect

import (
	"context"
	"os"
	"path/filepath"
)

// newExports takes the files that the profile's patterns mean.
func newExports(patterns []string) exports {
	return exports{name: "exports", title: titleExport, patterns: patterns, limits: usualExports()}
}

// newAdded takes what the customer added.
func newAdded(paths []string) exports {
	return exports{name: "files", title: titleAdded, paths: paths, limits: usualExports()}
}

// path takes a file, or a folder with all that is in it. A link that the
// customer chose is meant as what is behind it; links in the folder are not.
func (t *exporting) path(ctx context.Context, path string) {
	named := path
	path, err := filepath.Abs(path)
	if err == nil {
		path, err = filepath.EvalSymlinks(path)
	}
	if err != nil {
		t.gap(named, whyNot(err))
		return
	}
	info, err := os.Stat(path)
	if err != nil {
		t.gap(named, whyNot(err))
		return
	}
	folder := filepath.Dir(path)
	if info.IsDir() {
		folder = path
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		t.gap(named, whyNot(err))
		return
	}
	defer root.Close()
	if info.IsDir() {
		t.walk(ctx, root, ".", []string{"**"}, nil)
		return
	}
	t.file(ctx, root, filepath.Base(path))
}
