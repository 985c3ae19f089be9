//go:build !headless

package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/coder/websocket"
	"github.com/sirupsen/logrus"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/gui"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/rendezvous"
)

// supportCommand opens the supporter's window.
type supportCommand struct {
	deskAddress

	User string `env:"BEISTAND_USER" help:"Your name at the desk." placeholder:"NAME"`
}

func (c *supportCommand) Run(e *env) error {
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
	fetched, err := os.MkdirTemp(p.state, "fetched-")
	if err != nil {
		return fmt.Errorf("make folder for fetched bundles: %w", err)
	}
	defer os.RemoveAll(fetched)

	remembered := accountFile(filepath.Join(p.state, "account.json"))
	account := remembered.load()
	if c.DeskURL != "" {
		account.Desk = c.DeskURL
	}
	if c.User != "" {
		account.User = c.User
	}
	return closed(gui.Supporter(e.ctx, gui.SupporterConfig{
		Version: e.version, Language: e.language, Account: account,
		Dial: func(base string) (page.StaffDesk, error) {
			api, err := dial(base, e.version, "")
			if err != nil {
				return nil, err
			}
			return &staffDesk{Client: api, folder: fetched, log: log}, nil
		},
		Findings: findings{},
		Remember: remembered.keep,
		Log:      func(err error) { log.WithError(err).Warn("supporter's window") },
		Leave: func() {
			_ = os.RemoveAll(fetched)
			os.Exit(0)
		},
	}))
}

// accountFile remembers who signed in last; there is no password in it.
type accountFile string

func (f accountFile) load() page.Account {
	var a page.Account
	if text, err := os.ReadFile(string(f)); err == nil && json.Unmarshal(text, &a) != nil {
		return page.Account{}
	}
	return a
}

func (f accountFile) keep(a page.Account) error {
	text, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("encode account: %w", err)
	}
	return os.WriteFile(string(f), text, 0o600)
}

// staffDesk is the desk as the supporter's window needs it: the client, and
// what it takes to look into a bundle and at a screen.
type staffDesk struct {
	*client.Client
	folder string
	log    *logrus.Logger
}

// Fetch is part of page.StaffDesk.
func (d *staffDesk) Fetch(ctx context.Context, number int64, b api.Bundle, progress func(done, total int64)) (page.Evidence, error) {
	f, err := os.CreateTemp(d.folder, "bundle-*.zip")
	if err != nil {
		return nil, fmt.Errorf("keep the bundle while it is open: %w", err)
	}
	path := f.Name()
	err = d.Download(ctx, number, b.ID, f, progress)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, errors.Join(err, os.Remove(path))
	}
	reader, err := bundle.Open(path)
	if err != nil {
		return nil, errors.Join(err, os.Remove(path))
	}
	return &fetchedBundle{Reader: reader, path: path}, nil
}

// fetchedBundle does not stay on the supporter's machine.
type fetchedBundle struct {
	*bundle.Reader
	path string
}

func (f *fetchedBundle) Close() error {
	return errors.Join(f.Reader.Close(), os.Remove(f.path))
}

// Watch is part of page.StaffDesk.
func (d *staffDesk) Watch(ctx context.Context, w page.Watching) (session.End, error) {
	invited, err := invitation(w.Session)
	if err != nil {
		return session.End{}, err
	}
	ice, err := d.ICE(ctx, w.Session.ID)
	if err != nil {
		return session.End{}, fmt.Errorf("ask for ways to connect: %w", err)
	}
	dialRoom := func(ctx context.Context) (*websocket.Conn, error) { return d.Room(ctx, w.Session.ID) }
	room := rendezvous.NewLate(dialRoom)
	defer room.Close()
	written := newDeskCopy(ctx, d.Client, w.Session.ID, "", d.log)
	defer written.close()
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	s := &supporting{ctx: inner, window: w, log: d.log}
	s.Viewer, err = session.NewViewer(session.ViewerConfig{
		Invitation: invited, Code: w.Code, Room: room, Rejoin: again(d, dialRoom), ICE: iceServers(ice), FreshICE: freshICE(d.Client, w.Session.ID),
		Record: func(line []byte) error { written.keep(line); return nil },
		Show:   w.Show, Cursor: s.cursor, Notify: s.notify, Clip: w.Clip, Vitals: w.Vitals, Files: s,
	})
	if err != nil {
		return session.End{}, err // nothing was sent, the code is still good
	}
	s.send, s.filmed = s.Viewer.SendFile, s.Viewer.Film
	if w.Joined != nil {
		w.Joined(s)
	}
	marks := newMarks(ctx, d.Client, w.Session.ID, d.log)
	defer marks.close()
	end, err := s.Run(ctx)
	cancel()
	s.work.Wait()
	marks.sayEnding(api.BySupporter, end, err)
	return end, err
}
