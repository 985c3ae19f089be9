package collect

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
)

// WindowScreens is what a host's Screens can be besides: one that takes
// pictures of single windows.
type WindowScreens interface {
	// Windows lists the windows that can be seen, the one in front first.
	Windows(ctx context.Context) ([]ScreenWindow, error)
	// GrabWindow takes one picture of a window, without what covers it; where
	// the system cannot do that, the picture says so in Cut.
	GrabWindow(ctx context.Context, id string) (Screenshot, error)
}

// ScreenWindow is a window on the desktop.
type ScreenWindow struct {
	ID      string // the system's own
	Title   string
	Program string // "" if the system does not say
}

// ManyWindowsError says that several windows could be meant.
type ManyWindowsError struct {
	Want    string
	Windows []ScreenWindow // at least two, the one in front first
}

// Error names the windows.
func (e *ManyWindowsError) Error() string {
	var names []string
	for _, w := range e.Windows[:min(len(e.Windows), 20)] {
		names = append(names, fmt.Sprintf("%s %q", w.ID, visible(w.Title)))
	}
	return fmt.Sprintf("%d windows can be meant by %q: %s", len(e.Windows), e.Want, strings.Join(names, ", "))
}

// FindWindow gives the one window that is meant: by its identifier, by its
// whole title, by a part of it, or by its program, in this order and whatever
// the case of letters. Several are a *ManyWindowsError, since the picture of
// the wrong one would be sent; none is ErrAbsent.
func FindWindow(all []ScreenWindow, want string) (ScreenWindow, error) {
	low := strings.ToLower(want)
	for _, meant := range []func(ScreenWindow) bool{
		func(w ScreenWindow) bool { return strings.EqualFold(w.ID, want) },
		func(w ScreenWindow) bool { return strings.EqualFold(w.Title, want) },
		func(w ScreenWindow) bool { return strings.Contains(strings.ToLower(w.Title), low) },
		func(w ScreenWindow) bool { return strings.EqualFold(w.Program, want) },
	} {
		found := slices.DeleteFunc(slices.Clone(all), func(w ScreenWindow) bool { return !meant(w) })
		switch len(found) {
		case 0:
		case 1:
			return found[0], nil
		default:
			return ScreenWindow{}, &ManyWindowsError{want, found}
		}
	}
	return ScreenWindow{}, absent(fmt.Sprintf("there is no window %q", want))
}

// oneWindow takes the window that is meant.
func (c screens) oneWindow(ctx context.Context) (Screenshot, error) {
	host, ok := c.grabber.(WindowScreens)
	if !ok {
		return Screenshot{}, absent("single windows cannot be pictured on this system")
	}
	all, err := host.Windows(ctx)
	if err != nil {
		return Screenshot{}, err
	}
	w, err := FindWindow(all, c.window)
	if err != nil {
		return Screenshot{}, err
	}
	shot, err := host.GrabWindow(ctx, w.ID)
	shot.Name = cmp.Or(shot.Name, w.Title, "window")
	return shot, err
}
