package bundle

import (
	"encoding/binary"
	"time"
)

// The records are those of PKWARE's APPNOTE 6.3.9, 4.3.7, 4.3.12 and 4.3.16,
// without data descriptors, extra fields, comments, encryption and ZIP64.
// archive/zip can neither take back an entry that did not fit nor put the
// directory where room was kept, so they are written here.
const (
	localSignature   = 0x04034b50
	centralSignature = 0x02014b50
	endSignature     = 0x06054b50

	localLen   = 30
	centralLen = 46
	endLen     = 22

	stored   = 0
	deflated = 8

	version   = 20     // needed to extract: deflate
	madeBy    = 3 << 8 // Unix, so that the mode below is read
	utf8Flag  = 1 << 11
	fileMode  = 0o100600 << 16
	typeMask  = 0o170000 << 16
	plainFile = 0o100000 << 16
)

// entry is one file as the archive's directory has it.
type entry struct {
	name   string
	method uint16
	time   uint32 // MS-DOS time below, date above
	crc    uint32
	packed uint32
	plain  uint32
	offset uint32
	attrs  uint32
}

// span is how many bytes the entry takes before the directory.
func (e *entry) span() int64 { return localLen + int64(len(e.name)) + int64(e.packed) }

// data is where its packed content begins.
func (e *entry) data() int64 { return int64(e.offset) + localLen + int64(len(e.name)) }

// common is what local and central header share, from "version needed" on.
func (e *entry) common(b []byte) []byte {
	le := binary.LittleEndian
	b = le.AppendUint16(b, version)
	b = le.AppendUint16(b, utf8Flag)
	b = le.AppendUint16(b, e.method)
	b = le.AppendUint32(b, e.time)
	b = le.AppendUint32(b, e.crc)
	b = le.AppendUint32(b, e.packed)
	b = le.AppendUint32(b, e.plain)
	b = le.AppendUint16(b, uint16(len(e.name)))
	return le.AppendUint16(b, 0) // extra fields
}

func (e *entry) local() []byte {
	b := binary.LittleEndian.AppendUint32(make([]byte, 0, localLen+len(e.name)), localSignature)
	return append(e.common(b), e.name...)
}

func (e *entry) central(b []byte) []byte {
	le := binary.LittleEndian
	b = le.AppendUint32(b, centralSignature)
	b = le.AppendUint16(b, madeBy|version)
	b = e.common(b)
	b = le.AppendUint16(b, 0) // comment
	b = le.AppendUint16(b, 0) // disk
	b = le.AppendUint16(b, 0) // internal attributes
	b = le.AppendUint32(b, e.attrs)
	b = le.AppendUint32(b, e.offset)
	return append(b, e.name...)
}

// appendEnd appends the end record for count entries whose directory of size
// bytes begins at offset.
func appendEnd(b []byte, count int, size, offset int64) []byte {
	le := binary.LittleEndian
	b = le.AppendUint32(b, endSignature)
	b = le.AppendUint32(b, 0) // disks
	b = le.AppendUint16(b, uint16(count))
	b = le.AppendUint16(b, uint16(count))
	b = le.AppendUint32(b, uint32(size))
	b = le.AppendUint32(b, uint32(offset))
	return le.AppendUint16(b, 0) // comment
}

// dosTime is MS-DOS's local time, which has two seconds' resolution and no zone.
func dosTime(t time.Time) uint32 {
	if t.Year() < 1980 || t.Year() > 2107 {
		return 1<<21 | 1<<16 // 1 January 1980
	}
	date := uint32(t.Year()-1980)<<9 | uint32(t.Month())<<5 | uint32(t.Day())
	return date<<16 | uint32(t.Hour())<<11 | uint32(t.Minute())<<5 | uint32(t.Second()/2)
}
