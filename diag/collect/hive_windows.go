package collect

import (
	"strings"

	"golang.org/x/sys/windows/registry"
)

// windowsHive is this machine's registry, in its 64 bit view.
type windowsHive struct{}

func thisHive() hive { return windowsHive{} }

// open opens a key for reading, false if that cannot be.
func (windowsHive) open(key string) (registry.Key, bool) {
	first, rest, _ := strings.Cut(key, `\`)
	top := registry.LOCAL_MACHINE
	if first == "HKCU" {
		top = registry.CURRENT_USER
	}
	k, err := registry.OpenKey(top, rest, registry.READ|registry.WOW64_64KEY)
	return k, err == nil
}

func (h windowsHive) values(key string) map[string]any {
	k, ok := h.open(key)
	if !ok {
		return nil
	}
	defer k.Close()
	names, err := k.ReadValueNames(maxNames)
	if err != nil && len(names) == 0 {
		return map[string]any{}
	}
	values := make(map[string]any, len(names))
	for _, name := range names {
		if v := value(k, name); v != nil {
			values[name] = v
		}
	}
	return values
}

// value reads one of the kinds that facts are made of; nil for others, and
// for what is larger than facts are.
func value(k registry.Key, name string) any {
	size, kind, err := k.GetValue(name, nil)
	if err != nil || size > maxText {
		return nil
	}
	switch kind {
	case registry.SZ, registry.EXPAND_SZ:
		if s, _, err := k.GetStringValue(name); err == nil {
			if kind == registry.EXPAND_SZ {
				if long, err := registry.ExpandString(s); err == nil {
					return long
				}
			}
			return s
		}
	case registry.MULTI_SZ:
		if s, _, err := k.GetStringsValue(name); err == nil {
			return s
		}
	case registry.DWORD, registry.QWORD:
		if n, _, err := k.GetIntegerValue(name); err == nil {
			return n
		}
	case registry.BINARY:
		if b, _, err := k.GetBinaryValue(name); err == nil {
			return b
		}
	}
	return nil
}

func (h windowsHive) keys(key string) []string {
	k, ok := h.open(key)
	if !ok {
		return nil
	}
	defer k.Close()
	names, _ := k.ReadSubKeyNames(maxNames) // as many as may be seen
	return names
}
