package demo

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/beistand/beistand/app/demo/child"
	"github.com/beistand/beistand/app/demo/person"
	"github.com/beistand/beistand/app/demo/xhand"
	"github.com/beistand/beistand/app/demo/xserver"
)

// The staff account of every demo. It exists on loopback only, and for as long as the demo.
const (
	staffName     = "anna"
	staffShown    = "Anna Berg"
	staffPassword = "Kerze-Mond-42!" // of all accounts
	organisation  = "Nordlicht Support"
)

// account is a member of staff, and as what they come.
type account struct {
	name, shown string
	role        string // in English words
}

var (
	anna = account{staffName, staffShown, "Supporter"}
	otto = account{"otto", "Otto Kern", "Observer"}
)

// limits on the desk.
const (
	deskStart = 30 * time.Second
	deskStop  = 30 * time.Second
)

// The displays' sizes. The supporter's is so much larger that the customer's
// screen fits into the window pixel by pixel.
var (
	customerScreen  = image.Pt(1280, 800)
	supporterScreen = image.Pt(1440, 1000)
)

// stage is where a case is played: a folder, the displays, the desk and the people.
type stage struct {
	o        Options
	folder   string // everything that is written, except the pictures
	pictures string // of failures, and of each step when they are asked for
	signer   string // the vendor's key, that the customer's program trusts; "" if it knows none
	again    string // makes another first start of the customer's program; "" for the only one
	doors    string // sockets; their paths must be short (sun_path, 108 bytes)
	env      []string
	staff    []account
	desk     *child.Child
	deskURL  string
	servers  []*xserver.Server
	people   []*person.Person
	closing  []func() // called when the people have left
}

// newStage makes the folders and the files that the case is about.
func newStage(o Options) (s *stage, err error) {
	s = &stage{o: o, folder: o.Folder, staff: []account{anna}}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	if s.o.Program, err = filepath.Abs(o.Program); err != nil {
		return s, fmt.Errorf("find the program: %w", err)
	}
	if s.doors, err = os.MkdirTemp("", "beistand-"); err != nil {
		return s, fmt.Errorf("make folder: %w", err)
	}
	if s.folder == "" {
		s.folder = filepath.Join(s.doors, "case")
	}
	for _, name := range []string{"home", "runtime"} {
		if err := os.MkdirAll(filepath.Join(s.folder, name), 0o700); err != nil {
			return s, fmt.Errorf("make folder: %w", err)
		}
	}
	if s.pictures = o.Pictures; s.pictures == "" {
		s.pictures = filepath.Join(s.folder, "pictures")
	}
	if err := os.MkdirAll(s.pictures, 0o755); err != nil {
		return s, fmt.Errorf("make folder: %w", err)
	}
	// What an earlier demo left would stand between the new ones.
	older, err := filepath.Glob(filepath.Join(s.pictures, "[0-9][0-9]-*.png"))
	if err != nil {
		return s, fmt.Errorf("list older pictures: %w", err)
	}
	for _, picture := range older {
		if err := os.Remove(picture); err != nil {
			return s, fmt.Errorf("remove an older picture: %w", err)
		}
	}
	s.env = s.environment()
	s.signer, err = writeSample(s.folder, o.rules)
	return s, err
}

// startDesk runs the desk on a port that the system chooses, and makes the
// staff's accounts. listen is "" or the address of a desk that ran before.
func (s *stage) startDesk(ctx context.Context, listen string) error {
	data := s.deskData()
	if _, err := os.Stat(data); errors.Is(err, os.ErrNotExist) {
		for _, a := range s.staff {
			if err := s.hire(ctx, a); err != nil {
				return err
			}
		}
	}
	if listen == "" {
		listen = "127.0.0.1:0"
	}
	var err error
	s.desk, err = child.Start(child.Spec{
		Name: "beistand desk", Path: s.o.Program, Env: s.env,
		Args: []string{"--data", data, "desk", "--listen", listen, "--organisation", organisation},
	})
	if err != nil {
		return err
	}
	s.deskURL, err = s.desk.Line(ctx, deskStart, "listening on ")
	return err
}

