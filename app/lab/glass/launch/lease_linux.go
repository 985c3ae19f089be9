package launch

import (
	"errors"
	"fmt"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// lease is the machine-wide lock under which figures are taken. It may be kept
// over several short runs, but not for more than leaseTime.
type lease struct {
	name string // "": no lock
	f    *os.File
	till time.Time
}

const leaseTime = 58 * time.Second

// hold makes sure that the lock is held for as long as a run takes.
func (l *lease) hold(run time.Duration) error {
	if l.name == "" || l.f != nil && time.Until(l.till) > run {
		return nil
	}
	l.release()
	f, err := os.OpenFile(l.name, os.O_CREATE|os.O_RDWR, 0o666)
	if err != nil {
		return fmt.Errorf("wait for other measurements: %w", err)
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX); err != nil {
		return fmt.Errorf("wait for other measurements: %w", errors.Join(err, f.Close()))
	}
	l.f, l.till = f, time.Now().Add(leaseTime)
	return nil
}

func (l *lease) release() {
	if l.f != nil {
		_ = l.f.Close() // nothing was written
		l.f = nil
	}
}
