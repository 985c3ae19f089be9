package child

import (
	"io"
	"sync"
)

// tailSize bounds what is remembered of a program's output.
const tailSize = 64 << 10

// tail remembers the end of what is written to it.
type tail struct {
	also io.Writer // a copy goes here; may be nil

	mu  sync.Mutex // guards buf
	buf []byte
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.buf = append(t.buf, p...)
	if over := len(t.buf) - tailSize; over > 0 {
		t.buf = append(t.buf[:0], t.buf[over:]...)
	}
	if t.also != nil {
		_, _ = t.also.Write(p) // a log that cannot be written must not end the program
	}
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.buf)
}
