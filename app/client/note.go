package client

import (
	"encoding/json"
	"io/fs"
	"os"
	"time"
)

// note is what lets a later process go on with an upload. It holds no secret:
// the desk asks for the ticket's token all the same.
type note struct {
	Desk     string    `json:"desk"`
	Ticket   int64     `json:"ticket"`
	ID       string    `json:"id"` // "" until the desk has made one
	Size     int64     `json:"size"`
	Modified time.Time `json:"modified"`
	SHA256   string    `json:"sha256"`
	path     string
}

// noteFor reads the note beside path, when it is about this very file, desk and ticket.
func noteFor(c *Client, number int64, path string, st fs.FileInfo) note {
	fresh := note{Desk: c.Desk(), Ticket: number, Size: st.Size(), Modified: st.ModTime().UTC(), path: path + ".upload"}
	f, err := os.Open(fresh.path)
	if err != nil {
		return fresh
	}
	defer f.Close()
	buf := make([]byte, 4<<10)
	n, _ := f.Read(buf) // a note that cannot be read is no note
	kept := note{path: fresh.path}
	if json.Unmarshal(buf[:n], &kept) != nil || !validID(kept.ID) || len(kept.SHA256) != 64 ||
		kept.Desk != fresh.Desk || kept.Ticket != number || kept.Size != fresh.Size || !kept.Modified.Equal(fresh.Modified) {
		return fresh
	}
	return kept
}

// save writes the note; where that is not allowed, only this process can go on.
func (n note) save() {
	b, err := json.Marshal(n)
	if err != nil {
		return
	}
	tmp := n.path + ".new"
	if os.WriteFile(tmp, b, 0o600) != nil || os.Rename(tmp, n.path) != nil {
		os.Remove(tmp)
	}
}

func (n note) remove() { os.Remove(n.path) }
