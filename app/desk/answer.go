package desk

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store"
)

const statusChecksum = 460 // tus.io 1.0, checksum

// refuse answers an error; what the asker cannot help is logged and not told.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	ref := refusal(err)
	if ref.Status >= 500 {
		s.cfg.Log.Printf("%s %s: %v", r.Method, r.URL.Path, err)
	}
	if ref.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="beistand"`)
	}
	if ref.After > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int((ref.After+time.Second-1)/time.Second)))
	}
	if err := reply.JSON(w, ref.Status, ref.Body); err != nil {
		s.cfg.Log.Printf("%s %s: answer: %v", r.Method, r.URL.Path, err)
	}
}

// refusal knows beside what reply does what can become of an upload.
func refusal(err error) *reply.Refusal {
	var limit *store.LimitError
	var wrong *store.HashError
	var cut *store.BodyError
	switch {
	case errors.As(err, &wrong):
		return reply.Refuse(statusChecksum, api.KindChecksum, "the file that arrived is not the one that was announced (SHA-256 %s, announced %s), so it was deleted", wrong.Got, wrong.Want)
	case errors.Is(err, store.ErrChecksum):
		return reply.Refuse(statusChecksum, api.KindChecksum, "this piece was altered on the way and was thrown away")
	case errors.As(err, &limit):
		return reply.Refuse(http.StatusRequestEntityTooLarge, api.KindTooLarge, "%s", limit.What)
	case errors.Is(err, store.ErrTooLong):
		return reply.Refuse(http.StatusRequestEntityTooLarge, api.KindTooLarge, "more bytes were sent than Upload-Length announced")
	case errors.As(err, &cut) && !errors.Is(err, store.ErrNoSpace):
		return reply.BadRequest("the request broke off before its end")
	}
	return reply.To(err)
}
