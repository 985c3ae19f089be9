package inbox

import "time"

// Hurry has a box wait for less.
func (b *Box) Hurry() { b.answer, b.news = 900*time.Millisecond, 300*time.Millisecond }
