package desk

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
)

// close ends a ticket as sam.
func (h *house) close(number int64) {
	h.t.Helper()
	var now, closed api.Ticket
	h.say("GET", api.TicketPath(number), h.staff(), nil, &now)
	h.say("POST", api.ClosePath(number), h.staff(), api.CloseTicket{Version: now.Version, State: api.StateClosed, Cause: api.CauseHandling, Solution: "shown how"}, &closed)
}

// say sends JSON, which has to be taken, and reads the answer.
func (h *house) say(method, path, token string, in, out any) {
	h.t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		h.t.Fatal(err)
	}
	status, _, answer := h.do(method, path, token, body, "Content-Type", "application/json")
	if status >= 300 {
		h.t.Fatalf("%s %s: %d %s", method, path, status, answer)
	}
	if err := json.Unmarshal(answer, out); err != nil {
		h.t.Fatal(err)
	}
}

// TestContinuedFiles: what is written to a ticket that was closed long ago comes
// with its files, also when it is said twice.
func TestContinuedFiles(t *testing.T) {
	h := open(t)
	made := h.ticket()
	h.close(made.Ticket.Number)
	h.clock.pass(15 * 24 * time.Hour)
	file := h.attachable(made, "shot.png", "image/png", []byte("a picture"))
	bundle := h.create(made, []byte("a bundle"))
	if status, _, body := h.patch(bundle, made.Token, 0, []byte("a bundle")); status != http.StatusNoContent {
		t.Fatal(status, string(body))
	}
	word := api.NewEntry{ID: client.NewTicketID(), Text: "here it is again", Files: []string{file, bundle[len(api.PathUploads)+1:]}}
	for range 2 {
		var added api.Added
		h.say("POST", api.EntriesPath(made.Ticket.Number), made.Token, word, &added)
		if added.Continued == nil || len(added.Files) != 1 || added.Files[0].Name != "shot.png" {
			t.Fatalf("%+v", added)
		}
		if status, _, body := h.do("GET", api.FilePath(added.Ticket, file), added.Continued.Token, nil); status != http.StatusOK || string(body) != "a picture" {
			t.Errorf("the file: %d %s", status, body)
		}
	}
	word.ID, word.Files = client.NewTicketID(), []string{"00000000000000000000000000000000"}
	body, _ := json.Marshal(word)
	if status, _, answer := h.do("POST", api.EntriesPath(made.Ticket.Number), made.Token, body, "Content-Type", "application/json"); status != http.StatusUnprocessableEntity {
		t.Errorf("a file that there is not: %d %s", status, answer)
	}
}

// TestSayingBounded: a ticket's token writes so much and no more, and makes no
// more tickets of an old one than its address may file; staff are not kept waiting.
func TestSayingBounded(t *testing.T) {
	h := open(t)
	made, old := h.ticket(), h.ticket()
	h.close(old.Ticket.Number)
	h.clock.pass(15 * 24 * time.Hour)
	word := func(number int64, token string) int {
		body, _ := json.Marshal(api.NewEntry{ID: client.NewTicketID(), Kind: api.EntryNote, Text: "a word"})
		status, _, _ := h.do("POST", api.EntriesPath(number), token, body, "Content-Type", "application/json")
		return status
	}
	for range h.filing.Burst {
		if status := word(old.Ticket.Number, old.Token); status != http.StatusCreated {
			t.Fatal(status)
		}
	}
	if status := word(old.Ticket.Number, old.Token); status != http.StatusTooManyRequests {
		t.Errorf("one more ticket: %d", status)
	}
	for range h.saying.Burst {
		if status := word(made.Ticket.Number, made.Token); status != http.StatusCreated {
			t.Fatal(status)
		}
	}
	answers, _ := json.Marshal(api.Answers{Answers: []api.Answer{{Question: "since", Text: "today"}}})
	for path, status := range map[string]func() int{
		"word": func() int { return word(made.Ticket.Number, made.Token) },
		"answers": func() int {
			status, _, _ := h.do("PATCH", api.AnswersPath(made.Ticket.Number), made.Token, answers, "Content-Type", "application/json")
			return status
		},
		"solution": func() int {
			status, _, _ := h.do("POST", api.SolutionPath(made.Ticket.Number), made.Token, []byte("{}"), "Content-Type", "application/json")
			return status
		},
	} {
		if got := status(); got != http.StatusTooManyRequests {
			t.Errorf("one more %s: %d", path, got)
		}
	}
	if status := word(made.Ticket.Number, h.staff()); status != http.StatusCreated {
		t.Errorf("staff: %d", status)
	}
}

// TestFiledByStaff: who files for somebody else stands in the journal, and their
// office is not taken for a crowd.
func TestFiledByStaff(t *testing.T) {
	h := open(t)
	if err := h.hire("ada", "Ada", api.RoleAdministrator); err != nil {
		t.Fatal(err)
	}
	staff := h.staff()
	for range h.filing.Burst + 5 {
		var made api.CreatedTicket
		h.say("POST", api.PathTickets, staff, newTicket(), &made)
	}
	var customers api.CreatedTicket
	h.say("POST", api.PathTickets, "a token that holds no more", newTicket(), &customers)
	var page api.JournalPage
	h.say("GET", api.PathJournal, h.tokenOf("ada"), nil, &page)
	by := map[api.Actor]int{}
	for _, e := range page.Entries {
		if e.Action == "ticket.filed" {
			by[e.Actor]++
		}
	}
	if by[api.Actor{Kind: api.ActorStaff, Name: "sam"}] != h.filing.Burst+5 || by[api.Actor{Kind: api.ActorCustomer}] != 1 || len(by) != 2 {
		t.Errorf("filed by %v", by)
	}
}

// TestBroughtByProgram: what a program with a key brings was brought by the key,
// and by nobody who works here.
func TestBroughtByProgram(t *testing.T) {
	h := open(t)
	made := h.ticket()
	if err := h.hire("ada", "Ada", api.RoleAdministrator); err != nil {
		t.Fatal(err)
	}
	path, _ := noiseFile(t, 1000)
	b, err := h.program(api.ScopeUpload, api.ScopeRead).Upload(t.Context(), made.Ticket.Number, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	var line api.Timeline
	h.say("GET", api.EntriesPath(made.Ticket.Number), h.staff(), nil, &line)
	if len(line.Entries) != 1 || line.Entries[0].Ref != b.ID || !strings.HasPrefix(line.Entries[0].By, "key:") {
		t.Fatalf("%+v", line)
	}
	var page api.JournalPage
	h.say("GET", api.PathJournal, h.tokenOf("ada"), nil, &page)
	found := 0
	for _, e := range page.Entries {
		if e.Action == "bundle.added" || e.Action == "entry.added" {
			found++
			if e.Actor.Kind != api.ActorKey || "key:"+e.Actor.Name != line.Entries[0].By {
				t.Errorf("%s by %+v", e.Action, e.Actor)
			}
		}
	}
	if found != 2 {
		t.Errorf("%d entries in the journal", found)
	}
}
