package input

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/x11"
)

// Requests of XKB, which xgb does not know (X Keyboard Extension protocol 1.0, appendix D).
const (
	xkbUse      = 0
	xkbState    = 4
	xkbMap      = 8
	xkbCore     = 0x100 // the keyboard that all devices move
	xkbMapParts = 1 | 2 | 4
)

func useKeyboard(conn *xgb.Conn) (major byte, err error) {
	ext, err := x11.Use(conn, "XKEYBOARD")
	if err != nil {
		return 0, err
	}
	reply, err := ask(conn, []byte{ext.Major, xkbUse, 2, 0, 1, 0, 0, 0})
	if err == nil && reply[1] == 0 {
		err = errors.New("the server has another version of XKEYBOARD")
	}
	return ext.Major, err
}

func ask(conn *xgb.Conn, request []byte) ([]byte, error) {
	cookie := conn.NewCookie(true, true)
	conn.NewRequest(request, cookie)
	reply, err := cookie.Reply()
	if err == nil && len(reply) < 32 {
		err = errKeymap
	}
	return reply, err
}

// keyType says which level of a key a set of modifiers leads to.
type keyType struct {
	mask   byte // the modifiers that count
	levels map[byte]int
}

// keymap is what every key gives, as the server has it.
type keymap struct {
	first  xproto.Keycode
	types  []keyType
	keys   []keySyms // from first on
	modify [256]byte // the modifiers that a key sets
}

// keySyms is one key: syms has width keysyms for each group.
type keySyms struct {
	types  [4]byte
	info   byte // number of groups, and what becomes of others
	width  int
	syms   []uint32
	groups int
}

var errKeymap = errors.New("the display's keyboard layout cannot be read")

// keyState is what is active now.
type keyState struct {
	mods  byte // pressed, latched and locked
	group int
}

func (d *display) layout() (*keymap, keyState, error) {
	s, err := ask(d.conn, []byte{d.xkb, xkbState, 2, 0, xkbCore & 0xff, xkbCore >> 8, 0, 0})
	if err != nil {
		return nil, keyState{}, fmt.Errorf("read the keyboard's state: %w", err)
	}
	request := make([]byte, 28)
	request[0], request[1], request[2] = d.xkb, xkbMap, 7
	binary.LittleEndian.PutUint16(request[4:], xkbCore)
	binary.LittleEndian.PutUint16(request[6:], xkbMapParts)
	reply, err := ask(d.conn, request)
	if err != nil {
		return nil, keyState{}, fmt.Errorf("read the keyboard's layout: %w", err)
	}
	m, err := parseKeymap(reply)
	return m, keyState{mods: s[8], group: int(s[12])}, err
}

// parseKeymap reads a reply of XkbGetMap that holds types, symbols and the
// modifier map, in this order.
func parseKeymap(reply []byte) (*keymap, error) {
	if len(reply) < 40 {
		return nil, errKeymap
	}
	m := &keymap{first: xproto.Keycode(reply[17])}
	nTypes, nKeys, nMods := int(reply[15]), int(reply[20]), int(reply[33])
	rest := reply[40:]
	take := func(n int) []byte {
		if n > len(rest) {
			rest = nil
			return nil
		}
		taken := rest[:n]
		rest = rest[n:]
		return taken
	}
	for range nTypes {
		head := take(8)
		if head == nil {
			return nil, errKeymap
		}
		t := keyType{mask: head[0], levels: map[byte]int{}}
		for range int(head[5]) {
			e := take(8)
			if e == nil {
				return nil, errKeymap
			}
			if e[0] != 0 { // active
				t.levels[e[1]] = int(e[2])
			}
		}
		if head[6] != 0 && take(4*int(head[5])) == nil && head[5] != 0 {
			return nil, errKeymap
		}
		m.types = append(m.types, t)
	}
	for range nKeys {
		head := take(8)
		if head == nil {
			return nil, errKeymap
		}
		k := keySyms{types: [4]byte(head[:4]), info: head[4], width: int(head[5]), groups: int(head[4] & 15)}
		n := int(binary.LittleEndian.Uint16(head[6:]))
		raw := take(4 * n)
		if n > 0 && raw == nil || k.groups > 4 || k.groups*k.width > n {
			return nil, errKeymap
		}
		for ; len(raw) > 0; raw = raw[4:] {
			k.syms = append(k.syms, binary.LittleEndian.Uint32(raw))
		}
		m.keys = append(m.keys, k)
	}
	for range nMods {
		pair := take(2)
		if pair == nil {
			return nil, errKeymap
		}
		m.modify[pair[0]] = pair[1]
	}
	return m, nil
}

// sym is what a key gives under these modifiers, and whether they count for it.
func (m *keymap) sym(k *keySyms, s keyState) (sym uint32, counted byte) {
	if k.groups == 0 {
		return 0, 0
	}
	group := s.group
	if group >= k.groups {
		switch k.info >> 6 {
		case 1: // clamped
			group = k.groups - 1
		case 2: // another one instead
			group = int(k.info >> 4 & 3)
			if group >= k.groups {
				group = 0
			}
		default:
			group %= k.groups
		}
	}
	if int(k.types[group]) >= len(m.types) {
		return 0, 0
	}
	t := m.types[k.types[group]]
	level := t.levels[s.mods&t.mask]
	if level >= k.width {
		return 0, t.mask
	}
	return k.syms[group*k.width+level], t.mask
}
