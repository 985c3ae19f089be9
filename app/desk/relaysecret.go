package desk

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// secretFile is the desk's own secret in its folder: 64 hex digits. What the
// desk makes from it holds across a restart, and ends when the file is removed.
const secretFile = "secret"

// deskSecret derives 32 bytes for one purpose from the desk's secret, which is
// drawn when there is none.
func deskSecret(dir, purpose string) ([]byte, error) {
	path := filepath.Join(dir, secretFile)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := drawSecret(path); err != nil {
			return nil, fmt.Errorf("make the desk's secret: %w", err)
		}
		text, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, fmt.Errorf("read the desk's secret: %w", err)
	}
	secret, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(secret) != 32 {
		return nil, fmt.Errorf("read the desk's secret %q: not 64 hex digits", path)
	}
	key, err := hkdf.Key(sha256.New, secret, nil, "beistand v1 "+purpose, 32)
	if err != nil {
		return nil, fmt.Errorf("derive the key for %s: %w", purpose, err)
	}
	return key, nil
}

func drawSecret(path string) error {
	secret := make([]byte, 32)
	rand.Read(secret) // never fails (crypto/rand)
	return writeSecret(path, secret)
}

// writeSecret writes the file whole or not at all.
func writeSecret(path string, secret []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".secret-*")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "%x\n", secret)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
