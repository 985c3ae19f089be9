package screen

import (
	"encoding/binary"
	"errors"
	"image"
)

// scratch is where a polled monitor's picture is read into.
type scratch struct{ picture *image.RGBA }

func (s *scratch) of(size image.Point) *image.RGBA {
	if s.picture == nil || s.picture.Rect.Size() != size {
		s.picture = image.NewRGBA(image.Rectangle{Max: size})
	}
	return s.picture
}

// poll reads all monitors that are seen and compares.
func (k *Look) poll() (region, error) {
	var damage, seen region
	var reason error
	for _, m := range k.shot.Monitors {
		p := k.scratch.of(m.Bounds.Size())
		err := k.limited.grab(m, p)
		if errors.Is(err, ErrPlaces) || errors.Is(err, ErrLocked) {
			reason = err
			blackOut(p)
		} else if err != nil {
			return nil, err
		} else {
			seen = seen.with(m.Bounds)
		}
		damage = damage.plus(k.compare(p, m.Bounds.Min.Sub(k.shot.Origin)))
	}
	k.limited.tell(reason)
	k.seen = nil // when something tells again, it tells everything
	k.polled = k.area.within(seen)
	return damage, nil
}

// grain is the side of the squares in which pictures are compared.
const grain = 64

// compare takes p over into the picture, and says where it differs.
func (k *Look) compare(p *image.RGBA, at image.Point) region {
	damage := newTiles(grain)
	for y := 0; y < p.Rect.Dy(); y++ {
		row := k.shot.Picture.Row(at.Y+y, at.X, at.X+p.Rect.Dx())
		from := p.Pix[y*p.Stride : y*p.Stride+4*len(row)]
		for x := 0; x < len(row); x += grain {
			part := row[x:min(x+grain, len(row))]
			if takeRow(part, from[4*x:4*(x+len(part))]) {
				damage.add(image.Rect(x, y, x+len(part), y+1).Add(at))
			}
		}
	}
	return damage.region()
}

// takeRow writes RGBA into row, and says whether it was another.
func takeRow(row []uint32, from []byte) bool {
	var differs uint32
	for i := range row {
		v := binary.BigEndian.Uint32(from[4*i:4*i+4]) >> 8
		differs |= v ^ row[i]
		row[i] = v
	}
	return differs != 0
}
