package diag

import (
	"errors"
	"fmt"
	"sync"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/facts"
)

// sinkFile is one file of a sink.
type sinkFile struct {
	s       *sink
	e       *bundle.Entry
	file    bundle.File // as it is in the bundle
	partial bool        // its beginning alone is of use; half a picture is not
	within  bool        // it lacks what is not of the time that was asked for

	passes  bool       // it is not redacted
	writing sync.Mutex // guards text and copy; taken before mu
	text    *redaction // nil for what passes, and once it has ended
	copy    *copied    // of what is not redacted yet; nil if none is kept

	mu     sync.Mutex // guards what follows
	cut    string     // in words
	over   bool       // the size limit was met here
	size   int64
	ended  bool
	endErr error
}

func (f *sinkFile) Write(p []byte) (int, error) {
	f.s.throttle.Wait(f.s.done)
	allowed, limit := f.s.reserve(len(p))
	n, err := f.put(p[:allowed])
	f.mu.Lock()
	defer f.mu.Unlock()
	f.size += int64(n)
	if errors.Is(limit, errLimit) && !f.over {
		f.over = true
		f.missing(fmt.Sprintf("only the first %s are here", facts.Size(f.size)))
	}
	if err == nil {
		err = limit
	}
	return n, err
}

// put redacts what is put into the bundle.
func (f *sinkFile) put(p []byte) (int, error) {
	if f.passes {
		return f.e.Write(p)
	}
	f.writing.Lock()
	defer f.writing.Unlock()
	if f.text == nil {
		return 0, errStopped
	}
	f.copy.write(p)
	return f.text.Write(p)
}

// Close puts the file into the bundle.
func (f *sinkFile) Close() error { return f.end("") }

// end closes the file, once; stopped is why its collector was stopped, in
// words, or "" if it has ended by itself. That it is quarantined is not the
// collector's fault, and no error.
func (f *sinkFile) end(stopped string) error {
	f.writing.Lock()
	defer f.writing.Unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ended {
		return f.fault()
	}
	f.ended = true
	switch {
	case !f.partial && stopped != "":
		f.endErr = f.e.LeaveOut(stopped)
	case !f.partial && f.over:
		f.endErr = f.e.LeaveOut("it is larger than allowed")
	default:
		if stopped != "" {
			f.missing("the rest is missing: " + stopped)
		}
		f.endErr = f.close()
	}
	if f.text != nil {
		_ = f.text.close() // ends its goroutine; what went wrong has been said
	}
	f.copy.drop()
	f.text, f.copy = nil, nil // they hold much, and the sink holds this
	f.s.closed(f)
	return f.fault()
}

// fault is what the collector is told; f.mu is held.
func (f *sinkFile) fault() error {
	if refused := (*bundle.QuarantineError)(nil); errors.As(f.endErr, &refused) {
		return nil
	}
	return f.endErr
}

// close ends redacting and puts the file into the bundle. What is refused is
// quarantined. f.writing and f.mu are held.
func (f *sinkFile) close() error {
	if f.passes {
		f.e.SetCut(f.cut)
		return f.e.Close()
	}
	err := f.text.close()
	if isRefused(err) {
		return f.s.clean.refuse(f, err.Error())
	}
	if cut := f.text.cut(); cut != "" {
		f.missing(f.s.clean.by.Text(cut))
	}
	f.e.SetCut(f.cut)
	f.e.SetReplaced(f.text.count)
	f.size = f.text.out.n
	if cerr := f.e.Close(); cerr != nil {
		return cerr
	}
	return err
}

// missing adds to what is missing; f.mu is held.
func (f *sinkFile) missing(words string) {
	if f.cut != "" {
		words = f.cut + "; " + words
	}
	f.cut = words
}
