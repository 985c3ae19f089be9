package collect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"

	"github.com/shirou/gopsutil/v3/disk"
)

const separator = string(filepath.Separator)

func newFolders(m machine, wanted []Folder) folders {
	return folders{m, wanted, lookAtFolder, diskUse}
}

// userName is as whom the program runs; "" if the system does not say.
func userName() string {
	me, err := user.Current()
	if err != nil {
		return ""
	}
	return me.Username
}

func diskUse(ctx context.Context, path string) (kind string, free uint64, err error) {
	u, err := disk.UsageWithContext(ctx, path)
	if err != nil {
		return "", 0, err
	}
	return u.Fstype, u.Free, nil
}

// lookAtFolder says what stands at a path and what this user may do there,
// without changing anything.
func lookAtFolder(path string, f *FolderFact) {
	link, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.Kind = FolderMissing
		return
	case err != nil:
		f.Problem = reason(err).Error()
		return
	}
	if link.Mode()&fs.ModeSymlink != 0 {
		if f.LeadsTo, err = filepath.EvalSymlinks(path); err != nil {
			f.LeadsTo, _ = os.Readlink(path)
		}
		f.LeadsTo = visible(f.LeadsTo)
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) || err != nil && f.LeadsTo != "" && !errors.Is(err, fs.ErrPermission): // a ring of links, too
		f.Kind = FolderLost
		return
	case err != nil:
		f.Problem = reason(err).Error()
		return
	}
	if f.Kind = FolderThere; !info.IsDir() {
		if f.Kind = kindOf(info.Mode()); info.Mode().IsRegular() {
			f.Kind = "a file"
		}
	}
	f.rights(path, info)
	if f.Kind == FolderThere {
		f.links(path)
	}
}

// links counts what is in the folder and names the links that lead nowhere.
func (f *FolderFact) links(path string) {
	dir, err := os.Open(path)
	if err != nil {
		if f.Problem == "" && !errors.Is(err, fs.ErrPermission) {
			f.Problem = reason(err).Error()
		}
		return
	}
	defer dir.Close()
	broken := 0
	for f.Entries < maxEntriesOfFolder {
		some, err := dir.ReadDir(500)
		for _, e := range some {
			f.Entries++
			if e.Type()&fs.ModeSymlink == 0 {
				continue
			}
			if _, err := os.Stat(filepath.Join(path, e.Name())); err == nil || errors.Is(err, fs.ErrPermission) {
				continue
			}
			if broken++; broken <= maxBroken {
				f.BrokenLinks = append(f.BrokenLinks, visible(e.Name()))
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			f.Problem = reason(err).Error()
			break
		}
	}
	if broken > maxBroken {
		f.BrokenLinks = append(f.BrokenLinks, fmt.Sprintf("and %d more", broken-maxBroken))
	}
}
