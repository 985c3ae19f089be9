package cases

import (
	"context"
	"encoding/base64"
	"slices"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// bundle puts a bundle onto a ticket, with what its upload has said of it.
func (h *house) bundle(number int64, collectors string) {
	h.t.Helper()
	metadata := "ticket Nw==,collectors " + base64.StdEncoding.EncodeToString([]byte(collectors)) + ",filename eA=="
	err := h.cfg.Store.DB().Tx(h.t.Context(), func(tx *db.Tx) error {
		_, err := tx.ExecContext(h.t.Context(), "INSERT INTO bundles (id, ticket, name, size, sha256, metadata, created) VALUES (?, ?, 'case.zip', 1, '', ?, 0)", id(), number, metadata)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

var ledger = api.Templates{Kinds: []api.Template{{Kind: api.Fault, Product: "Ledger", Collect: []api.Collecting{
	{Collector: "log-1", Text: map[string]string{"en": "Ledger's log", "de": "Protokoll von Ledger"}},
}}}}

func wants(list []api.Want) []string {
	out := []string{}
	for _, w := range list {
		out = append(out, w.ID)
	}
	return out
}

// TestMissing asks for what is missing until nothing is.
func TestMissing(t *testing.T) {
	each(t, func(h *house) {
		t := h.t
		n := h.file(func(n *api.NewTicket) { n.Description = "Es druckt nicht." }).Number
		missing := func() []string {
			return wants(must[api.Completeness](h, "sam", "GET", api.PathCompleteness, n, nil).Missing)
		}
		all := []string{"question:since", "question:expected", "field:product_version", "collect:log-1"}
		if got := missing(); !slices.Equal(got, all) {
			t.Fatalf("missing is %v", got)
		}
		asked := must[api.Entry](h, "sam", "POST", api.PathRequests, n, api.Request{})
		if !asked.Public || !slices.Equal(wants(asked.Wants), all) || asked.Wants[3].Label != "Protokoll von Ledger" || asked.Text != "Damit wir weiterarbeiten können, brauchen wir noch von Ihnen:" {
			t.Errorf("asked: %+v", asked)
		}
		now := h.ticket(customerSays, n)
		if now.State != api.StateWaitingCustomer || now.Waiting.For != "Ümit Jansen" {
			t.Errorf("%+v", now)
		}
		if told := h.journal(n); !slices.Contains(told, actAsked) {
			t.Errorf("journal is %v", told)
		}
		if theirs := h.entries(customerSays, n); len(theirs) != 1 || !slices.Equal(wants(theirs[0].Wants), all) {
			t.Errorf("the customer reads %+v", theirs)
		}
		got := must[api.Ticket](h, customerSays, "PATCH", api.PathAnswers, n, api.Answers{
			Answers: []api.Answer{{Question: "since", Text: "gestern"}, {Question: "expected", Text: "Papier"}}, ProductVersion: to("4.2"),
		})
		if got.State != api.StateWaitingCustomer || got.ProductVersion != "4.2" || !slices.Equal(missing(), all[3:]) {
			t.Errorf("answered: %+v, missing %v", got, missing())
		}
		h.bundle(n, "memory log-1")
		if got := missing(); len(got) != 0 {
			t.Errorf("missing is %v", got)
		}
		got = must[api.Ticket](h, customerSays, "PATCH", api.PathAnswers, n, api.Answers{Module: to("Druck")})
		if got.State != api.StateOpen || got.Waiting != nil {
			t.Errorf("with everything: %+v", got)
		}
		if list := h.entries(customerSays, n); list[1].Kind != api.EntryChange || list[1].By != "customer" || len(list) != 3 {
			t.Errorf("the customer reads %+v", list)
		}
		if status := h.do("sam", "POST", api.PathRequests, n, api.Request{}, nil); status != 422 {
			t.Errorf("nothing is missing: %d", status)
		}
		if status := h.do("sam", "POST", api.PathRequests, n, api.Request{Wants: []string{"collect:shadow"}}, nil); status != 422 {
			t.Errorf("what is not needed: %d", status)
		}
		again := must[api.Entry](h, "Kim", "POST", api.PathRequests, n, api.Request{Wants: []string{"collect:log-1", "collect:log-1"}, Text: "Bitte noch einmal."})
		if len(again.Wants) != 1 || again.Text != "Bitte noch einmal." {
			t.Errorf("asked again: %+v", again)
		}
	}, func(c *Config) { c.Templates = ledger })
}

// TestAskedOfTheEnded: who is not waited for is not asked.
func TestAskedOfTheEnded(t *testing.T) {
	each(t, func(h *house) {
		n := h.file().Number
		must[api.Ticket](h, "sam", "POST", api.PathClose, n, api.CloseTicket{Version: 1, State: api.StateClosed, Cause: api.CauseFault, Solution: "x"})
		if status := h.do("sam", "POST", api.PathRequests, n, api.Request{}, nil); status != 409 {
			h.t.Errorf("asked: %d", status)
		}
		if got := kinds(h.entries("sam", n)); !slices.Equal(got, []api.EntryKind{api.EntryChange}) {
			h.t.Errorf("timeline is %v", got)
		}
	})
}

func TestTemplates(t *testing.T) {
	each(t, func(h *house) {
		got := must[api.Templates](h, customerSays, "GET", api.PathTemplates, 0, nil)
		if len(got.Kinds) != len(api.Kinds)+1 || got.Kinds[0].Ask[1].Text["nl"] != "Sinds wanneer gebeurt het?" || got.Kinds[5].Product != "Ledger" {
			h.t.Errorf("%+v", got)
		}
	}, func(c *Config) { c.Templates = ledger })
}

// TestFiled: what a client has filed once is not filed twice, and nothing of support's shows in the answer.
func TestFiled(t *testing.T) {
	each(t, func(h *house) {
		n := api.NewTicket{ID: id(), Title: "x", Priority: api.Low, Kind: api.Wish, Language: "nl"}
		first := must[api.CreatedTicket](h, customerSays, "POST", api.PathTickets, 0, n)
		h.change("sam", first.Ticket.Number, api.TicketChange{Queue: to("erp")})
		h.pass(time.Minute)
		again := must[api.CreatedTicket](h, customerSays, "POST", api.PathTickets, 0, n)
		if again.Ticket.Number != first.Ticket.Number || again.Token == first.Token || again.Ticket.Queue != "" || again.Ticket.Kind != api.Wish {
			h.t.Errorf("%+v", again)
		}
		n.Title = "y"
		if status := h.do(customerSays, "POST", api.PathTickets, 0, n, nil); status != 409 {
			h.t.Errorf("another content: %d", status)
		}
		if told := h.journal(first.Ticket.Number); !slices.Equal(told, []string{actFiled, actEntry, actChanged}) {
			h.t.Errorf("journal is %v", told)
		}
	})
}

// words finds tickets as a search would.
type words struct {
	numbers []int64 // that have the word, the highest first
}

func (w *words) Numbers(_ context.Context, _ string, before int64, limit int) ([]int64, error) {
	var list []int64
	for _, n := range w.numbers {
		if (before == 0 || n < before) && len(list) < limit {
			list = append(list, n)
		}
	}
	return list, nil
}

// TestText: what a search finds is narrowed down, however much of it does not fit.
func TestText(t *testing.T) {
	found := &words{}
	each(t, func(h *house) {
		*found = words{}
		var erp []int64
		for i := range 12 {
			n := h.file().Number
			found.numbers = append([]int64{n}, found.numbers...)
			if i < 3 {
				h.change("sam", n, api.TicketChange{Queue: to("erp")})
				erp = append([]int64{n}, erp...)
			}
		}
		h.file()
		for query, want := range map[string][]int64{
			"text=x&limit=5":                       found.numbers[:5],
			"text=x&limit=2&queues=erp":            erp[:2],
			"text=x&limit=2&queues=erp&before=3":   erp[1:],
			"text=x&limit=200":                     found.numbers,
			"text=x&limit=3&queues=crm":            nil,
			"text=%20&limit=1&queues=erp&before=3": erp[1:2],
		} {
			got := must[api.TicketList](h, "sam", "GET", api.PathTickets+"?"+query, 0, nil)
			var numbers []int64
			for _, one := range got.Tickets {
				numbers = append(numbers, one.Number)
			}
			if !slices.Equal(numbers, want) {
				h.t.Errorf("%s: %v, want %v", query, numbers, want)
			}
		}
	}, func(c *Config) { c.Texts = found })
}
