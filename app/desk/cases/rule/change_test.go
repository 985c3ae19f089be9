package rule

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/reply"
)

var (
	sam   = Who{Actor: api.Actor{Kind: api.ActorStaff, Name: "sam"}, Name: "Sam"}
	boss  = Who{Actor: api.Actor{Kind: api.ActorStaff, Name: "boss"}, Name: "Boss", Dispatcher: true}
	staff = Staff{"sam": "sam", "boss": "boss", "kim": "Kim"}
)

func to[T any](v T) *T { return &v }

func ticket(owner string, state api.State) api.Ticket {
	t := api.Ticket{Number: 7, Version: 3, State: state, Title: "It broke", Name: "Ümit", Priority: api.Normal, Kind: api.Fault, Impact: api.ImpactOne, Level: 1, Owner: owner}
	switch state {
	case api.StateWaitingCustomer, api.StateWaitingThird:
		t.Waiting = &api.Waiting{For: "Example Hosting", Since: now.Add(-time.Hour)}
	case api.StateSolved, api.StateClosed:
		t.Closing = &api.Closing{Cause: api.CauseFault, Solution: "patched", By: "sam", At: now.Add(-time.Hour)}
	}
	return t
}

// status is what a refusal is answered with; 0 for none.
func status(err error) int {
	var r *reply.Refusal
	if errors.As(err, &r) {
		return r.Status
	}
	return 0
}

func TestWhoMayChange(t *testing.T) {
	urgent := api.TicketChange{Urgency: &api.SetUrgency{Priority: api.Critical, Reason: "booking day"}}
	own := func(name string) api.TicketChange { return api.TicketChange{Owner: &name} }
	for name, c := range map[string]struct {
		owner  string
		who    Who
		change api.TicketChange
		status int
	}{
		"take nobody's":              {"", sam, own("SAM"), 0},
		"give mine away":             {"sam", sam, own("kim"), 0},
		"leave mine to nobody":       {"sam", sam, own(""), 0},
		"assign nobody's to another": {"", sam, own("kim"), 403},
		"take another's":             {"kim", sam, own("sam"), 403},
		"another's stays another's":  {"Kim", sam, own("kim"), 0},
		"a dispatcher assigns":       {"", boss, own("kim"), 0},
		"a dispatcher takes":         {"Kim", boss, own(""), 0},
		"nobody of that name":        {"", boss, own("eve"), 422},
		"prioritise nobody's":        {"", sam, urgent, 0},
		"prioritise mine":            {"sam", sam, urgent, 0},
		"prioritise another's":       {"Kim", sam, urgent, 403},
		"a dispatcher prioritises":   {"Kim", boss, urgent, 0},
		"a priority without reason":  {"", boss, api.TicketChange{Urgency: &api.SetUrgency{Priority: api.High}}, 422},
		"a priority that is none":    {"", boss, api.TicketChange{Urgency: &api.SetUrgency{Priority: "x", Reason: "y"}}, 422},
		"another's queue":            {"Kim", sam, api.TicketChange{Queue: to("erp")}, 0},
		"watch another's":            {"Kim", sam, api.TicketChange{Watchers: &[]string{"sam"}}, 0},
		"a rule assigns":             {"", Who{Actor: api.Actor{Kind: api.ActorRule}, Dispatcher: true}, own("kim"), 0},
		"a customer cannot own":      {"", Who{Actor: api.Actor{Kind: api.ActorCustomer}}, own("sam"), 403},
	} {
		if _, err := Change(ticket(c.owner, api.StateOpen), c.change, c.who, staff, now); status(err) != c.status {
			t.Errorf("%s: %v, want %d", name, err, c.status)
		}
	}
}

