package rule

import (
	"net/mail"
	"slices"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/late"
	"github.com/beistand/beistand/app/desk/reply"
)

// Written gives e as a member of staff may write it. A mail to the customer is
// always one that the customer sees.
func Written(e api.NewEntry) (_ api.NewEntry, err error) {
	if e.ID, err = UUID(e.ID); err != nil {
		return e, err
	}
	if err := oneOf("kind", e.Kind, []api.EntryKind{api.EntryNote, api.EntryCall, api.EntryTime, api.EntryMailOut}); err != nil {
		return e, err
	}
	if err := lines("text", &e.Text, api.MaxDescription, e.Kind != api.EntryTime); err != nil {
		return e, err
	}
	switch {
	case e.Minutes < 0 || e.Minutes > maxMinutes:
		return e, reply.Invalid("minutes are 0 to %d", maxMinutes)
	case e.Kind == api.EntryTime && e.Minutes == 0:
		return e, reply.Invalid("the minutes are missing")
	case e.Kind != api.EntryMailOut && (len(e.To) > 0 || e.Party != ""):
		return e, reply.Invalid("to and party go with the kind mail-out")
	case len(e.To) > maxPromises:
		return e, reply.Invalid("a mail has at most %d addresses", maxPromises)
	case len(e.Files) > maxList:
		return e, reply.Invalid("there are more than %d files", maxList)
	}
	for i, to := range e.To {
		a, err := mail.ParseAddress(to)
		if err != nil || len(to) > api.MaxName || a.Name != "" {
			return e, reply.Invalid("%q is not a mail address", to)
		}
		e.To[i] = a.Address
	}
	if e.Party != "" {
		if err := oneOf("party", e.Party, []api.Party{api.PartyCustomer, api.PartyPartner, api.PartyVendor, api.PartyAdmin}); err != nil {
			return e, err
		}
	}
	switch e.Kind {
	case api.EntryTime:
		e.Public = false
	case api.EntryMailOut:
		e.Public = e.Public || len(e.To) == 0
	}
	return e, nil
}

// Said gives e as a ticket's customer may write it: a public note.
func Said(e api.NewEntry) (_ api.NewEntry, err error) {
	if e.ID, err = UUID(e.ID); err != nil {
		return e, err
	}
	if err := lines("text", &e.Text, api.MaxDescription, true); err != nil {
		return e, err
	}
	if e.Kind != "" && e.Kind != api.EntryNote || e.Minutes != 0 || len(e.To) > 0 || e.Party != "" {
		return e, reply.Invalid("a customer writes notes, without minutes, addresses and party")
	}
	if len(e.Files) > maxList {
		return e, reply.Invalid("there are more than %d files", maxList)
	}
	e.Kind, e.Public = api.EntryNote, true
	return e, nil
}

// mentionForm is a name behind an @ that does not stand inside a word or an address.
var mentionForm = late.Regexp(`(?:^|[\s(\[{"'„“,;:/])@([^\s,;:()\[\]{}<>"'“”]{1,80})`)

// Mentioned are the words that could name staff in a text, each once.
func Mentioned(text string) []string {
	var names []string
	for _, m := range mentionForm().FindAllStringSubmatch(text, maxList) {
		name := strings.TrimRight(m[1], ".!?")
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// Known are those of the mentioned who are staff, as their names are written.
func (s Staff) Known(mentioned []string) []string {
	var names []string
	for _, m := range mentioned {
		if name, ok := s[strings.ToLower(m)]; ok && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
