package tally

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/beistand/beistand/app/lab/glass/film"
)

// pageTime is the time of a page that never got there: the next one came.
const pageTime = 2000 // ms

var errNothing = errors.New("no frame was painted in the measured time")

// merged is what a watcher saw of each painted frame; 0 is never.
type merged struct {
	arrived                  []int64    // when the frame or a later one was complete
	exact                    []bool     // whether it was the frame itself
	ends                     [3][]int64 // first sighting of each part
	fresh                    []int64    // times at which a newer frame became complete
	legible, sharp, lossless map[int]int64
	quality                  []film.Quality
	last                     int64
}

// ReadLogs merges a painter's and a watcher's logs. Only frames that were
// painted between from and to count.
func (r *Result) ReadLogs(paintLog, watchLog string, from, to int64) error {
	painted, first, err := readPainted(paintLog)
	if err != nil {
		return err
	}
	events, err := readEvents(watchLog)
	if err != nil {
		return err
	}
	m := r.merge(painted, first, events, from, to)
	r.Quality, r.Shots = meanQuality(m.quality), len(m.quality)
	if to == math.MaxInt64 && len(painted) > 0 {
		from, to = painted[0].Shown, painted[len(painted)-1].Shown+1
	}
	r.Seconds = Round(float64(to-from) / 1e9)
	if len(painted) == 1 { // a scene that stands still: nothing to wait for
		return nil
	}
	return r.count(painted, m, from, to)
}

func (r *Result) merge(painted []Painted, first uint16, events []Event, from, to int64) *merged {
	m := &merged{
		arrived: make([]int64, len(painted)), exact: make([]bool, len(painted)),
		legible: map[int]int64{}, sharp: map[int]int64{}, lossless: map[int]int64{},
	}
	for e := range m.ends {
		m.ends[e] = make([]int64, len(painted))
	}
	parts := []string{Top, Bottom}
	if slices.ContainsFunc(events, func(e Event) bool { return e.End == Film }) {
		parts = append(parts, Film)
	}
	reach := slices.Repeat([]int{-1}, len(parts))
	next := 0
	for _, e := range events {
		i := int(e.N - first)
		switch e.Kind {
		case SawPlace:
			r.Scale = math.Round(e.Scale*1000) / 1000
			continue
		case SawPolls:
			r.PollHz = math.Round(e.PollHz)
			continue
		}
		if i >= len(painted) {
			continue // left over from an earlier run
		}
		m.last = max(m.last, e.T)
		switch e.Kind {
		case SawLegible:
			m.legible[i] = e.T
		case SawSharp:
			m.sharp[i] = e.T
		case SawLossless:
			m.lossless[i] = e.T
		case SawQuality:
			if p := painted[i]; len(painted) == 1 || p.Shown >= from && p.Shown < to {
				m.quality = append(m.quality, *e.Q)
			}
		case SawCounter:
			k := slices.Index(parts, e.End)
			if k < 0 {
				continue
			}
			reach[k] = max(reach[k], i)
			if m.ends[k][i] == 0 {
				m.ends[k][i] = e.T
			}
			if whole := slices.Min(reach); whole >= next {
				m.exact[whole] = true
				for ; next <= whole; next++ {
					m.arrived[next] = e.T
				}
				if e.T >= from && e.T < to {
					m.fresh = append(m.fresh, e.T)
				}
			}
		}
	}
	return m
}

func (r *Result) count(painted []Painted, m *merged, from, to int64) error {
	var lat, own, tear, cost, legible, sharp, lossless []float64
	pages, total := 0, 0
	until := func(times map[int]int64, i int) float64 {
		if t, ok := times[i]; ok {
			return ms(t - painted[i].Shown)
		}
		return pageTime
	}
	for i, p := range painted {
		if p.Shown < from || p.Shown >= to {
			continue
		}
		total++
		cost = append(cost, ms(p.Shown-p.Sent))
		if m.arrived[i] == 0 {
			r.Missing++
			lat = append(lat, ms(max(m.last, to)-p.Shown))
		} else {
			lat = append(lat, ms(m.arrived[i]-p.Shown))
		}
		if m.exact[i] {
			own = append(own, ms(m.arrived[i]-p.Shown))
			if a, b := m.ends[0][i], m.ends[1][i]; a > 0 && b > 0 {
				tear = append(tear, math.Abs(ms(b-a)))
			}
		}
		if r.Scene == "switch" {
			if m.lossless[i] != 0 {
				pages++
			}
			legible, sharp, lossless = append(legible, until(m.legible, i)), append(sharp, until(m.sharp, i)), append(lossless, until(m.lossless, i))
		}
	}
	if total == 0 {
		return errNothing
	}
	r.Latency, r.Delivered, r.Tear, r.PaintCost = newDist(lat), newDist(own), newDist(tear), newDist(cost)
	r.PaintFPS, r.DeliveredFPS = Round(float64(total)/r.Seconds), Round(float64(len(m.fresh))/r.Seconds)
	edge := from
	for _, t := range append(m.fresh, to) {
		r.Freeze = max(r.Freeze, Round(ms(t-edge)))
		edge = t
	}
	if r.Scene == "switch" {
		r.Legible, r.Sharp, r.Lossless = newDist(legible), newDist(sharp), newDist(lossless)
		r.LosslessPages = fmt.Sprintf("%d/%d", pages, total)
	}
	return nil
}
