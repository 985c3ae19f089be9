package cast

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"time"

	"github.com/beistand/beistand/app/api"
	server "github.com/beistand/beistand/app/desk"
	"github.com/beistand/beistand/app/desk/store"
)

// Desk is the configuration of RoleDesk.
type Desk struct {
	Dir                string
	Listen             netip.AddrPort
	Chain, Key         string // PEM files
	Relay              netip.AddrPort
	Public4, Public6   netip.Addr // what the relay is reached by
	TURNURLs           []string   // of servers besides, that may not be there
	RelayMin, RelayMax uint16
}

const staff = "sam"

// desk runs the real one, over a folder that it keeps when it is killed.
func desk(ctx context.Context, c Desk, _ <-chan string) error {
	token, err := staffToken(ctx, c.Dir)
	if err != nil {
		return err
	}
	config := server.Config{
		Dir: c.Dir, Listen: c.Listen.String(), TLSCert: c.Chain, TLSKey: c.Key, Organisation: "Example GmbH", Version: "lab",
		TURNURLs: c.TURNURLs, RelayMinPort: c.RelayMin, RelayMaxPort: c.RelayMax, Log: lines{},
	}
	if c.Relay.IsValid() {
		config.RelayListen, config.RelayPublicIP, config.RelayPublicIP6 = c.Relay.String(), c.Public4, c.Public6
	}
	if len(c.TURNURLs) > 0 {
		config.TURNSecret = "known to a server that is not there"
	}
	s, err := server.New(config)
	if err != nil {
		return err
	}
	word(SaidListening, token)
	return s.Serve(ctx)
}

// staffToken makes the supporter, or another token for them, past the limits
// on signing in.
func staffToken(ctx context.Context, dir string) (token string, err error) {
	db, err := store.Open(ctx, dir, store.Options{})
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.People().AddStaff(ctx, api.NewStaff{User: staff, Name: "Sam Support", Roles: []api.Role{api.RoleStaff}, Password: "correct horse"}); err != nil && !errors.Is(err, store.ErrExists) {
		return "", err
	}
	now := time.Now()
	return db.People().AddStaffToken(ctx, staff, now, now.Add(12*time.Hour))
}

// lines is where the desk's words go: they are shown with a test that fails.
type lines struct{}

func (lines) Printf(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
