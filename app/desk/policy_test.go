package desk

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/store"
)

// who asks, in the order of the policy's columns.
var callers = []string{"anonymous", "other ticket", "own ticket", "staff who asked", "other staff", "expired staff", "expired ticket"}

// policy is the status for every caller. The desk has no other rule about who may what.
var policy = map[string][7]int{
	"GET " + api.PathHealth:      {200, 200, 200, 200, 200, 200, 200},
	"POST " + api.PathSignIn:     {200, 200, 200, 200, 200, 200, 200},
	"POST " + api.PathSignOut:    {401, 403, 403, 204, 204, 401, 401},
	"POST " + api.PathTickets:    {201, 201, 201, 201, 201, 201, 201},
	"GET " + api.PathTickets:     {401, 403, 403, 200, 200, 401, 401},
	"GET " + api.PathTicket:      {401, 403, 200, 200, 200, 401, 401},
	"GET " + api.PathEvents:      {401, 403, 200, 200, 200, 401, 401},
	"GET " + api.PathBundle:      {401, 403, 200, 200, 200, 401, 401},
	"POST " + api.PathSessions:   {401, 403, 403, 201, 201, 401, 401},
	"POST " + api.PathReveals:    {401, 403, 201, 403, 403, 401, 401},
	"POST " + api.PathMark:       {401, 403, 200, 200, 403, 401, 401},
	"GET " + api.PathICE:         {401, 403, 200, 200, 403, 401, 401},
	"GET " + api.PathRoom:        {401, 403, 101, 101, 403, 401, 401},
	"GET " + api.PathRecord:      {401, 403, 200, 200, 200, 401, 401},
	"POST " + api.PathRecord:     {401, 403, 200, 200, 403, 401, 401},
	"OPTIONS " + api.PathUploads: {204, 204, 204, 204, 204, 204, 204},
	"POST " + api.PathUploads:    {401, 403, 201, 201, 201, 401, 401},
	"OPTIONS " + api.PathUpload:  {204, 204, 204, 204, 204, 204, 204},
	"HEAD " + api.PathUpload:     {401, 403, 200, 200, 200, 401, 401},
	"PATCH " + api.PathUpload:    {401, 403, 204, 204, 204, 401, 401},
	"DELETE " + api.PathUpload:   {401, 403, 204, 204, 204, 401, 401},
}

func TestPolicy(t *testing.T) {
	h := open(t)
	if err := h.store.AddStaff(t.Context(), "robin", "Robin", store.Admin, password); err != nil {
		t.Fatal(err)
	}
	for _, r := range h.routes {
		line, ok := policy[r.Method+" "+r.Path]
		if !ok {
			t.Errorf("%s %s: the policy has no line for it", r.Method, r.Path)
			continue
		}
		t.Run(r.Method+" "+r.Path, func(t *testing.T) {
			for i, who := range callers {
				if got := h.ask(t, r, i); got != line[i] {
					t.Errorf("%s: %d, want %d", who, got, line[i])
				}
			}
		})
	}
	if len(policy) != len(h.routes) {
		t.Errorf("%d lines for %d endpoints", len(policy), len(h.routes))
	}
}

