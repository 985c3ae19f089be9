//go:build !headless

package surface

import "time"

// lookTime is how often it is found out whether something else has taken the
// surface's place: Fyne tells that to nobody.
const lookTime = 100 * time.Millisecond

// begin opens a display and shows the picture there until it is gone or Close.
func (s *Surface) begin(open func() (display, error)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if open == nil || s.closed {
		return
	}
	s.work.Go(func() {
		if d, err := open(); err == nil { // without one Fyne paints
			s.serve(d)
		}
	})
}

// serve is the goroutine to which the display belongs.
func (s *Surface) serve(d display) {
	s.move(d)
	s.poke()
	defer func() {
		waste := s.move(nil)
		d.free(waste)
		d.close()
		s.repaint(false)
	}()
	look := time.NewTicker(lookTime)
	defer look.Stop()
	var looking latch
	for {
		select {
		case <-s.quit:
			return
		case <-s.wake:
		case <-look.C:
			if looking.set(false) {
				s.do(func() {
					looking.take()
					s.Look()
				})
			}
			continue
		case h, ok := <-d.happened():
			if !ok {
				return
			}
			s.heard(h)
		}
		if s.turn(d) != nil {
			return
		}
	}
}

// move takes everything to the display's memory, or from it for nil.
func (s *Surface) move(d display) (waste []*store) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := &s.frame
	f.drop(&f.front)
	f.drop(&f.patch)
	back := f.back
	f.forget()
	waste, s.garbage = s.garbage, nil
	s.display, s.mapped, s.kept = d, false, false
	f.alloc, f.free = heap, func(*store) {}
	if d != nil {
		f.alloc, f.free = d.alloc, func(one *store) { s.garbage = append(s.garbage, one) }
	}
	if back != nil {
		f.back = f.alloc(back.Rect)
		f.back.Copy(back.Bitmap, back.Rect)
	}
	f.all()
	return waste
}

// heard takes what the display tells.
func (s *Surface) heard(h happening) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.away = (s.away || h.away) && !h.back
	s.frame.owed.add(h.exposed.Add(s.frame.view.offset))
}

// turn brings the display to what it should show.
func (s *Surface) turn(d display) error {
	s.mu.Lock()
	visible := !s.hidden && s.frame.back != nil
	v := s.frame.view
	at := v.place.Add(s.at)
	s.mu.Unlock()
	fresh, err := d.place(at, visible)
	if err != nil {
		return err
	}
	s.mu.Lock()
	f := &s.frame
	if fresh {
		f.owed.add(f.view.shown())
	}
	var j job
	if visible && !s.away && f.view == v {
		if !s.mapped { // Fyne may have painted what is owed
			f.owed.add(f.view.shown())
		}
		f.use(d.scales())
		j, s.kept = f.take(), false
	}
	since, waste := s.since, s.garbage
	s.garbage = nil
	if len(j.puts) > 0 {
		s.since = time.Time{}
	}
	some := len(j.puts) > 0 || len(j.fresh) > 0
	if some {
		f.lent = j.back
	}
	s.mu.Unlock()
	d.free(waste)
	if some {
		err = d.put(j)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f.lent = nil
	if err != nil {
		return err
	}
	s.mapped = visible && !s.hidden
	if s.frame.view != v {
		s.poke()
	}
	if len(j.puts) > 0 {
		s.shown(since)
	}
	return nil
}

// shown writes down that what came at a time is shown now.
func (s *Surface) shown(since time.Time) {
	now := time.Now()
	s.last.At = now
	s.last.Frames++
	if !since.IsZero() {
		s.last.Took = now.Sub(since)
	}
}
