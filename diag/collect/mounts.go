package collect

import (
	"slices"
	"strings"
)

// mount is a line of /proc/self/mountinfo (proc(5)).
type mount struct {
	device, point, source, kind string
	options                     []string
}

// octal are the characters that the kernel escapes in paths.
var octal = strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`)

func parseMounts(text string) []mount {
	var all []mount
	for line := range strings.Lines(text) {
		left, right, ok := strings.Cut(line, " - ")
		l, r := strings.Fields(left), strings.Fields(right)
		if !ok || len(l) < 6 || len(r) < 2 {
			continue
		}
		m := mount{device: l[2], point: octal.Replace(l[4]), kind: r[0], source: octal.Replace(r[1]), options: strings.Split(l[5], ",")}
		if len(r) > 2 && strings.HasPrefix(r[2], "ro") { // the file system itself can be read only, too
			m.options[0] = "ro"
		}
		all = append(all, m)
	}
	return all
}

// kernelKinds are file systems that keep nothing.
var kernelKinds = []string{
	"autofs", "bpf", "binfmt_misc", "cgroup", "cgroup2", "configfs", "debugfs", "devpts", "devtmpfs", "efivarfs", "fuse.gvfsd-fuse",
	"fuse.lxcfs", "fuse.portal", "fusectl", "hugetlbfs", "mqueue", "nsfs", "proc", "pstore", "ramfs", "rpc_pipefs", "securityfs",
	"selinuxfs", "squashfs", "sysfs", "tracefs",
}

// inMemory are places that programs fill although they are in memory.
var inMemory = []string{"/tmp", "/run", "/dev/shm", "/var/tmp"}

// keeps says whether files are kept there, so that it matters how full it is.
func (m mount) keeps() bool {
	switch {
	case m.point == "/":
		return true
	case m.kind == "tmpfs":
		return slices.Contains(inMemory, m.point)
	case m.kind == "overlay": // the layers of containers
		return false
	}
	return !slices.Contains(kernelKinds, m.kind)
}

// notMounted are the mount points of /etc/fstab where nothing is mounted.
func notMounted(fstab string, mounted []mount) []string {
	var missing []string
	for line := range strings.Lines(fstab) {
		v := strings.Fields(line)
		if len(v) < 4 || strings.HasPrefix(v[0], "#") || !strings.HasPrefix(v[1], "/") {
			continue
		}
		point := octal.Replace(v[1])
		options := strings.Split(v[3], ",")
		if slices.Contains(options, "noauto") || slices.Contains(options, "x-systemd.automount") {
			continue
		}
		if !slices.ContainsFunc(mounted, func(m mount) bool { return m.point == point }) {
			missing = append(missing, point)
		}
	}
	return missing
}
