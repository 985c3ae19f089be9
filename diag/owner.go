package diag

import (
	"context"
	"io/fs"
	"os"
	"os/user"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/shirou/gopsutil/v3/host"

	"github.com/beistand/beistand/diag/redact"
)

// Own gives what this machine tells of itself and of its people: its names,
// the domains that it is in, the accounts of people, serial numbers. It is
// what the redactor replaces wherever it stands, and leaves this machine in no
// other way.
func Own(ctx context.Context) redact.Known {
	name, _ := os.Hostname() // what is not told is looked for by rules alone
	id, _ := host.HostIDWithContext(ctx)
	m := machine{system: runtime.GOOS, files: rootFS(), hostname: name, env: os.Getenv, id: id}
	if u, err := user.Current(); err == nil {
		m.user = *u
	}
	return m.known()
}

// machine is where names are read.
type machine struct {
	system   string
	files    fs.FS // the whole file system, or on Windows the system's drive
	hostname string
	env      func(string) string
	id       string
	user     user.User
}

// rootFS is the file system that this program runs from.
func rootFS() fs.FS {
	if runtime.GOOS == "windows" {
		drive := os.Getenv("SystemDrive")
		if drive == "" {
			drive = "C:"
		}
		return os.DirFS(drive + `\`)
	}
	return os.DirFS("/")
}

func (m *machine) known() redact.Known {
	var k redact.Known
	m.names(&k)
	switch m.system {
	case "windows":
		m.profiles(&k, "Users")
	case "darwin":
		m.profiles(&k, "Users")
		m.passwd(&k)
	default:
		m.passwd(&k)
	}
	m.self(&k)
	m.serials(&k)
	for _, list := range []*[]string{&k.Hosts, &k.Domains, &k.Users, &k.Names, &k.Serials} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return k
}

// names are the machine's own, and the domains that it is in.
func (m *machine) names(k *redact.Known) {
	add := func(name string) {
		name = strings.Trim(strings.ToLower(strings.TrimSpace(name)), ".")
		label, domain, _ := strings.Cut(name, ".")
		if label != "" && label != "localhost" {
			k.Hosts = append(k.Hosts, label)
		}
		m.domain(k, domain)
	}
	add(m.hostname)
	add(m.env("COMPUTERNAME"))
	add(string(m.read("etc/hostname")))
	for line := range strings.Lines(string(m.read("etc/hosts"))) {
		// Debian and others give a machine this address for its own names.
		if f := strings.Fields(line); len(f) > 1 && f[0] == "127.0.1.1" {
			for _, name := range f[1:] {
				add(name)
			}
		}
	}
	for line := range strings.Lines(string(m.read("etc/resolv.conf"))) {
		if f := strings.Fields(line); len(f) > 1 && (f[0] == "search" || f[0] == "domain") {
			for _, name := range f[1:] {
				m.domain(k, name)
			}
		}
	}
	m.domain(k, m.env("USERDNSDOMAIN"))
	// A Windows domain's short name is a company's more often than not.
	if d := m.env("USERDOMAIN"); d != "" && !strings.EqualFold(d, m.env("COMPUTERNAME")) && len(d) > 2 {
		k.Names = append(k.Names, d)
	}
}

// everybodys are domains that say nothing of anybody.
var everybodys = []string{"localdomain", "local", "lan", "home", "internal", "home.arpa", "fritz.box", "speedport.ip", "localhost"}

func (m *machine) domain(k *redact.Known, name string) {
	name = strings.Trim(strings.ToLower(strings.TrimSpace(name)), ".")
	if strings.Contains(name, ".") && !slices.Contains(everybodys, name) {
		k.Domains = append(k.Domains, name)
	}
}

// passwd gives the accounts of people: those that someone signs in to.
func (m *machine) passwd(k *redact.Known) {
	for line := range strings.Lines(string(m.read("etc/passwd"))) {
		f := strings.Split(strings.TrimSpace(line), ":")
		if len(f) < 7 {
			continue
		}
		id, err := strconv.Atoi(f[2])
		least := 1000
		if m.system == "darwin" {
			least = 501
		}
		if err != nil || id < least || id >= 60000 {
			continue
		}
		k.Users = append(k.Users, f[0])
		m.person(k, f[4])
	}
}

// person adds the full name of an account.
func (m *machine) person(k *redact.Known, gecos string) {
	name, _, _ := strings.Cut(gecos, ",")
	if name = strings.TrimSpace(name); strings.Contains(name, " ") && len(name) > 4 {
		k.Names = append(k.Names, name)
	}
}

// profiles gives the accounts that have a folder.
func (m *machine) profiles(k *redact.Known, folder string) {
	entries, err := fs.ReadDir(m.files, folder)
	if err != nil {
		return
	}
	for _, e := range entries[:min(len(entries), 1000)] {
		switch strings.ToLower(e.Name()) {
		case "public", "default", "default user", "all users", "defaultapppool", "shared", "guest":
			continue
		}
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			k.Users = append(k.Users, e.Name())
		}
	}
}

// self is the account that runs this program, unless it is the system's.
func (m *machine) self(k *redact.Known) {
	if id, err := strconv.Atoi(m.user.Uid); err == nil && id < 500 {
		return
	}
	name := m.user.Username
	if i := strings.LastIndexByte(name, '\\'); i >= 0 {
		name = name[i+1:]
	}
	if name != "" {
		k.Users = append(k.Users, name)
	}
	m.person(k, m.user.Name)
}
