package wire

import "encoding/binary"

// appendBytes writes a length of two bytes, then b.
func appendBytes(dst, b []byte, limit int) ([]byte, error) {
	dst = binary.BigEndian.AppendUint16(dst, uint16(len(b)))
	return append(dst, b...), check(len(b) <= limit)
}

func check(ok bool) error {
	if !ok {
		return ErrFormat
	}
	return nil
}

// reader takes fields off the front of a message. After the first field that
// is not there, all fields are zero and bad is true.
type reader struct {
	rest []byte
	bad  bool
}

func (r *reader) require(ok bool) { r.bad = r.bad || !ok }

func (r *reader) take(n int) []byte {
	if r.bad || n > len(r.rest) {
		r.bad = true
		return nil
	}
	b := r.rest[:n:n]
	r.rest = r.rest[n:]
	return b
}

func (r *reader) copy(dst []byte) { copy(dst, r.take(len(dst))) }

func (r *reader) all() []byte { return r.take(len(r.rest)) }

func (r *reader) byte() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *reader) uint16() uint16 {
	if b := r.take(2); b != nil {
		return binary.BigEndian.Uint16(b)
	}
	return 0
}

func (r *reader) uint32() uint32 {
	if b := r.take(4); b != nil {
		return binary.BigEndian.Uint32(b)
	}
	return 0
}

func (r *reader) uint64() uint64 {
	if b := r.take(8); b != nil {
		return binary.BigEndian.Uint64(b)
	}
	return 0
}

func (r *reader) bytes(limit int) []byte {
	n := int(r.uint16())
	r.require(n <= limit)
	return r.take(n)
}
