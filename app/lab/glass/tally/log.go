// Package tally makes figures of what a painter and a watcher have noted, and tables of figures.
package tally

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/beistand/beistand/app/lab/glass/film"
)

// Event is a line of a watcher's log, as JSON. Times are CLOCK_MONOTONIC, in
// nanoseconds: the same for every process of the machine.
type Event struct {
	Kind   string        `json:"kind"` // see the constants
	T      int64         `json:"t,omitempty"`
	N      uint16        `json:"n,omitempty"`   // the frame's counter
	End    string        `json:"end,omitempty"` // which part: Top, Bottom or Film
	Scale  float64       `json:"scale,omitempty"`
	X      float64       `json:"x,omitempty"`
	Y      float64       `json:"y,omitempty"`
	Q      *film.Quality `json:"q,omitempty"`
	PollHz float64       `json:"poll_hz,omitempty"`
}

// Kinds of events.
const (
	SawPlace    = "place"    // where the picture is
	SawCounter  = "seen"     // a strip with another counter than before
	SawLegible  = "legible"  // a page whose text can be read; see film.Legible
	SawSharp    = "sharp"    // a page of at least SharpPSNR
	SawLossless = "lossless" // a page that is as painted
	SawQuality  = "quality"  // a screenshot was judged
	SawPolls    = "polls"    // how often was looked
)

// What of a frame was seen: its strips, and its film where it has one.
const (
	Top    = "top"
	Bottom = "bottom"
	Film   = "film"
)

// SharpPSNR is the luma PSNR, in dB, from which a page counts as sharp.
const SharpPSNR = 38

// Painted is when a frame was sent to the source's X server, and when that had
// shown it.
type Painted struct{ Sent, Shown int64 }

// WritePainted adds a line to a painter's log.
func WritePainted(w io.Writer, n uint16, p Painted) error {
	_, err := fmt.Fprintf(w, "%d,%d,%d\n", n, p.Sent, p.Shown)
	return err
}

func readPainted(name string) (frames []Painted, first uint16, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, 0, fmt.Errorf("read the painter's log: %w", err)
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		var n uint16
		var p Painted
		if _, err := fmt.Sscanf(sc.Text(), "%d,%d,%d", &n, &p.Sent, &p.Shown); err != nil {
			return nil, 0, fmt.Errorf("read the painter's log %s: %w", name, err)
		}
		if len(frames) == 0 {
			first = n
		}
		frames = append(frames, p)
	}
	return frames, first, sc.Err()
}

func readEvents(name string) ([]Event, error) { return readLines[Event](name) }

// readLines reads a file of JSON objects.
func readLines[T any](name string) (all []T, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read figures: %w", err)
	}
	defer f.Close()
	for dec := json.NewDecoder(f); ; {
		var one T
		if err := dec.Decode(&one); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("read figures from %s: %w", name, err)
		}
		all = append(all, one)
	}
}
