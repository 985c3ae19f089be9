package collect

import (
	"context"
	"strings"
)

// BoardFacts is the machine as its maker and its firmware name it. Serial
// numbers are left out: they would follow a person from case to case.
type BoardFacts struct {
	Vendor       string   `json:"vendor,omitempty"`
	Product      string   `json:"product,omitempty"`
	Version      string   `json:"version,omitempty"`
	Family       string   `json:"family,omitempty"`
	Chassis      string   `json:"chassis,omitempty"` // in words, such as "notebook"
	BoardVendor  string   `json:"board_vendor,omitempty"`
	Board        string   `json:"board,omitempty"`
	BoardVersion string   `json:"board_version,omitempty"`
	BIOSVendor   string   `json:"bios_vendor,omitempty"`
	BIOSVersion  string   `json:"bios_version,omitempty"`
	BIOSDate     string   `json:"bios_date,omitempty"`   // as the maker writes it
	Firmware     string   `json:"firmware,omitempty"`    // "UEFI", "BIOS", "iBoot"
	SecureBoot   *bool    `json:"secure_boot,omitempty"` // nil: not known
	TPM          string   `json:"tpm,omitempty"`         // "1.2", "2.0"; "" none or not known
	Memory       []Module `json:"memory_modules,omitempty"`
}

// Module is one piece of memory as the firmware lists it.
type Module struct {
	Slot  string  `json:"slot"`
	Size  uint64  `json:"size_bytes"` // 0: the slot is empty
	Kind  string  `json:"kind,omitempty"`
	Speed float64 `json:"speed_mhz,omitempty"`
}

// board is read of the firmware's tables as the kernel gives them in
// /sys/class/dmi/id, of the registry or of system_profiler.
type board struct{ machine }

func (board) Name() string  { return "board" }
func (board) Title() string { return titleBoard }

func (c board) Collect(ctx context.Context, s Sink) error {
	var f BoardFacts
	switch c.system {
	case "linux":
		f.linux(c.machine)
	case "windows":
		f.windows(c.hive)
	case "darwin":
		if err := f.mac(ctx, c.machine); err != nil {
			return err
		}
	}
	if f.Product == "" && f.Board == "" && f.Firmware == "" && f.Vendor == "" {
		return absent("this machine's firmware names neither machine nor board")
	}
	return writeFacts(s, "system/board.json", titleBoard, f)
}

func (f *BoardFacts) linux(m machine) {
	const dir = "/sys/class/dmi/id/"
	f.Vendor, f.Product, f.Version, f.Family = m.told(dir+"sys_vendor"), m.told(dir+"product_name"), m.told(dir+"product_version"), m.told(dir+"product_family")
	f.BoardVendor, f.Board, f.BoardVersion = m.told(dir+"board_vendor"), m.told(dir+"board_name"), m.told(dir+"board_version")
	f.BIOSVendor, f.BIOSVersion, f.BIOSDate = m.told(dir+"bios_vendor"), m.told(dir+"bios_version"), m.told(dir+"bios_date")
	if f.Product == "" { // boards without DMI have a device tree
		f.Product = m.text("/proc/device-tree/model")
	}
	if n := m.number(dir + "chassis_type"); n != nil {
		f.Chassis = chassis(*n)
	}
	if f.Vendor != "" {
		f.Firmware = "BIOS"
	}
	if m.has("/sys/firmware/efi") {
		f.Firmware = "UEFI"
		f.SecureBoot = m.secureBoot()
	}
	f.TPM = m.text("/sys/class/tpm/tpm0/tpm_version_major")
	if f.TPM == "" && m.has("/sys/class/tpm/tpm0/device/caps") {
		f.TPM = "1.2"
	} else if f.TPM == "2" {
		f.TPM = "2.0"
	}
	if tables, err := m.read("/sys/firmware/dmi/tables/DMI", maxText); err == nil {
		f.Memory = memoryModules(tables)
	}
}

// told is a text of the firmware, "" if its maker forgot to fill it in.
func (m machine) told(file string) string {
	s := m.text(file)
	switch strings.ToLower(strings.TrimRight(s, ". ")) {
	case "to be filled by o.e.m", "default string", "system product name", "not specified", "none", "o.e.m", "n/a", "not applicable":
		return ""
	}
	return s
}

// secureBoot reads the EFI variable: four bytes of attributes and one of value.
func (m machine) secureBoot() *bool {
	b, err := m.read("/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c", 16)
	if err != nil || len(b) != 5 {
		return nil
	}
	on := b[4] == 1
	return &on
}

func (f *BoardFacts) windows(h hive) {
	if h == nil {
		return
	}
	v := h.values(`HKLM\HARDWARE\DESCRIPTION\System\BIOS`)
	f.Vendor, f.Product, f.Version, f.Family = regText(v, "SystemManufacturer"), regText(v, "SystemProductName"), regText(v, "SystemVersion"), regText(v, "SystemFamily")
	f.BoardVendor, f.Board, f.BoardVersion = regText(v, "BaseBoardManufacturer"), regText(v, "BaseBoardProduct"), regText(v, "BaseBoardVersion")
	f.BIOSVendor, f.BIOSVersion, f.BIOSDate = regText(v, "BIOSVendor"), regText(v, "BIOSVersion"), regText(v, "BIOSReleaseDate")
	f.SecureBoot = regFlag(h.values(`HKLM\SYSTEM\CurrentControlSet\Control\SecureBoot\State`), "UEFISecureBootEnabled")
	switch n := regNumber(h.values(`HKLM\SYSTEM\CurrentControlSet\Control`), "PEFirmwareType"); {
	case n != nil && *n == 2:
		f.Firmware = "UEFI"
	case n != nil && *n == 1:
		f.Firmware = "BIOS"
	}
}

func (f *BoardFacts) mac(ctx context.Context, m machine) error {
	all, err := m.profiler(ctx, "SPHardwareDataType")
	if err != nil {
		return err
	}
	for _, v := range all["SPHardwareDataType"] {
		f.Vendor, f.Product, f.Version = "Apple", entryText(v, "machine_name"), entryText(v, "machine_model")
		f.BIOSVersion = entryText(v, "boot_rom_version")
		f.Firmware = "UEFI"
		if strings.HasPrefix(entryText(v, "chip_type"), "Apple") {
			f.Firmware = "iBoot"
		}
	}
	return nil
}
