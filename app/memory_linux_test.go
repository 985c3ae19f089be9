package app

import (
	"slices"
	"testing"
)

// TestUnwritten holds that only what comes back from the file is given back.
func TestUnwritten(t *testing.T) {
	const maps = `00400000-017d7000 r-xp 00000000 fe:00 123    /opt/bei stand/beistand
Rss:                5828 kB
Anonymous:             0 kB
017d7000-02ded000 r--p 013d7000 fe:00 123    /opt/bei stand/beistand
Rss:               10520 kB
Anonymous:             0 kB
02ded000-02dee000 r--p 029ed000 fe:00 123    /opt/bei stand/beistand
Rss:                   4 kB
Anonymous:             4 kB
02dee000-02f7a000 rw-p 029ee000 fe:00 123    /opt/bei stand/beistand
Anonymous:             0 kB
02f7a000-02f7b000 ---p 029ee000 fe:00 123    /opt/bei stand/beistand
Anonymous:             0 kB
323822c00000-323826000000 rw-p 00000000 00:00 0
Anonymous:         41464 kB
7f0389250000-7f0389590000 r--p 00000000 fe:00 124    /lib/libc.so.6
Anonymous:             0 kB
`
	want := []mapping{{0x400000, 0x17d7000}, {0x17d7000, 0x2ded000}}
	if got := unwritten(maps, "/opt/bei stand/beistand"); !slices.Equal(got, want) {
		t.Errorf("%x, want %x", got, want)
	}
}

// TestForget gives back this program's own pages, and goes on.
func TestForget(t *testing.T) {
	for range 3 {
		forget()
		TestUnwritten(t)
	}
}