func TestChangeRefuses(t *testing.T) {
	many := func(n int) []string { return slices.Repeat([]string{"sam"}, n) }
	for name, c := range map[string]api.TicketChange{
		"no title":            {Title: to("")},
		"a title of lines":    {Title: to("a\nb")},
		"a long product":      {Product: to(strings.Repeat("x", api.MaxName+1))},
		"a kind":              {Kind: to(api.Kind("incident"))},
		"an impact":           {Impact: to(api.Impact("all"))},
		"level 0":             {Level: to(0)},
		"level 4":             {Level: to(4)},
		"a watcher":           {Watchers: &[]string{"eve"}},
		"too many watchers":   {Watchers: to(many(maxList + 1))},
		"its own parent":      {Parent: to(int64(7))},
		"a parent below 0":    {Parent: to(int64(-1))},
		"days":                {Critical: &[]api.CriticalDate{{From: "30.11.2026"}}},
		"days backwards":      {Critical: &[]api.CriticalDate{{From: "2026-11-30", To: "2026-11-29"}}},
		"promise of nothing":  {Promises: &[]api.Promise{{Due: now}}},
		"promise for no time": {Promises: &[]api.Promise{{What: "fix"}}},
		"step without text":   {Plan: &[]api.Step{{Owner: "sam"}}},
		"step of nobody":      {Plan: &[]api.Step{{Text: "x", Owner: "eve"}}},
		"step that is not":    {Plan: &[]api.Step{{ID: "x", Text: "x"}}},
		"step due someday":    {Plan: &[]api.Step{{Text: "x", Due: "soon"}}},
		"answer to nothing":   {Answers: []api.Answer{{Text: "x"}}},
		"a bell":              {Answers: []api.Answer{{Question: "x", Text: "\a"}}},
		"new again":           {State: to(api.StateNew)},
		"solved":              {State: to(api.StateSolved)},
		"closed":              {State: to(api.StateClosed)},
		"a state":             {State: to(api.State("done"))},
		"waiting for nobody":  {State: to(api.StateWaitingThird)},
		"waiting, yet open":   {WaitingFor: to("Example")},
	} {
		if _, err := Change(ticket("", api.StateOpen), c, boss, staff, now); status(err) != 422 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestStates walks every way that a person may send a ticket, from every state.
func TestStates(t *testing.T) {
	goes := map[api.State]int{api.StateOpen: 0, api.StateWaitingCustomer: 0, api.StateWaitingThird: 0, api.StateSolved: 422, api.StateClosed: 422}
	for _, from := range api.States {
		for to, want := range goes {
			ended := from == api.StateSolved || from == api.StateClosed
			if ended && want == 0 && to != api.StateOpen {
				want = 409
			}
			c := api.TicketChange{State: &to}
			if to == api.StateWaitingThird {
				whom := "Example Hosting"
				c.WaitingFor = &whom
			}
			before := ticket("", from)
			got, err := Change(before, c, sam, staff, now)
			if status(err) != want {
				t.Errorf("%s -> %s: %v, want %d", from, to, err, want)
			}
			if err != nil {
				continue
			}
			waits := to == api.StateWaitingCustomer || to == api.StateWaitingThird
			if got.State != to || (got.Waiting != nil) != waits || got.Closing != nil {
				t.Errorf("%s -> %s: %+v", from, to, got)
			}
			if waits && from != to && !got.Waiting.Since.Equal(now) {
				t.Errorf("%s -> %s: waits since %s", from, to, got.Waiting.Since)
			}
			if from == api.StateWaitingThird && to == from && !got.Waiting.Since.Equal(before.Waiting.Since) {
				t.Errorf("waits for the same since %s", got.Waiting.Since)
			}
		}
	}
}

func TestHeardAndTold(t *testing.T) {
	for from, want := range map[api.State]api.State{
		api.StateNew: api.StateNew, api.StateOpen: api.StateOpen, api.StateWaitingCustomer: api.StateOpen,
		api.StateWaitingThird: api.StateWaitingThird, api.StateSolved: api.StateOpen, api.StateClosed: api.StateOpen,
	} {
		got, late := Heard(ticket("", from), now)
		if late || got.State != want || (got.State == api.StateOpen && (got.Waiting != nil || got.Closing != nil)) {
			t.Errorf("heard, %s: %s %v", from, got.State, late)
		}
		told := Told(ticket("", from)).State
		if from == api.StateNew && told != api.StateOpen || from != api.StateNew && told != from {
			t.Errorf("told, %s: %s", from, told)
		}
	}
	closed := ticket("", api.StateClosed)
	closed.Closing.At = now.Add(-reopenable)
	if got, late := Heard(closed, now); late || got.State != api.StateOpen {
		t.Errorf("after two weeks: %s %v", got.State, late)
	}
	if got, late := Heard(closed, now.Add(time.Second)); !late || got.State != api.StateClosed {
		t.Errorf("after more than two weeks: %s %v", got.State, late)
	}
}

func TestEscalation(t *testing.T) {
	up := api.TicketChange{Escalate: to("no way round")}
	down := api.TicketChange{Escalate: to("")}
	kim := Who{Actor: api.Actor{Kind: api.ActorStaff, Name: "Kim"}}
	raised, err := Change(ticket("Kim", api.StateOpen), up, sam, staff, now)
	if err != nil || raised.Escalation == nil || raised.Escalation.By != "sam" || !raised.Escalation.At.Equal(now) {
		t.Fatalf("%+v %v", raised.Escalation, err)
	}
	if _, err := Change(raised, down, kim, staff, now); status(err) != 403 {
		t.Errorf("somebody else took it back: %v", err)
	}
	for _, who := range []Who{sam, boss} {
		if got, err := Change(raised, down, who, staff, now); err != nil || got.Escalation != nil {
			t.Errorf("%s: %+v %v", who.Name, got.Escalation, err)
		}
	}
	if again, _ := Change(raised, up, boss, staff, now.Add(time.Hour)); again.Escalation.By != "sam" {
		t.Errorf("the same reason again is %s's", again.Escalation.By)
	}
}

func TestPromisesAndPlan(t *testing.T) {
	due := now.Add(48 * time.Hour)
	first, err := Change(ticket("", api.StateOpen), api.TicketChange{
		Promises: &[]api.Promise{{What: api.PromiseFix, Due: due, By: "somebody else"}},
		Plan:     &[]api.Step{{Text: " ask the vendor ", Owner: "KIM", Due: "2026-11-30"}, {Text: "tell", Done: &due}},
	}, sam, staff, now)
	if err != nil || len(first.Plan) != 2 || first.Plan[0].ID == "" || first.Plan[0].ID == first.Plan[1].ID {
		t.Fatalf("%+v %v", first.Plan, err)
	}
	if p := first.Promises[0]; p.By != "sam" || !p.Due.Equal(due) {
		t.Errorf("%+v", p)
	}
	if s := first.Plan[0]; s.Owner != "Kim" || s.Text != "ask the vendor" || s.Done != nil || s.By != "" {
		t.Errorf("%+v", s)
	}
	if s := first.Plan[1]; s.Done == nil || !s.Done.Equal(now) || s.By != "sam" {
		t.Errorf("done: %+v", s)
	}
	plan := slices.Clone(first.Plan)
	plan[0].Done = &now
	later := now.Add(time.Hour)
	second, err := Change(first, api.TicketChange{Plan: &plan, Promises: &[]api.Promise{first.Promises[0], {What: api.PromiseWorkaround, Due: due}}}, boss, staff, later)
	if err != nil || second.Plan[0].By != "boss" || second.Plan[1].By != "sam" || !second.Plan[1].Done.Equal(now) {
		t.Errorf("%+v %v", second.Plan, err)
	}
	if second.Promises[0].By != "sam" || second.Promises[1].By != "boss" {
		t.Errorf("%+v", second.Promises)
	}
	if first.Plan[0].Done != nil {
		t.Error("the ticket before was changed")
	}
}

// TestWhoHasLeft: names that are on a ticket stay, also of people who are not staff any more.
func TestWhoHasLeft(t *testing.T) {
	before := ticket("gone", api.StateOpen)
	before.Watchers, before.Plan = []string{"gone"}, []api.Step{{ID: "a", Text: "x", Owner: "gone"}}
	plan := append(slices.Clone(before.Plan), api.Step{Text: "y"})
	got, err := Change(before, api.TicketChange{Watchers: &[]string{"gone", "sam"}, Plan: &plan, Owner: to("gone")}, sam, staff, now)
	if err != nil || !slices.Equal(got.Watchers, []string{"gone", "sam"}) || got.Plan[0].Owner != "gone" {
		t.Errorf("%+v %v", got, err)
	}
	plan[1].Owner = "gone"
	if _, err := Change(before, api.TicketChange{Plan: &plan}, sam, staff, now); status(err) != 422 {
		t.Errorf("a new step of theirs: %v", err)
	}
}

func TestAnswered(t *testing.T) {
	before := ticket("", api.StateOpen)
	before.Answers = []api.Answer{{Question: "since", Label: "Since?", Text: "today"}, {Question: "steps", Text: "x"}}
	got, err := Answered(before, api.Answers{Answers: []api.Answer{{Question: "since", Text: " yesterday "}, {Question: "steps"}, {Question: "more", Text: "y"}}, Module: to("Booking")})
	want := []api.Answer{{Question: "since", Label: "Since?", Text: "yesterday"}, {Question: "more", Text: "y"}}
	if err != nil || !reflect.DeepEqual(got.Answers, want) || got.Module != "Booking" {
		t.Errorf("%+v %v", got, err)
	}
	if before.Answers[0].Text != "today" || len(before.Answers) != 2 {
		t.Error("the ticket before was changed")
	}
	if _, err := Answered(before, api.Answers{}); status(err) != 422 {
		t.Errorf("no answers: %v", err)
	}
	if _, err := Answered(ticket("", api.StateClosed), api.Answers{Module: to("x")}); status(err) != 409 {
		t.Errorf("closed: %v", err)
	}
}

func TestDifferences(t *testing.T) {
	before := ticket("sam", api.StateOpen)
	after, err := Change(before, api.TicketChange{
		State: to(api.StateWaitingThird), WaitingFor: to("Example"), Owner: to(""), Urgency: &api.SetUrgency{Priority: api.High, Reason: "tomorrow"},
		Answers: []api.Answer{{Question: "since", Text: strings.Repeat("word ", 100)}},
	}, boss, staff, now)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][2]string{}
	for _, d := range Differences(before, after) {
		got[d.Field] = [2]string{d.From, d.To}
	}
	for field, want := range map[string][2]string{
		"state": {"open", "waiting-third"}, "owner": {"sam", ""}, "urgency": {"", "high: tomorrow"}, "waiting_for": {"", "Example"},
	} {
		if got[field] != want {
			t.Errorf("%s: %q", field, got[field])
		}
	}
	if n := len([]rune(got["answers"][1])); len(got) != 5 || n != maxChanged+1 {
		t.Errorf("%d changes, answers of %d", len(got), n)
	}
	if d := Differences(after, after); len(d) != 0 {
		t.Errorf("the same differs in %v", d)
	}
}

// TestEveryFieldDiffers: a field that a change can change shows in Differences
// under its own name, so that no change is without a trace.
func TestEveryFieldDiffers(t *testing.T) {
	changes := map[string]api.TicketChange{
		"title": {Title: to("x")}, "kind": {Kind: to(api.Wish)}, "product": {Product: to("x")}, "product_version": {ProductVersion: to("x")},
		"module": {Module: to("x")}, "answers": {Answers: []api.Answer{{Question: "x", Text: "x"}}}, "urgency": {Urgency: &api.SetUrgency{Priority: api.Low, Reason: "x"}},
		"impact": {Impact: to(api.ImpactMany)}, "critical": {Critical: &[]api.CriticalDate{{From: "2026-11-30"}}}, "queue": {Queue: to("x")},
		"level": {Level: to(2)}, "level_at": {LevelAt: to("x")}, "owner": {Owner: to("sam")}, "watchers": {Watchers: &[]string{"sam"}},
		"state": {State: to(api.StateWaitingCustomer)}, "waiting_for": {State: to(api.StateWaitingThird), WaitingFor: to("x")},
		"promises": {Promises: &[]api.Promise{{What: "fix", Due: now}}}, "plan": {Plan: &[]api.Step{{Text: "x"}}}, "parent": {Parent: to(int64(3))},
		"escalate": {Escalate: to("x")}, "organisation": {Organisation: to(int64(3))}, "person": {Person: to(int64(3))}, "installation": {Installation: to(int64(3))},
	}
	fields := reflect.TypeFor[api.TicketChange]()
	for i := range fields.NumField() {
		name, _, _ := strings.Cut(fields.Field(i).Tag.Get("json"), ",")
		if name == "version" {
			continue
		}
		c, ok := changes[name]
		if !ok {
			t.Errorf("%s: the test knows no change of it", name)
			continue
		}
		before := ticket("", api.StateOpen)
		after, err := Change(before, c, boss, staff, now)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d := Differences(before, after); !slices.ContainsFunc(d, func(d api.Changed) bool { return d.Field == name }) {
			t.Errorf("%s: differs in %v", name, d)
		}
	}
}
