package collect

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func foldersOf(t *testing.T, c folders) FoldersFacts {
	t.Helper()
	s := &memSink{}
	if err := c.Collect(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	var f FoldersFacts
	if err := json.Unmarshal(s.only(t).Bytes(), &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// TestFolders looks at folders of every kind, as somebody who may not do everything.
func TestFolders(t *testing.T) {
	dir := t.TempDir()
	for up := dir; up != os.TempDir(); up = filepath.Dir(up) {
		os.Chmod(up, 0o755)
	}
	at := func(name string) string { return filepath.Join(dir, name) }
	for name, mode := range map[string]os.FileMode{"open": 0o777, "closed": 0o700, "shown": 0o755, "listed only": 0o744} {
		if err := os.Mkdir(at(name), 0o700); err != nil {
			t.Fatal(err)
		}
		os.Chmod(at(name), mode)
	}
	put(t, at("open"), "app.log", "text\n", noon())
	for link, to := range map[string]string{"open/lost": "nowhere", "open/fine": "app.log", "open/ring": "ring", "way": "open", "lost": "nowhere/at/all", "ring": "ring"} {
		if err := os.Symlink(to, at(link)); err != nil {
			t.Fatal(err)
		}
	}
	os.Chmod(put(t, dir, "file", "text\n", noon()), 0o644)
	var wanted []Folder
	names := []string{"open", "closed", "shown", "listed only", "way", "lost", "ring", "file", "missing"}
	for _, name := range names {
		wanted = append(wanted, Folder{at(name), FolderLogs})
	}
	wanted = append(wanted, Folder{at("open"), FolderExports}, Folder{at("open"), FolderLogs})
	m := thisMachine()
	m.home = at("open")
	var f FoldersFacts
	asNobody(t, func() { f = foldersOf(t, newFolders(m, wanted)) })
	if len(f.Folders) != len(names) {
		t.Fatalf("%d folders of %d", len(f.Folders), len(names))
	}
	one := func(name string) FolderFact { return f.Folders[slices.Index(names, name)] }
	text := func(f FolderFact) string {
		b := map[bool]string{true: "yes", false: "no"}
		s := f.Kind
		if f.Readable != nil && f.Writable != nil {
			s += ", readable " + b[*f.Readable] + ", writable " + b[*f.Writable]
		}
		return s
	}
	root := os.Geteuid() == 0
	for name, want := range map[string]string{
		"open": "folder, readable yes, writable yes", "way": "folder, readable yes, writable yes", "lost": "broken link", "ring": "broken link", "missing": "missing",
		"closed": "folder, readable no, writable no", "shown": "folder, readable yes, writable no", "listed only": "folder, readable no, writable no", "file": "a file, readable yes, writable no",
	} {
		if got := text(one(name)); got != want && (root || name == "open" || name == "way" || strings.Count(want, ",") == 0) {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	open := one("open")
	if open.Mode != "rwxrwxrwx" || open.Owner == "" || open.Group == "" || open.Free == nil || open.Type == "" || open.Mount == "" || open.ReadOnly == nil ||
		!open.Personal || strings.Join(open.For, ", ") != "logs, files to export" {
		t.Errorf("%+v", open)
	}
	if open.Entries != 4 || strings.Join(open.BrokenLinks, " ") != "lost ring" && strings.Join(open.BrokenLinks, " ") != "ring lost" {
		t.Errorf("%d entries, broken %v", open.Entries, open.BrokenLinks)
	}
	if one("way").LeadsTo != at("open") || one("shown").Personal || one("lost").LeadsTo != "nowhere/at/all" {
		t.Errorf("%+v, %+v", one("way"), one("lost"))
	}
}

// TestFolderThatHangs names a folder that does not answer, and waits no longer for it.
func TestFolderThatHangs(t *testing.T) {
	hang := make(chan struct{})
	defer close(hang)
	dir := t.TempDir()
	c := newFolders(thisMachine(), []Folder{{"/server/share", FolderLogs}, {dir, FolderLogs}})
	look := c.look
	c.look = func(path string, f *FolderFact) {
		if path == "/server/share" {
			<-hang
		}
		look(path, f)
	}
	f := foldersOf(t, c)
	if !strings.Contains(f.Folders[0].Problem, "did not answer") || f.Folders[1].Kind != FolderThere {
		t.Errorf("%+v", f.Folders)
	}
}

// TestFolderMounts finds the file system that lies deepest above a folder.
func TestFolderMounts(t *testing.T) {
	mounts := parseMounts("1 1 8:1 / / rw - ext4 /dev/sda1 rw\n2 1 8:2 / /srv ro - xfs /dev/sdb1 ro\n3 1 8:3 / /srv/app rw - nfs4 server:/app rw\n")
	for path, want := range map[string]string{"/srv/app/logs": "nfs4 /srv/app", "/srv/application": "xfs /srv", "/home": "ext4 /"} {
		f := FolderFact{Path: path}
		f.on(mounts)
		if got := f.Type + " " + f.Mount; got != want || *f.ReadOnly != (want == "xfs /srv") {
			t.Errorf("%s: %s, read only %v", path, got, *f.ReadOnly)
		}
	}
}
