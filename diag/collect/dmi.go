package collect

import (
	"bytes"
	"encoding/binary"
)

// chassis gives the SMBIOS type of a case (DSP0134 7.4.1) in words.
func chassis(n uint64) string {
	names := map[uint64]string{
		3: "desktop", 4: "desktop", 5: "desktop", 6: "tower", 7: "tower", 8: "notebook", 9: "notebook", 10: "notebook", 11: "handheld",
		13: "all in one", 14: "notebook", 15: "desktop", 17: "server", 23: "server", 28: "server", 29: "server", 30: "tablet",
		31: "notebook", 32: "notebook", 34: "embedded", 35: "mini PC", 36: "stick PC",
	}
	return names[n]
}

// memoryKinds are SMBIOS types of memory (DSP0134 7.18.2).
var memoryKinds = map[byte]string{
	0x12: "DDR", 0x13: "DDR2", 0x18: "DDR3", 0x1a: "DDR4", 0x1b: "LPDDR", 0x1c: "LPDDR2", 0x1d: "LPDDR3", 0x1e: "LPDDR4", 0x20: "HBM", 0x22: "DDR5", 0x23: "LPDDR5",
}

// memoryModules reads the memory devices (type 17, DSP0134 7.18) of the
// firmware's tables.
func memoryModules(table []byte) []Module {
	var all []Module
	for len(table) >= 4 && len(all) < 256 {
		kind, length := table[0], int(table[1])
		if length < 4 || length > len(table) {
			break
		}
		body := table[:length]
		// The texts follow, each ended by a zero, the last by two.
		end := bytes.Index(table[length:], []byte{0, 0})
		if end < 0 {
			break
		}
		texts := bytes.Split(table[length:length+end], []byte{0})
		table = table[length+end+2:]
		if kind == 17 && length >= 0x17 {
			all = append(all, memoryModule(body, texts))
		}
		if kind == 127 {
			break
		}
	}
	return all
}

func memoryModule(b []byte, texts [][]byte) Module {
	var m Module
	if i := int(b[0x10]); i > 0 && i <= len(texts) {
		m.Slot = string(bytes.ToValidUTF8(bytes.TrimSpace(texts[i-1]), []byte("\uFFFD")))
	}
	m.Kind = memoryKinds[b[0x12]]
	m.Speed = float64(binary.LittleEndian.Uint16(b[0x15:]))
	switch size := uint64(binary.LittleEndian.Uint16(b[0x0c:])); {
	case size == 0xffff: // not known
	case size == 0x7fff && len(b) >= 0x20:
		m.Size = uint64(binary.LittleEndian.Uint32(b[0x1c:])&0x7fffffff) << 20
	case size&0x8000 != 0:
		m.Size = size & 0x7fff << 10
	default:
		m.Size = size << 20
	}
	if m.Size == 0 {
		m.Kind, m.Speed = "", 0
	}
	return m
}
