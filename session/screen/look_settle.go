package screen

import (
	"image"
	"time"
)

// What takes longer to draw than a line of text is read when nothing has been
// drawn for settle, and after patience at the latest.
const (
	settle   = time.Millisecond
	patience = 12 * time.Millisecond
)

// change asks what has happened. What is more than a line of text is given
// the time to be drawn to its end.
func (k *Look) change() (Change, error) {
	if k.told == nil {
		return Change{Untold: true}, nil
	}
	c, err := k.told.Take()
	if err != nil || c.Untold || k.shot.Picture == nil || small(k.area.within(c.Damage)) {
		return c, err
	}
	for begin := time.Now(); time.Since(begin) < k.patience; {
		select {
		case <-time.After(k.settle):
		case <-k.stop:
			return c, ErrClosed
		}
		hush(k.changed)
		more, err := k.told.Take()
		if err != nil {
			return c, err
		}
		still := len(k.area.within(more.Damage)) == 0
		c = c.then(more)
		if still {
			break
		}
	}
	return c, nil
}

// A change that is small is read at once: a key's echo, a caret, a few words.
const (
	smallParts  = 8
	smallPixels = 96 << 10 // two lines of text across a full HD screen
)

func small(damage []image.Rectangle) bool {
	n := 0
	for _, r := range damage {
		n += r.Dx() * r.Dy()
	}
	return len(damage) <= smallParts && n <= smallPixels
}
