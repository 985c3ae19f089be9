package collect

import "strings"

// container names what this program is closed into, "" if nothing.
func (m machine) container() string {
	if name := m.text("/run/systemd/container"); name != "" {
		return name
	}
	if m.has("/run/.containerenv") {
		return "podman"
	}
	if m.has("/.dockerenv") {
		return "docker"
	}
	group := m.text("/proc/1/cgroup")
	for _, name := range []string{"kubepods", "docker", "lxc"} {
		if strings.Contains(group, "/"+name) {
			return name
		}
	}
	if strings.Contains(m.text("/proc/version"), "Microsoft") || strings.Contains(m.text("/proc/version"), "microsoft-standard") {
		return "wsl"
	}
	return ""
}

// hypervisors are the words by which firmware tells a virtual machine, and
// the names that they go by.
var hypervisors = []struct{ word, name string }{
	{"vmware", "VMware"},
	{"virtualbox", "VirtualBox"},
	{"innotek", "VirtualBox"},
	{"qemu", "KVM"},
	{"kvm", "KVM"},
	{"bochs", "KVM"},
	{"xen", "Xen"},
	{"parallels", "Parallels"},
	{"amazon ec2", "Amazon EC2"},
	{"google compute", "Google Compute Engine"},
	{"openstack", "OpenStack"},
	{"bhyve", "bhyve"},
	{"virtual machine", "Hyper-V"},
	{"apple virtualization", "Apple Virtualization"},
}

// virtualization names what simulates this machine, "" if nothing does.
func (m machine) virtualization() string {
	dmi := "/sys/class/dmi/id/"
	told := strings.ToLower(m.text(dmi+"sys_vendor") + " " + m.text(dmi+"product_name") + " " + m.text(dmi+"bios_vendor"))
	for _, h := range hypervisors {
		if strings.Contains(told, h.word) {
			return h.name
		}
	}
	if kind := m.text("/sys/hypervisor/type"); kind != "" {
		return kind
	}
	for line := range strings.Lines(m.text("/proc/cpuinfo")) {
		if flags, ok := strings.CutPrefix(line, "flags"); ok {
			if strings.Contains(flags+" ", " hypervisor ") || strings.HasSuffix(strings.TrimSpace(flags), " hypervisor") {
				return "one that does not say its name"
			}
			break
		}
	}
	return ""
}
