package screen

import (
	"errors"
	"fmt"
	"image"
	"slices"
	"sync"
	"time"

	"github.com/beistand/beistand/session/pixel"
)

// pollTime is how long a source that does not tell what changes is left alone.
const pollTime = time.Second / 15

// Look is a running look at what is seen of the desktop. It is not safe for
// concurrent use, but Changed and Close are.
type Look struct {
	limited *Limited
	told    Told          // nil: the source is polled
	changed chan struct{} // holds one
	nudge   chan struct{} // holds one: the scope has changed
	again   chan struct{} // holds one: Take wants to be called again in pollTime
	stop    chan struct{} // closed by Close
	done    sync.WaitGroup
	close   func() error // once

	// Take's alone.
	settle, patience time.Duration
	shot             Shot
	scoped           uint64    // Limited's, of the shot
	all              []Monitor // the desktop's, of the shot
	area             region    // of the desktop, what the view is about
	seen             region    // of area, what Picture shows; the rest of it is black
	polled           region    // of area, what was polled last
	pointer          *pixel.Shape
	scratch          *scratch
}

// Look begins one. It shows what Grab would: nothing before Choose. Sources
// that do not tell what changes are polled.
func (l *Limited) Look() (*Look, error) {
	k := &Look{
		limited: l, changed: make(chan struct{}, 1), nudge: make(chan struct{}, 1), again: make(chan struct{}, 1),
		stop: make(chan struct{}), scratch: &scratch{}, settle: settle, patience: patience,
	}
	if t, ok := l.source.(Teller); ok {
		if told, err := t.Tell(); err == nil {
			k.told = told
		}
	}
	if _, err := l.source.Monitors(); err != nil {
		if k.told != nil {
			err = errors.Join(err, k.told.Close())
		}
		return nil, fmt.Errorf("look at the screen: %w", err)
	}
	l.mu.Lock()
	l.looks = append(l.looks, k)
	l.mu.Unlock()
	k.close = sync.OnceValue(k.end)
	k.done.Go(k.run)
	tell(k.changed)
	return k, nil
}

// Changed is told when there may be something new. It holds one.
func (k *Look) Changed() <-chan struct{} { return k.changed }

// run passes on to Changed what there is to tell.
func (k *Look) run() {
	var told <-chan struct{}
	tick := time.NewTicker(pollTime)
	defer tick.Stop()
	var soon *time.Timer
	var at <-chan time.Time
	if k.told != nil {
		told = k.told.Changed()
		tick.Stop()
	}
	for {
		select {
		case <-told:
		case <-k.nudge:
		case <-tick.C:
		case <-at:
			at = nil
		case <-k.again:
			if at == nil {
				soon = time.NewTimer(pollTime)
				at = soon.C
			}
			continue
		case <-k.stop:
			tell(k.changed) // who waits finds out
			return
		}
		tell(k.changed)
	}
}

// Close ends the look. The Source goes on. Take gives ErrClosed from then on.
func (k *Look) Close() error { return k.close() }

func (k *Look) end() error {
	k.limited.mu.Lock()
	k.limited.looks = slices.DeleteFunc(k.limited.looks, func(other *Look) bool { return other == k })
	k.limited.mu.Unlock()
	close(k.stop)
	k.done.Wait()
	if k.told != nil {
		return k.told.Close()
	}
	return nil
}

// Take reads what has changed since the last Take.
func (k *Look) Take() (Shot, error) {
	hush(k.changed)
	for range 3 {
		err := k.take()
		if err == nil {
			return k.shot, nil
		}
		k.spoil()
		if !errors.Is(err, ErrChanged) {
			return Shot{}, fmt.Errorf("look at the screen: %w", err)
		}
	}
	tell(k.again) // they would not stand still: black until they do
	k.shot.Damage, k.shot.Areas = []image.Rectangle{k.shot.Picture.Rect}, nil
	return k.shot, nil
}

// spoil makes black what may have pixels that must not be seen, and the next picture whole.
func (k *Look) spoil() {
	if k.shot.Picture != nil {
		clear(k.shot.Picture.Pix)
	}
	k.seen, k.polled, k.all, k.shot.Fresh = nil, nil, nil, true
	k.cursor(Pointer{})
}

func (k *Look) take() error {
	select {
	case <-k.stop:
		return ErrClosed
	default:
	}
	change, err := k.change()
	if err != nil {
		return err
	}
	l := k.limited
	l.mu.RLock()
	defer l.mu.RUnlock()
	if k.told == nil {
		if change.Monitors, err = l.source.Monitors(); err != nil {
			return err
		}
	}
	fresh := k.shot.Picture == nil || k.scoped != l.scoped || !slices.Equal(change.Monitors, k.all)
	if fresh {
		if err := k.frame(change.Monitors); err != nil {
			return err
		}
	}
	damage, err := k.read(change)
	if err != nil {
		return err
	}
	if fresh {
		damage = region{k.shot.Picture.Rect}
	}
	if l.view.Scope.single() && (fresh || change.Places || k.told == nil) {
		if err := k.place(); err != nil {
			return err
		}
	}
	if change.At.IsZero() {
		change.At = time.Now()
	}
	k.shot.Damage, k.shot.Fresh, k.shot.At = damage, fresh, change.At
	k.cursor(change.Pointer)
	return nil
}
