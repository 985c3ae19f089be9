package collect

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// FoldersFacts is what this user may do in the folders of the product and of
// the running program.
type FoldersFacts struct {
	User    string       `json:"user,omitempty"` // as whom the program runs
	Folders []FolderFact `json:"folders"`
	Notes   []string     `json:"notes,omitempty"`
}

// FolderFact is one folder, or what stands in its place.
type FolderFact struct {
	Path     string   `json:"path"`
	For      []string `json:"for"`      // FolderLogs and so on
	Kind     string   `json:"kind"`     // FolderThere, FolderMissing, FolderLost, or what else it is
	Personal bool     `json:"personal"` // it is below this user's own folder, so that they should be able to write there
	LeadsTo  string   `json:"leads_to,omitempty"`

	Owner    string `json:"owner,omitempty"`
	Group    string `json:"group,omitempty"`
	Mode     string `json:"mode,omitempty"` // "rwxr-x---"; not on Windows
	Readable *bool  `json:"readable,omitempty"`
	Writable *bool  `json:"writable,omitempty"`

	Entries     int      `json:"entries,omitempty"`      // as far as they were counted
	BrokenLinks []string `json:"broken_links,omitempty"` // names in the folder that lead nowhere

	Mount    string  `json:"mount,omitempty"` // the file system's
	Type     string  `json:"type,omitempty"`
	ReadOnly *bool   `json:"read_only,omitempty"`
	Free     *uint64 `json:"free_bytes,omitempty"` // to people other than root

	Problem string `json:"problem,omitempty"` // what could not be found out, and why
}

// What a folder is for.
const (
	FolderLogs    = "logs"
	FolderExports = "files to export"
	FolderVersion = "version"
	FolderCrashes = "crashes"
	FolderOwn     = "this program"
)

// What a folder can be.
const (
	FolderThere   = "folder"
	FolderMissing = "missing"
	FolderLost    = "broken link" // a link that leads nowhere
)

// folders looks at the folders that the profile and this program name.
type folders struct {
	machine
	wanted []Folder
	look   func(path string, f *FolderFact) // may never return
	use    func(ctx context.Context, path string) (kind string, free uint64, err error)
}

const (
	// folderTime is how long one folder may take; one on a network drive whose
	// server is gone never answers.
	folderTime = 2 * time.Second
	// maxFolders is how many are looked at; each may keep a goroutine.
	maxFolders = 64
	// maxEntriesOfFolder is how many names of one are looked at.
	maxEntriesOfFolder = 5000
	// maxBroken is how many broken links of one are named.
	maxBroken = 20
)

func (folders) Name() string  { return "folders" }
func (folders) Title() string { return titleFolders }

func (c folders) Collect(ctx context.Context, s Sink) error {
	all := merge(c.wanted)
	f := FoldersFacts{User: userName(), Folders: []FolderFact{}}
	if n := len(all) - maxFolders; n > 0 {
		all = all[:maxFolders]
		f.Notes = append(f.Notes, fmt.Sprintf("%d more are left out", n))
	}
	f.Folders = make([]FolderFact, len(all))
	mounts := c.mounts()
	var asked sync.WaitGroup
	for i := range all {
		asked.Go(func() { f.Folders[i] = c.ask(ctx, all[i], mounts) })
	}
	asked.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	return writeFacts(s, "system/folders.json", titleFolders, f)
}

// merge makes one of those that several reasons name.
func merge(wanted []Folder) []FolderFact {
	var all []FolderFact
	for _, w := range wanted {
		path := visible(w.Path)
		i := slices.IndexFunc(all, func(f FolderFact) bool { return f.Path == path })
		if i < 0 {
			all = append(all, FolderFact{Path: path})
			i = len(all) - 1
		}
		if !slices.Contains(all[i].For, w.For) {
			all[i].For = append(all[i].For, w.For)
		}
	}
	return all
}

// ask looks at one folder. One that does not answer keeps its goroutine,
// which nothing can end, until it answers after all.
func (c folders) ask(ctx context.Context, f FolderFact, mounts []mount) FolderFact {
	f.Personal = c.home != "" && (f.Path == c.home || strings.HasPrefix(f.Path, strings.TrimRight(c.home, `/\`)+separator))
	answered := make(chan FolderFact, 1)
	seen := f // of the goroutine alone
	go func() {
		c.look(f.Path, &seen)
		seen.on(mounts)
		if kind, free, err := c.use(ctx, f.Path); err == nil && seen.Kind == FolderThere {
			seen.Free = &free
			if seen.Type == "" {
				seen.Type = kind
			}
		}
		answered <- seen
	}()
	patience := time.NewTimer(folderTime)
	defer patience.Stop()
	select {
	case <-ctx.Done():
		f.Problem = ctx.Err().Error()
	case <-patience.C:
		f.Problem = fmt.Sprintf("it did not answer within %v", folderTime)
	case f = <-answered:
	}
	return f
}

// mounts are the file systems, where the system keeps a table of them.
func (c folders) mounts() []mount {
	if c.system != "linux" {
		return nil
	}
	return parseMounts(c.text("/proc/self/mountinfo"))
}

// on finds the file system that the folder is on: the one that is mounted
// deepest above it, and last of those.
func (f *FolderFact) on(mounts []mount) {
	path := f.Path
	if f.LeadsTo != "" {
		path = f.LeadsTo
	}
	for _, m := range mounts {
		above := m.point == "/" || path == m.point || strings.HasPrefix(path, m.point+"/")
		if above && len(m.point) >= len(f.Mount) {
			f.Mount, f.Type, f.ReadOnly = m.point, m.kind, new(slices.Contains(m.options, "ro"))
		}
	}
}
