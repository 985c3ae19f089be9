//go:build unix

package collect

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shirou/gopsutil/v3/cpu"
	"github.com/shirou/gopsutil/v3/disk"
)

// same fails with what differs between what was collected and what should have been.
func same(t *testing.T, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestHostDetails(t *testing.T) {
	var f HostFacts
	f.details(t.Context(), plant(t, "notebook"))
	f.Installed = nil
	same(t, HostFacts{
		Platform: "Debian GNU/Linux 12 (bookworm)", Build: "20260301", Edition: "Workstation",
		Arguments: "BOOT_IMAGE=/vmlinuz root=/dev/nvme0n1p2 ro quiet ds_password=… proxy=http://…@proxy.example:3128/",
		Reboot: &Reboot{Pending: true, Reasons: []string{
			"linux-image-6.1.0-21-amd64", "libc6", "the kernel 6.1.0-21-amd64 is installed, and 6.1.0-20-amd64 runs",
		}},
	}, f)
	f = HostFacts{}
	f.details(t.Context(), plant(t, "server"))
	same(t, HostFacts{Container: "lxc", Virtualization: "one that does not say its name", Reboot: &Reboot{}}, f)
	f = HostFacts{}
	f.details(t.Context(), plant(t, "windows"))
	same(t, HostFacts{
		Version: "23H2", Build: "22631.4317", Edition: "Professional", Installed: new(time.Unix(1_700_000_000, 0)),
		Reboot: &Reboot{Pending: true, Reasons: []string{
			"parts of Windows were changed", "files in use wait to be replaced: 2", "the computer was renamed",
		}},
	}, f)
	f = HostFacts{}
	f.details(t.Context(), plant(t, "mac"))
	same(t, HostFacts{Build: "23F79"}, f)
}

func TestContainers(t *testing.T) {
	for file, c := range map[string][2]string{
		"/run/systemd/container": {"podman", "podman"}, "/run/.containerenv": {"", "podman"}, "/.dockerenv": {"", "docker"},
		"/proc/1/cgroup": {"0::/kubepods/burst", "kubepods"}, "/proc/version": {"Linux 5.15-microsoft-standard-WSL2", "wsl"}, "/proc/x": {"", ""},
	} {
		m := machine{root: t.TempDir()}
		set(t, m.path(file), []byte(c[0]))
		if got := m.container(); got != c[1] {
			t.Errorf("%s: %q", file, got)
		}
	}
	m := machine{root: t.TempDir()}
	set(t, m.path("/sys/class/dmi/id/sys_vendor"), []byte("QEMU"))
	if got := m.virtualization(); got != "KVM" {
		t.Error(got)
	}
}

func TestProcessorDetails(t *testing.T) {
	var f ProcessorFacts
	f.linux(plant(t, "notebook"))
	same(t, ProcessorFacts{Governor: "powersave", Microcode: "0xb4", Weaknesses: []string{"mds"}}, f)
	f = ProcessorFacts{}
	f.between(
		[]cpu.TimesStat{{User: 10, Idle: 90}, {Idle: 100}},
		[]cpu.TimesStat{{User: 10.5, System: 0.25, Idle: 90.25}, {Idle: 100.5, Iowait: 0.25, Steal: 0.25}},
	)
	same(t, ProcessorFacts{
		Each: []float64{75, 25}, Used: new(50.0),
		States: &CPUStates{User: 25, System: 12.5, Idle: 37.5, Waiting: 12.5, Stolen: 12.5},
	}, f)
}

func TestMemoryLimit(t *testing.T) {
	m := plant(t, "notebook")
	if got := m.memoryLimit(8 << 30); got != 512<<20 {
		t.Error(got)
	}
	if got := m.memoryLimit(256 << 20); got != 0 {
		t.Error(got)
	}
}

func TestPressure(t *testing.T) {
	got := collected[PressureFacts](t, pressure{plant(t, "notebook")}, "system/pressure.json")
	zero := 0.0
	same(t, PressureFacts{
		CPU:    &Pressure{Some10: 1.5, Some60: 0.75, Some300: 0.25, Full10: &zero, Full60: &zero, Full300: &zero, Waited: 2.5},
		Memory: &Pressure{Some10: 40.12, Some60: 20, Some300: 10, Full10: new(30.0), Full60: new(15.5), Full300: new(7.0), Waited: 90},
	}, got)
	without(t, pressure{plant(t, "server")})
}

// without holds that a collector names what the machine does not have.
func without(t *testing.T, c Collector) {
	t.Helper()
	s := &memSink{}
	if err := c.Collect(t.Context(), s); !errors.Is(err, ErrAbsent) || len(s.files) > 0 {
		t.Errorf("%s: %v, %v", c.Name(), err, s.paths())
	}
}

// TestBareMachine asks a machine that has nothing at all, of each system.
func TestBareMachine(t *testing.T) {
	for _, system := range []string{"linux", "windows", "darwin", "plan9"} {
		m := machine{system: system, root: t.TempDir(), env: func(string) string { return "" }, programs: answered{}}
		if system == "windows" {
			m.hive = exportedKeys{}
		}
		for _, c := range []Collector{
			pressure{m},
			disks{m},
			smart{m},
			board{m},
			gpu{m},
			displays{machine: m},
			battery{m},
			sensors{m},
			packages{m},
			services{m},
			autostart{m},
			jobs{m},
			runtimes{m},
			modules{m},
			updates{m},
			protection{m},
			crashes{machine: m},
			oom{m},
			products{m, []Product{{Name: "x", VersionFile: "/x"}}},
			newClock(m, nil),
		} {
			if err := c.Collect(t.Context(), &memSink{}); err != nil && !errors.Is(err, ErrAbsent) {
				t.Errorf("%s, %s: %v", system, c.Name(), err)
			}
		}
	}
}

func TestFileSystems(t *testing.T) {
	c := newFileSystems(plant(t, "notebook"))
	c.use = func(ctx context.Context, path string) (*disk.UsageStat, error) {
		switch path {
		case "/":
			return &disk.UsageStat{Total: 1000, Free: 20, UsedPercent: 98, InodesTotal: 100, InodesFree: 1, InodesUsedPercent: 99}, nil
		case "/mnt/my share":
			<-ctx.Done()
			return nil, ctx.Err()
		}
		return nil, errors.New("it is broken")
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var f FileSystem
	f.Mount = "/"
	c.ask(ctx, &f)
	same(t, &Use{Total: 1000, Free: 20, Used: 98, InodesTotal: 100, InodesFree: 1, Inodes: new(99.0)}, f.Use)
	cancel()
	f = FileSystem{Mount: "/mnt/my share"}
	c.ask(ctx, &f)
	if f.Problem == "" || f.Use != nil {
		t.Errorf("%+v", f)
	}
	var all FileSystemsFacts
	all.mounted(c.machine)
	same(t, FileSystemsFacts{
		FileSystems: []FileSystem{
			{Mount: "/", Device: "/dev/nvme0n1p2", Type: "ext4", Options: []string{"rw", "relatime"}},
			{Mount: "/boot/efi", Device: "/dev/nvme0n1p1", Type: "vfat", Options: []string{"rw", "relatime"}},
			{Mount: "/tmp", Device: "tmpfs", Type: "tmpfs", Options: []string{"rw"}},
			{Mount: "/mnt/my share", Device: "server:/share", Type: "nfs4", Options: []string{"rw", "relatime"}},
			{Mount: "/data", Device: "/dev/sda1", Type: "xfs", Options: []string{"ro", "relatime"}, ReadOnly: true},
		},
		NotMounted: []string{"/backup"},
		Others:     []string{"proc on /proc", "tmpfs on /run/user/1000", "ext4 on /srv/bind", "squashfs on /snap/core/1", "overlay on /var/lib/docker/overlay2/x/merged"},
	}, all)
}
