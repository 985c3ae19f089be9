package picture

import "fmt"

// Pieces puts an update together from pieces that come one after the other.
// The zero value waits for the first.
type Pieces struct {
	number, total uint32
	got           []byte
	dropped       bool // since the last piece
}

// Drop forgets an update that is not whole; the next one's number is higher, by
// more than one when some were withdrawn before they had begun.
func (p *Pieces) Drop() { p.total, p.got, p.dropped = 0, p.got[:0], true }

// Add takes the next piece: of the update that is being put together, or the
// first of the next one, whose number is one higher. It gives the update when
// that is whole, valid until the next call, and nil before. Memory grows with
// what has come, not with what was promised. The error is ErrUpdate.
func (p *Pieces) Add(number, total, offset uint32, data []byte) ([]byte, error) {
	if uint32(len(p.got)) == p.total { // the last one is whole, or none was
		if number <= p.number || number != p.number+1 && !p.dropped || offset != 0 || total == 0 || total > MaxUpdate {
			return nil, fmt.Errorf("begin update %d of %d bytes after update %d: %w", number, total, p.number, ErrUpdate)
		}
		p.number, p.total, p.got, p.dropped = number, total, p.got[:0], false
	}
	if number != p.number || total != p.total || int(offset) != len(p.got) || len(data) == 0 || len(data) > int(total-offset) {
		return nil, fmt.Errorf("add %d bytes at %d to update %d: %w", len(data), offset, p.number, ErrUpdate)
	}
	p.got = append(p.got, data...)
	if len(p.got) < int(total) {
		return nil, nil
	}
	return p.got, nil
}
