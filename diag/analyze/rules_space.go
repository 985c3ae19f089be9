package analyze

import (
	"slices"
	"strings"

	"github.com/beistand/beistand/diag/collect"
)

const gigabyte = 1 << 30

// ofImages are file systems that are full or read-only by their nature.
var ofImages = []string{"squashfs", "iso9660", "udf", "erofs", "cramfs", "cdfs", "overlay", "fuse.snapfuse", "romfs", "tmpfs", "devtmpfs"}

// kept is a file system that data is kept on.
func kept(f collect.FileSystem) bool {
	return !slices.Contains(ofImages, strings.ToLower(f.Type)) && !strings.HasPrefix(f.Mount, "/snap/")
}

// eachFileSystem makes a hit of every file system that wants one.
func eachFileSystem(look func(f collect.FileSystem) (hit, bool)) func(*evidence) []hit {
	return func(e *evidence) []hit {
		all, _ := read[collect.FileSystemsFacts](e, "filesystems")
		var hits []hit
		for i, f := range all.v.FileSystems {
			if h, ok := look(f); ok && (kept(f) || f.Type == "overlay" || f.Type == "tmpfs") {
				h.refs = []Ref{all.at("file_systems", i)}
				if h.data == nil {
					h.data = map[string]string{}
				}
				h.data["Disk"] = f.Mount
				hits = append(hits, h)
			}
		}
		return hits
	}
}

// full says how full a file system is: 2 leaves no room for the next hour, 1
// will be a problem soon. On large ones a percent is a lot, so that what is
// left counts too.
func full(u *collect.Use) int {
	switch {
	case u == nil || u.Total < 64<<20:
		return 0
	case u.Used >= 97 && u.Free < 5*gigabyte || u.Free < 200<<20 && u.Used >= 90:
		return 2
	case u.Used >= 90 && u.Free < 20*gigabyte:
		return 1
	}
	return 0
}

func spaceRules() []Rule {
	return []Rule{
		{
			ID: "disk-full", Severity: Critical,
			Say:  "There is hardly any room left on {{.Disk}}: {{.Free}}.",
			Do:   "Empty the bin, remove what is not needed, or move data elsewhere; then start the program again.",
			When: "A file system is 97 % full with less than 5 GB left, or has less than 200 MB left.",
			find: eachFileSystem(func(f collect.FileSystem) (hit, bool) {
				if full(f.Use) != 2 {
					return hit{}, false
				}
				return hit{data: data("Free", size(f.Use.Free)), detail: percent(f.Use.Used) + " of " + size(f.Use.Total) + " used"}, true
			}),
		},
		{
			ID: "disk-nearly-full", Severity: Warning,
			Say:  "{{.Disk}} is nearly full: {{.Free}} are left.",
			Do:   "Make room before it is full.",
			When: "A file system is 90 % full with less than 20 GB left.",
			find: eachFileSystem(func(f collect.FileSystem) (hit, bool) {
				if full(f.Use) != 1 {
					return hit{}, false
				}
				return hit{data: data("Free", size(f.Use.Free)), detail: percent(f.Use.Used) + " of " + size(f.Use.Total) + " used"}, true
			}),
		},
		{
			ID: "inodes-nearly-full", Severity: Warning,
			Say:  "{{.Disk}} can hardly take any more files, although it has room: {{.Used}} of the possible number are there.",
			Do:   "Look for folders with very many small files, such as caches, sessions or mail queues.",
			When: "90 % of a file system's inodes are used; from 98 % it is critical.",
			find: eachFileSystem(func(f collect.FileSystem) (hit, bool) {
				if f.Use == nil || f.Use.Inodes == nil || *f.Use.Inodes < 90 {
					return hit{}, false
				}
				h := hit{data: data("Used", percent(*f.Use.Inodes))}
				if *f.Use.Inodes >= 98 {
					h.severity = Critical
				}
				return h, true
			}),
		},
		{
			ID: "disk-read-only", Severity: Warning,
			Say:  "Nothing can be saved on {{.Disk}}: the system allows only reading there.",
			Do:   "If that is not wanted, look for disk errors; a system makes a damaged disk read-only.",
			When: "A file system for data is mounted read-only; critical if it is the system's own.",
			find: eachFileSystem(func(f collect.FileSystem) (hit, bool) {
				if !f.ReadOnly || !kept(f) || aside(f.Mount) {
					return hit{}, false
				}
				h := hit{detail: f.Device + ", " + f.Type}
				if f.Mount == "/" || strings.EqualFold(strings.TrimRight(f.Mount, `\`), "C:") {
					h.severity = Critical
				}
				return h, true
			}),
		},
		{
			ID: "disk-silent", Severity: Critical,
			Say:  "{{.Disk}} does not answer.",
			Do:   "If it is a network drive, check its server and the connection; else have the disk checked.",
			When: "A file system did not say in time how full it is.",
			find: eachFileSystem(func(f collect.FileSystem) (hit, bool) {
				return hit{detail: f.Device + ", " + f.Type + ": " + f.Problem}, strings.Contains(f.Problem, "did not answer")
			}),
		},
		{
			ID: "disk-not-mounted", Severity: Warning,
			Say:  "A disk or network drive that should be there is not: {{.Disk}}.",
			Do:   "Check whether it is switched on and connected, then mount it.",
			When: "/etc/fstab names a mount point where nothing is mounted.",
			find: func(e *evidence) []hit {
				all, _ := read[collect.FileSystemsFacts](e, "filesystems")
				var hits []hit
				for i, mount := range all.v.NotMounted {
					hits = append(hits, hit{data: data("Disk", mount), refs: []Ref{all.at("not_mounted", i)}})
				}
				return hits
			},
		},
	}
}

// aside are mount points that are often read-only on purpose.
func aside(mount string) bool {
	for _, prefix := range []string{"/media/", "/run/", "/mnt/", "/boot", "/usr", "/nix/store", "/sys", "/proc", "/etc/", "/lib/modules", "/System/", "/Volumes/"} {
		if strings.HasPrefix(mount+"/", prefix) {
			return true
		}
	}
	return false
}
