package desk

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store"
)

// maxJSON bounds a request's body in bytes: the longest description, every
// character written as two \u escapes, and the rest beside it.
const maxJSON = api.MaxDescription*12 + 64<<10

const statusChecksum = 460 // tus.io 1.0, checksum

// refusal is an error that is told to the one who asked.
type refusal struct {
	status int
	body   api.Error
	after  time.Duration // 0: no Retry-After
}

func (r *refusal) Error() string { return r.body.Message }

func refuse(status int, kind api.ErrorKind, format string, args ...any) *refusal {
	return &refusal{status: status, body: api.Error{Kind: kind, Message: fmt.Sprintf(format, args...)}}
}

func tooMany(what string, after time.Duration) *refusal {
	r := refuse(http.StatusTooManyRequests, api.KindTooMany, "%s; please try again in %s", what, spoken(after))
	r.after = after
	return r
}

// spoken rounds up to whole seconds or minutes.
func spoken(d time.Duration) string {
	if d <= 90*time.Second {
		return fmt.Sprintf("%d seconds", max(1, int((d+time.Second-1)/time.Second)))
	}
	return fmt.Sprintf("%d minutes", int((d+time.Minute-1)/time.Minute))
}

// refuse answers an error; what the asker cannot help is logged and not told.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	ref := s.refusalOf(err)
	if ref.status >= 500 {
		s.cfg.Log.Printf("%s %s: %v", r.Method, r.URL.Path, err)
	}
	if ref.status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="beistand"`)
	}
	if ref.after > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int((ref.after+time.Second-1)/time.Second)))
	}
	if err := answer(w, ref.status, ref.body); err != nil {
		s.cfg.Log.Printf("%s %s: answer: %v", r.Method, r.URL.Path, err)
	}
}

func (s *Server) refusalOf(err error) *refusal {
	var ref *refusal
	var body *http.MaxBytesError
	var limit *store.LimitError
	var wrong *store.HashError
	var cut *store.BodyError
	switch {
	case errors.As(err, &ref):
		return ref
	case errors.Is(err, store.ErrNoSpace):
		return refuse(http.StatusInsufficientStorage, api.KindNoSpace, "the desk's disk is full; nothing was lost, please try again later or tell the desk's people")
	case errors.As(err, &wrong):
		return refuse(statusChecksum, api.KindChecksum, "the file that arrived is not the one that was announced (SHA-256 %s, announced %s), so it was deleted", wrong.Got, wrong.Want)
	case errors.Is(err, store.ErrChecksum):
		return refuse(statusChecksum, api.KindChecksum, "this piece was altered on the way and was thrown away")
	case errors.As(err, &limit):
		return refuse(http.StatusRequestEntityTooLarge, api.KindTooLarge, "%s", limit.What)
	case errors.Is(err, store.ErrTooLong):
		return refuse(http.StatusRequestEntityTooLarge, api.KindTooLarge, "more bytes were sent than Upload-Length announced")
	case errors.As(err, &cut):
		return refuse(http.StatusBadRequest, api.KindInvalid, "the request broke off before its end")
	case errors.As(err, &body):
		return refuse(http.StatusRequestEntityTooLarge, api.KindTooLarge, "the request is longer than %d bytes", body.Limit)
	case errors.Is(err, store.ErrNotFound):
		return refuse(http.StatusNotFound, api.KindNotFound, "it is not there")
	case errors.Is(err, store.ErrConflict):
		return refuse(http.StatusConflict, api.KindConflict, "it is not in a state that allows this")
	}
	return refuse(http.StatusInternalServerError, api.KindInternal, "the desk met an error of its own; its log says more")
}

// answer writes v as JSON.
func answer(w http.ResponseWriter, status int, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode answer: %w", err)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if _, err := w.Write(append(b, '\n')); err != nil && !errors.Is(err, http.ErrBodyNotAllowed) {
		return nil // the one who asked has gone, which is theirs to do
	}
	return nil
}

// read takes a request's body as one JSON value into v.
func read(w http.ResponseWriter, r *http.Request, v any) error {
	if t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || t != "application/json" {
		return refuse(http.StatusUnsupportedMediaType, api.KindMediaType, "the body has to be application/json")
	}
	b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxJSON))
	if tooLong := (*http.MaxBytesError)(nil); errors.As(err, &tooLong) {
		return err
	}
	if err != nil {
		return &store.BodyError{Err: err}
	}
	if err := json.Unmarshal(b, v); err != nil {
		return refuse(http.StatusBadRequest, api.KindInvalid, "the body is not the JSON that is wanted: %v", err)
	}
	return nil
}
