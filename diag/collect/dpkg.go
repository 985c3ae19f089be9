package collect

import (
	"bufio"
	"bytes"
	"io"
	"strings"
)

// dpkgStatus is where dpkg keeps what is installed (dpkg(1), deb822(5)).
const dpkgStatus = "/var/lib/dpkg/status"

// dpkg lists Debian's packages, nil if this is no such system.
func (m machine) dpkg() []Package {
	f, err := openAtOnce(m.path(dpkgStatus))
	if err != nil {
		return nil
	}
	defer f.Close()
	const info = "/var/lib/dpkg/info/"
	native := m.firstLine("/var/lib/dpkg/arch") // there only if several are in use
	var all []Package
	// What came before a fault of the disk is as good as all.
	_ = stanzas(f, func(p stanza) {
		state := strings.Fields(p.status)
		if len(state) < 3 || state[2] == "config-files" || state[2] == "not-installed" || len(all) > 2*maxPackages {
			return
		}
		one := Package{Name: p.name, Version: p.version, Architecture: p.architecture}
		if state[2] != "installed" {
			one.State = state[2]
		}
		if p.name == "dpkg" && native == "" {
			native = p.architecture
		}
		if one.Installed = m.modified(info + p.name + ".list"); one.Installed == nil {
			one.Installed = m.modified(info + p.name + ":" + p.architecture + ".list")
		}
		all = append(all, one)
	})
	for i := range all {
		if a := all[i].Architecture; a == native || a == "all" {
			all[i].Architecture = ""
		}
	}
	return all
}

// stanza is the part of a paragraph that lists of packages are read for.
type stanza struct {
	name, version, architecture, status string
}

// stanzas reads paragraphs of "Field: value" and calls each for every one
// with a name. It reads as fast as lines can be told apart: an archive's list
// has 50 MB, of which hardly anything matters.
func stanzas(r io.Reader, each func(stanza)) error {
	b := bufio.NewReaderSize(r, 256<<10)
	var p stanza
	for {
		line, err := b.ReadSlice('\n')
		switch {
		case err == bufio.ErrBufferFull:
			continue // a line that long is none of ours
		case err != nil && len(line) == 0:
			if p.name != "" {
				each(p)
			}
			if err == io.EOF {
				return nil
			}
			return err
		case len(line) <= 1:
			if p.name != "" {
				each(p)
			}
			p = stanza{}
			continue
		}
		switch line[0] {
		case 'P':
			field(line, "Package: ", &p.name)
		case 'V':
			field(line, "Version: ", &p.version)
		case 'A':
			field(line, "Architecture: ", &p.architecture)
		case 'S':
			field(line, "Status: ", &p.status)
		}
	}
}

func field(line []byte, name string, to *string) {
	if len(line) > len(name) && string(line[:len(name)]) == name {
		*to = string(bytes.TrimSpace(line[len(name):]))
	}
}
