package collect

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// How deep folders of crashes are looked into, and how many files are looked at.
const (
	maxCrashDepth = 4
	maxCrashFiles = 20_000
)

// folder lists the files of a folder of crashes. Links are not followed, so
// that no loop can be; what may not be read is named.
func (f *CrashesFacts) folder(ctx context.Context, m machine, dir, kind string) {
	top := m.path(dir)
	seen := 0
	err := filepath.WalkDir(top, func(at string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil || seen > maxCrashFiles:
			return fs.SkipAll
		case err != nil && errors.Is(err, fs.ErrPermission):
			f.Notes = append(f.Notes, "may not be read: "+strings.TrimPrefix(at, m.root))
			return fs.SkipDir
		case err != nil && at == top:
			return err
		case err != nil:
			return nil // it has gone meanwhile
		case d.IsDir():
			if rest, _ := filepath.Rel(top, at); strings.Count(filepath.ToSlash(rest), "/") >= maxCrashDepth {
				return fs.SkipDir
			}
			return nil
		}
		if seen++; seen == maxCrashFiles {
			f.Notes = append(f.Notes, fmt.Sprintf("of %s only %d files were looked at", dir, maxCrashFiles))
		}
		if info, err := d.Info(); err == nil && info.Mode().IsRegular() {
			f.file(m, strings.TrimPrefix(filepath.ToSlash(at), filepath.ToSlash(m.root)), info, kind)
		}
		return nil
	})
	if err == nil && ctx.Err() == nil {
		f.Looked = append(f.Looked, dir)
	}
}

// file adds one. Files beside reports that say nothing of a crash are left out.
func (f *CrashesFacts) file(m machine, name string, info fs.FileInfo, kind string) {
	base := path.Base(name)
	switch strings.ToLower(path.Ext(base)) {
	case ".lock", ".upload", ".uploaded", ".tmp":
		return
	case ".dmp", ".mdmp", ".hdmp":
		kind = "minidump"
	}
	at := info.ModTime().Truncate(time.Second)
	c := Crash{Name: base, At: &at, Kind: kind, Size: info.Size(), Path: name}
	switch {
	case strings.HasPrefix(base, "core.") && kind != "minidump":
		c.core(base)
	case strings.HasSuffix(base, ".crash") && kind == "crash report":
		c.apport(m)
	case strings.HasSuffix(base, ".ips"):
		c.ips(m)
	case strings.EqualFold(base, "Report.wer"):
		c.wer(m)
	}
	f.Crashes = append(f.Crashes, c)
}

// linux asks systemd, and looks where it, apport, abrt and kdump leave crashes.
func (f *CrashesFacts) linux(ctx context.Context, m machine) {
	f.Pattern = m.text("/proc/sys/kernel/core_pattern")
	if _, rest, ok := strings.Cut(m.text("/proc/self/limits"), "Max core file size"); ok {
		if v := strings.Fields(rest); len(v) > 0 {
			f.Limit = v[0]
		}
	}
	if !f.coredumpctl(ctx, m) {
		f.folder(ctx, m, "/var/lib/systemd/coredump", "core dump")
	}
	f.folder(ctx, m, "/var/crash", "crash report")
	f.folder(ctx, m, "/var/spool/abrt", "crash report")
	f.folder(ctx, m, "/sys/fs/pstore", "kernel crash")
	f.folder(ctx, m, "/var/lib/systemd/pstore", "kernel crash")
	if f.Pattern != "" && strings.HasPrefix(f.Pattern, "/") { // a path: the kernel writes there
		f.folder(ctx, m, path.Dir(f.Pattern), "core dump")
	}
}

// windows looks where Windows' error reporting and its kernel leave crashes.
func (f *CrashesFacts) windows(ctx context.Context, m machine) {
	for _, dir := range []string{m.env("PROGRAMDATA"), m.env("LOCALAPPDATA")} {
		if dir == "" {
			continue
		}
		for _, queue := range []string{"ReportArchive", "ReportQueue"} {
			f.folder(ctx, m, dir+`\Microsoft\Windows\WER\`+queue, "Windows error report")
		}
	}
	if dir := m.env("LOCALAPPDATA"); dir != "" {
		f.folder(ctx, m, dir+`\CrashDumps`, "minidump")
	}
	if dir := m.env("SystemRoot"); dir != "" {
		f.folder(ctx, m, dir+`\Minidump`, "kernel crash")
		f.folder(ctx, m, dir+`\LiveKernelReports`, "kernel crash")
		if t := m.modified(dir + `\MEMORY.DMP`); t != nil {
			f.Crashes = append(f.Crashes, Crash{Name: "MEMORY.DMP", At: t, Kind: "kernel crash", Path: dir + `\MEMORY.DMP`})
		}
	}
}
