package app

import (
	"context"
	"errors"
	"fmt"
	"image"
	"regexp"
	"strconv"
	"strings"

	"github.com/beistand/beistand/app/problem"
	"github.com/beistand/beistand/diag/collect"
)

// pictured is what of the screens a picture is taken of, if not all.
type pictured struct {
	Window string `xor:"screens" help:"Take a picture of this window only, by a part of its title or by its number." placeholder:"TITLE"`
	Region region `xor:"screens" help:"Take a picture of this part of the desktop only: X,Y,WxH in pixels." placeholder:"X,Y,WxH"`
}

// which finds the window that is meant before anything is collected, and
// gives its number; "" if none was named.
func (p pictured) which(ctx context.Context, screens *lazyScreens) (string, error) {
	if p.Window == "" {
		return "", nil
	}
	all, err := screens.Windows(ctx)
	if err != nil {
		return "", fmt.Errorf("look for window %q: %w", p.Window, err)
	}
	w, err := collect.FindWindow(all, p.Window)
	var many *collect.ManyWindowsError
	switch {
	case errors.As(err, &many):
		return "", &problem.Usage{Reason: fmt.Sprintf("%d windows can be meant by %q; name one by its number:\n%s", len(many.Windows), p.Window, windowLines(many.Windows))}
	case err != nil && len(all) == 0:
		return "", &problem.Usage{Reason: "No window is open"}
	case err != nil:
		return "", &problem.Usage{Reason: fmt.Sprintf("There is no window %q; these are open:\n%s", p.Window, windowLines(all))}
	}
	return w.ID, nil
}

// windowLines lists windows, one a line.
func windowLines(all []collect.ScreenWindow) string {
	var b strings.Builder
	for _, w := range all {
		fmt.Fprintf(&b, "  %-10s %s", w.ID, plain(w.Title))
		if w.Program != "" {
			fmt.Fprintf(&b, " (%s)", plain(w.Program))
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// region is a part of the desktop, X,Y,WxH in pixels.
type region image.Rectangle

var regionForm = regexp.MustCompile(`^(-?\d{1,6}),(-?\d{1,6}),(\d{1,6})[xX](\d{1,6})$`)

// UnmarshalText is part of encoding.TextUnmarshaler.
func (r *region) UnmarshalText(text []byte) error {
	m := regionForm.FindStringSubmatch(strings.ReplaceAll(string(text), " ", ""))
	if m == nil {
		return fmt.Errorf("%q is no region; write X,Y,WxH, such as 100,80,640x480", text)
	}
	var n [4]int
	for i := range n {
		n[i], _ = strconv.Atoi(m[i+1]) // six digits always fit
	}
	if n[2] == 0 || n[3] == 0 {
		return fmt.Errorf("the region %q is empty", text)
	}
	*r = region(image.Rect(n[0], n[1], n[0]+n[2], n[1]+n[3]))
	return nil
}
