package input_test

import (
	"image"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
	"golang.org/x/text/unicode/norm"

	"github.com/beistand/beistand/session/input"
	"github.com/beistand/beistand/session/x11"
)

// program is what is typed into: a window with the focus that reads keys as
// programs did before XKB, so that nothing of the driver's reading is trusted.
type program struct {
	conn *xgb.Conn
	win  xproto.Window
	done chan struct{}

	mu      sync.Mutex // guards all below
	width   int
	syms    []xproto.Keysym
	struck  []input.Key
	pending xproto.Keysym // a dead key
	buttons []uint8
	turned  image.Point
}

func startProgram(t testing.TB, display string) *program {
	t.Helper()
	conn, err := x11.Connect(display)
	if err != nil {
		t.Fatal(err)
	}
	p := &program{conn: conn, done: make(chan struct{})}
	s := xproto.Setup(conn).DefaultScreen(conn)
	if p.win, err = xproto.NewWindowId(conn); err != nil {
		t.Fatal(err)
	}
	mask := uint32(xproto.EventMaskKeyPress | xproto.EventMaskButtonPress | xproto.EventMaskButtonRelease)
	err = xproto.CreateWindowChecked(conn, 0, p.win, s.Root, 0, 0, s.WidthInPixels, s.HeightInPixels, 0,
		xproto.WindowClassInputOutput, s.RootVisual, xproto.CwOverrideRedirect|xproto.CwEventMask, []uint32{1, mask}).Check()
	if err == nil {
		err = xproto.MapWindowChecked(conn, p.win).Check()
	}
	if err == nil {
		err = xproto.SetInputFocusChecked(conn, xproto.InputFocusPointerRoot, p.win, xproto.TimeCurrentTime).Check()
	}
	if err != nil {
		t.Fatal(err)
	}
	p.read()
	go p.run()
	t.Cleanup(func() {
		conn.Close()
		<-p.done
	})
	return p
}

func (p *program) read() {
	setup := xproto.Setup(p.conn)
	m, err := xproto.GetKeyboardMapping(p.conn, setup.MinKeycode, byte(setup.MaxKeycode-setup.MinKeycode+1)).Reply()
	if err != nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.width, p.syms = int(m.KeysymsPerKeycode), m.Keysyms
}

func (p *program) table() []xproto.Keysym {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.syms)
}

func (p *program) run() {
	defer close(p.done)
	for {
		event, err := p.conn.WaitForEvent()
		if event == nil && err == nil {
			return
		}
		switch e := event.(type) {
		case xproto.MappingNotifyEvent:
			p.read()
		case xproto.KeyPressEvent:
			p.key(e.Detail, e.State)
		case xproto.ButtonPressEvent:
			p.button(byte(e.Detail), true)
		case xproto.ButtonReleaseEvent:
			p.button(byte(e.Detail), false)
		}
	}
}

func (p *program) button(b byte, down bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	turn := map[byte]image.Point{4: {Y: -1}, 5: {Y: 1}, 6: {X: -1}, 7: {X: 1}}
	switch by, wheel := turn[b]; {
	case wheel && down:
		p.turned = p.turned.Add(by)
	case !wheel && down:
		p.buttons = append(p.buttons, b)
	case !wheel:
		p.buttons = slices.DeleteFunc(p.buttons, func(other uint8) bool { return other == b })
	}
}

// sym is what the core protocol's table says: two columns of the first group,
// two of the second, and then the first's third and fourth.
func (p *program) sym(code xproto.Keycode, state uint16) xproto.Keysym {
	at := int(code-xproto.Setup(p.conn).MinKeycode) * p.width
	get := func(i int) xproto.Keysym {
		if i >= p.width {
			return 0
		}
		return p.syms[at+i]
	}
	column, shift, lock := 0, state&1 != 0, state&2 != 0
	if state&0x80 != 0 && get(4) != 0 { // Mod5
		column = 4
	}
	low, high := get(column), get(column+1)
	letter := high != 0 && low != high && norm.NFC.String(strings.ToUpper(string(input.RuneOf(uint32(low))))) == string(input.RuneOf(uint32(high)))
	if lock && letter {
		shift = !shift
	}
	if shift && high != 0 {
		return high
	}
	return low
}

var marks = map[xproto.Keysym]rune{0xfe50: 0x300, 0xfe51: 0x301, 0xfe52: 0x302, 0xfe53: 0x303, 0xfe57: 0x308, 0xfe5a: 0x30c, 0xfe5b: 0x327}

var alone = map[xproto.Keysym]rune{0xfe50: '`', 0xfe51: '´', 0xfe52: '^', 0xfe53: '~', 0xfe57: '¨'}

func (p *program) key(code xproto.Keycode, state uint16) {
	p.mu.Lock()
	defer p.mu.Unlock()
	sym := p.sym(code, state)
	if sym >= 0xffe1 && sym <= 0xffee && sym != 0xffe5 || sym == 0xfe03 {
		return
	}
	r := input.RuneOf(uint32(sym))
	switch mark := marks[p.pending]; {
	case p.pending != 0 && p.pending == sym:
		r = alone[sym]
	case mark != 0 && r != 0:
		r = []rune(norm.NFC.String(string([]rune{r, mark})))[0]
	case marks[sym] != 0:
		p.pending = sym
		return
	}
	p.pending = 0
	k := input.Key{Rune: r}
	if r == 0 {
		k.Name = name(sym)
	}
	p.struck = append(p.struck, k)
}

func name(sym xproto.Keysym) string {
	for _, n := range input.Names() {
		if input.SymOfName(n) == uint32(sym) {
			return n
		}
	}
	return "a key"
}

// keys are the names of all keys that the server calls down.
func (p *program) keys(t testing.TB) []string {
	reply, err := xproto.QueryKeymap(p.conn).Reply()
	if err != nil {
		t.Fatal(err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	var down []string
	for code := 8; code < 256; code++ {
		if reply.Keys[code/8]&(1<<(code%8)) != 0 {
			down = append(down, name(p.sym(xproto.Keycode(code), 0)))
		}
	}
	slices.Sort(down)
	return down
}
