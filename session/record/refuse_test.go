package record

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/beistand/beistand/session/invite"
	"github.com/beistand/beistand/session/rights"
)

// other makes a first entry of another invitation by the same desk.
func other(change func(*invite.Invitation)) func(_, _ *Entry) {
	return func(a, _ *Entry) {
		i := invited
		change(&i)
		if err := i.Sign(ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, ed25519.SeedSize))); err != nil {
			panic(err)
		}
		*a = Inviting(i)
	}
}

func change(e Entry, how func(*Entry)) Entry { how(&e); return e }

// Entries that nothing should make a writer write.
func TestNotWritten(t *testing.T) {
	asked, agreed, granted := all()[0], all()[1], all()[2]
	agreed.Key = hexOf(newKey(t).Public())
	for name, entries := range map[string][]Entry{
		"no beginning":         {granted},
		"asked twice":          {asked, asked},
		"agreed twice":         {asked, agreed, agreed},
		"given without a key":  {asked, granted},
		"started without yes":  {asked, agreed, {What: Started, By: Customer}},
		"taken, never given":   {asked, agreed, granted, {What: Revoked, By: Customer, Rights: []string{"control"}}},
		"after the end":        {asked, {What: Ended, By: Desk}, agreed},
		"unsigned":             {change(asked, func(e *Entry) { e.Invited = "" })},
		"signed by another":    {change(asked, func(e *Entry) { e.DeskKey = Inviting(inviting(2)).DeskKey })},
		"rights added":         {change(asked, func(e *Entry) { e.Rights = append(slices.Clone(e.Rights), "control") })},
		"rights in disorder":   {change(asked, func(e *Entry) { e.Rights = []string{"point", See} })},
		"an unknown right":     {asked, agreed, {What: Granted, By: Customer, Rights: []string{"everything"}}},
		"goes on, not paused":  {asked, agreed, {What: Resumed, By: Customer}},
		"paused by supporter":  {asked, agreed, {What: Paused, By: Supporter}},
		"an odd scope":         {asked, agreed, {What: Scoped, By: Customer, Scope: "some"}},
		"a scope of nothing":   {asked, agreed, {What: Scoped, By: Customer, Scope: ScopeWindows}},
		"all and some":         {asked, agreed, {What: Scoped, By: Customer, Scope: ScopeAll, Names: []string{"a"}}},
		"too many windows":     {asked, agreed, {What: Scoped, By: Customer, Scope: ScopeWindows, Names: make([]string, MaxSome+1)}},
		"given by the desk":    {asked, agreed, {What: Granted, By: Desk, Rights: []string{See}}},
		"given by supporter":   {asked, agreed, {What: Granted, By: Supporter, Rights: []string{See}}},
		"no rights":            {asked, agreed, {What: Granted, By: Customer}},
		"a right twice":        {asked, agreed, {What: Granted, By: Customer, Rights: []string{See, See}}},
		"an odd right":         {asked, agreed, {What: Granted, By: Customer, Rights: []string{"See all"}}},
		"a foreign field":      {asked, agreed, {What: Granted, By: Customer, Rights: []string{See}, Reason: "because"}},
		"unknown":              {asked, agreed, {What: "seen", By: Customer}},
		"file without hash":    {asked, agreed, granted, {What: File, By: Customer, Name: "a"}},
		"file without name":    {asked, agreed, granted, {What: File, By: Customer, SHA256: sum}},
		"file for a reason":    {asked, agreed, granted, {What: File, By: Customer, Name: "a", SHA256: sum, Reason: "because"}},
		"cut by supporter":     {asked, agreed, granted, {What: File, By: Supporter, Name: "a", SHA256: sum, Reason: CutShort}},
		"reason of two lines":  {asked, {What: Ended, By: Desk, Reason: "a\nb"}},
		"a long reason":        {asked, {What: Ended, By: Desk, Reason: strings.Repeat("ä", MaxText+1)}},
		"a negative time":      {asked, {What: Ended, By: Desk, Measured: &Measured{Path: "direct", Code: -1}}},
		"more lost than all":   {asked, {What: Ended, By: Desk, Measured: &Measured{Path: "direct", Lost: 10001}}},
		"measured on no path":  {asked, {What: Ended, By: Desk, Measured: &Measured{}}},
		"negative count":       {asked, {What: Ended, By: Desk, Bytes: -1}},
		"ended by nobody":      {asked, {What: Ended}},
		"a key that is none":   {asked, {What: Agreed, By: Supporter, Key: "00"}},
		"not UTF-8":            {asked, {What: Ended, By: Desk, Reason: "\xff"}},
		"evidence of staff":    {asked, agreed, granted, {What: Evidence, By: Supporter, Name: "a", SHA256: sum}},
		"upper-case hash":      {asked, agreed, granted, {What: File, By: Customer, Name: "a", SHA256: strings.ToUpper(sum)}},
		"a negative file size": {asked, agreed, granted, {What: File, By: Customer, Name: "a", SHA256: sum, Size: -1}},
	} {
		t.Run(name, func(t *testing.T) {
			log := NewLog(newKey(t), nil)
			for i, e := range entries {
				_, err := log.Write(e, at)
				if (err != nil) != (i == len(entries)-1) {
					t.Errorf("entry %d: %v", i+1, err)
				}
			}
		})
	}
}

