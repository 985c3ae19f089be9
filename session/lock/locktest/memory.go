// Package locktest is the in-memory lock, with the suite that every lock's driver passes.
package locktest

import "github.com/beistand/beistand/session/lock"

// Memory is a lock in memory.
type Memory struct{ *lock.Board }

var _ lock.Lock = Memory{}

// New makes one that is not locked.
func New() Memory {
	m := Memory{lock.NewBoard(1)}
	m.Set(false)
	return m
}

// Set locks and unlocks it.
func (m Memory) Set(locked bool) {
	s := lock.Unlocked
	if locked {
		s = lock.Locked
	}
	m.Say(0, s)
}
