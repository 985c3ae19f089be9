package app

import (
	"errors"
	"fmt"
	"image"
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
	window
	pictured

	Output         string        `short:"o" help:"Where the bundle goes; default is a name with the time, here." placeholder:"FILE" type:"path"`
	Log            []string      `help:"Take the last part of this log file too; may be given more than once." placeholder:"FILE" type:"path"`
	Add            []string      `help:"Add this file, or all in this folder; may be given more than once." placeholder:"FILE" type:"path"`
	NoScreens      bool          `xor:"screens" help:"Take no pictures of the screens."`
	MaxTime        time.Duration `help:"Longest time for the whole run." default:"60s"`
	MaxSize        byteSize      `help:"Largest size of the bundle." default:"256MB" placeholder:"SIZE"`
	MaxCPU         int           `name:"max-cpu" help:"Percent of one processor that the run may take; 0 is no limit." default:"0" placeholder:"PERCENT"`
	Encrypt        bool          `help:"Encrypt the bundle to the profile's key."`
	Names          string        `help:"File that keeps what the bundle's pseudonyms stand for, so that the next bundle has the same; made if it is not there. It stays on this machine. Default is one for each bundle's name, in the folder for state." placeholder:"FILE" type:"path"`
	QuarantinedToo bool          `help:"Put in what cannot be redacted, as it is. You have looked at it, and nothing in it must stay."`
	AcceptUnsigned bool          `help:"Use the profile even if nobody whom you have named has signed it."`
	Force          bool          `short:"f" help:"Write over an existing file."`
	Quiet          bool          `short:"q" help:"No progress."`
	JSON           bool          `name:"json" xor:"form" help:"Print the bundle's path and manifest as JSON."`
	Events         bool          `xor:"form" help:"Print what happens while it happens, as JSON, one event a line."`
}

// collected is the JSON answer.
type collected struct {
	Path     string           `json:"path"`
	Manifest *bundle.Manifest `json:"manifest"`
}

func (c *collectCommand) Run(e *env) error {
	frugal()
	profile, err := c.load()
	if err != nil {
		return err
	}
	rules, err := profileRules(profile, c.Profile)
	if err != nil {
		return err
	}
	o, err := c.options(e, profile, time.Now())
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
	if err := c.accept(e, profile, c.AcceptUnsigned); err != nil {
		return err
	}
	kept, err := c.keep(e, path, &o)
	if err != nil {
		return err
	}
	screens := &lazyScreens{}
	defer screens.Close()
	if !c.NoScreens {
		o.Screens = screens
		if o.Window, err = c.which(e.ctx, screens); err != nil {
			return err
		}
		o.Region = image.Rectangle(c.Region)
	}
	told := c.teller(e)
	told.budget(diag.Plan(o))
	forget()
	manifest, err := diag.Run(e.ctx, path, o, told.progress)
	if manifest == nil {
		return err
	}
	err = errors.Join(err, diag.SaveNames(kept, o.Names))
	told.finished(path, manifest, err)
	if _, herr := os.Stat(o.Quarantine); herr == nil && !c.Quiet && !c.Events {
		fmt.Fprintf(e.err, "What could not be redacted is kept in %s; look at it, and add --quarantined-too if it may leave.\n", o.Quarantine)
	}
	if err == nil && !c.Quiet && !c.JSON && !c.Events && !c.Encrypt {
		err = printFindings(e, path, rules)
	}
	return err
}

// keep opens the case's names, and says where they and copies of what cannot
// be redacted are kept.
func (c *collectCommand) keep(e *env, path string, o *diag.Options) (names string, err error) {
	folder, err := caseFolder(e.settings.Data, path)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", fmt.Errorf("make folder for the case: %w", err)
	}
	names = c.Names
	if names == "" {
		names = filepath.Join(folder, caseNames)
	}
	o.Names, err = diag.OpenNames(names)
	o.Quarantine, o.QuarantinedToo = filepath.Join(folder, caseHeld), c.QuarantinedToo
	return names, err
}

// options is what the flags ask for.
func (c *collectCommand) options(e *env, profile *diag.Profile, now time.Time) (diag.Options, error) {
	o := diag.Options{
		Tool: "beistand " + e.version, Profile: profile, LogFiles: c.Log, Files: c.Add, DeskWay: deskWayTo(profile.Desk, e.version),
		MaxTime: c.MaxTime, MaxSize: int64(c.MaxSize), MaxCPU: c.MaxCPU, Encrypt: c.Encrypt,
		Own: ownFolders(e.settings.Data),
	}
	switch {
	case c.Encrypt && profile.Key == "":
		return o, &problem.Usage{Reason: "Only a profile with a key can have its bundles encrypted"}
	case c.MaxCPU < 0:
		return o, &problem.Usage{Reason: "--max-cpu is a percentage, such as 50"}
	}
	var err error
	o.Since, o.Until, err = c.times(now)
	return o, err
}

func bundleName(at time.Time) string {
	return filepath.Clean("beistand-" + at.Format("20060102-150405") + ".zip")
}
