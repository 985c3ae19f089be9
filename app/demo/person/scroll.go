package person

import (
	"context"
	"fmt"
	"image"

	"github.com/beistand/beistand/app/demo/await"
	"github.com/beistand/beistand/app/demo/door"
	"github.com/beistand/beistand/app/demo/xhand"
)

// scrollTo turns the wheel until the widget's middle can be seen.
func (p *Person) scrollTo(ctx context.Context, w xhand.Window, v door.Widget, q Which) (door.Widget, error) {
	visible := func(v door.Widget) bool { return v.Box.Centre().In(v.Shown.Rect()) }
	if visible(v) {
		return v, nil
	}
	var last door.Box
	err := await.Until(ctx, stepLimit, "scrolling to "+q.String(), func() (bool, error) {
		windows, err := p.Windows(ctx)
		if err != nil {
			return false, err
		}
		for _, dw := range windows {
			now, ok := q.in(dw)
			if !ok || dw.Title != w.Title {
				continue
			}
			v = now
			if visible(v) {
				still := v.Box == last
				last = v.Box
				return still, nil
			}
			area, ok := scrollerOf(dw, v)
			if !ok {
				return false, fmt.Errorf("nothing to scroll around %s", v)
			}
			bounds, err := p.Hand.Bounds(w)
			if err != nil {
				return false, err
			}
			button := xhand.WheelDown
			if v.Box.Centre().Y < area.Min.Y {
				button = xhand.WheelUp
			}
			last = v.Box
			middle := image.Pt((area.Min.X+area.Max.X)/2, (area.Min.Y+area.Max.Y)/2)
			return false, p.Hand.Press(bounds.Min.Add(middle), button, reachClicks)
		}
		return false, nil
	}, nil)
	return v, err
}

// scrollerOf is the visible part of the innermost scrolling area around a widget.
func scrollerOf(w door.Window, v door.Widget) (image.Rectangle, bool) {
	var stack []door.Widget
	for _, u := range w.Widgets {
		for len(stack) > 0 && stack[len(stack)-1].Depth >= u.Depth {
			stack = stack[:len(stack)-1]
		}
		if u.Box == v.Box && u.Depth == v.Depth && u.Text == v.Text && u.Kind == v.Kind {
			for i := len(stack) - 1; i >= 0; i-- {
				if area := stack[i].Shown.Rect(); stack[i].Scrolls && !area.Empty() {
					return area, true
				}
			}
			return image.Rectangle{}, false
		}
		stack = append(stack, u)
	}
	return image.Rectangle{}, false
}

// reachClicks of the wheel are less than a list is high, so that no row is passed over.
const reachClicks = 4

// Reach turns the wheel over a list until a widget in it can be seen: rows that
// are scrolled away do not exist. It looks down to the end first, then upwards.
func (p *Person) Reach(ctx context.Context, list, q Which) error {
	button, same, last := xhand.WheelDown, 0, ""
	err := await.Until(ctx, stepLimit, "reaching "+q.String(), func() (bool, error) {
		windows, err := p.Windows(ctx)
		if err != nil {
			return false, err
		}
		for _, dw := range windows {
			if v, ok := q.in(dw); ok && v.Box.Centre().In(v.Shown.Rect()) {
				return true, nil
			}
			if _, ok := list.in(dw); !ok {
				continue
			}
			if now := fmt.Sprint(dw.Widgets); now == last {
				same++
			} else {
				same, last = 0, now
			}
			if same > 10 { // the end, or nothing has come yet
				same = 0
				if button == xhand.WheelDown {
					button = xhand.WheelUp
				} else {
					button = xhand.WheelDown
				}
			}
			area, err := p.Area(ctx, list)
			if err != nil {
				return false, err
			}
			return false, p.Hand.Press(image.Pt((area.Min.X+area.Max.X)/2, (area.Min.Y+area.Max.Y)/2), button, reachClicks)
		}
		return false, nil
	}, nil)
	return p.Complain(ctx, err)
}
