package screen

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/jezek/xgb/xproto"
)

// made notes who has made a window; said is what it says itself.
func (s *speaker) made(w *words, id xproto.Window, said uint32) {
	w.clients = append(w.clients, uint32(id)&s.clients)
	for _, pid := range []uint32{said, s.pid(id)} {
		if pid != 0 && !slices.Contains(w.pids, pid) {
			w.pids = append(w.pids, pid)
			w.traits.Programs = append(w.traits.Programs, programs(pid)...)
		}
	}
}

// pid is the process behind a window as the server knows it: a program cannot
// say another one (X-Resource 1.2, QueryClientIds). 0 is not known.
func (s *speaker) pid(id xproto.Window) uint32 {
	const queryIDs, localPID = 4, 2
	if s.owners == 0 {
		return 0
	}
	request := []byte{s.owners, queryIDs, 4, 0, 1, 0, 0, 0, 0, 0, 0, 0, localPID, 0, 0, 0}
	binary.LittleEndian.PutUint32(request[8:], uint32(id))
	cookie := s.conn.NewCookie(true, true)
	s.conn.NewRequest(request, cookie)
	reply, err := cookie.Reply()
	if err != nil || len(reply) < 48 || number(reply, 8) == 0 || number(reply, 40) < 4 {
		return 0
	}
	return number(reply, 44)
}

// programs are the names of a process's file. A process that nobody may look
// into still has a short name and its first word.
func programs(pid uint32) []string {
	folder := fmt.Sprintf("/proc/%d/", pid)
	if path, err := os.Readlink(folder + "exe"); err == nil {
		return []string{strings.TrimSuffix(path, " (deleted)")}
	}
	var names []string
	for _, file := range []string{"comm", "cmdline"} {
		text, _ := os.ReadFile(folder + file)
		first, _, _ := bytes.Cut(text, []byte{0})
		if first = bytes.TrimSpace(first); len(first) > 0 {
			names = append(names, string(first))
		}
	}
	return names
}
