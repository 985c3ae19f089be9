package rule

import (
	"slices"
	"strings"

	"github.com/beistand/beistand/app/api"
)

// ForCustomer is a ticket as its customer sees it: what is theirs, what they
// were promised, who is waited for, and how it ended. What is not named here is hidden.
func ForCustomer(t api.Ticket) api.Ticket {
	seen := api.Ticket{
		Number: t.Number, Version: t.Version, State: t.State, Title: t.Title, Description: t.Description,
		Product: t.Product, Priority: t.Priority, Name: t.Name, Contact: t.Contact, Language: t.Language,
		Created: t.Created, Updated: t.Updated, Bundles: t.Bundles, Sessions: t.Sessions, Reveals: t.Reveals,
		Kind: t.Kind, ProductVersion: t.ProductVersion, Module: t.Module, Impact: t.Impact,
		Critical: t.Critical, Answers: t.Answers, Findings: t.Findings, Signs: t.Signs,
		Waiting: t.Waiting, Tombstones: t.Tombstones,
	}
	for _, p := range t.Promises {
		seen.Promises = append(seen.Promises, api.Promise{What: p.What, Due: p.Due, Kept: p.Kept})
	}
	if c := t.Closing; c != nil {
		seen.Closing = &api.Closing{
			Cause: c.Cause, Solution: c.Solution, Tried: c.Tried, By: outward(c.By), At: c.At,
			Feedback: c.Feedback, Satisfied: c.Satisfied,
		}
	}
	return seen
}

// ByStaff is whom customers see behind what a member of staff does, beside the name they are shown.
const ByStaff = "staff"

// outward is an author as customers see them: names of accounts stay inside.
func outward(by string) string {
	if slices.Contains([]string{ByCustomer, api.ActorDesk, api.ActorRule}, by) {
		return by
	}
	return ByStaff
}

// EntryForCustomer is a public entry as the ticket's customer sees it. ok is
// false for one that is not theirs.
func EntryForCustomer(e api.Entry) (_ api.Entry, ok bool) {
	if !e.Public {
		return api.Entry{}, false
	}
	by := outward(e.By)
	if e.Kind == api.EntryMailIn && strings.Contains(e.By, "@") { // an address, not an account
		by = e.By
	}
	return api.Entry{
		ID: e.ID, Ticket: e.Ticket, At: e.At, Kind: e.Kind, Public: true, By: by, Name: e.Name, Party: e.Party,
		Text: e.Text, From: e.From, Subject: e.Subject, Ref: e.Ref, Files: e.Files, Wants: e.Wants, Changes: e.Changes, Gone: e.Gone,
	}, true
}
