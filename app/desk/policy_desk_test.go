package desk

import (
	"bytes"
	"net/http"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
)

// deskPolicy is who may file tickets, read them, and look at screens.
var deskPolicy = []line{
	{endpoint: "GET " + api.PathHealth, may: everybody, ok: 200},
	{endpoint: "GET " + api.PathReady, may: everybody, ok: 200},
	{endpoint: "GET " + api.PathMetrics, may: administrator | keyMetrics, ok: 200},
	{endpoint: "GET " + api.PathOpenAPI, may: everybody, ok: 200},
	{endpoint: "GET " + api.PathEvents, may: ticketSide | keyRead, ok: 200},
	{endpoint: "GET " + api.PathBundle, may: ticketSide | keyRead, ok: 200, asks: bundleAsks},
	{endpoint: "GET " + api.PathFile, may: ticketSide | keyRead, ok: 200, asks: attachedAsks},
	{endpoint: "POST " + api.PathSessions, may: anyStaff, ok: 201, asks: nothingAsks},
	{endpoint: "POST " + api.PathReveals, may: ownTicket, ok: 201, asks: revealAsks},
	{endpoint: "POST " + api.PathMark, may: sessionSide, ok: 200, asks: markAsks},
	{endpoint: "GET " + api.PathICE, may: sessionSide, ok: 200, asks: sessionAsks},
	{endpoint: "GET " + api.PathRoom, may: sessionSide, ok: 101, asks: roomAsks},
	{endpoint: "GET " + api.PathRecord, may: ticketSide, ok: 200, asks: recordAsks},
	{endpoint: "POST " + api.PathRecord, may: sessionSide, ok: 200, asks: recordAsks},
	{endpoint: "OPTIONS " + api.PathUploads, may: everybody, ok: 204},
	{endpoint: "POST " + api.PathUploads, may: ticketSide | keyUpload, ok: 201, asks: createUploadAsks},
	{endpoint: "OPTIONS " + api.PathUpload, may: everybody, ok: 204, asks: uploadAsks},
	{endpoint: "HEAD " + api.PathUpload, may: ticketSide | keyUpload, ok: 200, asks: uploadAsks},
	{endpoint: "PATCH " + api.PathUpload, may: ticketSide | keyUpload, ok: 204, asks: patchAsks},
	{endpoint: "DELETE " + api.PathUpload, may: ticketSide | keyUpload, ok: 204, asks: uploadAsks},
}

func nothingAsks(*testing.T, *place) question { return question{json: struct{}{}} }

func revealAsks(*testing.T, *place) question {
	return question{json: api.Reveal{Pseudonym: "user-27"}}
}

// asked is a session of the own ticket that sam has asked for.
func asked(t *testing.T, p *place) store.Session {
	t.Helper()
	now := p.clock.now()
	n, _, err := p.store.CreateSession(t.Context(), store.Session{Staff: "sam", Session: api.Session{
		Ticket: p.ticket, Supporter: "Sam Support", Asked: now, Expires: now.Add(time.Minute), FirstPart: "123",
		Rights: []string{"see"}, Role: api.RoleSupporter,
	}}, now, unsigned)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func sessionAsks(t *testing.T, p *place) question {
	return question{paths: map[string]string{"{id}": asked(t, p).ID}}
}

func markAsks(t *testing.T, p *place) question {
	q := sessionAsks(t, p)
	q.json = api.SessionMark{What: api.MarkEnded}
	return q
}

func roomAsks(t *testing.T, p *place) question {
	q := sessionAsks(t, p)
	q.header = http.Header{
		"Connection": {"Upgrade"}, "Upgrade": {"websocket"}, "Sec-Websocket-Version": {"13"}, "Sec-Websocket-Key": {"AAAAAAAAAAAAAAAAAAAAAA=="},
	}
	return q
}

func recordAsks(t *testing.T, p *place) question {
	n := asked(t, p)
	body := beginning(t, n.Session)
	if err := p.store.AppendRecord(t.Context(), n.ID, api.Actor{Kind: api.ActorCustomer}, p.clock.now(), 0, body); err != nil {
		t.Fatal(err)
	}
	return question{paths: map[string]string{"{id}": n.ID}, raw: body, header: http.Header{"Content-Type": {api.TypeRecord}}}
}

var policyContent = []byte("the whole bundle")

// uploading is an upload onto the own ticket that has begun.
func uploading(t *testing.T, p *place) store.Upload {
	t.Helper()
	return uploadingA(t, p, api.UploadBundle)
}

func uploadingA(t *testing.T, p *place, kind string) store.Upload {
	t.Helper()
	u, err := describe(metadata(p.ticket, "case.zip", policyContent))
	if err != nil {
		t.Fatal(err)
	}
	u.Kind, u.Size, u.Expires = kind, int64(len(policyContent)), p.clock.now().Add(time.Hour)
	if u, err = p.store.CreateUpload(t.Context(), u, p.clock.now()); err != nil {
		t.Fatal(err)
	}
	return u
}

func tusAsks(u store.Upload) question {
	return question{paths: map[string]string{"{id}": u.ID}, header: http.Header{"Tus-Resumable": {tusVersion}}}
}

func uploadAsks(t *testing.T, p *place) question { return tusAsks(uploading(t, p)) }

func patchAsks(t *testing.T, p *place) question {
	q := tusAsks(uploading(t, p))
	q.raw = policyContent
	q.header.Set("Upload-Offset", "0")
	q.header.Set("Content-Type", patchType)
	return q
}

func createUploadAsks(_ *testing.T, p *place) question {
	return question{header: http.Header{
		"Tus-Resumable": {tusVersion}, "Upload-Length": {"5"}, "Upload-Metadata": {metadata(p.ticket, "case.zip", policyContent)},
	}}
}

// attachedAsks is a file of an entry that the customer sees.
func attachedAsks(t *testing.T, p *place) question {
	t.Helper()
	u := uploadingA(t, p, api.UploadFile)
	u, err := p.store.Append(t.Context(), u, bytes.NewReader(policyContent), nil, u.Expires)
	if err == nil {
		err = p.store.FinishUpload(t.Context(), u, p.clock.now(), nil)
	}
	if err == nil {
		err = p.store.DB().Tx(t.Context(), func(tx *db.Tx) error {
			_, err := store.Attach(t.Context(), tx, p.ticket, true, []string{u.ID})
			return err
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return question{paths: map[string]string{"{id}": u.ID}}
}

func bundleAsks(t *testing.T, p *place) question {
	u := uploading(t, p)
	u, err := p.store.Append(t.Context(), u, bytes.NewReader(policyContent), nil, u.Expires)
	if err == nil {
		err = p.store.FinishUpload(t.Context(), u, p.clock.now(), nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return question{paths: map[string]string{"{id}": u.ID}}
}
