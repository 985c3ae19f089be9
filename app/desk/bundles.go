package desk

import (
	"mime"
	"net/http"
	"time"

	"github.com/beistand/beistand/app/desk/gate"
)

// bundle sends a bundle's file, whole or a range of it.
func (s *Server) bundle(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	b, err := s.store.Bundle(r.Context(), c.Number, r.PathValue("id"))
	if err != nil {
		return err
	}
	f, err := s.store.OpenBundle(b.ID)
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
