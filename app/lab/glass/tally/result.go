package tally

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/beistand/beistand/app/lab/glass/film"
)

// Result is one measured run.
type Result struct {
	Peer    string  `json:"peer"`
	Scene   string  `json:"scene"`
	Net     string  `json:"net"`
	Size    string  `json:"size"`
	Run     int     `json:"run"`
	Seconds float64 `json:"seconds"`

	// Latency: from a frame being on the source display until the viewer's
	// display shows it, or a later one, at both ends of the picture. Every
	// painted frame counts, also those that were skipped.
	Latency Dist `json:"latency_ms"`
	// Delivered: the same, of only those frames that were shown themselves.
	Delivered    Dist    `json:"delivered_ms"`
	PaintFPS     float64 `json:"paint_fps"`
	DeliveredFPS float64 `json:"delivered_fps"`
	Freeze       float64 `json:"freeze_ms"` // longest time without a new frame
	Tear         Dist    `json:"tear_ms"`   // between the top and bottom of one frame
	Missing      int     `json:"missing"`   // frames not shown, nor a later one, by the end

	// Switch: from a page being painted until it can be read, is sharp, is as
	// painted; pages that never get there count as pageTime.
	Legible       Dist         `json:"legible_ms"`
	Sharp         Dist         `json:"sharp_ms"`
	Lossless      Dist         `json:"lossless_ms"`
	LosslessPages string       `json:"lossless_pages,omitempty"`
	Quality       film.Quality `json:"quality"` // mean of the screenshots, each against the very frame it shows
	Shots         int          `json:"shots"`

	// CPU seconds per minute of wall time: 60 is one core kept busy.
	HostCPU    float64 `json:"host_cpu"`
	ViewCPU    float64 `json:"view_cpu"`
	SourceXCPU float64 `json:"source_x_cpu"`
	ViewXCPU   float64 `json:"view_x_cpu"`
	GlassCPU   float64 `json:"glass_cpu"`
	OtherCPU   float64 `json:"other_cpu"` // the rest of the machine: high means a disturbed run
	Load       float64 `json:"load"`      // load average of the minute before
	HostMB     float64 `json:"host_mb"`   // peak memory (PSS)
	HostFirst  float64 `json:"host_first_mb"`
	ViewMB     float64 `json:"view_mb"`
	DownMB     float64 `json:"down_mb_per_min"` // host to viewer
	UpMB       float64 `json:"up_mb_per_min"`

	PaintCost Dist    `json:"paint_cost_ms"` // send to shown on the source: the clock's uncertainty
	PollHz    float64 `json:"poll_hz"`
	Scale     float64 `json:"scale"`

	Failed string `json:"failed,omitempty"` // why there are no figures
}

// Save adds the result to a file of JSON lines.
func (r *Result) Save(name string) (err error) {
	b, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("encode figures: %w", err)
	}
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return fmt.Errorf("keep figures: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_, err = f.Write(append(b, '\n'))
	return err
}

// Read reads what Save has written.
func Read(names ...string) (all []Result, err error) {
	for _, name := range names {
		some, err := readLines[Result](name)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}
