package bundle

import "encoding/binary"

// A live archive is a valid one at every moment, also when the process is
// killed between two writes, because the file only ever changes from one
// valid archive to another by a step that happens wholly or not at all:
// cutting the file short, or writing some bytes within one page.
//
// What stands before the tail and in no directory is free, so a new tail is
// written there, right before the present one, and then the file is cut off
// behind it. When that space becomes too small, the present tail moves away
// from the entries, see moveTail. The price is that an archive of a run that
// was killed has unused bytes before its manifest; its manifest says so.

// page is within what systems write wholly or not at all when a process is
// killed: the kernels' loops look for signals between pages, not inside.
const page = 4096

// slack is how much further than needed the tail moves, in bytes, beside a
// few times its own length.
const slack = 64 << 10

// standing is a tail that is in the file.
type standing struct {
	tail
	at int64 // where its manifest begins; bytes below are free, down to the entries
}

func (s *standing) len() int64 {
	if s == nil {
		return 0
	}
	return s.tail.len()
}

// begin makes the file a live archive. Nobody may see the file yet.
func (r *room) begin(t tail) error {
	at := r.held
	if _, err := r.disk.WriteAt(t.bytes(at), at); err != nil {
		return err
	}
	r.held, r.tail = at+t.len(), &standing{t, at}
	return nil
}

// renew puts t in the place of the present tail and leaves at least reserve
// bytes before it.
func (r *room) renew(t tail, reserve int64) error {
	at := min(r.tail.at, r.held) - t.len()
	if at < r.next+reserve {
		if err := r.moveTail(r.next + reserve + t.len()); err != nil {
			return err
		}
		if err := r.hold(r.tail.at); err != nil {
			return err
		}
		at = r.tail.at - t.len()
	}
	if _, err := r.disk.WriteAt(t.bytes(at), at); err != nil {
		return err
	}
	if err := r.disk.Truncate(at + t.len()); err != nil {
		return err
	}
	r.held, r.tail = at+t.len(), &standing{t, at}
	return nil
}

// moveTail lets the tail stand at or behind an offset, and frees the place
// where it stood. If there is no room for it, everything stays as it was.
//
//	| entries | free | M D E |                     before
//	| entries | free | M D E | hole     | D E |    the directory's copy still names the old manifest
//	| entries | free | M D E | hole | M | D E |    and then the new one
func (r *room) moveTail(to int64) error {
	t := r.tail
	was := t.at + t.len()
	to = max(to, was)
	if room := r.max - to - t.len() - 2*page; room > 0 {
		to += min(room, slack+4*t.len())
	}
	dirAt := to + int64(len(t.manifest))
	for !t.whole(dirAt) {
		dirAt++
	}
	if dirAt+int64(len(t.dir))+endLen > r.max {
		return errMax
	}
	at := dirAt - int64(len(t.manifest))
	if err := r.copyTail(t, dirAt, at); err != nil {
		r.disk.Truncate(was)
		return err
	}
	r.tail = &standing{t.tail, at}
	return nil
}

func (r *room) copyTail(t *standing, dirAt, at int64) error {
	endAt := dirAt + int64(len(t.dir))
	oldDir := t.directory(t.at)
	if inPage(dirAt, len(t.dir)+endLen) {
		if _, err := r.disk.WriteAt(append(oldDir, t.end(dirAt)...), dirAt); err != nil {
			return err
		}
	} else {
		// The end alone is small enough; it names the old directory until there is a new one.
		if _, err := r.disk.WriteAt(t.end(t.at+int64(len(t.manifest))), endAt); err != nil {
			return err
		}
		if _, err := r.disk.WriteAt(oldDir, dirAt); err != nil {
			return err
		}
		if err := r.point(endAt+offsetInEnd, dirAt); err != nil {
			return err
		}
	}
	if _, err := r.disk.WriteAt(t.manifest, at); err != nil {
		return err
	}
	return r.point(dirAt+int64(t.last)+offsetInCentral, at)
}

// point writes an offset over another.
func (r *room) point(at, to int64) error {
	_, err := r.disk.WriteAt(binary.LittleEndian.AppendUint32(nil, uint32(to)), at)
	return err
}

// whole says whether what must be written in one step lies in one page each,
// if the directory stands at dirAt.
func (t tail) whole(dirAt int64) bool {
	if len(t.dir)+endLen <= page {
		return inPage(dirAt, len(t.dir)+endLen)
	}
	return inPage(dirAt+int64(len(t.dir)), endLen) && inPage(dirAt+int64(t.last)+offsetInCentral, 4)
}

func inPage(at int64, n int) bool { return at%page+int64(n) <= page }
