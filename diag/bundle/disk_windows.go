package bundle

import (
	"errors"
	"os"
	"syscall"
)

// diskFull says whether err means that there is no space, or none for this person.
func diskFull(err error) bool {
	const (
		handleDiskFull    = syscall.Errno(39)
		diskFull          = syscall.Errno(112)
		diskQuotaExceeded = syscall.Errno(1295)
	)
	return errors.Is(err, handleDiskFull) || errors.Is(err, diskFull) || errors.Is(err, diskQuotaExceeded)
}

// openScratch gives a file in dir that goes when it is closed; an open file
// cannot lose its name here.
func openScratch(dir string) (scratch, error) {
	f, err := os.CreateTemp(dir, ".beistand-*.part")
	if err != nil {
		return nil, err
	}
	return named{f}, nil
}

type named struct{ *os.File }

func (n named) Close() error {
	err := n.File.Close()
	os.Remove(n.Name())
	return err
}
