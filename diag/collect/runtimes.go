package collect

import (
	"context"
	"path"
	"slices"
	"strings"
	"sync"
)

// RuntimesFacts is what other programs need to run: Java, .NET, Python and so on.
type RuntimesFacts struct {
	Runtimes []Runtime `json:"runtimes"`
}

// Runtime is one version of one.
type Runtime struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Vendor  string `json:"vendor,omitempty"`
	Path    string `json:"path,omitempty"`
	Default bool   `json:"default"` // the one that runs if none is named
}

// runtimes is read of the folders where they are installed; only those that
// say their version nowhere else are run.
type runtimes struct{ machine }

func (runtimes) Name() string  { return "runtimes" }
func (runtimes) Title() string { return titleRuntimes }

func (c runtimes) Collect(ctx context.Context, s Sink) error {
	f := RuntimesFacts{}
	switch c.system {
	case "windows":
		f.windows(c.machine)
	default:
		f.java(c.machine)
		f.dotnet(c.machine)
		f.asked(ctx, c.machine)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(f.Runtimes) == 0 {
		return absent("no runtimes are installed where they usually are")
	}
	slices.SortStableFunc(f.Runtimes, func(a, b Runtime) int { return strings.Compare(a.Name, b.Name) })
	return writeFacts(s, "system/runtimes.json", titleRuntimes, f)
}

// java reads the file "release" that every Java since version 7 has.
func (f *RuntimesFacts) java(m machine) {
	standard := path.Dir(path.Dir(m.resolved("/usr/bin/java")))
	seen := map[string]bool{}
	for _, place := range []struct{ dir, below string }{
		{"/usr/lib/jvm", ""},
		{"/usr/java", ""},
		{"/opt", ""},
		{"/Library/Java/JavaVirtualMachines", "/Contents/Home"},
		{m.home + "/.sdkman/candidates/java", ""},
		{m.home + "/.jdks", ""},
	} {
		for _, name := range m.names(place.dir) {
			home := place.dir + "/" + name + place.below
			real := m.resolved(home)
			if real == "" || seen[real] {
				continue
			}
			v := keyValues(m.text(home+"/release"), "=")
			if v["JAVA_VERSION"] != "" {
				seen[real] = true
				f.Runtimes = append(f.Runtimes, Runtime{"Java", v["JAVA_VERSION"], v["IMPLEMENTOR"], home, real == standard})
			}
		}
	}
}

// dotnet lists the folders of .NET, which are named by versions.
func (f *RuntimesFacts) dotnet(m machine) {
	for _, dir := range []string{"/usr/share/dotnet", "/usr/lib/dotnet", "/usr/lib64/dotnet", "/usr/local/share/dotnet", m.home + "/.dotnet", m.env("ProgramFiles") + "/dotnet"} {
		for _, name := range m.names(dir + "/shared") {
			for _, version := range m.names(dir + "/shared/" + name) {
				f.Runtimes = append(f.Runtimes, Runtime{Name: name, Version: version, Path: dir})
			}
		}
	}
}

// asking are programs that are asked for their version. All answer within
// some hundredths of a second.
var asking = []struct{ name, program, option string }{
	{"Python", "python3", "--version"},
	{"Perl", "perl", "-eprint $^V"},
	{"Node.js", "node", "--version"},
	{"PHP", "php", "--version"},
	{"Ruby", "ruby", "--version"},
	{"Mono", "mono", "--version"},
}

// asked asks those that are there, all at once.
func (f *RuntimesFacts) asked(ctx context.Context, m machine) {
	answers := make([]Runtime, len(asking))
	var all sync.WaitGroup
	for i, a := range asking {
		all.Go(func() {
			text, exit, err := m.programs.run(ctx, a.program, a.option)
			line, _, _ := strings.Cut(strings.TrimSpace(string(text)), "\n")
			if v := pickVersion(line); err == nil && exit == 0 && v != "" {
				answers[i] = Runtime{Name: a.name, Version: v, Path: m.whereIs(a.program), Default: true}
			}
		})
	}
	all.Wait()
	for _, r := range answers {
		if r.Version != "" {
			f.Runtimes = append(f.Runtimes, r)
		}
	}
	if v := strings.TrimPrefix(m.firstLine("/usr/local/go/VERSION"), "go"); v != "" {
		f.Runtimes = append(f.Runtimes, Runtime{Name: "Go", Version: v, Path: "/usr/local/go"})
	}
	f.libc(m)
}

func (m machine) firstLine(file string) string {
	line, _, _ := strings.Cut(m.text(file), "\n")
	return line
}

// whereIs is where a program of the system's folders stands.
func (m machine) whereIs(program string) string {
	for _, dir := range []string{"/usr/bin/", "/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"} {
		if m.has(dir + program) {
			return dir + program
		}
	}
	return ""
}

// libc is the C library, which is why a program built elsewhere does not start.
func (f *RuntimesFacts) libc(m machine) {
	for _, p := range m.dpkg() {
		if p.Architecture == "" && (p.Name == "libc6" || p.Name == "libstdc++6") {
			f.Runtimes = append(f.Runtimes, Runtime{Name: p.Name, Version: p.Version, Default: true})
		}
	}
}
