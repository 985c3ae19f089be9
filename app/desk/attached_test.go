package desk

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"path"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
)

func b64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// attachable is an upload of the kind file, complete and with no entry yet.
func (h *house) attachable(made api.CreatedTicket, name, mediaType string, content []byte) (id string) {
	h.t.Helper()
	status, head, body := h.do("POST", api.PathUploads, made.Token, nil, "Upload-Length", fmt.Sprint(len(content)),
		"Upload-Metadata", metadata(made.Ticket.Number, name, content)+",kind "+b64(api.UploadFile)+",type "+b64(mediaType))
	if status != http.StatusCreated {
		h.t.Fatalf("create: %d %s", status, body)
	}
	at := head.Get("Location")
	if status, _, body := h.patch(at, made.Token, 0, content); status != http.StatusNoContent {
		h.t.Fatalf("patch: %d %s", status, body)
	}
	return path.Base(at)
}

// TestAttached: a file is on the ticket with its entry, and the customer gets what is meant for them, never as a page.
func TestAttached(t *testing.T) {
	h := open(t)
	made, staff := h.ticket(), h.staff()
	content := []byte("<script>alert(1)</script>")
	id := h.attachable(made, "shot.html", "text/html; charset=utf-8", content)
	get := func(token, id string) (int, http.Header, []byte) {
		return h.do("GET", api.FilePath(made.Ticket.Number, id), token, nil)
	}
	if status, _, _ := get(made.Token, id); status != http.StatusNotFound {
		t.Errorf("a file of no public entry, to the customer: %d", status)
	}
	if ticket, err := h.client(staff).Ticket(t.Context(), made.Ticket.Number); err != nil || len(ticket.Bundles) != 0 {
		t.Errorf("it is among the bundles: %+v %v", ticket.Bundles, err)
	}
	attach := func(public bool) {
		t.Helper()
		if err := h.store.DB().Tx(t.Context(), func(tx *db.Tx) error {
			list, err := store.Attach(t.Context(), tx, made.Ticket.Number, public, []string{id})
			if err == nil && (len(list) != 1 || list[0].Type != "text/html") {
				t.Errorf("attached: %+v", list)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	attach(false)
	if status, _, _ := get(made.Token, id); status != http.StatusNotFound {
		t.Errorf("a file of an internal entry, to the customer: %d", status)
	}
	if status, _, _ := get(staff, id); status != http.StatusOK {
		t.Errorf("to staff: %d", status)
	}
	attach(true)
	status, head, body := get(made.Token, id)
	if status != http.StatusOK || string(body) != string(content) {
		t.Fatalf("to the customer: %d %q", status, body)
	}
	for key, want := range map[string]string{
		"Content-Type": "application/octet-stream", "X-Content-Type-Options": "nosniff", "Content-Disposition": "attachment; filename=shot.html",
	} {
		if got := head.Get(key); got != want {
			t.Errorf("%s: %q", key, got)
		}
	}
	if status, _, _ := get(staff, strings.Repeat("0", 32)); status != http.StatusNotFound {
		t.Errorf("nothing: %d", status)
	}
}

// TestAttachedRefused: what is neither of the kinds, and what is too long, does not begin.
func TestAttachedRefused(t *testing.T) {
	h := open(t)
	made := h.ticket()
	for more, want := range map[string]int{
		",kind " + b64("other"): 400,
		",kind " + b64(api.UploadFile) + ",type " + b64("no type"):           400,
		",kind " + b64(api.UploadFile) + ",type " + b64("text/html\r\nX: 1"): 400,
		",kind " + b64(api.UploadFile):                                       413,
		",kind " + b64(api.UploadBundle):                                     201,
	} {
		status, _, body := h.do("POST", api.PathUploads, made.Token, nil, "Upload-Length", fmt.Sprint(api.MaxFile+1),
			"Upload-Metadata", metadata(made.Ticket.Number, "a", nil)+more)
		if status != want {
			t.Errorf("%s: %d %s", more, status, body)
		}
	}
}

// TestQuarantine: what the scanner has not called clean is named and not given out.
func TestQuarantine(t *testing.T) {
	h := open(t)
	made := h.ticket()
	at := h.create(made, []byte("content"))
	if status, _, body := h.patch(at, made.Token, 0, []byte("content")); status != http.StatusNoContent {
		t.Fatalf("patch: %d %s", status, body)
	}
	id := path.Base(at)
	for scan, want := range map[api.Scan]int{api.ScanClean: 200, api.ScanWaiting: 503, api.ScanFound: 403, api.ScanFailed: 403, "of another version": 403} {
		if err := h.store.DB().Tx(t.Context(), func(tx *db.Tx) error {
			_, err := tx.ExecContext(t.Context(), "UPDATE bundles SET scan = ? WHERE id = ?", string(scan), id)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		status, _, body := h.do("GET", api.BundlePath(made.Ticket.Number, id), h.staff(), nil)
		if status != want || want != 200 && !strings.Contains(string(body), "case.zip") {
			t.Errorf("%q: %d %s", scan, status, body)
		}
		ticket, err := h.client(made.Token).Ticket(t.Context(), made.Ticket.Number)
		if err != nil || len(ticket.Bundles) != 1 || ticket.Bundles[0].Scan != scan {
			t.Errorf("%q on the ticket: %+v %v", scan, ticket.Bundles, err)
		}
	}
}
