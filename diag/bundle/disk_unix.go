//go:build unix

package bundle

import (
	"errors"
	"os"
	"syscall"
)

// diskFull says whether err means that there is no space, or none for this person.
func diskFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

// openScratch gives a file in dir that has no name.
func openScratch(dir string) (scratch, error) {
	if f, err := openNameless(dir); err == nil {
		return f, nil
	}
	f, err := os.CreateTemp(dir, ".beistand-*.part")
	if err != nil {
		return nil, err
	}
	os.Remove(f.Name())
	return f, nil
}
