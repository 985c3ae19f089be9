package desk

import (
	"net/http"
	"strconv"

	"github.com/beistand/beistand/app/desk/gate"
)

// document answers with the interface's document, which is made from the table at the start.
func (s *Server) document(w http.ResponseWriter, _ *http.Request, _ gate.Caller) error {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(s.openAPI)))
	_, _ = w.Write(s.openAPI) // who asked may have gone
	return nil
}
