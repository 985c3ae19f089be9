package analyze

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"sync"
	"time"

	"github.com/beistand/beistand/diag/analyze/logline"
)

// sign is something that lines of logs tell by themselves, and the rule that
// tells it to the customer.
type sign struct {
	Rule
	words   []string              // lower case; a line has one of them, or pattern is not tried
	pattern func() *regexp.Regexp // the first group that takes part is what the line is about: {{.What}}
	system  bool                  // the system's own logs alone
	others  bool                  // logs of programs alone
	least   int                   // how many lines make a finding; 0 is 1
}

// whenUsed compiles a pattern when a line first has its words: few logs have
// those of many signs, and a program that looks into none has no use for any.
func whenUsed(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

// signs are all there are. Their order is that of docs/findings.md.
var signs = sync.OnceValue(func() []sign {
	return slices.Concat(kernelSigns(), systemSigns(), accessSigns(), programSigns())
})

// sightings is one sign in one log.
type sightings struct {
	count int
	lines []int // the first maxRefs
	about map[string]int
	first []byte // its line, and the beginning of the last one
	last  []byte
}

// maxAbout is how many different things one sign is counted for.
const maxAbout = 64

// signs looks for signs in a line that has words of some.
func (s *scanner) signs(line []byte, number int, found *logline.Set) {
	all, words := signs(), words()
	for i := range all {
		g := &all[i]
		if !words.bySign[i].Meets(found) || g.system && !s.report.system || g.others && s.report.system {
			continue
		}
		m := g.pattern().FindSubmatchIndex(line)
		if m == nil {
			continue
		}
		seen := s.report.seen[i]
		if seen == nil {
			seen = &sightings{about: map[string]int{}, first: slices.Clone(line[:min(len(line), maxExample)])}
			s.report.seen[i] = seen
		}
		seen.count++
		if len(seen.lines) < maxRefs {
			seen.lines = append(seen.lines, number)
		}
		seen.last = append(seen.last[:0], line[:min(len(line), logline.TimeWithin)]...)
		for g := 2; g < len(m); g += 2 { // the first group that took part
			if m[g] < 0 || m[g] == m[g+1] {
				continue
			}
			about := line[m[g]:m[g+1]]
			if n, known := seen.about[string(about)]; known || len(seen.about) < maxAbout {
				seen.about[string(about)] = n + 1
			}
			break
		}
	}
}

// signRules makes the rule of each sign.
func signRules(of func() []sign) []Rule {
	all := of()
	var rules []Rule
	for _, g := range all {
		i := slices.IndexFunc(signs(), func(s sign) bool { return s.ID == g.ID })
		r := g.Rule
		r.find = func(e *evidence) []hit { return signHits(e, i) }
		rules = append(rules, r)
	}
	return rules
}

// signHits puts what all logs have of a sign into one hit.
func signHits(e *evidence, i int) []hit {
	var h hit
	count := 0
	about := map[string]int{}
	var last *time.Time
	log := "" // the first that has it
	for _, l := range e.allLogs().reports {
		seen := l.seen[i]
		if seen == nil {
			continue
		}
		count += seen.count
		for what, n := range seen.about {
			about[what] += n
		}
		for _, n := range seen.lines {
			h.refs = append(h.refs, Ref{File: l.file.Path, Line: n})
		}
		if at := e.when(seen.last); at != nil && (last == nil || at.After(*last)) {
			last = at
		}
		if log == "" {
			log = l.name()
			h.detail = readable(seen.first)
		}
	}
	if count == 0 || count < signs()[i].least {
		return nil
	}
	if len(about) == 0 { // the lines do not say it; the log's name is better than nothing
		about[log] = 1
	}
	h.data = data("Count", fmt.Sprint(count), "What", mostOf(about))
	if last != nil && count > 1 {
		h.detail = fmt.Sprintf("last %s; first: %s", moment(last), h.detail)
	}
	return []hit{h}
}

// mostOf names what was counted most, at most three.
func mostOf(about map[string]int) string {
	names := slices.SortedFunc(maps.Keys(about), func(a, b string) int {
		return cmp.Or(cmp.Compare(about[b], about[a]), cmp.Compare(a, b))
	})
	for i := range names {
		names[i] = readable([]byte(names[i]))
	}
	return inList(names, 3)
}