// hire makes an account.
func (s *stage) hire(ctx context.Context, a account) error {
	add, err := child.Start(child.Spec{
		Name: "beistand desk staff add", Path: s.o.Program, Env: s.env, Stdin: strings.NewReader(staffPassword + "\n"),
		Args: []string{"--data", s.deskData(), "desk", "staff", "add", a.name, "--display-name", a.shown},
	})
	if err != nil {
		return err
	}
	if err := add.Wait(ctx); err != nil {
		return errors.Join(err, add.Stop(deskStop))
	}
	return nil
}

func (s *stage) deskData() string { return filepath.Join(s.folder, "desk") }

// display gives the display to use: the present one when it is asked for, else
// one of its own.
func (s *stage) display(ctx context.Context, size image.Point) (string, error) {
	if s.o.OnDisplay != "" {
		return s.o.OnDisplay, nil
	}
	server, err := xserver.Start(ctx, size.X, size.Y, s.env)
	if err != nil {
		return "", err
	}
	s.servers = append(s.servers, server)
	return server.Display, nil
}

// customer opens the customer's window.
func (s *stage) customer(ctx context.Context, display string) (*person.Person, error) {
	return s.sit(ctx, "customer", display, s.customerArgs()...)
}

func (s *stage) customerArgs() []string {
	args := []string{
		"--data", filepath.Join(s.folder, "customer"+s.again), "customer", "--desk", s.deskURL,
		"--profile", filepath.Join(s.folder, profileName), "--log", filepath.Join(s.folder, logName),
	}
	if s.signer != "" {
		args = append(args, "--profile-signer", s.signer)
	}
	return args
}

// supporter opens the supporter's window.
func (s *stage) supporter(ctx context.Context, display string) (*person.Person, error) {
	return s.sit(ctx, "supporter", display, s.supporterArgs()...)
}

func (s *stage) supporterArgs() []string { return s.staffArgs("supporter", anna) }

// staffArgs are a supporter's program for a member of staff, with a folder of its own.
func (s *stage) staffArgs(folder string, a account) []string {
	return []string{"--data", filepath.Join(s.folder, folder), "support", "--desk", s.deskURL, "--user", a.name}
}

func (s *stage) sit(ctx context.Context, name, display string, args ...string) (*person.Person, error) {
	p, err := person.Sit(ctx, person.Spec{
		Name: name, Display: display, Pictures: s.pictures, Socket: filepath.Join(s.doors, name+".sock"),
		Letters: problemIn(s.o.Language).typed(),
		Program: child.Spec{Path: s.o.Program, Args: args, Env: s.env},
	})
	if err == nil {
		s.people = append(s.people, p)
	}
	return p, err
}

// background gives an own display a colour that is not black.
func (s *stage) background(display string, c color.RGBA) error {
	if s.o.OnDisplay != "" {
		return nil
	}
	hand, err := xhand.Open(display)
	if err != nil {
		return err
	}
	defer hand.Close()
	return hand.Background(c)
}

// onClose has f called when the people have left.
func (s *stage) onClose(f func()) { s.closing = append(s.closing, f) }

// close ends everything in the order in which people would: windows, desk,
// displays. What was written stays when the folder was chosen by the caller.
func (s *stage) close() error {
	var errs []error
	for _, p := range s.people {
		errs = append(errs, p.Leave(), raced(p.Program()))
	}
	for _, c := range s.closing {
		c()
	}
	if s.desk != nil {
		errs = append(errs, s.desk.Stop(deskStop), raced(s.desk))
	}
	for _, server := range s.servers {
		errs = append(errs, server.Stop())
	}
	if s.doors != "" {
		errs = append(errs, os.RemoveAll(s.doors))
	}
	return errors.Join(errs...)
}

// raced is an error when the race detector has complained in a program that was
// built with it.
func raced(c *child.Child) error {
	if out := c.Output(); strings.Contains(out, "WARNING: DATA RACE") {
		return fmt.Errorf("data race in a program: %s", out)
	}
	return nil
}
