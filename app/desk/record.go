package desk

import (
	"encoding/hex"
	"errors"
	"io"
	"mime"
	"net/http"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/session/record"
)

// record answers with the desk's copy of a session's record.
func (s *Server) record(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	text, err := s.store.Record(r.Context(), c.Session.ID)
	if err != nil {
		return err
	}
	if len(text) == 0 {
		return reply.Refuse(http.StatusNotFound, api.KindNotFound, "the session has no record")
	}
	w.Header().Set("Content-Type", api.TypeRecord)
	_, _ = w.Write(text) // the one who asked may have gone, which is theirs to do
	return nil
}

// appendRecord takes the record's next lines. Both sides may bring them, since
// their signatures say whose they are; only the customer's begins a record.
func (s *Server) appendRecord(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	if wait, ok := s.recording.Take(c.Session.ID, s.cfg.seams.now()); !ok {
		return reply.TooMany("the record has had too many visits", wait)
	}
	if t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || t != api.TypeRecord {
		return reply.Refuse(http.StatusUnsupportedMediaType, api.KindMediaType, "the body has to be %s", api.TypeRecord)
	}
	more, err := io.ReadAll(http.MaxBytesReader(w, r.Body, record.MaxSize))
	if tooLong := (*http.MaxBytesError)(nil); errors.As(err, &tooLong) {
		return err
	}
	if err != nil {
		return &store.BodyError{Err: err}
	}
	for range 3 { // the other side may bring lines at the same time
		var chain *record.Chain
		if chain, err = s.addToRecord(r, c, more); err == nil {
			return reply.JSON(w, http.StatusOK, api.Recorded{Entries: chain.Len(), Countersigned: chain.Countersigned(), Ended: chain.Ended()})
		}
		if !errors.Is(err, store.ErrConflict) {
			break
		}
	}
	return err
}

func (s *Server) addToRecord(r *http.Request, c gate.Caller, more []byte) (*record.Chain, error) {
	held, err := s.store.Record(r.Context(), c.Session.ID)
	if err != nil {
		return nil, err
	}
	chain, added, err := record.Add(held, more)
	var fault *record.Fault
	switch {
	case errors.Is(err, record.ErrFull):
		return nil, reply.Refuse(http.StatusRequestEntityTooLarge, api.KindTooLarge, "a record has at most %d bytes", record.MaxSize)
	case errors.As(err, &fault):
		return nil, reply.Refuse(http.StatusUnprocessableEntity, api.KindInvalid, "%v", err)
	case err != nil:
		return nil, err
	case len(added) == 0:
		return chain, nil
	case len(held) == 0 && c.Side() != api.ByCustomer:
		return nil, reply.Refuse(http.StatusConflict, api.KindConflict, "the customer's program has not begun the record")
	}
	if f := chain.First(); f.Session != c.Session.ID || f.Ticket != c.Session.Ticket {
		return nil, reply.Refuse(http.StatusUnprocessableEntity, api.KindInvalid, "it is the record of another session")
	}
	if len(held) == 0 && !s.invited(chain.First(), c.Session.Signature) {
		return nil, reply.Refuse(http.StatusUnprocessableEntity, api.KindInvalid, "it does not begin with what this desk has signed")
	}
	return chain, s.store.AppendRecord(r.Context(), c.Session.ID, c.Actor(), s.cfg.seams.now(), len(held), added)
}

// invited says whether a record begins with the invitation that this desk gave
// the signature for; that the signature holds, the chain has checked.
func (s *Server) invited(first record.Entry, signature []byte) bool {
	return first.DeskKey == hex.EncodeToString(s.publicKey()) && first.Invited == hex.EncodeToString(signature)
}
