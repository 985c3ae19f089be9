package bundle

import (
	"cmp"
	"io"
)

// hand gives content to the goroutine that packs.
func (e *Entry) hand(p []byte) (n int, err error) {
	for n < len(p) {
		if e.block == nil {
			if e.block = e.behind.block(); e.block == nil {
				return n, cmp.Or(e.behind.err, errClosed)
			}
		}
		take := min(cap(e.block)-len(e.block), len(p)-n)
		e.block = append(e.block, p[n:n+take]...)
		if n += take; len(e.block) == cap(e.block) {
			e.behind.full <- e.block
			e.block = nil
		}
	}
	return n, nil
}

// pack is called by one goroutine at a time: Write's, or the one behind it.
func (e *Entry) pack(p []byte) error {
	e.sum.Write(p)
	if e.sealer == nil {
		e.crc.Write(p)
	}
	to := io.Writer(bounded{e})
	if e.packer != nil {
		to = e.packer
	}
	_, err := to.Write(p)
	return err
}

// hurry goes on with a packer for speed. Deflate's blocks may follow each
// other whoever made them, once the one before has been flushed.
func (e *Entry) hurry() error {
	if err := e.packer.Flush(); err != nil {
		return err
	}
	to := io.Writer(bounded{e})
	if e.sealer != nil {
		to = e.sealer
	}
	e.w.giveBack(e.packer, false)
	e.packer, e.quick = e.w.packer(to, true), true
	if e.w.atOnce {
		e.behind = newBehind(e.w.lower, e.pack)
		e.w.follow(e.behind)
	}
	return nil
}
