package analyze

import (
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/beistand/beistand/diag/analyze/logline"
	"github.com/beistand/beistand/diag/bundle"
)

// logs is what all logs of a bundle say.
type logs struct {
	reports []*logReport
	failed  map[string]error // by path
}

// readers is how many logs are read at the same time; the machine is used by
// somebody meanwhile.
const readers = 4

// startLogs begins to read every log, once. What it gives waits for their end.
func (e *evidence) startLogs() func() *logs {
	var all []*scanner
	for _, f := range e.manifest.Files {
		if s := e.scanner(f); s != nil {
			all = append(all, s)
		}
	}
	errs := make([]error, len(all))
	turn := make(chan struct{}, min(readers, runtime.GOMAXPROCS(0)))
	var reading sync.WaitGroup
	for i, s := range all {
		reading.Go(func() {
			turn <- struct{}{}
			errs[i] = e.scan(s)
			<-turn
		})
	}
	return sync.OnceValue(func() *logs {
		reading.Wait()
		l := &logs{failed: map[string]error{}}
		for i, s := range all {
			if errs[i] != nil {
				l.failed[s.report.file.Path] = errs[i]
				continue
			}
			l.reports = append(l.reports, s.report)
			for _, c := range s.counts {
				e.tallies[c.lineCount] = e.tallies[c.lineCount].plus(c)
			}
		}
		return l
	})
}

// scanner makes the reader of a file; nil if there is nothing to look for in it.
func (e *evidence) scanner(f bundle.File) *scanner {
	if !strings.HasPrefix(f.MediaType, "text/") {
		return nil
	}
	s := &scanner{
		report: &logReport{file: f, log: isLog(f), system: isSystemLog(f), seen: make([]*sightings, len(signs()))},
		groups: newGrouper(), when: e.when,
	}
	for _, c := range e.wanted {
		if c.in(f) {
			s.counts = append(s.counts, &tally{lineCount: c})
		}
	}
	if !s.report.log && len(s.counts) == 0 {
		return nil
	}
	return s
}

func (e *evidence) scan(s *scanner) (err error) {
	r, err := e.from.OpenFile(s.report.file.Path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	return s.scan(e.ctx, r)
}

// when reads the time of a log's line; nil if it says none.
func (e *evidence) when(line []byte) *time.Time {
	if t, ok := logline.Time(line, e.now, e.loc); ok {
		return &t
	}
	return nil
}

func isLog(f bundle.File) bool { return strings.HasPrefix(f.Path, "logs/") }

// isSystemLog tells the system's own logs from those of programs, which a
// profile or a person has named.
func isSystemLog(f bundle.File) bool { return !strings.HasPrefix(f.Collector, "log-") }

// plus adds another log's count to t, which may be nil.
func (t *tally) plus(o *tally) *tally {
	if t == nil {
		return o
	}
	t.n += o.n
	t.refs = slices.Concat(t.refs, o.refs)
	return t
}
