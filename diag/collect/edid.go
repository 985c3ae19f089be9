package collect

import (
	"bytes"
	"encoding/binary"
	"strings"
)

// edid reads what a monitor says of itself (VESA E-EDID 1.4): name, glass and
// the mode that it likes best. Its serial number is left out.
func (d *Display) edid(b []byte) {
	if len(b) < 128 || !bytes.HasPrefix(b, []byte{0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0}) {
		return
	}
	maker := binary.BigEndian.Uint16(b[8:])
	letters := []byte{byte(maker>>10)&31 + '@', byte(maker>>5)&31 + '@', byte(maker)&31 + '@'}
	d.Monitor = string(letters)
	for at := 54; at < 126; at += 18 {
		block := b[at : at+18]
		switch {
		case binary.LittleEndian.Uint16(block) != 0: // a timing, the first the one it likes best
			if at == 54 {
				d.timing(block)
			}
		case block[3] == 0xfc: // its name
			name := strings.TrimSpace(strings.ToValidUTF8(strings.SplitN(string(block[5:]), "\n", 2)[0], ""))
			if name != "" {
				d.Monitor = string(letters) + " " + name
			}
		}
	}
	if d.WidthMM == 0 { // in centimetres
		d.WidthMM, d.HeightMM = int(b[21])*10, int(b[22])*10
	}
}

// timing reads a detailed timing descriptor (3.10.2).
func (d *Display) timing(b []byte) {
	width, height := int(b[2])|int(b[4]>>4)<<8, int(b[5])|int(b[7]>>4)<<8
	across, down := width+(int(b[3])|int(b[4]&15)<<8), height+(int(b[6])|int(b[7]&15)<<8)
	if d.Width == 0 {
		d.Width, d.Height = width, height
	}
	if clock := binary.LittleEndian.Uint16(b); d.Refresh == 0 && across > 0 && down > 0 && d.Width == width {
		d.Refresh = round(float64(clock) * 10_000 / float64(across*down))
	}
	if w := int(b[12]) | int(b[14]>>4)<<8; w > 0 && d.WidthMM == 0 {
		d.WidthMM, d.HeightMM = w, int(b[13])|int(b[14]&15)<<8
	}
}
