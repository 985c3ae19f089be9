package desk

import (
	"encoding/hex"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store"
)

// createUpload is tus creation. The metadata has to name the ticket, the file and its SHA-256 in hex.
func (s *Server) createUpload(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	if r.Header.Get("Upload-Defer-Length") != "" {
		return reply.BadRequest("Upload-Defer-Length is not spoken here; Upload-Length is needed")
	}
	size, err := parseSize("Upload-Length", r.Header.Get("Upload-Length"))
	if err != nil {
		return err
	}
	meta := strings.Join(r.Header.Values("Upload-Metadata"), ",")
	u, err := describe(meta)
	if err != nil {
		return err
	}
	most := api.MaxBundle
	if u.Kind == api.UploadFile {
		most = api.MaxFile
	}
	if size > most {
		return reply.Refuse(http.StatusRequestEntityTooLarge, api.KindTooLarge, "the file has %d bytes; at most %d fit", size, most)
	}
	if !c.Inside() && u.Ticket != c.Ticket {
		return reply.Forbidden()
	}
	if c.Inside() {
		if _, err := s.store.Ticket(r.Context(), u.Ticket); err != nil {
			return err
		}
		u.Author = rule.Who{Actor: c.Actor()}.Author()
	}
	now := s.cfg.seams.now()
	u.Size, u.Metadata, u.Expires = size, meta, now.Add(uploadTTL)
	if u, err = s.store.CreateUpload(r.Context(), u, now); err != nil {
		return err
	}
	if u.Size == 0 {
		if u, err = s.completed(w, r, u); err != nil {
			return err
		}
	}
	w.Header().Set("Location", api.UploadPath(u.ID))
	position(w, u)
	w.WriteHeader(http.StatusCreated)
	return nil
}

// describe reads what an upload's metadata says of it.
func describe(meta string) (store.Upload, error) {
	m, err := parseMetadata(meta)
	if err != nil {
		return store.Upload{}, err
	}
	var u store.Upload
	if u.Ticket, err = strconv.ParseInt(m["ticket"], 10, 64); err != nil || u.Ticket < 1 {
		return u, reply.BadRequest("Upload-Metadata's ticket is not a ticket's number")
	}
	u.Kind, u.Name, u.SHA256 = m["kind"], m["filename"], strings.ToLower(m["sha256"])
	switch u.Kind {
	case "":
		u.Kind = api.UploadBundle
	case api.UploadBundle:
	case api.UploadFile:
		if u.Type, err = mediaType(m["type"]); err != nil {
			return u, err
		}
	default:
		return u, reply.BadRequest("Upload-Metadata's kind is neither %s nor %s", api.UploadBundle, api.UploadFile)
	}
	if raw, err := hex.DecodeString(u.SHA256); err != nil || len(raw) != 32 {
		return u, reply.BadRequest("Upload-Metadata's sha256 is not a SHA-256 in hex")
	}
	// The name never becomes a path here; it must not become a bad one on the reader's side either.
	if u.Name == "" || u.Name == "." || u.Name == ".." || len(u.Name) > api.MaxFileName || !utf8.ValidString(u.Name) ||
		strings.ContainsFunc(u.Name, func(r rune) bool {
			return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || strings.ContainsRune(`/\:*?"<>|`, r)
		}) {
		return u, reply.BadRequest("Upload-Metadata's filename is not a plain file name of at most %d bytes", api.MaxFileName)
	}
	return u, nil
}

// mediaType is what an attachment's own program calls it. It is shown and never served.
func mediaType(s string) (string, error) {
	if s == "" {
		return "application/octet-stream", nil
	}
	t, _, err := mime.ParseMediaType(s)
	if err != nil || len(t) > api.MaxMediaType || !strings.Contains(t, "/") {
		return "", reply.BadRequest("Upload-Metadata's type is not a media type of at most %d bytes", api.MaxMediaType)
	}
	return t, nil
}

