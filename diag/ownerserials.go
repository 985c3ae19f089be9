package diag

import (
	"bytes"
	"io"
	"strings"

	"github.com/beistand/beistand/diag/redact"
)

// serials are numbers that follow a machine wherever it goes.
func (m *machine) serials(k *redact.Known) {
	for _, text := range []string{
		m.id, string(m.read("etc/machine-id")), string(m.read("var/lib/dbus/machine-id")),
		string(m.read("sys/class/dmi/id/product_serial")), string(m.read("sys/class/dmi/id/product_uuid")),
		string(m.read("sys/class/dmi/id/board_serial")), string(m.read("sys/class/dmi/id/chassis_serial")),
	} {
		text = strings.ToLower(strings.TrimSpace(text))
		if len(text) < 6 || !strings.ContainsAny(text, "0123456789") || strings.Trim(text, "0-. ") == "" || strings.Contains(text, "serial") {
			continue // as makers leave it: "0", "None", "System Serial Number"
		}
		k.Serials = append(k.Serials, text)
	}
}

// read gives a small file, nothing if there is none.
func (m *machine) read(path string) []byte {
	f, err := m.files.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.IsDir() {
		return nil
	}
	b, _ := io.ReadAll(io.LimitReader(f, 1<<20)) // what could be read is better than nothing
	return bytes.ToValidUTF8(b, nil)
}
