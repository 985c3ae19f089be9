package collect

import (
	"context"
	"regexp"
	"strconv"
	"strings"
)

// ModulesFacts is what is loaded into the kernel.
type ModulesFacts struct {
	Count   int            `json:"count"`
	Tainted []string       `json:"tainted,omitempty"` // why the kernel's makers would not look at its faults, in words
	Modules []KernelModule `json:"modules"`
	DKMS    []string       `json:"built_here,omitempty"` // "nvidia 550.1 for 6.1.0-21-amd64"
	Notes   []string       `json:"notes,omitempty"`
}

// KernelModule is a module or driver.
type KernelModule struct {
	Name    string `json:"name"`
	Title   string `json:"title,omitempty"`
	Version string `json:"version,omitempty"`
	State   string `json:"state,omitempty"` // "" is loaded; else "loading", "running", "stopped"
	Start   string `json:"start,omitempty"` // of Windows drivers: "boot", "system", "automatic", "manual", "disabled"
	Size    uint64 `json:"size_bytes,omitempty"`
	Uses    int    `json:"uses,omitempty"`
	Taints  string `json:"taints,omitempty"` // the kernel's letters: "OE"
	Path    string `json:"path,omitempty"`
}

// modules is read of /proc/modules, the registry or kmutil.
type modules struct{ machine }

// maxModules is how many are described.
const maxModules = 3000

func (modules) Name() string  { return "modules" }
func (modules) Title() string { return titleModules }

func (c modules) Collect(ctx context.Context, s Sink) error {
	f := ModulesFacts{Modules: []KernelModule{}}
	switch c.system {
	case "linux":
		f.linux(c.machine)
	case "windows":
		f.windows(c.machine)
	case "darwin":
		f.mac(ctx, c.machine)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if f.Count = len(f.Modules); f.Count == 0 && len(f.Tainted) == 0 {
		return absent("nothing is loaded into this system's kernel")
	}
	f.Modules = f.Modules[:min(f.Count, maxModules)]
	return writeFacts(s, "system/modules.json", titleModules, f)
}

// linux reads proc(5): name, size, uses, who uses it, state, address, taints.
func (f *ModulesFacts) linux(m machine) {
	for line := range strings.Lines(m.text("/proc/modules")) {
		v := strings.Fields(line)
		if len(v) < 6 {
			continue
		}
		one := KernelModule{Name: v[0], Version: m.text("/sys/module/" + v[0] + "/version")}
		one.Size, _ = strconv.ParseUint(v[1], 10, 64)
		one.Uses, _ = strconv.Atoi(v[2])
		if v[4] != "Live" {
			one.State = strings.ToLower(v[4])
		}
		if len(v) > 6 {
			one.Taints = strings.Trim(v[6], "()")
		}
		f.Modules = append(f.Modules, one)
	}
	if n := m.number("/proc/sys/kernel/tainted"); n != nil {
		f.Tainted = taints(*n)
	}
	const built = "/var/lib/dkms"
	for _, name := range m.names(built) {
		for _, version := range m.names(built + "/" + name) {
			for _, kernel := range m.names(built + "/" + name + "/" + version) {
				if kernel != "build" && kernel != "source" {
					f.DKMS = append(f.DKMS, name+" "+version+" for "+kernel)
				}
			}
		}
	}
}

// taintWords are the bits of /proc/sys/kernel/tainted
// (Documentation/admin-guide/tainted-kernels.rst).
var taintWords = []string{
	"a module that is not free software was loaded", "a module was loaded by force", "the processor is not made for this", "a module was removed by force",
	"the processor reported an error", "a bad page of memory was used", "a program asked for it", "the kernel has stumbled", "the firmware's tables were replaced",
	"the kernel has warned", "a module that is not finished was loaded", "it works around a fault of the firmware", "a module from outside was loaded",
	"a module without a signature was loaded", "the kernel was locked up", "the kernel was patched while it ran", "its distributor says so", "its structures were laid out at random",
	"a test ran within the kernel",
}

func taints(bits uint64) []string {
	var all []string
	for i, words := range taintWords {
		if bits&(1<<i) != 0 {
			all = append(all, words)
		}
	}
	return all
}

// windows reads the drivers that are registered, and which of them run.
func (f *ModulesFacts) windows(m machine) {
	if m.hive == nil {
		return
	}
	states := serviceStates(true)
	for _, name := range m.hive.keys(serviceKeys) {
		v := m.hive.values(serviceKeys + `\` + name)
		kind := regNumber(v, "Type")
		if kind == nil || *kind&(kernelDriver|fileDriver) == 0 {
			continue
		}
		one := KernelModule{Name: name, Start: startKind(v), Path: regText(v, "ImagePath"), State: states[strings.ToLower(name)].words}
		if title := regText(v, "DisplayName"); !strings.HasPrefix(title, "@") {
			one.Title = title
		}
		f.Modules = append(f.Modules, one)
	}
	if states == nil {
		f.Notes = append(f.Notes, "the services' manager could not be asked what runs")
	}
}

// kext is a line of kmutil: index, references, address, size, wired, then name and version.
var kext = regexp.MustCompile(`^\s*\d+\s+(\d+)\s+\S+\s+(0x[0-9a-f]+|0)\s+\S+\s+(\S+)\s+\(([^)]*)\)`)

// mac lists the extensions that are not Apple's; Apple's are counted.
func (f *ModulesFacts) mac(ctx context.Context, m machine) {
	text, _, err := m.programs.run(ctx, "kmutil", "showloaded", "--list-only")
	if err != nil {
		f.Notes = append(f.Notes, err.Error())
		return
	}
	own := 0
	for line := range strings.Lines(string(text)) {
		v := kext.FindStringSubmatch(line)
		switch {
		case v == nil:
		case strings.HasPrefix(v[3], "com.apple."):
			own++
		default:
			one := KernelModule{Name: v[3], Version: v[4]}
			one.Uses, _ = strconv.Atoi(v[1])
			one.Size, _ = strconv.ParseUint(v[2], 0, 64)
			f.Modules = append(f.Modules, one)
		}
	}
	f.Notes = append(f.Notes, strconv.Itoa(own)+" of Apple's own are left out")
}