// ask makes everything the endpoint needs, asks once as the i-th gate.Caller, and gives the status.
func (h *house) ask(t *testing.T, r gate.Route, i int) int {
	t.Helper()
	h.filing = limiter{burst: 100, every: time.Minute}
	ctx, now := t.Context(), h.clock.now()
	own, other := h.ticket(), h.ticket()
	token := func(name string, expires time.Time) string {
		tok, err := h.store.AddStaffToken(ctx, name, now, expires)
		if err != nil {
			t.Fatal(err)
		}
		return tok
	}
	expired, err := h.store.CreateTicket(ctx, newTicket(), now, now)
	if err != nil {
		t.Fatal(err)
	}
	tokens := []string{
		"", other.Token, own.Token, token("sam", now.Add(time.Hour)), token("robin", now.Add(time.Hour)),
		token("sam", now), expired.Token,
	}
	ticket := own.Ticket.Number
	if i == len(callers)-1 {
		ticket = expired.Ticket.Number
	}
	content := []byte("the whole bundle")
	n, _, err := h.store.CreateSession(ctx, store.Session{Staff: "sam", Session: api.Session{
		Ticket: ticket, Supporter: "Sam Support", Asked: now, Expires: now.Add(time.Minute), FirstPart: "123",
		Rights: []string{"see"}, Role: api.RoleSupporter,
	}}, now, unsigned)
	if err != nil {
		t.Fatal(err)
	}
	u, err := describe(metadata(ticket, "case.zip", content))
	if err != nil {
		t.Fatal(err)
	}
	u.Size, u.Expires = int64(len(content)), now.Add(time.Hour)
	if u, err = h.store.CreateUpload(ctx, u, now); err != nil {
		t.Fatal(err)
	}
	id := u.ID
	header := http.Header{"Tus-Resumable": {tusVersion}}
	var body []byte
	switch {
	case r.Path == api.PathMark || r.Path == api.PathICE || r.Path == api.PathRoom:
		id = n.ID
		body, _ = json.Marshal(api.SessionMark{What: api.MarkEnded})
	case r.Path == api.PathRecord:
		id, body = n.ID, beginning(t, n.Session)
		if err := h.store.AppendRecord(ctx, id, 0, body); err != nil {
			t.Fatal(err)
		}
		header.Set("Content-Type", api.TypeRecord)
	case r.Path == api.PathBundle:
		if u, err = h.store.Append(ctx, u, bytes.NewReader(content), nil, u.Expires); err == nil {
			_, err = h.store.FinishUpload(ctx, u, now)
		}
		if err != nil {
			t.Fatal(err)
		}
	case r.Path == api.PathReveals:
		body, _ = json.Marshal(api.Reveal{Pseudonym: "user-27"})
	case r.Path == api.PathSignIn:
		body, _ = json.Marshal(api.SignIn{User: "sam", Password: password})
	case r.Path == api.PathTickets && r.Method == "POST":
		body, _ = json.Marshal(newTicket())
	case r.Method == "PATCH":
		body = content
		header.Set("Upload-Offset", "0")
	case r.Path == api.PathUploads:
		header.Set("Upload-Length", "5")
		header.Set("Upload-Metadata", metadata(ticket, "case.zip", content))
	}
	if header.Get("Content-Type") == "" {
		header.Set("Content-Type", "application/json")
	}
	if r.Method == "PATCH" {
		header.Set("Content-Type", patchType)
	}
	if r.Path == api.PathRoom {
		for k, v := range map[string]string{
			"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
		} {
			header.Set(k, v)
		}
	}
	path := strings.NewReplacer("{n}", fmt.Sprint(ticket), "{id}", id).Replace(r.Path)
	req, err := http.NewRequest(r.Method, h.URL()+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header = header
	if tokens[i] != "" {
		req.Header.Set("Authorization", "Bearer "+tokens[i])
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

// TestTokenPlaces proves that a token counts in the Authorization header only.
func TestTokenPlaces(t *testing.T) {
	h := open(t)
	token := h.staff()
	for name, header := range map[string][]string{
		"cookie": {"Cookie", "token=" + token}, "basic": {"Authorization", "Basic " + token}, "bare": {"Authorization", token},
	} {
		if status, _, _ := h.do("GET", api.PathTickets+"?token="+token+"&access_token="+token, "", nil, header...); status != 401 {
			t.Errorf("%s: %d", name, status)
		}
	}
	status, head, body := h.do("GET", api.PathTickets, "", nil)
	if status != 401 || kind(t, body) != api.KindUnauthorized || !strings.HasPrefix(head.Get("WWW-Authenticate"), "Bearer") {
		t.Errorf("%d %v %s", status, head, body)
	}
}

// TestElsewhere proves that every refusal has the interface's form, also for paths and methods that are none.
func TestElsewhere(t *testing.T) {
	h := open(t)
	for _, c := range []struct {
		method, path string
		status       int
		allow        string
	}{
		{"GET", "/", 404, ""},
		{"GET", "/api/v2/health", 404, ""},
		{"GET", api.PathTickets + "/x/../../..", 404, ""},
		{"DELETE", api.PathTickets, 405, "GET, HEAD, POST"},
		{"PUT", api.UploadPath("x"), 405, "DELETE, HEAD, OPTIONS, PATCH"},
	} {
		status, head, body := h.do(c.method, c.path, "", nil)
		if status != c.status || head.Get("Allow") != c.allow || kind(t, body) == "" {
			t.Errorf("%s %s: %d %q %s", c.method, c.path, status, head.Get("Allow"), body)
		}
		if head.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(head.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s %s: headers %v", c.method, c.path, head)
		}
	}
}
