// Package reply is how the desk answers over HTTP: JSON, and refusals in one form.
package reply

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// MaxBody bounds a request's body in bytes: the longest description, every
// character written as two \u escapes, and the rest beside it.
const MaxBody = api.MaxDescription*12 + 64<<10

// Refusal is an error that is told to the one who asked.
type Refusal struct {
	Status int
	Body   api.Error
	After  time.Duration // 0: no Retry-After
}

func (r *Refusal) Error() string { return r.Body.Message }

// Refuse is a refusal with an English sentence for people.
func Refuse(status int, kind api.ErrorKind, format string, args ...any) *Refusal {
	return &Refusal{Status: status, Body: api.Error{Kind: kind, Message: fmt.Sprintf(format, args...)}}
}

// Invalid refuses a field's content.
func Invalid(format string, args ...any) *Refusal {
	return Refuse(http.StatusUnprocessableEntity, api.KindInvalid, format, args...)
}

// BadRequest refuses what is not well formed.
func BadRequest(format string, args ...any) *Refusal {
	return Refuse(http.StatusBadRequest, api.KindInvalid, format, args...)
}

// Forbidden refuses who may not. It is told only to those who may know that there is something.
func Forbidden() *Refusal {
	return Refuse(http.StatusForbidden, api.KindForbidden, "this is not yours to see or change")
}

// Stale refuses who has signed in too long ago for what they ask.
func Stale() *Refusal {
	return Refuse(http.StatusForbidden, api.KindFresh, "you signed in a while ago; please confirm who you are")
}

// Conflict refuses a change of what somebody else has changed meanwhile, and
// shows it as it is now.
func Conflict(current any) *Refusal {
	r := Refuse(http.StatusConflict, api.KindConflict, "somebody else has changed this meanwhile; it is shown as it is now")
	b, err := json.Marshal(current)
	if err == nil {
		r.Body.Current = b
	}
	return r
}

// Now is err; of a change of another version it is the refusal that shows what
// is there now, as read reads it.
func Now[T any](ctx context.Context, err error, id int64, read func(context.Context, int64) (T, error)) error {
	if !errors.Is(err, db.ErrConflict) {
		return err
	}
	current, rerr := read(ctx, id)
	if rerr != nil {
		return rerr
	}
	return Conflict(current)
}

// TooMany refuses until after has passed.
func TooMany(what string, after time.Duration) *Refusal {
	r := Refuse(http.StatusTooManyRequests, api.KindTooMany, "%s; please try again in %s", what, spoken(after))
	r.After = after
	return r
}

// spoken rounds up to whole seconds or minutes.
func spoken(d time.Duration) string {
	if d <= 90*time.Second {
		return fmt.Sprintf("%d seconds", max(1, int((d+time.Second-1)/time.Second)))
	}
	return fmt.Sprintf("%d minutes", int((d+time.Minute-1)/time.Minute))
}

// To is the refusal that an error is answered with. What the asker cannot help
// is 500 and says nothing of its own.
func To(err error) *Refusal {
	var ref *Refusal
	var body *http.MaxBytesError
	switch {
	case errors.As(err, &ref):
		return ref
	case errors.Is(err, db.ErrNoSpace):
		return Refuse(http.StatusInsufficientStorage, api.KindNoSpace, "the desk's disk is full; nothing was lost, please try again later or tell the desk's people")
	case errors.As(err, &body):
		return Refuse(http.StatusRequestEntityTooLarge, api.KindTooLarge, "the request is longer than %d bytes", body.Limit)
	case errors.Is(err, errCut):
		return BadRequest("the request broke off before its end")
	case errors.Is(err, db.ErrNotFound):
		return Refuse(http.StatusNotFound, api.KindNotFound, "it is not there")
	case errors.Is(err, db.ErrConflict):
		return Refuse(http.StatusConflict, api.KindConflict, "it is not in a state that allows this")
	case errors.Is(err, db.ErrExists):
		return Refuse(http.StatusConflict, api.KindConflict, "it is there already")
	}
	return Refuse(http.StatusInternalServerError, api.KindInternal, "the desk met an error of its own; its log says more")
}

// JSON writes v.
func JSON(w http.ResponseWriter, status int, v any) error {
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

var errCut = errors.New("the request broke off")

// Read takes a request's body as one JSON value into v.
func Read(w http.ResponseWriter, r *http.Request, v any) error { return ReadMost(w, r, v, MaxBody) }

// ReadMost is Read for a body of at most most bytes.
func ReadMost(w http.ResponseWriter, r *http.Request, v any, most int64) error {
	b, err := read(w, r, v, most)
	if err == nil && hasZero(b) {
		return Invalid("the body has a text with the character U+0000, which cannot be kept")
	}
	return err
}

// ReadAny is Read for whoever cleans texts by themselves: what a machine says
// is not to be lost for a character in it.
func ReadAny(w http.ResponseWriter, r *http.Request, v any) error {
	_, err := read(w, r, v, MaxBody)
	return err
}

func read(w http.ResponseWriter, r *http.Request, v any, most int64) ([]byte, error) {
	if t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || t != "application/json" {
		return nil, Refuse(http.StatusUnsupportedMediaType, api.KindMediaType, "the body has to be application/json")
	}
	b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, most))
	if tooLong := (*http.MaxBytesError)(nil); errors.As(err, &tooLong) {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errCut, err)
	}
	if err := json.Unmarshal(b, v); err != nil {
		return nil, BadRequest("the body is not the JSON that is wanted: %v", err)
	}
	return b, nil
}

// hasZero says whether a text in a JSON value has a zero byte, which PostgreSQL
// does not keep. It stands there escaped, since JSON has it in no other way.
func hasZero(b []byte) bool {
	for {
		i := bytes.Index(b, []byte(`\u0000`))
		if i < 0 {
			return false
		}
		before := len(b[:i]) - len(bytes.TrimRight(b[:i], `\`))
		if before%2 == 0 { // else the backslash itself is escaped
			return true
		}
		b = b[i+1:]
	}
}
