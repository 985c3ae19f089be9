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

// sink takes one collector's files into the bundle, within its size limit,
// until it is sealed.
type sink struct {
	w         *bundle.Writer
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
	e, err := s.w.Add(bundle.File{
		Path: path, Title: f.Title, Collector: s.collector, Source: f.Source, MediaType: f.MediaType, Cut: f.Cut, Outside: f.Outside,
	})
	if err != nil {
		s.got.lost(err)
		return nil, err
	}
	file := &sinkFile{s: s, e: e, cut: f.Cut, within: f.Outside != "", partial: strings.HasPrefix(f.MediaType, "text/")}
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
	partial bool // its beginning alone is of use; half a picture is not
	within  bool // it lacks what is not of the time that was asked for

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
	n, err := f.e.Write(p[:allowed])
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

// Close puts the file into the bundle.
func (f *sinkFile) Close() error { return f.end("") }

// end closes the file, once; stopped is why its collector was stopped, in
// words, or "" if it has ended by itself.
func (f *sinkFile) end(stopped string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ended {
		return f.endErr
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
		f.e.SetCut(f.cut)
		f.endErr = f.e.Close()
	}
	f.s.closed(f)
	return f.endErr
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
	if errors.As(err, &full) && r.missing == "" {
		r.missing = full.Why
	}
}
