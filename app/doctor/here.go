package doctor

import (
	"context"
	"errors"
	"fmt"
	"image"
	"strings"
	"time"

	"github.com/beistand/beistand/session/lock"
	"github.com/beistand/beistand/session/screen"
)

// hereTime bounds what the desktop may take to answer.
const hereTime = 5 * time.Second

const (
	screenShown  = "The screen can be shown: {{.Monitors}}, read in {{.Milliseconds}} ms."
	screenHidden = "The screen cannot be shown from here: {{.Why}}."
	screenDo     = "Start the program in the desktop session that you want to show."

	inputWorks  = "Keyboard and mouse can be operated from here."
	inputNot    = "Keyboard and mouse cannot be operated from here: {{.Why}}."
	inputDo     = "The screen can be looked at all the same; whoever sits there types."
	inputUntold = "Whether keyboard and mouse can be operated is not known on this system."

	lockKnown   = "A locked screen is noticed: it means no, and nothing is shown until it is unlocked."
	lockUnknown = "This desktop does not tell when the screen is locked. Pause before you leave."

	hangs = "the desktop does not answer"
)

// checkHere looks at this machine's desktop. Its libraries know no deadline:
// one that hangs is left behind.
func checkHere(ctx context.Context) []Check {
	ctx, cancel := context.WithTimeout(ctx, hereTime)
	defer cancel()
	locked := make(chan Check, 1)
	go func() { locked <- checkLock(ctx, lock.Open) }()
	return append(checkDesktop(ctx), <-locked)
}

func checkDesktop(ctx context.Context) []Check {
	seen, used := make(chan Check, 1), make(chan Check, 1)
	go func() {
		seen <- checkScreen()
		used <- checkInput() // after it: both speak with the same display
	}()
	shown := Check{Name: "screen", State: Failed, Says: screenHidden, Do: screenDo, Data: map[string]any{"Why": hangs}}
	input := Check{Name: "input", State: Failed, Says: inputNot, Do: inputDo, Data: map[string]any{"Why": hangs}}
	select {
	case shown = <-seen:
	case <-ctx.Done():
		return []Check{shown, input}
	}
	select {
	case input = <-used:
	case <-ctx.Done():
	}
	return []Check{shown, input}
}

func checkScreen() Check {
	c := Check{Name: "screen", State: OK, Says: screenShown, Data: map[string]any{}}
	monitors, took, err := grab()
	if err != nil {
		c.State, c.Says, c.Do, c.Data["Why"] = Failed, screenHidden, screenDo, why(err)
		return c
	}
	c.Data["Monitors"], c.Data["Milliseconds"] = strings.Join(monitors, ", "), took.Milliseconds()
	return c
}

// why leaves out which of our own sentinels it is.
func why(err error) string {
	s := strings.TrimSuffix(err.Error(), ": "+screen.ErrUnavailable.Error())
	return strings.TrimPrefix(s, "read the screen: ")
}

// grab reads every monitor once and throws the pictures away.
func grab() (monitors []string, took time.Duration, err error) {
	source, err := screen.Open()
	if err != nil {
		return nil, 0, err
	}
	defer source.Close()
	all, err := source.Monitors()
	if err != nil {
		return nil, 0, err
	}
	begin := time.Now()
	for _, m := range all {
		if err := source.Grab(m, image.NewRGBA(image.Rect(0, 0, m.Bounds.Dx(), m.Bounds.Dy()))); err != nil {
			return nil, 0, err
		}
		monitors = append(monitors, fmt.Sprintf("%s %d×%d", m.Name, m.Bounds.Dx(), m.Bounds.Dy()))
	}
	return monitors, time.Since(begin), nil
}

func checkInput() Check {
	c := Check{Name: "input", State: OK, Says: inputWorks, Data: map[string]any{}}
	switch err := operate(); {
	case errors.Is(err, errors.ErrUnsupported):
		c.State, c.Says = Skipped, inputUntold
	case err != nil:
		c.State, c.Says, c.Do, c.Data["Why"] = Warning, inputNot, inputDo, cause(err)
	}
	return c
}

// checkLock waits until everybody was asked who could know, or ctx ends.
func checkLock(ctx context.Context, open func() (lock.Lock, error)) Check {
	c := Check{Name: "lock", State: Skipped, Says: lockUnknown}
	l, err := open()
	if err != nil {
		return c
	}
	defer l.Close()
	if s := <-l.Watch(ctx); s != lock.Unknown {
		c.State, c.Says = OK, lockKnown
	}
	return c
}
