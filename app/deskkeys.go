//go:build !headless

package app

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/problem"
	"github.com/beistand/beistand/diag"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/invite"
	"github.com/beistand/beistand/session/rights"
)

// maxDeskKeys bounds the file of known desks, in bytes: some thousand desks.
const maxDeskKeys = 1 << 20

// deskKeys remembers by which key each desk signs: who takes a desk's address
// over later cannot speak in its name.
type deskKeys struct {
	path  string
	named ed25519.PublicKey // by the profile that names the desk's address too; nil if it does not
	sure  bool              // the profile's signer is trusted: named alone counts

	mu sync.Mutex // guards the file against this program's other goroutines
}

// meet checks the key of the desk at address, and keeps the first one. What
// is another desk than before is a *problem.OtherDesk. nil is a desk that does
// not sign, which is one from before desks did, if none was met here.
func (d *deskKeys) meet(address string, key ed25519.PublicKey) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.named != nil && !d.named.Equal(key) {
		return &problem.OtherDesk{Desk: address}
	}
	known, err := d.read()
	if err != nil {
		return err
	}
	if old := ed25519.PublicKey(known[address]); old != nil && !old.Equal(key) && (d.named == nil || !d.sure) {
		return &problem.OtherDesk{Desk: address, File: d.path}
	}
	if len(key) == 0 || bytes.Equal(known[address], key) {
		return nil
	}
	if len(key) != ed25519.PublicKeySize {
		return &problem.OtherDesk{Desk: address, File: d.path}
	}
	known[address] = key
	return d.write(known)
}

// vouched checks that the desk at address signed what it says of s.
func (d *deskKeys) vouched(address string, s api.Session) error {
	told, err := told(s)
	if err == nil {
		err = told.Verify()
	}
	if err != nil {
		return fmt.Errorf("%w: %w", session.ErrTampered, err)
	}
	return d.meet(address, s.DeskKey)
}

// told is what the desk told of a session, as it was signed.
func told(s api.Session) (invite.Invitation, error) {
	asked, err := rights.Parse(s.Rights)
	if err != nil {
		return invite.Invitation{}, fmt.Errorf("read what is asked for: %w", err)
	}
	return invite.Invitation{
		ID: s.ID, Ticket: s.Ticket, Supporter: s.Supporter, Organisation: s.Organisation, FirstPart: s.FirstPart,
		Role: invite.Role(s.Role), Rights: asked, DeskKey: s.DeskKey, Signature: s.Signature,
	}, nil
}

func (d *deskKeys) read() (map[string][]byte, error) {
	f, err := os.Open(d.path)
	if errors.Is(err, fs.ErrNotExist) {
		return map[string][]byte{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the known desks: %w", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxDeskKeys))
	if err != nil {
		return nil, fmt.Errorf("read the known desks: %w", err)
	}
	known := map[string][]byte{}
	if err := json.Unmarshal(text, &known); err != nil {
		return nil, fmt.Errorf("read the known desks in %q: %w", d.path, err)
	}
	return known, nil
}

// write puts the file there whole or not at all.
func (d *deskKeys) write(known map[string][]byte) error {
	text, err := json.MarshalIndent(known, "", "  ")
	if err != nil {
		return fmt.Errorf("keep the desk's key: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(d.path), ".desks-*") // mode 0600
	if err != nil {
		return fmt.Errorf("keep the desk's key: %w", err)
	}
	_, err = f.Write(append(text, '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), d.path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("keep the desk's key: %w", err), os.Remove(f.Name()))
	}
	return nil
}

// knownDesks is for the desk at address; a profile's key is for its own desk.
func knownDesks(p places, profile *diag.Profile, address string) *deskKeys {
	d := &deskKeys{path: filepath.Join(p.state, "desks.json")}
	if address == profile.Desk {
		d.named, d.sure = profile.DeskKey, known(profile)
	}
	return d
}
