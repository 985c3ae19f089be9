//go:build !headless

package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/gui"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/problem"
	"github.com/beistand/beistand/diag"
	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/lock"
	"github.com/beistand/beistand/session/overlay"
)

// customerCommand opens the customer's window.
type customerCommand struct {
	deskAddress
	profileFile

	AcceptUnsigned bool `help:"Use all of the profile without asking, even if nobody whom you have named has signed it."`

	Log []string `help:"Take the last part of this log file too; may be given more than once." placeholder:"FILE" type:"path"`
}

// keepCases is how long collected evidence that was not sent stays on disk.
const keepCases = 14 * 24 * time.Hour

func (c *customerCommand) Run(e *env) error {
	profile, err := c.load()
	if err != nil {
		return err
	}
	rules, err := profileRules(profile, c.Profile)
	if err != nil {
		return err
	}
	if c.AcceptUnsigned {
		profile.Use = diag.UseUnasked
	}
	p, err := placesFor(e.settings.Data)
	if err != nil {
		return err
	}
	if err := p.make(); err != nil {
		return err
	}
	log, closeLog, err := fileLog(e.settings, p)
	if err != nil {
		return err
	}
	defer closeLog.Close()
	address := c.DeskURL
	if address == "" {
		address = profile.Desk
	}
	cases := filepath.Join(p.state, "cases")
	if err := forgetOldCases(cases, time.Now()); err != nil {
		log.WithError(err).Warn("look after unsent cases")
	}
	folder, err := newCase(cases)
	if err != nil {
		return err
	}
	defer removeIfEmpty(folder)

	products := make([]string, 0, len(profile.Products))
	for _, product := range profile.Products {
		products = append(products, product.Name)
	}
	defer owedRecords{
		folder: recordFolder(p), version: e.version, log: log, now: time.Now,
		keys: func(desk string) *deskKeys { return knownDesks(p, profile, desk) },
	}.begin(e.ctx)()
	screens := &lazyScreens{}
	defer screens.Close()
	cleaning := &caseCleaning{folder: folder}
	company := session.NewCompany(profile.Session.Observer)
	desk := &customerDesk{address: address, version: e.version, folder: folder, cleaning: cleaning, keys: knownDesks(p, profile, address)}
	return closed(gui.Customer(e.ctx, gui.CustomerConfig{
		Version: e.version, Language: e.language, Organisation: profile.Name, Phone: profile.Phone,
		Products: products,
		Question: c.question(profile, address),
		Collecting: collecting{folder: folder, cleaning: cleaning, options: diag.Options{
			Tool: "beistand " + e.version, Profile: profile, LogFiles: c.Log, Screens: screens, DeskWay: deskWayTo(address, e.version), Own: ownFolders(e.settings.Data),
		}},
		Findings: findings{rules},
		Desk:     desk,
		Advice:   desk,
		Requests: desk,
		Saving:   saving{cleaning},
		Hosting: &hosting{
			desk: desk, records: recordFolder(p), downloads: filepath.Join(downloadFolder(), "Beistand"), log: log,
			means: &means{hide: hidden(profile)}, company: company, lock: lock.Open,
			fence: &fence{open: overlay.Open, stop: company.StopAll, log: log},
		},
		Drafts:   drafts{path: filepath.Join(p.state, "draft.json"), language: e.language, cases: cases, name: filepath.Base(folder)},
		Cleaning: cleaning,
		Log:      func(err error) { log.WithError(err).Warn("customer's window") },
		Leave: func() {
			removeIfEmpty(folder)
			os.Exit(0)
		},
	}))
}

// newCase makes a folder of its own for this start's evidence.
func newCase(cases string) (string, error) {
	if err := os.MkdirAll(cases, 0o700); err != nil {
		return "", fmt.Errorf("make folder for the case: %w", err)
	}
	folder, err := os.MkdirTemp(cases, time.Now().Format("20060102-150405-"))
	if err != nil {
		return "", fmt.Errorf("make folder for the case: %w", err)
	}
	return folder, nil
}

// keepFiled is how long the names of a case are kept that became a ticket, from
// its last change on: as long as the ticket's own token holds.
const keepFiled = 180 * 24 * time.Hour

// forgetOldCases removes evidence that nobody has sent for a long time.
func forgetOldCases(cases string, now time.Time) error {
	entries, err := os.ReadDir(cases)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	for _, entry := range entries {
		info, infoErr := entry.Info()
		if infoErr != nil {
			err = errors.Join(err, infoErr)
			continue
		}
		folder, keep := filepath.Join(cases, entry.Name()), keepCases
		if wasFiled(folder) {
			keep = keepFiled
		}
		if now.Sub(info.ModTime()) > keep {
			err = errors.Join(err, os.RemoveAll(folder))
		}
	}
	return err
}

// removeIfEmpty is for a start that collected nothing or has sent everything;
// os.Remove leaves a folder alone that still holds something.
func removeIfEmpty(folder string) { _ = os.Remove(folder) }

// collecting runs diag into the case's folder.
type collecting struct {
	folder   string
	cleaning *caseCleaning
	options  diag.Options
}

// Collect is part of page.Collecting.
func (c collecting) Collect(ctx context.Context, all bool, only []string, report func(diag.Progress)) (page.Evidence, error) {
	c.options.Profile, c.options.Only = granted(c.options.Profile, all), only
	if c.options.Profile.Use == diag.UseWords {
		c.options.DeskWay = nil // it would ask the network in that profile's name
	}
	table, err := c.cleaning.table(ctx)
	if err != nil {
		return nil, err
	}
	c.options.Names, c.options.Known = table.Names, &table.Known
	// What could not be redacted is in this bundle, which stays here: the
	// customer can look at it, and sends it only by a word of its own.
	c.options.Quarantine, c.options.QuarantinedToo = filepath.Join(c.folder, caseHeld), true
	path := c.path()
	manifest, err := diag.Run(ctx, path, c.options, report)
	if manifest == nil {
		return nil, err
	}
	err = errors.Join(err, c.cleaning.save())
	reader, openErr := bundle.Open(path)
	if openErr != nil {
		return nil, errors.Join(err, openErr)
	}
	return reader, err
}

// SoFar is part of page.Collecting.
func (c collecting) SoFar() (page.Evidence, error) {
	reader, err := bundle.Open(c.path()) // valid at every moment
	if err != nil {
		return nil, err
	}
	return reader, nil
}

func (c collecting) path() string { return filepath.Join(c.folder, "collected.zip") }

// saving writes the report's bundle where the customer wants it.
type saving struct{ cleaning *caseCleaning }

// Save is part of page.Saving.
func (s saving) Save(ctx context.Context, path string, r page.Report) error {
	reader, ok := r.Evidence.(*bundle.Reader)
	if !ok {
		return &problem.Usage{Reason: "There is nothing collected to save"}
	}
	return bundle.SelectRevised(ctx, path, reader, r.Keep, s.cleaning.Revise(reader, r.Changes))
}

var _ io.Closer = (*bundle.Reader)(nil)

// dial makes a client for one address.
func dial(address, version, token string) (*client.Client, error) {
	if address == "" {
		return nil, &problem.Usage{Reason: "No support desk is set; start with --desk, or with the vendor's profile"}
	}
	return client.New(address, client.Options{UserAgent: "beistand/" + version, Token: token})
}
