package screen

import (
	"errors"
	"fmt"
	"image"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/shm"
	"github.com/jezek/xgb/xproto"
	"golang.org/x/sys/unix"

	"github.com/beistand/beistand/session/x11"
)

// segment is memory that the server writes pictures into (MIT-SHM).
type segment struct {
	id     shm.Seg
	memory []byte
}

// newSegment gives nil when the server lacks the extension or does not see
// this process's memory, as in another container.
func newSegment(conn *xgb.Conn, root xproto.Window) *segment {
	if _, err := x11.Use(conn, "MIT-SHM"); err != nil {
		return nil
	}
	s := &segment{}
	if s.grow(conn, 4096) != nil || !s.seen(conn, root) {
		_ = s.close(conn) // the other way is taken
		return nil
	}
	return s
}

// seen has the server read one pixel into memory that held another. A server
// in another IPC namespace can know a segment of this number that is not ours.
func (s *segment) seen(conn *xgb.Conn, root xproto.Window) bool {
	for _, before := range []byte{0x55, 0xaa} {
		for i := range 4 {
			s.memory[i] = before
		}
		pixel, err := s.read(conn, xproto.Drawable(root), image.Rect(0, 0, 1, 1))
		if err != nil {
			return false
		}
		for _, b := range pixel {
			if b != before {
				return true
			}
		}
	}
	return false
}

func (s *segment) read(conn *xgb.Conn, from xproto.Drawable, r image.Rectangle) ([]byte, error) {
	size := 4 * r.Dx() * r.Dy()
	if size > len(s.memory) {
		if err := s.grow(conn, size); err != nil {
			return nil, err
		}
	}
	_, err := shm.GetImage(conn, from, int16(r.Min.X), int16(r.Min.Y), uint16(r.Dx()), uint16(r.Dy()),
		allPlanes, xproto.ImageFormatZPixmap, s.id, 0).Reply()
	if err != nil {
		return nil, err
	}
	return s.memory[:size], nil
}

// grow changes the memory for one of at least size bytes.
func (s *segment) grow(conn *xgb.Conn, size int) error {
	if err := s.close(conn); err != nil {
		return err
	}
	id, err := unix.SysvShmGet(unix.IPC_PRIVATE, size, unix.IPC_CREAT|0o600)
	if err != nil {
		return fmt.Errorf("get %d bytes of shared memory: %w", size, err)
	}
	memory, err := unix.SysvShmAttach(id, 0, 0)
	if err != nil {
		_, remove := unix.SysvShmCtl(id, unix.IPC_RMID, nil)
		return fmt.Errorf("attach %d bytes of shared memory: %w", size, errors.Join(err, remove))
	}
	seg, err := shm.NewSegId(conn)
	if err == nil {
		err = shm.AttachChecked(conn, seg, uint32(id), false).Check()
	}
	// From here on it goes away with the last who has it attached, whatever happens.
	_, remove := unix.SysvShmCtl(id, unix.IPC_RMID, nil)
	if err = errors.Join(err, remove); err != nil {
		return fmt.Errorf("share %d bytes of memory with the display: %w", size, errors.Join(err, unix.SysvShmDetach(memory)))
	}
	s.id, s.memory = seg, memory
	return nil
}

func (s *segment) close(conn *xgb.Conn) error {
	if s.memory == nil {
		return nil
	}
	shm.Detach(conn, s.id)
	return s.drop()
}

// drop gives the memory back; the server does so with the connection.
func (s *segment) drop() error {
	if s.memory == nil {
		return nil
	}
	err := unix.SysvShmDetach(s.memory)
	s.memory = nil
	if err != nil {
		return fmt.Errorf("give shared memory back: %w", err)
	}
	return nil
}
