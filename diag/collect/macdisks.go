package collect

import (
	"context"
	"encoding/json"
)

// profiler asks system_profiler(8) of macOS for kinds of facts, by kind.
func (m machine) profiler(ctx context.Context, kinds ...string) (map[string][]map[string]any, error) {
	text, _, err := m.programs.run(ctx, "system_profiler", append([]string{"-json"}, kinds...)...)
	if err != nil {
		return nil, err
	}
	var all map[string][]map[string]any
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, err
	}
	return all, nil
}

// below gives the dictionaries that a dictionary has in a list of this name.
func below(dict map[string]any, name string) []map[string]any {
	list, _ := dict[name].([]any)
	var all []map[string]any
	for _, v := range list {
		if d := entry(v); d != nil {
			all = append(all, d)
		}
	}
	return all
}

func (f *DisksFacts) mac(ctx context.Context, m machine) {
	all, err := m.profiler(ctx, "SPNVMeDataType", "SPSerialATADataType")
	if err != nil {
		f.Notes = append(f.Notes, err.Error())
		return
	}
	for kind, way := range map[string]string{"SPNVMeDataType": "nvme", "SPSerialATADataType": "sata"} {
		for _, controller := range all[kind] {
			for _, v := range below(controller, "_items") {
				if len(f.Disks) < maxDisks {
					f.Disks = append(f.Disks, macDisk(v, way))
				}
			}
		}
	}
}

func macDisk(v map[string]any, way string) Disk {
	d := Disk{
		Name: entryText(v, "bsd_name"), Model: entryText(v, "device_model"), Firmware: entryText(v, "device_revision"),
		Transport: way, Kind: "solid state", Removable: entryText(v, "removable_media") == "yes",
	}
	if entryText(v, "spsata_medium_type") == "Rotational" {
		d.Kind = "rotating"
	}
	if size, ok := v["size_in_bytes"].(float64); ok && size > 0 {
		d.Size = uint64(size)
	}
	for _, p := range below(v, "volumes") {
		size, _ := p["size_in_bytes"].(float64)
		d.Partitions = append(d.Partitions, Partition{Name: entryText(p, "bsd_name"), Size: uint64(max(0, size)), Label: entryText(p, "_name")})
	}
	return d
}
