package app

import (
	"time"

	"github.com/beistand/beistand/app/problem"
	"github.com/beistand/beistand/session/record"
)

// What verify says: English, the keys of translations. A full stop follows.
const (
	recordWhole   = "{{.File}} holds and is whole: {{.Entries}} entries, ticket {{.Ticket}}, with {{.Supporter}}, from {{.From}} to {{.To}}, countersigned up to entry {{.Signed}}"
	recordOpen    = "{{.File}} holds up to its entry {{.Entries}} and has no end: it was cut short, or the program that wrote it stopped"
	faultAt       = "{{.File}} does not hold: line {{.Line}}, {{.Why}}"
	noRecordAtAll = "{{.File}} is no record of a session: {{.Why}}"

	copiesAgree     = "Both copies hold, are whole and tell the same in all {{.Entries}} entries; the first is countersigned up to entry {{.First}}, the second up to entry {{.Second}}"
	copiesOpen      = "Both copies tell the same, and neither has an end after entry {{.Entries}}: they were cut short, or the session is not over"
	copiesUnrelated = "The two are not copies of one record: they differ from the first entry on"
	copiesPart      = "The two copies agree up to entry {{.Entries}} and tell different things after it: one of them was changed"
	copyStops       = "The two copies agree up to entry {{.Entries}}, where {{.File}} stops and the other goes on: it was cut short, or did not get the rest"
)

// RecordTexts lists what is said of records, so that a test can ask for the translations.
func RecordTexts() []string {
	all := []string{
		recordWhole, recordOpen, faultAt, noRecordAtAll,
		copiesAgree, copiesOpen, copiesUnrelated, copiesPart, copyStops,
	}
	for _, err := range []error{
		record.ErrVersion, record.ErrForm, record.ErrOrder, record.ErrChain, record.ErrSignature, record.ErrFull, record.ErrEmpty, record.ErrDesk,
	} {
		all = append(all, err.Error())
	}
	return all
}

// said keeps the first thing that was said, or fills key with pairs of names
// and values.
func said(v verdict, t func(string) string, key string, pairs ...any) string {
	if v.Says != "" {
		return v.Says
	}
	data := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		data[pairs[i].(string)] = pairs[i+1]
	}
	return plain(problem.Fill(t(key), data))
}

// single is about one copy that holds.
func single(t func(string) string, c *record.Chain, one tally) string {
	if !c.Ended() {
		return said(verdict{}, t, recordOpen, "File", one.File, "Entries", one.Entries)
	}
	return said(verdict{}, t, recordWhole, "File", one.File, "Entries", one.Entries, "Ticket", one.Ticket,
		"Supporter", c.First().Supporter, "From", c.First().At.Local().Format(time.DateTime), "To", c.Last().At.Local().Format(time.DateTime),
		"Signed", one.Countersigned)
}

// compared is about two copies that both hold.
func compared(t func(string) string, how record.Verdict, at int, both []tally) string {
	switch how {
	case record.Unrelated:
		return said(verdict{}, t, copiesUnrelated)
	case record.Parted:
		return said(verdict{}, t, copiesPart, "Entries", at)
	case record.Shorter:
		return said(verdict{}, t, copyStops, "Entries", at, "File", both[0].File)
	case record.Longer:
		return said(verdict{}, t, copyStops, "Entries", at, "File", both[1].File)
	}
	if !both[0].Ended {
		return said(verdict{}, t, copiesOpen, "Entries", at)
	}
	return said(verdict{}, t, copiesAgree, "Entries", at, "First", both[0].Countersigned, "Second", both[1].Countersigned)
}
