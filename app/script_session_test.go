package app

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"os"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/beistand/beistand/session/invite"
	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/rights"
)

// records writes one session's record as its parties have it: mine.jsonl, the
// customer's; desks.jsonl, the same with less countersigned; cut.jsonl, which
// breaks off; other.jsonl, with another end; forged.jsonl, by other keys.
func records(ts *testscript.TestScript, _ bool, _ []string) {
	_, desk, err := ed25519.GenerateKey(nil)
	ts.Check(err)
	customer, err := record.NewKey()
	ts.Check(err)
	supporter, err := record.NewKey()
	ts.Check(err)
	byCustomer := record.Entry{What: record.Ended, By: record.Customer, Reason: "ended by the customer", Pictures: 42, Bytes: 123456}
	bySupporter := record.Entry{What: record.Ended, By: record.Supporter, Reason: "ended by the supporter", Pictures: 42, Bytes: 123456}
	mine := recorded(ts, desk, customer, supporter, byCustomer)
	var desks [][]byte
	for _, line := range mine {
		if !bytes.Contains(line, []byte(`"of":4`)) && !bytes.Contains(line, []byte(`"of":5`)) {
			desks = append(desks, line)
		}
	}
	for name, lines := range map[string][][]byte{
		"mine.jsonl": mine, "desks.jsonl": desks, "cut.jsonl": mine[:5],
		"other.jsonl":  recorded(ts, desk, customer, supporter, bySupporter),
		"forged.jsonl": recorded(ts, desk, supporter, customer, byCustomer),
	} {
		ts.Check(os.WriteFile(ts.MkAbs(name), append(bytes.Join(lines, []byte("\n")), '\n'), 0o600))
	}
}

// recorded are the lines of a session that both sides keep, with this end.
// The same keys give the same lines.
func recorded(ts *testscript.TestScript, desk ed25519.PrivateKey, customer, supporter record.Key, end record.Entry) (lines [][]byte) {
	invited := invite.Invitation{
		ID: "7f1c", Ticket: 17, Supporter: "Sam Support", Organisation: "Example Ltd", FirstPart: "042",
		Role: invite.Supporter, Rights: rights.Of(rights.See),
	}
	ts.Check(invited.Sign(desk))
	log := record.NewLog(customer, func(line []byte) error { lines = append(lines, bytes.Clone(line)); return nil })
	other := record.NewCopy(record.Expected{Key: customer.Public(), Invitation: invited}, supporter, func([]byte) error { return nil })
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for i, e := range []record.Entry{
		record.Inviting(invited),
		{What: record.Agreed, By: record.Supporter, Key: hex.EncodeToString(supporter.Public())},
		{What: record.Granted, By: record.Customer, Rights: []string{string(rights.See)}},
		{What: record.Started, By: record.Customer},
		end,
	} {
		line, err := log.Write(e, at.Add(time.Duration(i)*time.Second))
		ts.Check(err)
		answer, err := other.Take(line)
		ts.Check(err)
		if answer != nil {
			ts.Check(log.Countersigned(answer))
		}
	}
	return lines
}
