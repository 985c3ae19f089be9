package pane

import (
	"errors"
	"fmt"
	"unsafe"

	"github.com/jezek/xgb/shm"
	"golang.org/x/sys/unix"
)

// Segment is a piece of SysV shared memory holding pixels.
type Segment struct {
	id  int
	pix []uint32
}

// NewSegment makes one. Release it when every server has attached it.
func NewSegment(pixels int) (*Segment, error) {
	id, err := unix.SysvShmGet(unix.IPC_PRIVATE, pixels*4, 0o600)
	if err != nil {
		return nil, fmt.Errorf("get shared memory for %d pixels: %w", pixels, err)
	}
	b, err := unix.SysvShmAttach(id, 0, 0)
	if err != nil {
		s := Segment{id: id}
		return nil, errors.Join(fmt.Errorf("attach shared memory: %w", err), s.Release())
	}
	return &Segment{id, unsafe.Slice((*uint32)(unsafe.Pointer(&b[0])), pixels)}, nil
}

// Release lets the kernel free the memory once its last user is gone.
func (s *Segment) Release() error {
	if _, err := unix.SysvShmCtl(s.id, unix.IPC_RMID, nil); err != nil {
		return fmt.Errorf("release shared memory: %w", err)
	}
	return nil
}

func (d *Display) attach(s *Segment) (shm.Seg, error) {
	id, err := shm.NewSegId(d.conn)
	if err != nil {
		return 0, err
	}
	return id, shm.AttachChecked(d.conn, id, uint32(s.id), false).Check()
}
