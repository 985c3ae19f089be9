package diag

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/collect"
	"github.com/beistand/beistand/diag/facts"
	"github.com/beistand/beistand/diag/gentle"
)

// errLimit tells a collector that it may store no more.
var errLimit = errors.New("the collector has delivered as much as it may")

// sink takes one collector's files through the redactor into the bundle,
// within its size limit, until it is sealed.
type sink struct {
	w         *bundle.Writer
	clean     *cleaning
	collector string
	throttle  *gentle.Throttle
	done      chan struct{} // closed once it is sealed

	mu     sync.Mutex // guards what follows; never held while a file is written
	left   int64      // bytes that may still come
	used   int64
	sealed bool
	open   []*sinkFile
	got    result
}

// result is what a sink has delivered.
type result struct {
	files   int
	bytes   int64
	cut     string // what is missing in a file that is there, in words
	missing string // why a file is not there, in words
	within  bool   // files lack what is not of the time that was asked for
}

// Create begins a file of the bundle.
func (s *sink) Create(path string, f collect.FileInfo) (io.WriteCloser, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sealed {
		return nil, errStopped
	}
	to := bundle.File{
		Path: path, Title: f.Title, Collector: s.collector, Source: f.Source, MediaType: f.MediaType, Cut: f.Cut, Outside: f.Outside,
	}
	passes := s.collector == screensCollector && f.MediaType == "image/png"
	if passes {
		to.Unredacted = isPicture
	}
	e, err := s.clean.add(s.w, &to)
	if err != nil {
		s.got.lost(err)
		return nil, err
	}
	file := &sinkFile{s: s, e: e, file: to, cut: to.Cut, within: f.Outside != "", partial: strings.HasPrefix(f.MediaType, "text/"), passes: passes}
	if !passes {
		file.text = s.clean.by.file(e, f.MediaType, s.clean.folder, nil)
		file.copy = s.clean.copies(s.collector)
	}
	s.open = append(s.open, file)
	return file, nil
}

// seal ends the files that are still open, as cut for the reason given in
// words, and everything that a collector left behind may still try.
func (s *sink) seal(why string) {
	s.mu.Lock()
	if !s.sealed {
		s.sealed = true
		close(s.done)
	}
	open := s.open
	s.mu.Unlock()
	for _, f := range open {
		f.end(why)
	}
}

// bytes is how much has been delivered so far.
func (s *sink) bytes() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.used
}

func (s *sink) result() result {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.got
}

// reserve gives how many of n bytes may be written.
func (s *sink) reserve(n int) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sealed {
		return 0, errStopped
	}
	allowed := int(min(int64(n), s.left))
	s.left -= int64(allowed)
	s.used += int64(allowed)
	if allowed < n {
		return allowed, errLimit
	}
	return allowed, nil
}

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

// closed counts a file that has ended.
func (s *sink) closed(f *sinkFile) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.endErr != nil {
		s.got.lost(f.endErr)
		return
	}
	s.got.files++
	s.got.bytes += f.size
	s.got.within = s.got.within || f.within
	if s.got.cut == "" {
		s.got.cut = f.cut
	}
}

func (r *result) lost(err error) {
	var full *bundle.NoRoomError
	var refused *bundle.QuarantineError
	switch {
	case r.missing != "":
	case errors.As(err, &refused):
		r.missing = "it could not be redacted: " + refused.Why
	case errors.As(err, &full):
		r.missing = full.Why
	}
}
