package app

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/doctor"
	"github.com/beistand/beistand/app/problem"
	"github.com/beistand/beistand/assets"
)

// doctorCommand says what would work from here.
type doctorCommand struct {
	deskAddress
	profileFile

	JSON bool `name:"json" help:"Print JSON."`
}

// Help is part of kong.HelpProvider.
func (doctorCommand) Help() string {
	return "Takes half a minute at most and changes nothing. The exit code is 0 when all works, 3 when the way to the desk does not, 8 when something else does not."
}

// Run checks, prints, and ends with the code of the worst.
func (d *doctorCommand) Run(e *env) error {
	profile, err := d.load()
	if err != nil {
		return err
	}
	address := d.DeskURL
	if address == "" {
		address = profile.Desk
	}
	if address != "" { // what nothing else would speak with is not spoken with here
		c, err := client.New(address, client.Options{})
		if err != nil {
			var insecure *client.InsecureError
			if errors.As(err, &insecure) {
				return err
			}
			return &problem.Usage{Reason: capital(plain(err.Error()))}
		}
		address = c.Desk()
	}
	r := doctor.Run(e.ctx, doctor.Options{Desk: address, Version: e.version})
	if err := e.ctx.Err(); err != nil {
		return err
	}
	t := assets.Translator(e.language)
	if d.JSON {
		err = writeJSON(e.out, examinedBy(r, t))
	} else {
		err = writeChecks(e.out, r, t)
	}
	if err != nil {
		return err
	}
	switch {
	case r.Worst("dns", "desk", "tls", "clock") == doctor.Failed:
		return &problem.Unwell{Desk: true}
	case r.Worst() == doctor.Failed:
		return &problem.Unwell{}
	}
	return nil
}

// writeChecks prints a line for each check, and below it what to do.
func writeChecks(w io.Writer, r doctor.Report, t func(string) string) error {
	for _, c := range r.Checks {
		if _, err := fmt.Fprintf(w, "%-8s %s: %s\n", c.Name, t(c.State.Word()), plain(c.Sentence(t))); err != nil {
			return err
		}
		if advice := c.Advice(t); advice != "" {
			if _, err := fmt.Fprintf(w, "%-8s %s\n", "", plain(advice)); err != nil {
				return err
			}
		}
	}
	return nil
}

// examined is a report for programs.
type examined struct {
	Desk   string         `json:"desk,omitempty"`
	At     time.Time      `json:"at"`
	State  doctor.State   `json:"state"` // the worst
	Checks []examinedPart `json:"checks"`
}

type examinedPart struct {
	Name  string         `json:"name"`
	State doctor.State   `json:"state"`
	Says  string         `json:"says"` // in the person's language
	Do    string         `json:"do,omitempty"`
	Data  map[string]any `json:"data,omitempty"`
}

func examinedBy(r doctor.Report, t func(string) string) examined {
	out := examined{Desk: r.Desk, At: r.At.UTC(), State: r.Worst()}
	for _, c := range r.Checks {
		out.Checks = append(out.Checks, examinedPart{c.Name, c.State, plain(c.Sentence(t)), plain(c.Advice(t)), c.Data})
	}
	return out
}
