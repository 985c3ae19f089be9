package wire

import "encoding/binary"

// Share is the viewer's step of the key exchange, in the clear.
type Share struct {
	Point [32]byte
	Data  []byte // at most MaxData
}

// Answered is the host's step of the key exchange, in the clear.
type Answered struct {
	Point [32]byte
	Tag   [64]byte
	Data  []byte // at most MaxData
}

// Confirm is the viewer's proof that it has the key, in the clear.
type Confirm struct{ Tag [64]byte }

// Reason says why a session ends.
type Reason byte

// The reasons. What a person did is told apart from what went wrong.
const (
	Stopped    Reason = 1  // the sender's person ended it
	WrongCode  Reason = 2  // the key exchange came to nothing
	Expired    Reason = 3  // the code did
	NoWay      Reason = 4  // no connection came about
	NoScreen   Reason = 5  // the screen can no longer be read
	Tampered   Reason = 6  // a message was not what it had to be
	NoRecord   Reason = 7  // the session's record cannot be kept
	Idle       Reason = 8  // nothing happened for too long
	TooLong    Reason = 9  // it has lasted as long as a session may
	RecordFull Reason = 10 // nothing more fits into the session's record
	lastReason        = RecordFull
)

// Bye is the sender's last message. In the clear only before there is a key.
type Bye struct{ Reason Reason }

// Sealed carries another message under the room's keys.
type Sealed struct {
	Number uint64 // counted from 0 in its direction; the room may lose some
	Body   []byte // at most MaxSealed, at least one byte
}

// Granted says that the customer consents.
type Granted struct{}

// Refused says that the customer does not, or has not answered.
type Refused struct{}

// Offer and Answer are session descriptions (RFC 8866, RFC 8829), at most
// MaxSDP. A session has one connection after another, numbered from 1; what
// belongs to an older one than the newest is passed over.
type (
	Offer struct {
		Connection uint32
		SDP        string
	}
	Answer struct {
		Connection uint32
		SDP        string
	}
)

// Candidate is one trickled ICE candidate (RFC 8838) of a connection. An empty
// line says that there are no more; the fields behind it are then empty too.
type Candidate struct {
	Connection uint32
	Line       string // at most MaxLine: "candidate:..."
	Mid        string // at most MaxName: the media section
	Index      uint16 // the media section's number
	Ufrag      string // at most MaxName: the ICE generation
}

// Picture is one piece of a frame.
type Picture struct {
	Number uint32 // the frame's, counted from 1
	Total  uint32 // the frame's bytes, 1 to MaxUpdate
	Offset uint32 // where Data goes
	Data   []byte // 1 to MaxChunk
}

func (*Share) kind() kind     { return kindShare }
func (*Answered) kind() kind  { return kindAnswered }
func (*Confirm) kind() kind   { return kindConfirm }
func (*Bye) kind() kind       { return kindBye }
func (*Sealed) kind() kind    { return kindSealed }
func (*Granted) kind() kind   { return kindGranted }
func (*Refused) kind() kind   { return kindRefused }
func (*Offer) kind() kind     { return kindOffer }
func (*Answer) kind() kind    { return kindAnswer }
func (*Candidate) kind() kind { return kindCandidate }
func (*Picture) kind() kind   { return kindPicture }

func (m *Share) append(b []byte) ([]byte, error) {
	return appendBytes(append(b, m.Point[:]...), m.Data, MaxData)
}

func (m *Share) parse(r *reader) {
	r.copy(m.Point[:])
	m.Data = r.bytes(MaxData)
}

func (m *Answered) append(b []byte) ([]byte, error) {
	b = append(append(b, m.Point[:]...), m.Tag[:]...)
	return appendBytes(b, m.Data, MaxData)
}

func (m *Answered) parse(r *reader) {
	r.copy(m.Point[:])
	r.copy(m.Tag[:])
	m.Data = r.bytes(MaxData)
}

