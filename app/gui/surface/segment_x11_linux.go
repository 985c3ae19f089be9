//go:build !headless

package surface

import (
	"errors"
	"fmt"
	"image"
	"unsafe"

	"github.com/jezek/xgb/shm"
	"github.com/jezek/xgb/xproto"
	"golang.org/x/sys/unix"

	"github.com/beistand/beistand/session/pixel"
)

// segment is memory that the X server reads pictures from (MIT-SHM).
type segment struct {
	memory   []byte
	number   int // the system's; the server is told it once
	id       shm.Seg
	attached bool
	freed    bool // in close only
}

// newSegment gives a picture in shared memory.
func newSegment(r image.Rectangle) (*store, error) {
	size := max(4, 4*r.Dx()*r.Dy())
	number, err := unix.SysvShmGet(unix.IPC_PRIVATE, size, unix.IPC_CREAT|0o600)
	if err != nil {
		return nil, fmt.Errorf("get %d bytes of shared memory: %w", size, err)
	}
	memory, err := unix.SysvShmAttach(number, 0, 0)
	if err != nil {
		_, remove := unix.SysvShmCtl(number, unix.IPC_RMID, nil)
		return nil, fmt.Errorf("attach %d bytes of shared memory: %w", size, errors.Join(err, remove))
	}
	// Linux lets others attach what is marked to go with the last who has it.
	if _, err := unix.SysvShmCtl(number, unix.IPC_RMID, nil); err != nil {
		return nil, fmt.Errorf("share memory: %w", errors.Join(err, unix.SysvShmDetach(memory)))
	}
	pix := unsafe.Slice((*uint32)(unsafe.Pointer(unsafe.SliceData(memory))), size/4)
	return &store{Bitmap: &pixel.Bitmap{Pix: pix, Stride: r.Dx(), Rect: r}, shared: &segment{memory: memory, number: number}}, nil
}

// attach tells the server of the segment.
func (w *window) attach(s *segment) error {
	if s.attached {
		return nil
	}
	id, err := shm.NewSegId(w.conn)
	if err == nil {
		err = shm.AttachChecked(w.conn, id, uint32(s.number), true).Check()
	}
	if err != nil {
		return fmt.Errorf("share memory with the display: %w", err)
	}
	s.id, s.attached = id, true
	return nil
}

// sees says whether the server reads this process's memory: one in another
// container may know no segment of the number, or another.
func (w *window) sees() bool {
	one := image.Rect(0, 0, 1, 1)
	s, err := newSegment(one)
	if err != nil {
		return false
	}
	defer w.free([]*store{s})
	pixmap, err := xproto.NewPixmapId(w.conn)
	if err != nil || xproto.CreatePixmapChecked(w.conn, w.depth, pixmap, xproto.Drawable(w.id), 1, 1).Check() != nil {
		return false
	}
	defer xproto.FreePixmap(w.conn, pixmap)
	for _, pixel := range []uint32{0x55aa33, 0xaa55cc} {
		s.Pix[0] = pixel
		if w.share(xproto.Drawable(pixmap), s, one, image.Point{}) != nil {
			return false
		}
		image, err := xproto.GetImage(w.conn, xproto.ImageFormatZPixmap, xproto.Drawable(pixmap), 0, 0, 1, 1, ^uint32(0)).Reply()
		if err != nil || len(image.Data) < 4 || uint32(image.Data[0])|uint32(image.Data[1])<<8|uint32(image.Data[2])<<16 != pixel {
			return false
		}
	}
	return true
}

// share has the server take a rectangle from shared memory.
func (w *window) share(to xproto.Drawable, from *store, r image.Rectangle, origin image.Point) error {
	s := from.shared.(*segment)
	if err := w.attach(s); err != nil {
		return err
	}
	b := from.Bitmap
	src, dst := r.Min.Sub(b.Rect.Min), r.Min.Sub(origin)
	shm.PutImage(w.conn, to, w.gc, uint16(b.Stride), uint16(len(b.Pix)/b.Stride), uint16(src.X), uint16(src.Y),
		uint16(r.Dx()), uint16(r.Dy()), int16(dst.X), int16(dst.Y), w.depth, xproto.ImageFormatZPixmap, 0, s.id, 0)
	return nil
}

// free gives memory back. Nothing may write to it any more.
func (w *window) free(all []*store) {
	for _, one := range all {
		s, ok := one.shared.(*segment)
		if !ok || s.freed {
			continue
		}
		s.freed = true
		if s.attached {
			shm.Detach(w.conn, s.id)
		}
		_ = unix.SysvShmDetach(s.memory) // fails only for what is not attached
	}
}
