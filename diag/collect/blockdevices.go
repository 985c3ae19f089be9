package collect

import (
	"fmt"
	"strconv"
	"strings"
)

// sector is the unit of sizes in /sys/block, whatever the drive's own is.
const sector = 512

// linux reads the block devices (Documentation/ABI/stable/sysfs-block).
func (f *DisksFacts) linux(m machine) {
	labels := map[string]string{}
	for _, label := range m.names("/dev/disk/by-label") {
		labels[m.link("/dev/disk/by-label/"+label)] = strings.ReplaceAll(label, `\x20`, " ")
	}
	for _, name := range m.names("/sys/block") {
		dir := "/sys/block/" + name
		size := m.number(dir + "/size")
		if strings.HasPrefix(name, "ram") || size == nil || *size == 0 && (strings.HasPrefix(name, "loop") || strings.HasPrefix(name, "nbd") || strings.HasPrefix(name, "zram")) {
			continue
		}
		if len(f.Disks) == maxDisks {
			f.Notes = append(f.Notes, fmt.Sprintf("only the first %d are here", maxDisks))
			break
		}
		d := m.blockDevice(name)
		d.Size = *size * sector
		for _, part := range m.names(dir) {
			if strings.HasPrefix(part, name) && m.has(dir+"/"+part+"/partition") {
				n := m.number(dir + "/" + part + "/size")
				if n != nil {
					d.Partitions = append(d.Partitions, Partition{Name: part, Size: *n * sector, Label: labels[part]})
				}
			}
		}
		f.Disks = append(f.Disks, d)
	}
	f.Arrays = parseArrays(m.text("/proc/mdstat"))
}

func (m machine) blockDevice(name string) Disk {
	dir := "/sys/block/" + name
	d := Disk{
		Name: name, Model: m.text(dir + "/device/model"), Vendor: m.text(dir + "/device/vendor"), State: m.text(dir + "/device/state"),
		Removable: m.text(dir+"/removable") == "1", ReadOnly: m.text(dir+"/ro") == "1",
	}
	if d.Firmware = m.text(dir + "/device/firmware_rev"); d.Firmware == "" {
		d.Firmware = m.text(dir + "/device/rev")
	}
	if strings.HasPrefix(d.Vendor, "0x") { // of virtio and SD cards it is a number
		d.Vendor = ""
	}
	if strings.TrimSpace(d.Vendor) == "ATA" {
		d.Vendor = ""
	}
	d.Transport, d.Kind = transport(m, name)
	if _, rest, ok := strings.Cut(m.text(dir+"/queue/scheduler"), "["); ok {
		d.Scheduler, _, _ = strings.Cut(rest, "]")
	}
	d.Errors = m.number(dir + "/device/ioerr_cnt")
	counters(&d, m.text(dir+"/stat"))
	return d
}

// transport says how a drive is connected and what kind it is.
func transport(m machine, name string) (way, kind string) {
	device := m.resolved("/sys/block/" + name)
	switch {
	case strings.HasPrefix(name, "nvme"):
		way = "nvme"
	case strings.HasPrefix(name, "vd"):
		return "virtio", "virtual"
	case strings.HasPrefix(name, "mmcblk"):
		way = "mmc"
	case strings.Contains(device, "/usb"):
		way = "usb"
	case strings.Contains(device, "/ata"):
		way = "sata"
	}
	switch {
	case strings.HasPrefix(name, "sr"):
		return way, "optical"
	case strings.HasPrefix(name, "zram"):
		return way, "compressed memory"
	case strings.HasPrefix(name, "loop"), strings.HasPrefix(name, "dm-"), strings.HasPrefix(name, "md"), strings.HasPrefix(name, "nbd"), strings.HasPrefix(name, "xvd"):
		return way, "virtual"
	case m.text("/sys/block/"+name+"/queue/rotational") == "0":
		return way, "solid state"
	}
	return way, "rotating"
}

// counters reads /sys/block/NAME/stat (Documentation/block/stat.rst).
func counters(d *Disk, stat string) {
	v := strings.Fields(stat)
	if len(v) < 11 {
		return
	}
	at := func(i int) uint64 {
		n, _ := strconv.ParseUint(v[i], 10, 64) // the kernel writes only numbers
		return n
	}
	d.Read, d.Written = at(2)*sector, at(6)*sector
	d.Waiting, d.Busy = at(8), round(float64(at(9))/1000)
}
