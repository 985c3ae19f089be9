package wire

import (
	"crypto/sha256"
	"encoding/binary"

	"github.com/beistand/beistand/session/rights"
)

// Unknown is the size of evidence that is not known before it is at its end.
const Unknown = 1<<64 - 1

// Hand offers a file or evidence. The host's numbers are even, the viewer's
// odd; each side's rise.
type Hand struct {
	ID    uint32       // from 1
	Right rights.Right // FilesIn from the viewer; FilesOut, Logs or System from the host
	Size  uint64       // bytes: at most MaxFile; for evidence at most MaxEvidence, or Unknown
	Name  string       // as FileName leaves it
}

// What follows about what was offered. Took says how many bytes have been
// stored: at most Window bytes are under way at a time. Done is the sender's
// with the sum of the whole, and then the receiver's, with the same sum.
type (
	Accept struct{ ID uint32 }
	Piece  struct {
		ID     uint32
		Offset uint64 // where Data goes: there are no gaps
		Data   []byte // 1 to MaxPiece
	}
	Took struct {
		ID    uint32
		Bytes uint64 // in all, rising
	}
	Done struct {
		ID     uint32
		SHA256 [sha256.Size]byte
	}
	Cancel struct {
		ID  uint32
		Why Cancelled
	}
)

// Window is how many bytes of one transfer may be under way: small, so that
// pictures that come behind them are not held up.
const Window = 4 * MaxPiece

// Cancelled says why a transfer does not go on.
type Cancelled byte

// The reasons.
const (
	NotWanted     Cancelled = 1 // a person said so
	NoRight       Cancelled = 2 // the right is not given, or not any more
	TooLarge      Cancelled = 3
	TooManyFiles  Cancelled = 4 // at once, or in one session
	CannotRead    Cancelled = 5 // on the sender's side
	CannotStore   Cancelled = 6 // on the receiver's side
	WrongSum      Cancelled = 7 // what came is not what was sent
	lastCancelled           = WrongSum
)

func (m *Hand) append(b []byte) ([]byte, error) {
	if err := check(m.valid()); err != nil {
		return nil, err
	}
	b, err := appendRights(binary.BigEndian.AppendUint32(b, m.ID), rights.Of(m.Right))
	b = binary.BigEndian.AppendUint64(b, m.Size)
	return append(b, m.Name...), err
}

func (m *Hand) parse(r *reader) {
	m.ID, m.Right, m.Size = r.uint32(), r.right(), r.uint64()
	m.Name = string(r.all())
	r.require(m.valid())
}

func (m *Hand) valid() bool {
	sized := false
	switch m.Right {
	case rights.FilesIn, rights.FilesOut:
		sized = m.Size <= MaxFile
	case rights.Logs, rights.System:
		sized = m.Size <= MaxEvidence || m.Size == Unknown
	}
	return m.ID > 0 && sized && FileName(m.Name) == m.Name
}

func (m *Accept) append(b []byte) ([]byte, error) {
	return binary.BigEndian.AppendUint32(b, m.ID), check(m.ID > 0)
}

func (m *Accept) parse(r *reader) {
	m.ID = r.uint32()
	r.require(m.ID > 0)
}

func (m *Piece) append(b []byte) ([]byte, error) {
	b = binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(b, m.ID), m.Offset)
	return append(b, m.Data...), check(m.valid())
}

func (m *Piece) parse(r *reader) {
	m.ID, m.Offset = r.uint32(), r.uint64()
	m.Data = r.all()
	r.require(m.valid())
}

func (m *Piece) valid() bool {
	return m.ID > 0 && len(m.Data) > 0 && len(m.Data) <= MaxPiece && m.Offset <= MaxFile-uint64(len(m.Data))
}

func (m *Took) append(b []byte) ([]byte, error) {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(b, m.ID), m.Bytes), check(m.valid())
}

func (m *Took) parse(r *reader) {
	m.ID, m.Bytes = r.uint32(), r.uint64()
	r.require(m.valid())
}

func (m *Took) valid() bool { return m.ID > 0 && m.Bytes > 0 && m.Bytes <= MaxFile }

func (m *Done) append(b []byte) ([]byte, error) {
	return append(binary.BigEndian.AppendUint32(b, m.ID), m.SHA256[:]...), check(m.ID > 0)
}

func (m *Done) parse(r *reader) {
	m.ID = r.uint32()
	r.copy(m.SHA256[:])
	r.require(m.ID > 0)
}

func (m *Cancel) append(b []byte) ([]byte, error) {
	return append(binary.BigEndian.AppendUint32(b, m.ID), byte(m.Why)), check(m.valid())
}

func (m *Cancel) parse(r *reader) {
	m.ID, m.Why = r.uint32(), Cancelled(r.byte())
	r.require(m.valid())
}

func (m *Cancel) valid() bool { return m.ID > 0 && m.Why >= NotWanted && m.Why <= lastCancelled }
