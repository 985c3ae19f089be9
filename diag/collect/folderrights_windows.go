package collect

import (
	"io/fs"

	"golang.org/x/sys/windows"
)

// What is asked of a folder or a file (winnt.h: FILE_LIST_DIRECTORY or
// FILE_READ_DATA, FILE_ADD_FILE or FILE_WRITE_DATA).
const (
	readData  = 0x1
	writeData = 0x2
)

// rights tells whose the folder is, and asks for a handle with each right,
// which changes nothing.
func (f *FolderFact) rights(path string, _ fs.FileInfo) {
	if sd, err := windows.GetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, windows.OWNER_SECURITY_INFORMATION); err == nil {
		if owner, _, err := sd.Owner(); err == nil && owner != nil {
			f.Owner = owner.String()
			if name, domain, _, err := owner.LookupAccount(""); err == nil {
				f.Owner = domain + `\` + name
			}
		}
	}
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return
	}
	may := func(what uint32) *bool {
		const share = windows.FILE_SHARE_READ | windows.FILE_SHARE_WRITE | windows.FILE_SHARE_DELETE
		h, err := windows.CreateFile(name, what, share, nil, windows.OPEN_EXISTING, windows.FILE_FLAG_BACKUP_SEMANTICS, 0)
		if err == nil {
			windows.CloseHandle(h)
		}
		if err != nil && err != windows.ERROR_ACCESS_DENIED && err != windows.ERROR_WRITE_PROTECT {
			return nil // it is in use by somebody else, or gone meanwhile
		}
		return new(err == nil)
	}
	f.Readable, f.Writable = may(readData), may(writeData)
}