func (m *Confirm) append(b []byte) ([]byte, error) { return append(b, m.Tag[:]...), nil }
func (m *Confirm) parse(r *reader)                 { r.copy(m.Tag[:]) }

func (m *Bye) append(b []byte) ([]byte, error) {
	return append(b, byte(m.Reason)), check(m.Reason.valid())
}

func (m *Bye) parse(r *reader) {
	m.Reason = Reason(r.byte())
	r.require(m.Reason.valid())
}

func (r Reason) valid() bool { return r >= Stopped && r <= lastReason }

func (m *Sealed) append(b []byte) ([]byte, error) {
	b = binary.BigEndian.AppendUint64(b, m.Number)
	return append(b, m.Body...), check(len(m.Body) > 0 && len(m.Body) <= MaxSealed)
}

func (m *Sealed) parse(r *reader) {
	m.Number = r.uint64()
	m.Body = r.all()
	r.require(len(m.Body) > 0)
}

func (*Granted) append(b []byte) ([]byte, error) { return b, nil }
func (*Granted) parse(*reader)                   {}
func (*Refused) append(b []byte) ([]byte, error) { return b, nil }
func (*Refused) parse(*reader)                   {}

func (m *Offer) append(b []byte) ([]byte, error)  { return appendSDP(b, m.Connection, m.SDP) }
func (m *Offer) parse(r *reader)                  { m.Connection, m.SDP = sdp(r) }
func (m *Answer) append(b []byte) ([]byte, error) { return appendSDP(b, m.Connection, m.SDP) }
func (m *Answer) parse(r *reader)                 { m.Connection, m.SDP = sdp(r) }

func appendSDP(b []byte, connection uint32, sdp string) ([]byte, error) {
	if err := check(connection > 0); err != nil {
		return nil, err
	}
	return appendBytes(binary.BigEndian.AppendUint32(b, connection), []byte(sdp), MaxSDP)
}

func sdp(r *reader) (connection uint32, sdp string) {
	connection = r.uint32()
	r.require(connection > 0)
	return connection, string(r.bytes(MaxSDP))
}

func (m *Candidate) append(b []byte) ([]byte, error) {
	if err := check(m.valid()); err != nil {
		return nil, err
	}
	b, err := appendBytes(binary.BigEndian.AppendUint32(b, m.Connection), []byte(m.Line), MaxLine)
	if err != nil {
		return nil, err
	}
	if b, err = appendBytes(b, []byte(m.Mid), MaxName); err != nil {
		return nil, err
	}
	return appendBytes(binary.BigEndian.AppendUint16(b, m.Index), []byte(m.Ufrag), MaxName)
}

func (m *Candidate) parse(r *reader) {
	m.Connection = r.uint32()
	m.Line = string(r.bytes(MaxLine))
	m.Mid = string(r.bytes(MaxName))
	m.Index = r.uint16()
	m.Ufrag = string(r.bytes(MaxName))
	r.require(m.valid())
}

func (m *Candidate) valid() bool {
	return m.Connection > 0 && (m.Line != "" || *m == Candidate{Connection: m.Connection})
}

func (m *Picture) append(b []byte) ([]byte, error) {
	b = binary.BigEndian.AppendUint32(b, m.Number)
	b = binary.BigEndian.AppendUint32(b, m.Total)
	b = binary.BigEndian.AppendUint32(b, m.Offset)
	return append(b, m.Data...), check(m.valid())
}

func (m *Picture) parse(r *reader) {
	m.Number, m.Total, m.Offset = r.uint32(), r.uint32(), r.uint32()
	m.Data = r.all()
	r.require(m.valid())
}

func (m *Picture) valid() bool {
	return m.Number > 0 && m.Total <= MaxUpdate && len(m.Data) > 0 && len(m.Data) <= MaxChunk &&
		uint64(m.Offset)+uint64(len(m.Data)) <= uint64(m.Total)
}
