//go:build unix

package collect

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// at is a time that a fixture has, in UTC.
func at(s string) *time.Time {
	t, err := time.Parse("2006-01-02 15:04:05", s)
	if err != nil {
		panic(err)
	}
	return &t
}

// atHere is one that the fixture has in the machine's own zone.
func atHere(s string) *time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04:05", s, time.Local)
	if err != nil {
		panic(err)
	}
	return &t
}

// undated forgets when packages were installed, which of planted files is now.
func undated(all []Package) []Package {
	for i := range all {
		all[i].Installed = nil
	}
	return all
}

func TestPackages(t *testing.T) {
	got := collected[PackagesFacts](t, packages{plant(t, "notebook")}, "system/packages.json")
	if got.Packages[0].Installed == nil || time.Since(*got.Packages[0].Installed) > time.Hour {
		t.Errorf("%+v", got.Packages[0])
	}
	undated(got.Packages)
	same(t, PackagesFacts{Count: 4, Sources: []string{"dpkg"}, Broken: []string{"ledger"}, Packages: []Package{
		{Name: "bash", Version: "5.2.15-2+b2"},
		{Name: "ledger", Version: "5.2.1-3", State: "half-configured"},
		{Name: "libc6", Version: "2.36-9+deb12u4", Architecture: "i386"},
		{Name: "libc6", Version: "2.36-9+deb12u4"},
	}}, got)
	got = collected[PackagesFacts](t, packages{plant(t, "server")}, "system/packages.json")
	if got.Packages[0].Installed == nil || !got.Packages[0].Installed.Equal(time.Unix(1_772_600_000, 0)) {
		t.Errorf("%+v", got.Packages[0])
	}
	undated(got.Packages)
	same(t, PackagesFacts{Count: 7, Sources: []string{"rpm", "apk", "pacman", "snap", "flatpak"}, Packages: []Package{
		{Name: "bash", Version: "5.1.8-9.el9", Architecture: "x86_64", Vendor: "Red Hat, Inc."},
		{Name: "busybox", Version: "1.36.1-r29", Source: "apk"},
		{Name: "firefox", Version: "130.0-2", Source: "snap"},
		{Name: "gcc-libs", Version: "14.2.1+r134-1", Source: "pacman"},
		{Name: "glibc", Version: "2:2.34-100.el9", Architecture: "i686"},
		{Name: "musl", Version: "1.2.5-r0", Source: "apk"},
		{Name: "org.example.App", Version: "3.1", Source: "flatpak"},
	}}, got)
	got = collected[PackagesFacts](t, packages{plant(t, "windows")}, "system/packages.json")
	same(t, PackagesFacts{Count: 3, Sources: []string{"registry"}, Packages: []Package{
		{Name: "Chat", Version: "1.0"},
		{Name: "Ledger Client", Version: "5.2.1", Vendor: "Example Ltd", Installed: atHere("2026-03-04 00:00:00")},
		{Name: "Ledger Client", Version: "4.9", Architecture: "x86"},
	}}, got)
	got = collected[PackagesFacts](t, packages{plant(t, "mac")}, "system/packages.json")
	undated(got.Packages)
	same(t, PackagesFacts{Count: 4, Sources: []string{"applications", "receipts"}, Packages: []Package{
		{Name: "Binary", Version: "7.0.1"},
		{Name: "Ledger", Version: "5.2"},
		{Name: "Ledger", Version: "5.2", Source: "receipts"},
		{Name: "macOS 14.5", Version: "14.5", Source: "receipts"},
	}}, got)
}

