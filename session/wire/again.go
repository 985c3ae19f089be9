package wire

import "encoding/binary"

// Again is the viewer's wish for another connection than the newest that it
// knows of, because that one is broken or its own network has changed.
type Again struct{ Connection uint32 }

// Resume is the first message of each side on every connection: how many of the
// other's messages behind such ones it has taken, on all connections together.
// The other goes on with the next. Able is what the sender can do with a screen.
type Resume struct {
	Received uint64
	Able     Able
}

// Received says the same in between, so that the other need not keep them.
type Received struct{ Count uint64 }

// Withdrawn stands where something was that must not be sent any more.
type Withdrawn struct{}

func (*Again) kind() kind     { return kindAgain }
func (*Resume) kind() kind    { return kindResume }
func (*Received) kind() kind  { return kindReceived }
func (*Withdrawn) kind() kind { return kindWithdrawn }

func (m *Again) append(b []byte) ([]byte, error) {
	return binary.BigEndian.AppendUint32(b, m.Connection), check(m.Connection > 0)
}

func (m *Again) parse(r *reader) {
	m.Connection = r.uint32()
	r.require(m.Connection > 0)
}

func (m *Resume) append(b []byte) ([]byte, error) {
	return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint64(b, m.Received), uint32(m.Able)), check(m.Able&^allAble == 0)
}

func (m *Resume) parse(r *reader) {
	m.Received, m.Able = r.uint64(), Able(r.uint32())
	r.require(m.Able&^allAble == 0)
}

func (m *Received) append(b []byte) ([]byte, error) {
	return binary.BigEndian.AppendUint64(b, m.Count), nil
}
func (m *Received) parse(r *reader) { m.Count = r.uint64() }

func (*Withdrawn) append(b []byte) ([]byte, error) { return b, nil }
func (*Withdrawn) parse(*reader)                   {}
