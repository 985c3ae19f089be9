package input

// SymOfName is symOfName.
var SymOfName = symOfName

// ParseKeymap is parseKeymap, with every key looked at under all modifiers.
func ParseKeymap(reply []byte) error {
	m, err := parseKeymap(reply)
	if err != nil {
		return err
	}
	for i := range m.keys {
		for group := range 5 {
			for mods := range 256 {
				m.sym(&m.keys[i], keyState{mods: byte(mods), group: group})
			}
		}
	}
	return nil
}

// RuneOf is runeOf.
var RuneOf = runeOf