// What the supporter's program does not take from the other side.
func TestNotTaken(t *testing.T) {
	own, theirs := newKey(t), newKey(t)
	want := Expected{Key: own.Public(), Invitation: invited}
	entries := func(change func(asked, agreed *Entry)) [][]byte {
		t.Helper()
		log := NewLog(own, nil)
		asked, agreed := all()[0], all()[1]
		agreed.Key = hexOf(theirs.Public())
		change(&asked, &agreed)
		a, err := log.Write(asked, at)
		if err != nil {
			t.Fatal(err)
		}
		b, err := log.Write(agreed, at)
		if err != nil {
			t.Fatal(err)
		}
		return [][]byte{a, b}
	}
	for name, c := range map[string]struct {
		lines [][]byte
		want  error
	}{
		"other ticket":    {entries(other(func(i *invite.Invitation) { i.Ticket++ })), ErrStranger},
		"other session":   {entries(other(func(i *invite.Invitation) { i.ID = "x" })), ErrStranger},
		"other supporter": {entries(other(func(i *invite.Invitation) { i.Supporter = "Mallory" })), ErrStranger},
		"other house":     {entries(other(func(i *invite.Invitation) { i.Organisation = "Bank" })), ErrStranger},
		"other role":      {entries(other(func(i *invite.Invitation) { i.Role = invite.Expert })), ErrStranger},
		"other rights":    {entries(other(func(i *invite.Invitation) { i.Rights = rights.Of(rights.See) })), ErrStranger},
		"other desk":      {entries(func(a, _ *Entry) { *a = Inviting(inviting(2)) }), ErrStranger},
		"other key":       {entries(func(_, b *Entry) { b.Key = hexOf(own.Public()) }), ErrStranger},
		"nonsense":        {[][]byte{[]byte("{}")}, ErrForm},
		"a signature":     {[][]byte{[]byte(`{"v":1,"of":1,"is":"","sig":""}`)}, ErrOrder},
	} {
		t.Run(name, func(t *testing.T) {
			side := NewCopy(want, theirs, nil)
			var err error
			for _, l := range c.lines {
				if _, err = side.Take(l); err != nil {
					break
				}
			}
			if !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
	want.Key = theirs.Public()
	if _, err := NewCopy(want, theirs, nil).Take(entries(func(_, _ *Entry) {})[0]); !errors.Is(err, ErrStranger) {
		t.Errorf("a record with a key that the code does not vouch for: %v", err)
	}
	full := errors.New("the disk is full")
	side := NewCopy(Expected{Key: own.Public(), Invitation: invited}, theirs, func([]byte) error { return full })
	if _, err := side.Take(entries(func(_, _ *Entry) {})[0]); !errors.Is(err, ErrKeep) || !errors.Is(err, full) {
		t.Errorf("a copy that cannot be kept: %v", err)
	}
}
