package analyze

import (
	"errors"
	"strings"
	"time"

	"github.com/beistand/beistand/diag/bundle"
)

// logs is what all logs of a bundle say.
type logs struct {
	reports []*logReport
	failed  map[string]error // by path
}

// allLogs reads every log once.
func (e *evidence) allLogs() *logs {
	if e.logs != nil {
		return e.logs
	}
	e.logs = &logs{failed: map[string]error{}}
	for _, f := range e.manifest.Files {
		if !strings.HasPrefix(f.MediaType, "text/") {
			continue
		}
		s := &scanner{
			report: &logReport{file: f, log: isLog(f), system: isSystemLog(f), seen: make([]*sightings, len(signs))},
			groups: newGrouper(), when: e.when,
		}
		for _, c := range e.wanted {
			if c.in(f) {
				s.counts = append(s.counts, c)
			}
		}
		if !s.report.log && len(s.counts) == 0 {
			continue
		}
		if err := e.scan(s, f.Path); err != nil {
			if e.ctx.Err() != nil {
				return e.logs // Run gives ctx's error
			}
			e.logs.failed[f.Path] = err
			continue
		}
		e.logs.reports = append(e.logs.reports, s.report)
	}
	return e.logs
}

func (e *evidence) scan(s *scanner, path string) (err error) {
	r, err := e.from.OpenFile(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	return s.scan(e.ctx, r)
}

// when reads the time of a log's line; nil if it says none.
func (e *evidence) when(line []byte) *time.Time {
	if t, ok := stamp(line, e.now, e.loc); ok {
		return &t
	}
	return nil
}

func isLog(f bundle.File) bool { return strings.HasPrefix(f.Path, "logs/") }

// isSystemLog tells the system's own logs from those of programs, which a
// profile or a person has named.
func isSystemLog(f bundle.File) bool { return !strings.HasPrefix(f.Collector, "log-") }
