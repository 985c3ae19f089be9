package desk

import (
	"encoding/json"
	"time"

	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/journal"
)

// answered is how long whoever signs out, or revokes what they ask with, may
// take to be told that it was done.
const answered = 300 * time.Millisecond

// cutRevoked cuts what somebody has open who may no longer be here, or has
// other roles by now: whoever may still, comes again and is looked at anew.
func (s *Server) cutRevoked(e journal.Entry) {
	id := subject(e)
	var is func(gate.Caller) bool
	switch e.Action {
	case "token.revoked", "key.revoked":
		is = func(c gate.Caller) bool { return c.ID == id }
	case "staff.changed":
		var d struct {
			Added bool `json:"added"`
		}
		if json.Unmarshal(e.Detail, &d) == nil && d.Added {
			return
		}
		is = func(c gate.Caller) bool { return c.Staff != nil && c.Staff.Name == id }
	case journal.Lost: // which may have been any of those
		is = func(c gate.Caller) bool { return c.Token != "" }
	default:
		return
	}
	time.AfterFunc(answered, func() { s.open.Cut(is) })
}
