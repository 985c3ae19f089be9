package bundle

import "sync"

// behind packs one large file's content on a goroutine of its own, so that
// whoever reads and cleans what follows goes on meanwhile. Its memory is
// bounded: who is quicker waits.
//
//	Entry.Write -> full -> packing
//	            <- free <-
type behind struct {
	full  chan []byte   // to be packed; nil is the end
	free  chan []byte   // packed, to be filled again
	quit  chan struct{} // closed when nobody waits for the content any more
	ended chan struct{} // closed when the goroutine has ended
	err   error         // of packing; read it once ended is closed
	stop  func()        // closes quit
}

// A block is written into memory once more; two of them are on their way
// while a third is filled.
const (
	behindBlock  = 128 << 10
	behindBlocks = 3
)

// newBehind starts packing, after lower (may be nil) has been called there.
// After an error, what still comes is dropped.
func newBehind(lower func(), pack func([]byte) error) *behind {
	b := &behind{
		full: make(chan []byte, behindBlocks+1), free: make(chan []byte, behindBlocks),
		quit: make(chan struct{}), ended: make(chan struct{}),
	}
	b.stop = sync.OnceFunc(func() { close(b.quit) })
	for range behindBlocks {
		b.free <- make([]byte, 0, behindBlock)
	}
	go func() {
		defer close(b.ended)
		if lower != nil {
			lower()
		}
		for {
			select {
			case <-b.quit:
				return
			case block := <-b.full:
				if block == nil {
					return
				}
				if b.err = pack(block); b.err != nil {
					return
				}
				b.free <- block[:0]
			}
		}
	}()
	return b
}

// block waits for room; nil says that packing has ended early.
func (b *behind) block() []byte {
	select {
	case <-b.ended:
		return nil
	default:
	}
	select {
	case block := <-b.free:
		return block
	case <-b.ended:
		return nil
	}
}

// finish packs the last block, waits, and gives what went wrong.
func (b *behind) finish(last []byte) error {
	if len(last) > 0 {
		b.full <- last // there is always room: no more blocks exist than it holds
	}
	b.full <- nil
	<-b.ended
	return b.err
}

// SetLower gives what goroutines that pack do first, such as giving up
// priority. It is called before anything is added.
func (w *Writer) SetLower(lower func()) { w.lower = lower }

func (w *Writer) follow(b *behind) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		b.stop()
		return
	}
	w.behinds[b] = true
}

func (w *Writer) unfollow(b *behind) {
	b.stop()
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.behinds, b)
}

// end stops packing for files that nobody has closed; w.mu is held.
func (w *Writer) end() {
	for b := range w.behinds {
		b.stop()
	}
	clear(w.behinds)
}
