package diag

import (
	"errors"
	"io"
	"strings"
	"sync"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/collect"
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