func TestProducts(t *testing.T) {
	wanted := []Product{
		{Name: "Ledger", Packages: []string{"LEDGER"}, VersionFile: "/opt/ledger/VERSION", VersionCommand: []string{"ledger", "--version"}},
		{Name: "C library", Packages: []string{"libc?"}},
		{Name: "Nothing", Packages: []string{"none"}, VersionFile: "/none", VersionCommand: []string{"none"}},
	}
	got := collected[ProductsFacts](t, products{plant(t, "notebook"), wanted}, "system/products.json")
	same(t, ProductsFacts{Products: []FoundProduct{
		{Name: "Ledger", Version: "5.3.0", Versions: []FoundVersion{
			{"5.3.0", "command", "ledger"}, {"5.2.1", "file", "/opt/ledger/VERSION"}, {"5.2.1-3", "package", "ledger"},
		}},
		{Name: "C library", Version: "2.36-9+deb12u4", Versions: []FoundVersion{{"2.36-9+deb12u4", "package", "libc6"}, {"2.36-9+deb12u4", "package", "libc6"}}},
		{Name: "Nothing", Problems: []string{"there is no none here", `read "/none": no such file or directory`}},
	}}, got)
	got = collected[ProductsFacts](t, products{plant(t, "windows"), []Product{{Name: "Ledger", Packages: []string{"Ledger*"}}}}, "system/products.json")
	same(t, []FoundProduct{{Name: "Ledger", Version: "5.2.1", Versions: []FoundVersion{{"5.2.1", "package", "Ledger Client"}, {"4.9", "package", "Ledger Client"}}}}, got.Products)
}

func TestUpdates(t *testing.T) {
	got := collected[UpdatesFacts](t, updates{plant(t, "notebook")}, "system/updates.json")
	if got.LastChecked == nil {
		t.Error("not checked")
	}
	got.LastChecked = nil
	same(t, UpdatesFacts{
		LastInstalled: atHere("2026-03-01 08:00:01"), Pending: new(2), Security: new(1), Automatic: new(false),
		Packages: []Update{
			{Name: "bash", Installed: "5.2.15-2+b2", Candidate: "5.2.15-2+b7"},
			{Name: "libc6", Installed: "2.36-9+deb12u4", Candidate: "2.36-9+deb12u7", Security: true},
		},
		Recent: []Change{
			{Name: "gone", Version: "1.0", Action: "remove", At: atHere("2026-03-02 09:30:00")},
			{Name: "bash", Version: "5.2.15-2+b2", Action: "upgrade", At: atHere("2026-03-01 08:00:01")},
		},
	}, got)
	m := plant(t, "server")
	got = collected[UpdatesFacts](t, updates{m}, "system/updates.json")
	same(t, []Update{{Name: "bash", Candidate: "5.1.8-10.el9"}, {Name: "openssl-libs", Candidate: "1:3.0.7-28.el9", Security: true}}, got.Packages[:2])
	got = collected[UpdatesFacts](t, updates{plant(t, "windows")}, "system/updates.json")
	same(t, UpdatesFacts{
		LastInstalled: new(time.Unix(1_772_600_000, 0)), LastChecked: at("2026-03-05 06:07:08"), Automatic: new(false),
		Recent: []Change{
			{Name: "KB5034441", Version: "22621.3008.1.2", Action: "install", At: new(time.Unix(1_772_600_000, 0))},
			{Name: "monthly rollup", Version: "22621.4317.1.5", Action: "install", At: new(time.Unix(1_772_600_000-86_400, 0))},
		},
		Notes: []string{"Windows tells what is pending only to its own settings"},
	}, got)
	got = collected[UpdatesFacts](t, updates{plant(t, "mac")}, "system/updates.json")
	same(t, UpdatesFacts{
		LastInstalled: at("2026-03-01 08:00:00"), LastChecked: at("2026-03-04 05:06:07"), Pending: new(1), Automatic: new(false),
		Packages: []Update{{Name: "macOS Sonoma 14.6", Candidate: "14.6"}},
		Recent: []Change{
			{Name: "Ledger", Version: "5.2", Action: "installer", At: at("2026-03-02 08:00:00")},
			{Name: "macOS 14.5", Version: "14.5", Action: "softwareupdated", At: at("2026-03-01 08:00:00")},
			{Name: "Ledger", Version: "5.1", Action: "installer", At: at("2026-01-02 03:04:05")},
		},
	}, got)
}

