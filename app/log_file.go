//go:build !headless

package app

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/sirupsen/logrus"
)

// maxLog is the log file's size, in bytes, at which the next start sets it
// aside; one old file is kept.
const maxLog = 5 << 20

// fileLog opens the log of a program with windows, whose standard error nobody
// reads.
func fileLog(s *Settings, p places) (*logrus.Logger, io.Closer, error) {
	path := filepath.Join(p.state, "beistand.log")
	if info, err := os.Stat(path); err == nil && info.Size() > maxLog {
		if err := os.Rename(path, path+".1"); err != nil {
			return nil, nil, fmt.Errorf("set the old log aside: %w", err)
		}
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("open log: %w", err)
	}
	return newLog(s, f), f, nil
}
