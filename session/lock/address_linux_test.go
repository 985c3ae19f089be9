package lock

import (
	"slices"
	"strings"
	"testing"
)

func TestSockets(t *testing.T) {
	for address, want := range map[string][]string{
		"":                        nil,
		"unix:path=/run/user/1/b": {"/run/user/1/b"},
		"unix:path=/tmp/a%20b,guid=12;unix:abstract=/tmp/c": {"/tmp/a b", "@/tmp/c"},
		"unix:path=relative":                            nil,
		"unix:path=/a%00b":                              nil,
		"unix:path=/a%2":                                nil,
		"unixexec:path=/bin/sh":                         nil,
		"tcp:host=127.0.0.1,port=1;unix:path=/":         {"/"},
		"autolaunch:":                                   nil,
		"unix:path=/" + strings.Repeat("a", maxAddress): nil,
	} {
		if got := sockets(address); !slices.Equal(got, want) {
			t.Errorf("%.60q: got %q, want %q", address, got, want)
		}
	}
}

// Whatever the environment says, only sockets of this machine are named.
func FuzzSockets(f *testing.F) {
	f.Add("unix:path=/run/user/1000/bus,guid=0123456789abcdef")
	f.Add("unix:abstract=%2ftmp%2fx;tcp:host=a;unix:path=")
	f.Fuzz(func(t *testing.T, address string) {
		for _, s := range sockets(address) {
			if s[0] != '/' && s[0] != '@' || strings.ContainsRune(s, 0) || len(s) > maxAddress {
				t.Errorf("%q: %q", address, s)
			}
		}
	})
}
