package desk

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/people"
	"github.com/beistand/beistand/app/desk/store/db"
	keep "github.com/beistand/beistand/app/desk/store/people"
)

// TestAlarms is a monitor's night: an alarm that is said again and again is one
// ticket, is solved by nobody but itself, and comes back as a new case.
func TestAlarms(t *testing.T) {
	h := open(t)
	staff := h.client(h.staff())
	var made api.CreatedKey
	if err := h.store.DB().Tx(t.Context(), func(tx *db.Tx) (err error) {
		made, err = keep.AddKey(t.Context(), tx, api.NewKey{
			Name: "prometheus", Scopes: []api.Scope{api.ScopeIntake}, Expires: h.clock.now().Add(24 * time.Hour),
		}, "sam", h.clock.now())
		return err
	}); err != nil {
		t.Fatal(err)
	}
	key := made.Secret
	monitor := h.client(key)
	say := func(alerts ...api.Alert) []int64 {
		t.Helper()
		taken, err := monitor.SayAlarms(t.Context(), api.Alarms{Version: "4", Alerts: alerts})
		if err != nil || len(taken.Tickets) != len(alerts) {
			t.Fatalf("%+v %v", taken, err)
		}
		return taken.Tickets
	}
	disk := api.Alert{
		Status: "firing", Fingerprint: "a1b2", StartsAt: h.clock.now(),
		Labels:      map[string]string{"alertname": "DiskFull", "severity": "critical", "instance": "db1", "product": "Ledger"},
		Annotations: map[string]string{"summary": "db1: the disk is full\x00", "description": "99 % of /var are used."},
	}
	web := api.Alert{Status: "firing", Labels: map[string]string{"alertname": "Slow", "severity": "warning"}}
	first := say(disk, web)
	for range 20 {
		h.clock.pass(time.Minute)
		if again := say(disk); again[0] != first[0] {
			t.Fatalf("on %d, then on %d", first[0], again[0])
		}
	}
	ticket, err := staff.Ticket(t.Context(), first[0])
	if err != nil || ticket.Title != "db1: the disk is full" || ticket.Priority != api.Critical || ticket.Product != "Ledger" || !strings.Contains(ticket.Description, "instance: db1") {
		t.Fatalf("%+v %v", ticket, err)
	}
	alarms := func() (subjects []string) {
		list, err := staff.Timeline(t.Context(), first[0], 0, 0, 200)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list.Entries {
			if e.Kind == api.EntryAlarm {
				subjects = append(subjects, e.Subject)
			}
		}
		return subjects
	}
	if got := alarms(); len(got) != 0 {
		t.Errorf("within the hour: %v", got)
	}
	h.clock.pass(time.Hour)
	say(disk)
	disk.Status = "resolved"
	say(disk)
	say(disk)
	disk.Status = "firing"
	say(disk)
	if got := strings.Join(alarms(), ", "); got != "again, resolved, again" {
		t.Errorf("said: %s", got)
	}
	if ticket, err = staff.Ticket(t.Context(), first[0]); err != nil {
		t.Fatal(err)
	}
	if _, err := staff.CloseTicket(t.Context(), first[0], api.CloseTicket{
		Version: ticket.Version, State: api.StateClosed, Cause: api.CauseConfiguration, Solution: "A bigger disk.", Tried: "-",
	}); err != nil {
		t.Fatal(err)
	}
	if later := say(disk); later[0] == first[0] {
		t.Error("a closed case was woken")
	}
	disk.Fingerprint, disk.Status = "never seen", "resolved"
	if none := say(disk); none[0] != 0 {
		t.Errorf("a case for what is well: %d", none[0])
	}
	if list, err := staff.Tickets(t.Context(), api.TicketQuery{}); err != nil || len(list) != 3 {
		t.Errorf("%d tickets, %v", len(list), err)
	}
	for name, bad := range map[string]string{
		"nothing": `{}`, "no name": `{"alarms":[{"title":"x"}]}`, "priority": `{"alarms":[{"alarm":"x","priority":"worst"}]}`,
		"too many": `{"alarms":[` + strings.Repeat(`{"alarm":"x"},`, 100) + `{"alarm":"x"}]}`,
	} {
		if status, _, body := h.do("POST", api.PathAlarms, key, []byte(bad), "Content-Type", "application/json"); status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
}

// listen reads a stream's events into the channel that it gives.
func (h *house) listen(path, token, after string) (<-chan [2]string, func()) {
	h.t.Helper()
	ctx, stop := context.WithCancel(h.t.Context())
	req, err := http.NewRequestWithContext(ctx, "GET", h.URL()+path, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	if after != "" {
		req.Header.Set("Last-Event-ID", after)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil || resp.StatusCode != http.StatusOK {
		h.t.Fatalf("listen: %v %v", resp, err)
	}
	events := make(chan [2]string, 1000)
	go func() {
		defer close(events)
		defer resp.Body.Close()
		var id string
		for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
			name, value, _ := strings.Cut(lines.Text(), ": ")
			switch name {
			case "id":
				id = value
			case "event":
				events <- [2]string{value, id}
			}
		}
	}()
	return events, stop
}

// TestListen: staff hear of everything that happens with tickets, in order and
// once, also when they come back; what only administrators may know they do not hear.
func TestListen(t *testing.T) {
	h := open(t)
	events, stop := h.listen(api.PathChanges, h.staff(), "")
	next := func(want string) string {
		t.Helper()
		select {
		case e := <-events:
			if e[0] != want {
				t.Fatalf("%v, want %s", e, want)
			}
			return e[1]
		case <-time.After(20 * time.Second):
			t.Fatalf("no %s", want)
			return ""
		}
	}
	next("hello")
	anon := h.client("")
	first, err := anon.CreateTicket(t.Context(), newTicket())
	if err != nil {
		t.Fatal(err)
	}
	at := next("ticket.filed")
	stop()
	for range events { // until the connection has ended
	}
	if err := (people.Local{People: h.people}).Add(t.Context(), api.NewStaff{User: "kim", Name: "Kim", Roles: []api.Role{api.RoleStaff}, Password: password}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.client(h.staff()).AddEntry(t.Context(), first.Ticket.Number, api.NewEntry{ID: newTicket().ID, Kind: api.EntryNote, Text: "internal"}); err != nil {
		t.Fatal(err)
	}
	events, stop = h.listen(api.PathChanges, h.staff(), at)
	next("hello")
	next("entry.added")
	stop()
	for range events {
	}
	for _, none := range []string{"-9223372036854775808", "x"} {
		events, stop = h.listen(api.PathChanges, h.staff(), none)
		if e := <-events; e[0] != "lost" {
			t.Errorf("behind %s: %q", none, e)
		}
		stop()
	}
	events, stop = h.listen(api.PathChanges, h.staff(), "99999999")
	defer stop()
	next("lost")
	page, err := h.client(h.admin()).Journal(t.Context(), 0, 200)
	if err != nil {
		t.Fatal(err)
	}
	var actions []string
	for i, e := range page.Entries {
		if e.Seq != int64(i+1) {
			t.Errorf("entry %d has the number %d", i+1, e.Seq)
		}
		actions = append(actions, e.Action)
	}
	if all := strings.Join(actions, " "); !strings.Contains(all, "ticket.filed") || !strings.Contains(all, "staff.changed") || strings.Contains(all, "internal") {
		t.Errorf("the journal: %s", all)
	}
	status, _, body := h.do("GET", api.PathJournalExport, h.admin(), nil)
	lines := strings.Split(strings.TrimSpace(string(body)), "\n")
	if status != http.StatusOK || len(lines) < len(actions) || !json.Valid([]byte(lines[0])) {
		t.Errorf("export: %d, %d lines for %d", status, len(lines), len(actions))
	}
}

// admin is a token of an administrator's.
func (h *house) admin() string {
	h.t.Helper()
	if err := h.hire("root", "Root", api.RoleAdministrator); err != nil && !errors.Is(err, db.ErrExists) {
		h.t.Fatal(err)
	}
	return h.tokenOf("root")
}
