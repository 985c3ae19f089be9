package bundle

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/windows"
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

// fileFlagDeleteOnClose has the system remove a file once nobody has it open,
// also when that is because the process was killed.
const fileFlagDeleteOnClose = 0x04000000

// openScratch gives a file in dir that goes when it is closed; an open file
// cannot lose its name here.
func openScratch(dir string) (scratch, error) {
	path, err := windows.UTF16PtrFromString(filepath.Join(dir, ".beistand-"+rand.Text()+".part"))
	if err != nil {
		return nil, err
	}
	h, err := windows.CreateFile(path, windows.GENERIC_READ|windows.GENERIC_WRITE|windows.DELETE, 0, nil,
		windows.CREATE_NEW, windows.FILE_ATTRIBUTE_TEMPORARY|fileFlagDeleteOnClose, 0)
	if err != nil {
		return nil, &os.PathError{Op: "create", Path: dir, Err: err}
	}
	return os.NewFile(uintptr(h), dir), nil
}
