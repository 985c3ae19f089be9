//go:build !unix

package dbtest

import (
	"errors"
	"syscall"
)

var errUnix = errors.New("tests start PostgreSQL on Unix alone")

func giveAway(string) (*syscall.SysProcAttr, error) { return nil, errUnix }

func owner(string) (*syscall.SysProcAttr, error) { return nil, errUnix }