func TestRuntimes(t *testing.T) {
	got := collected[RuntimesFacts](t, runtimes{plant(t, "notebook")}, "system/runtimes.json")
	same(t, []Runtime{
		{Name: "Java", Version: "17.0.15", Vendor: "Debian", Path: "/usr/lib/jvm/default", Default: true},
		{Name: "Microsoft.NETCore.App", Version: "8.0.11", Path: "/usr/share/dotnet"},
		{Name: "Perl", Version: "5.36.0", Default: true},
		{Name: "Python", Version: "3.11.2", Path: "/usr/bin/python3", Default: true},
		{Name: "libc6", Version: "2.36-9+deb12u4", Default: true},
	}, got.Runtimes)
	got = collected[RuntimesFacts](t, runtimes{plant(t, "windows")}, "system/runtimes.json")
	same(t, []Runtime{
		{Name: ".NET Framework", Version: "4.8.09032", Vendor: "Microsoft"},
		{Name: "Java", Version: "17.0.9", Path: `C:\Java\17`},
		{Name: "Microsoft.WindowsDesktop.App", Version: "8.0.10", Path: `C:\Program Files/dotnet`},
		{Name: "Python", Version: "3.12", Path: `C:\Python312\`},
		{Name: "Visual C++ x64", Version: "14.38.33135.00", Vendor: "Microsoft"},
		{Name: "WebView2", Version: "130.0.2849.46", Vendor: "Microsoft"},
	}, got.Runtimes)
	got = collected[RuntimesFacts](t, runtimes{plant(t, "mac")}, "system/runtimes.json")
	same(t, []Runtime{{Name: "Java", Version: "21.0.3", Vendor: "Eclipse Adoptium", Path: "/Library/Java/JavaVirtualMachines/temurin-21.jdk/Contents/Home"}}, got.Runtimes)
}

func TestModules(t *testing.T) {
	got := collected[ModulesFacts](t, modules{plant(t, "notebook")}, "system/modules.json")
	same(t, ModulesFacts{
		Count: 3, DKMS: []string{"nvidia 550.54 for 6.1.0-20-amd64"},
		Tainted: []string{"a module that is not free software was loaded", "a module from outside was loaded", "a module without a signature was loaded"},
		Modules: []KernelModule{
			{Name: "nvidia", Version: "550.54", Size: 56823808, Uses: 1209, Taints: "POE"},
			{Name: "i915", Size: 3100672, Uses: 30},
			{Name: "stuck", Size: 4096, State: "loading"},
		},
	}, got)
	got = collected[ModulesFacts](t, modules{plant(t, "windows")}, "system/modules.json")
	same(t, []KernelModule{{Name: "nvlddmkm", Title: "NVIDIA Display", Start: "manual", Path: `\SystemRoot\System32\drivers\nvlddmkm.sys`}}, got.Modules)
	got = collected[ModulesFacts](t, modules{plant(t, "mac")}, "system/modules.json")
	same(t, ModulesFacts{Count: 1, Modules: []KernelModule{{Name: "com.example.vpn", Version: "1.2.3", Size: 0x5000}}, Notes: []string{"1 of Apple's own are left out"}}, got)
}

// TestNoArguments holds that what follows a program's name stays where it is.
func TestNoArguments(t *testing.T) {
	for _, name := range []string{"notebook", "windows", "mac"} {
		m := plant(t, name)
		s := &memSink{}
		for _, c := range []Collector{autostart{m}, jobs{m}, services{m}} {
			if err := c.Collect(t.Context(), s); err != nil {
				t.Fatal(err)
			}
		}
		for _, path := range s.paths() {
			if text := s.files[path].String(); strings.Contains(text, "secret") || strings.Contains(text, "password") || strings.Contains(text, "hunter2") {
				t.Errorf("%s: %s", path, text)
			}
		}
	}
	words := []string{"a b", `"a b" c`, `C:\Program Files\x.exe /y`, "", `"a`}
	var got []string
	for _, w := range words {
		got = append(got, programOf(w))
	}
	if !slices.Equal(got, []string{"a", "a b", `C:\Program Files\x.exe`, "", "a"}) {
		t.Errorf("%q", got)
	}
}