// headUpload says how many bytes are on disk. An upload that was cut between its
// last byte and its check is checked now, and one that was cut between its check
// and its place on the ticket is put there.
func (s *Server) headUpload(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	u, release, err := s.hold(r, c, func() {})
	if err != nil {
		return err
	}
	defer release()
	if !u.Done {
		placed, err := s.store.Placed(r.Context(), u, s.cfg.seams.now(), s.kept)
		switch {
		case err != nil:
			return err
		case placed:
			u.Offset, u.Done = u.Size, true
		case u.Offset == u.Size:
			if u, err = s.completed(w, r, u); err != nil {
				return err
			}
		}
	}
	h := w.Header()
	h.Set("Upload-Length", strconv.FormatInt(u.Size, 10))
	h.Set("Upload-Metadata", u.Metadata)
	position(w, u)
	w.WriteHeader(http.StatusOK)
	return nil
}

// patchUpload takes the next bytes.
func (s *Server) patchUpload(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	if r.Header.Get("Content-Type") != patchType {
		return reply.Refuse(http.StatusUnsupportedMediaType, api.KindMediaType, "Content-Type has to be %s", patchType)
	}
	at, err := parseSize("Upload-Offset", r.Header.Get("Upload-Offset"))
	if err != nil {
		return err
	}
	sum, err := parseChecksum(r.Header.Get("Upload-Checksum"))
	if err != nil {
		return err
	}
	body := newBody(w, r)
	u, release, err := s.hold(r, c, body.stop)
	if err != nil {
		return err
	}
	defer release()
	if at != u.Offset {
		return reply.Refuse(http.StatusConflict, api.KindConflict, "Upload-Offset is %d, the upload stands at %d", at, u.Offset)
	}
	if r.ContentLength > u.Size-u.Offset {
		return store.ErrTooLong
	}
	if !u.Done {
		u, err = s.store.Append(r.Context(), u, body, sum, s.cfg.seams.now().Add(uploadTTL))
		body.done()
		if err == nil && u.Offset == u.Size {
			u, err = s.completed(w, r, u)
		}
		if err != nil {
			return err
		}
	}
	position(w, u)
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// deleteUpload is tus termination. A bundle cannot be deleted this way.
func (s *Server) deleteUpload(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	u, release, err := s.hold(r, c, func() {})
	if err != nil {
		return err
	}
	defer release()
	if u.Done {
		return reply.Refuse(http.StatusConflict, api.KindConflict, "the upload is complete and belongs to the ticket")
	}
	if err := s.store.DropUpload(r.Context(), u.ID); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// hold gives the upload to this request alone and reads it as it is now. stop
// is called when another request wants it: that one is newer, so this one's connection is likely dead.
func (s *Server) hold(r *http.Request, c gate.Caller, stop func()) (store.Upload, func(), error) {
	release, ok := s.locks.take(r.Context(), c.Upload.ID, stop)
	if !ok {
		return store.Upload{}, nil, reply.Refuse(http.StatusLocked, api.KindLocked, "another request is at work on this upload")
	}
	u, err := s.store.Upload(r.Context(), c.Upload.ID)
	if err == nil && !u.Done && !u.Expires.After(s.cfg.seams.now()) {
		err = reply.Refuse(http.StatusGone, api.KindGone, "the upload was not finished in time and is given up")
	}
	if err != nil {
		release()
		return store.Upload{}, nil, err
	}
	return u, release, nil
}

// finishTimeout is how long an upload's whole file may take to be checked and placed.
const finishTimeout = 15 * time.Minute

// completed checks the whole file and puts it on its ticket.
func (s *Server) completed(w http.ResponseWriter, r *http.Request, u store.Upload) (store.Upload, error) {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(finishTimeout)) // without one the answer has less time
	if err := s.store.FinishUpload(r.Context(), u, s.cfg.seams.now(), s.kept); err != nil {
		return u, err
	}
	u.Done = true
	return u, nil
}

// position tells where an upload stands, and until when.
func position(w http.ResponseWriter, u store.Upload) {
	w.Header().Set("Upload-Offset", strconv.FormatInt(u.Offset, 10))
	if !u.Done {
		w.Header().Set("Upload-Expires", u.Expires.UTC().Format(http.TimeFormat))
	}
}
