package film

import (
	"bytes"
	"fmt"
	"image"
	"io"
	"time"

	"github.com/at-wat/ebml-go"
)

// unit is what times in the file are counted in.
const unit = time.Millisecond

// A cluster's blocks have 15 bits for their time after its beginning.
const longest = 30 * time.Second

// muxer writes a WebM file (RFC 9559 and the WebM container guidelines):
//
//	EBML, Segment { Info, Tracks, Cues, Cluster { Timecode, SimpleBlock … } … }
//
// Sizes, duration and cues are unknown while it is written; in a file that can
// be written at any place their room is kept, and filled in when they are known.
type muxer struct {
	out     io.Writer
	at      io.WriterAt // nil: what is written stays as it is
	room    rooms
	buf     bytes.Buffer
	pos     int64         // bytes written whole
	cluster int64         // where the present one begins; 0 none
	base    time.Duration // its time
	index   index
	err     error // the first; nothing is written after it
}

// newMuxer writes what comes before the first frame.
func newMuxer(out io.Writer, size image.Point, now time.Time) (*muxer, error) {
	m := &muxer{out: out}
	m.at, _ = out.(io.WriterAt)
	if s, ok := out.(io.Seeker); ok {
		if _, err := s.Seek(0, io.SeekCurrent); err != nil {
			m.at = nil // a pipe has the method, too
		}
	}
	head, room, err := header(size, now, m.at != nil)
	if err != nil {
		return nil, fmt.Errorf("record: %w", err)
	}
	m.room = room
	m.buf.Write(head)
	return m, m.flush()
}

// block writes one frame; time never falls.
func (m *muxer) block(at time.Duration, key bool, data []byte) error {
	if m.err != nil {
		return m.err
	}
	if m.cluster == 0 || key || at-m.base > longest {
		m.begin(at, key)
	}
	block := struct {
		Block ebml.Block `ebml:"SimpleBlock"`
	}{ebml.Block{TrackNumber: 1, Timecode: int16((at - m.base) / unit), Keyframe: key, Data: [][]byte{data}}}
	if err := ebml.Marshal(&block, &m.buf); err != nil {
		return err // cannot be: the form above is right, and a buffer takes all
	}
	return m.flush()
}

// begin puts the beginning of a cluster into the buffer.
func (m *muxer) begin(at time.Duration, key bool) {
	m.endCluster()
	m.cluster, m.base = m.pos, at
	var c struct {
		Cluster struct {
			Timecode uint64 `ebml:"Timecode"`
		} `ebml:"Cluster,size=unknown"`
	}
	c.Cluster.Timecode = uint64(at / unit)
	_ = ebml.Marshal(&c, &m.buf) // as in block
	if key {
		m.index.add(at, m.cluster-m.room.segment)
	}
}

// endCluster fills in the size of the cluster that ends here.
func (m *muxer) endCluster() {
	if m.cluster != 0 {
		m.fill(m.cluster+4, sizeOf(m.pos-m.cluster-12))
	}
}

// flush writes the buffer out. What could not be written whole is taken back
// where that can be, so that the file ends with a whole frame.
func (m *muxer) flush() error {
	n, err := m.out.Write(m.buf.Bytes())
	if err == nil && n < m.buf.Len() {
		err = io.ErrShortWrite
	}
	m.buf.Reset()
	if err == nil {
		m.pos += int64(n)
		return nil
	}
	m.err = fmt.Errorf("write the recording: %w", err)
	if f, ok := m.out.(interface{ Truncate(int64) error }); ok && m.at != nil {
		_ = f.Truncate(m.pos) // else half a frame stays, which players pass over
	}
	return m.err
}

// close fills in what was left open; end is the last frame's time. There is no
// need of room on the disk for it: it is done after errors, too.
func (m *muxer) close(end time.Duration) error {
	if m.pos == 0 {
		return m.err
	}
	m.endCluster()
	m.fill(m.room.segment-8, sizeOf(m.pos-m.room.segment))
	m.fill(m.room.duration, duration(end))
	m.fill(m.room.cues, m.index.cues())
	return m.err
}

// fill writes b where its room is.
func (m *muxer) fill(at int64, b []byte) {
	if m.at == nil {
		return
	}
	if _, err := m.at.WriteAt(b, at); err != nil && m.err == nil {
		m.err = fmt.Errorf("write the recording: %w", err)
	}
}
