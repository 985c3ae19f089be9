package collect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/beistand/beistand/diag/facts"
)

// exports takes files as they are.
type exports struct {
	name     string   // "exports" or "files", also the folder in the bundle
	title    string   // of the files
	patterns []string // absolute, with wildcards
	paths    []string // as they are
	limits   exportLimits
}

// exportLimits bounds what patterns can make of a run.
type exportLimits struct {
	file, all int64 // bytes
	files     int   // how many are taken
	names     int   // how many names are looked at
	depth     int   // of folders below the pattern's first part
}

func usualExports() exportLimits {
	return exportLimits{file: 32 << 20, all: 128 << 20, files: 500, names: 50_000, depth: 16}
}

// maxGaps is how many things that are missing are named one by one.
const maxGaps = 200

func (e exports) Name() string  { return e.name }
func (e exports) Title() string { return e.title }
func (e exports) Limit() Limit  { return Limit{60 * time.Second, e.limits.all + 4<<20} }

func (e exports) Collect(ctx context.Context, s Sink) error {
	t := &exporting{exports: e, sink: s, facts: FilesFacts{Files: []FileFacts{}}, left: e.limits.all}
	for _, pattern := range e.patterns {
		t.pattern(ctx, pattern)
	}
	for _, path := range e.paths {
		t.path(ctx, path)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if t.unstored != nil {
		return t.unstored
	}
	if t.gaps > len(t.facts.Gaps) {
		t.facts.Gaps = append(t.facts.Gaps, GapFacts{Path: "…", Why: fmt.Sprintf("%d more are missing", t.gaps-len(t.facts.Gaps))})
	}
	if err := writeFacts(s, "system/"+e.name+".json", e.title, t.facts); err != nil {
		return err
	}
	switch {
	case t.gaps > 0:
		g := t.facts.Gaps[0]
		return fmt.Errorf("%d of the files meant are missing: %q, %s", t.gaps, g.Path, g.Why)
	case len(t.facts.Files) == 0:
		return absent("there is no file that is meant")
	}
	return nil
}

// exporting is one run of exports.
type exporting struct {
	exports
	sink     Sink
	facts    FilesFacts
	gaps     int
	names    int
	left     int64
	seen     []os.FileInfo
	unstored error // the place where files are stored is full
}

func (t *exporting) gap(path, why string) {
	if t.gaps++; t.gaps <= maxGaps {
		t.facts.Gaps = append(t.facts.Gaps, GapFacts{Path: visible(path), Why: why})
	}
}

// visible is a name that is UTF-8 and on one line, for showing.
func visible(path string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return '\uFFFD'
		}
		return r
	}, strings.ToValidUTF8(path, "\uFFFD"))
}

// file takes one file below root; name is its path there.
func (t *exporting) file(ctx context.Context, root *os.Root, name string) {
	path := filepath.Join(root.Name(), name)
	f, err := openBelow(root, name)
	if err != nil {
		t.gap(path, whyNot(err))
		return
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		t.gap(path, whyNot(err))
	case !info.Mode().IsRegular():
		t.gap(path, "it is "+kindOf(info.Mode()))
	case t.again(info):
	case len(t.facts.Files) >= t.limits.files:
		t.gap(path, fmt.Sprintf("more than %d files are meant", t.limits.files))
	case info.Size() > t.limits.file:
		t.gap(path, fmt.Sprintf("its %s are more than one file may have", facts.Size(info.Size())))
	case info.Size() > t.left:
		t.gap(path, fmt.Sprintf("all files together would be more than %s", facts.Size(t.limits.all)))
	default:
		t.store(ctx, f, info, path)
	}
}

// again says that a file has been taken under another name.
func (t *exporting) again(info os.FileInfo) bool {
	for _, o := range t.seen {
		if os.SameFile(o, info) {
			return true
		}
	}
	t.seen = append(t.seen, info)
	return false
}

func (t *exporting) store(ctx context.Context, f *os.File, info os.FileInfo, path string) {
	head := make([]byte, 512)
	n, err := f.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		t.gap(path, whyNot(err))
		return
	}
	to := fmt.Sprintf("%s/%d-%s", t.name, len(t.facts.Files)+1, SafeName(filepath.Base(path)))
	w, err := t.sink.Create(to, FileInfo{Title: t.title, MediaType: mediaType(head[:n]), Source: visible(path)})
	if err != nil {
		t.unstored = err
		return
	}
	// It may grow meanwhile; what it was when it was found is what is taken.
	r := &logReader{ctx: ctx, path: path, r: io.NewSectionReader(f, 0, info.Size())}
	if _, err = io.Copy(w, r); err == nil && r.n < info.Size() {
		err = &logReadError{path, errors.New("it became shorter meanwhile")}
	}
	var unread *logReadError
	if errors.As(err, &unread) {
		t.gap(path, unread.err.Error()) // w stays open: it ends as what it is, a part
		return
	}
	if cerr := w.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		t.unstored = err
		return
	}
	t.left -= info.Size()
	t.facts.Files = append(t.facts.Files, FileFacts{Path: visible(path), Stored: to, Size: info.Size(), Modified: info.ModTime()})
}

// mediaType tells pictures and text in UTF-8 from the rest, by content: a
// name can say anything.
func mediaType(head []byte) string {
	kind := http.DetectContentType(head)
	switch {
	case kind == "image/png", kind == "image/jpeg", kind == "application/pdf":
		return kind
	case strings.HasPrefix(kind, "text/") && utf8.Valid(head[:wholeRunes(head)]):
		return plainText
	}
	return "application/octet-stream"
}

// whyNot is an error in words that stand beside the path.
func whyNot(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "it is not there"
	case errors.Is(err, fs.ErrPermission):
		return "it may not be read"
	case strings.Contains(err.Error(), "escapes"):
		return "it leads out of its folder"
	}
	return reason(err).Error()
}
