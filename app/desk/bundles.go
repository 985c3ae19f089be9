package desk

import (
	"mime"
	"net/http"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store"
)

// bundle sends a bundle's file, whole or a range of it.
func (s *Server) bundle(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	b, err := s.store.Bundle(r.Context(), c.Number, r.PathValue("id"))
	if err != nil {
		return err
	}
	return s.give(w, r, b)
}

// file sends an attachment. A customer is given those of the entries that they see.
func (s *Server) file(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	f, err := s.store.File(r.Context(), c.Number, r.PathValue("id"))
	if err != nil {
		return err
	}
	if c.Ticket != 0 && !f.Public {
		return store.ErrNotFound
	}
	return s.give(w, r, api.Bundle{Name: f.Name, SHA256: f.SHA256, Scan: f.Scan, Created: f.Created})
}

// give sends a kept file, unless the scanner has not called it clean.
func (s *Server) give(w http.ResponseWriter, r *http.Request, b api.Bundle) error {
	switch b.Scan {
	case api.ScanClean:
	case api.ScanWaiting:
		later := reply.Refuse(http.StatusServiceUnavailable, api.KindUnavailable, "%s is still being scanned", b.Name)
		later.After = 2 * time.Second
		return later
	case api.ScanFound:
		return reply.Refuse(http.StatusForbidden, api.KindForbidden, "%s is in quarantine: the scanner found something in it", b.Name)
	default:
		return reply.Refuse(http.StatusForbidden, api.KindForbidden, "%s is in quarantine: the scanner could not look through it", b.Name)
	}
	f, err := s.store.Open(r.Context(), b.SHA256)
	if err != nil {
		return err
	}
	defer f.Close()
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream") // never anything that a browser would open
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": b.Name}))
	h.Set("ETag", `"`+b.SHA256+`"`)
	control := http.NewResponseController(w)
	if err := control.SetReadDeadline(time.Time{}); err != nil {
		return err
	}
	http.ServeContent(&moving{ResponseWriter: w, control: control}, r, "", b.Created, f)
	return nil
}

// moving lets an answer take long as long as it moves.
type moving struct {
	http.ResponseWriter
	control *http.ResponseController
}

func (m *moving) Write(p []byte) (int, error) {
	if err := m.control.SetWriteDeadline(time.Now().Add(pieceTimeout)); err != nil {
		return 0, err
	}
	return m.ResponseWriter.Write(p)
}
