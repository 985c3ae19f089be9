package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/beistand/beistand/app/problem"
	"github.com/beistand/beistand/diag"
	"github.com/beistand/beistand/diag/bundle"
)

// collectCommand makes a bundle without a window.
type collectCommand struct {
	profileFile

	Output    string        `short:"o" help:"Where the bundle goes; default is a name with the time, here." placeholder:"FILE" type:"path"`
	Log       []string      `help:"Take the last part of this log file too; may be given more than once." placeholder:"FILE" type:"path"`
	NoScreens bool          `help:"Take no pictures of the screens."`
	MaxTime   time.Duration `help:"Longest time for the whole run." default:"60s"`
	Force     bool          `short:"f" help:"Write over an existing file."`
	Quiet     bool          `short:"q" help:"No progress."`
	JSON      bool          `name:"json" help:"Print the bundle's path and manifest as JSON."`
}

// collected is the JSON answer.
type collected struct {
	Path     string           `json:"path"`
	Manifest *bundle.Manifest `json:"manifest"`
}

func (c *collectCommand) Run(e *env) error {
	profile, err := c.load()
	if err != nil {
		return err
	}
	rules, err := profileRules(profile, c.Profile)
	if err != nil {
		return err
	}
	path := c.Output
	if path == "" {
		path = bundleName(time.Now())
	}
	if !c.Force {
		if _, err := os.Stat(path); err == nil {
			return &problem.Usage{Reason: fmt.Sprintf("There is a file %s already; choose another name or add --force", path)}
		}
	}
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return fmt.Errorf("find the bundle's folder: %w", err) // before anything is collected in vain
	}
	screens := &lazyScreens{}
	defer screens.Close()
	o := diag.Options{
		Tool: "beistand " + e.version, Profile: profile, LogFiles: c.Log,
		MaxTime: c.MaxTime,
	}
	if !c.NoScreens {
		o.Screens = screens
	}
	manifest, err := diag.Run(e.ctx, path, o, c.progress(e))
	if manifest != nil {
		for _, l := range manifest.LeftOut {
			fmt.Fprintf(e.err, "Not in the bundle: %s, because %s.\n", l.Path, l.Why)
		}
		if c.JSON {
			err = errors.Join(err, writeJSON(e.out, collected{path, manifest}))
		} else {
			fmt.Fprintln(e.out, path)
		}
	}
	if manifest != nil && err == nil && !c.Quiet && !c.JSON {
		err = printFindings(e, path, rules)
	}
	return err
}

// progress prints a line for each collector that has come to its end.
func (c *collectCommand) progress(e *env) func(diag.Progress) {
	return func(p diag.Progress) {
		if c.Quiet || p.State == "waiting" || p.State == "running" {
			return
		}
		line := fmt.Sprintf("[%d/%d] %s: %s", p.Done, p.Total, p.Title, p.State)
		if p.Error != "" {
			line += " (" + p.Error + ")"
		}
		fmt.Fprintln(e.err, line)
	}
}

// load reads the vendor's profile, or gives the built-in one.
func (p profileFile) load() (*diag.Profile, error) {
	if p.Profile == "" {
		return diag.BuiltinProfile(), nil
	}
	return diag.LoadProfile(p.Profile)
}

func bundleName(at time.Time) string {
	return filepath.Clean("beistand-" + at.Format("20060102-150405") + ".zip")
}
