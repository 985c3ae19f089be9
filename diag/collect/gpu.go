package collect

import (
	"context"
	"strings"
	"time"
)

// GPUFacts is what draws the screens.
type GPUFacts struct {
	Adapters []GPU `json:"adapters"`
}

// GPU is one graphics adapter.
type GPU struct {
	Name          string     `json:"name"`
	Vendor        string     `json:"vendor,omitempty"`
	Identifier    string     `json:"identifier,omitempty"` // PCI vendor and device, "8086:9a49"
	Address       string     `json:"address,omitempty"`    // PCI, "0000:00:02.0"
	Driver        string     `json:"driver,omitempty"`
	DriverVersion string     `json:"driver_version,omitempty"`
	DriverDate    *time.Time `json:"driver_time,omitempty"`
	Memory        uint64     `json:"memory_bytes,omitempty"`
	Primary       bool       `json:"primary"`
}

// gpu is read of the PCI bus, the registry or system_profiler.
type gpu struct{ machine }

const noGPU = "this machine has no graphics adapter"

func (gpu) Name() string  { return "gpu" }
func (gpu) Title() string { return titleGPU }

func (c gpu) Collect(ctx context.Context, s Sink) error {
	f := GPUFacts{}
	switch c.system {
	case "linux":
		f.linux(c.machine)
	case "windows":
		f.windows(c.hive)
	case "darwin":
		all, err := c.profiler(ctx, "SPDisplaysDataType")
		if err != nil {
			return err
		}
		for _, v := range all["SPDisplaysDataType"] {
			f.Adapters = append(f.Adapters, GPU{
				Name: entryText(v, "sppci_model"), Vendor: strings.TrimPrefix(entryText(v, "spdisplays_vendor"), "sppci_vendor_"),
				Driver: strings.TrimPrefix(entryText(v, "spdisplays_mtlgpufamilysupport"), "spdisplays_"),
			})
		}
	}
	if len(f.Adapters) == 0 {
		return absent(noGPU)
	}
	return writeFacts(s, "system/gpu.json", titleGPU, f)
}

func (f *GPUFacts) linux(m machine) {
	const dir = "/sys/bus/pci/devices/"
	for _, address := range m.names(dir) {
		if !strings.HasPrefix(m.text(dir+address+"/class"), "0x03") { // display controllers, PCI code and ID assignment 1.4
			continue
		}
		device := dir + address
		vendor, model := strings.TrimPrefix(m.text(device+"/vendor"), "0x"), strings.TrimPrefix(m.text(device+"/device"), "0x")
		g := GPU{Identifier: vendor + ":" + model, Address: address, Driver: m.link(device + "/driver"), Primary: m.text(device+"/boot_vga") == "1"}
		g.Vendor, g.Name = m.pciNames(vendor, model)
		if g.Name == "" {
			g.Name = g.Identifier
		}
		if g.Driver != "" {
			g.DriverVersion = m.text("/sys/module/" + g.Driver + "/version")
		}
		if n := m.number(device + "/mem_info_vram_total"); n != nil { // amdgpu
			g.Memory = *n
		}
		if model := keyValues(m.text("/proc/driver/nvidia/gpus/"+address+"/information"), ":")["Model"]; model != "" {
			g.Name = model
		}
		f.Adapters = append(f.Adapters, g)
	}
}

// pciNames looks into the list of PCI identifiers (pci.ids), if there is one.
func (m machine) pciNames(vendor, device string) (vendorName, deviceName string) {
	for _, path := range []string{"/usr/share/misc/pci.ids", "/usr/share/hwdata/pci.ids"} {
		b, err := m.read(path, 8<<20)
		if err != nil {
			continue
		}
		return pciIDs(string(b), vendor, device)
	}
	return "", ""
}

// pciIDs finds the names: a vendor at a line's beginning, its devices behind a tab.
func pciIDs(list, vendor, device string) (vendorName, deviceName string) {
	_, rest, ok := strings.Cut("\n"+list, "\n"+vendor+"  ")
	if !ok {
		return "", ""
	}
	vendorName, rest, _ = strings.Cut(rest, "\n")
	for line := range strings.Lines(rest) {
		if !strings.HasPrefix(line, "\t") && !strings.HasPrefix(line, "#") {
			break
		}
		if name, ok := strings.CutPrefix(line, "\t"+device+"  "); ok {
			return vendorName, strings.TrimSpace(name)
		}
	}
	return vendorName, ""
}

func (f *GPUFacts) windows(h hive) {
	const class = `HKLM\SYSTEM\CurrentControlSet\Control\Class\{4d36e968-e325-11ce-bfc1-08002be10318}`
	if h == nil {
		return
	}
	for _, key := range h.keys(class) {
		v := h.values(class + `\` + key)
		g := GPU{Name: regText(v, "DriverDesc"), Vendor: regText(v, "ProviderName"), DriverVersion: regText(v, "DriverVersion")}
		if g.Name == "" {
			continue
		}
		g.Identifier = regText(v, "MatchingDeviceId")
		if n := regNumber(v, "HardwareInformation.qwMemorySize"); n != nil {
			g.Memory = *n
		}
		if t, err := time.Parse("1-2-2006", regText(v, "DriverDate")); err == nil {
			g.DriverDate = &t
		}
		f.Adapters = append(f.Adapters, g)
	}
}
