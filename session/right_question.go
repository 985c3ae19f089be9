package session

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/screen"
)

// Question is what the customer is asked.
type Question struct {
	Rights rights.Set // of what this machine can give, what is asked for
	Reason string     // in the supporter's words, at most 200 characters; "" for the first
	First  bool       // it is the session's first, as the invitation says
}

// Grant is the customer's answer: a part of what was asked for. The zero Grant is no.
type Grant struct {
	Rights rights.Set
	Scope  Scope // with See: of the screen, what. A question without See leaves the scope as it is
}

// Scope is the part of the desktop that is seen: all of it, some monitors, or
// some windows. Everything else is black, and what is black is not clicked either.
type Scope struct {
	Monitors []string        // names, as screen.Monitor has them; nil: not a matter of monitors
	Windows  []screen.Window // by their IDs; titles are for the record. Not together with Monitors
}

// All says whether it is the whole desktop.
func (s Scope) All() bool { return s.Monitors == nil && s.Windows == nil }

// check says whether it can be shown with this source.
func (s Scope) check(source screen.Source) error {
	if s.All() {
		return nil
	}
	_, windows := source.(windowList)
	switch n := len(s.Monitors) + len(s.Windows); {
	case s.Monitors != nil && s.Windows != nil, n == 0, n > record.MaxSome:
		return fmt.Errorf("show %d monitors and %d windows: %w", len(s.Monitors), len(s.Windows), ErrScope)
	case s.Windows != nil && !windows:
		return fmt.Errorf("show single windows: %w", ErrScope)
	}
	return nil
}

// entry is the scope in the record.
func (s Scope) entry() record.Entry {
	e := record.Entry{What: record.Scoped, By: record.Customer, Scope: record.ScopeAll}
	switch {
	case s.Monitors != nil:
		e.Scope = record.ScopeMonitors
		for _, name := range s.Monitors {
			e.Names = append(e.Names, plain(name))
		}
	case s.Windows != nil:
		e.Scope = record.ScopeWindows
		for _, w := range s.Windows {
			e.Names = append(e.Names, plain(w.Title))
		}
	}
	return e
}

func (s Scope) clone() Scope {
	return Scope{Monitors: slices.Clone(s.Monitors), Windows: slices.Clone(s.Windows)}
}

// plain is a name as the record takes it: titles are the programs' own words.
func plain(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(name, "_"))
	for utf8.RuneCountInString(name) > 60 { // 16 of them fit into a line
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	return name
}

// Outcome is what has become of a question.
type Outcome string

// The outcomes.
const (
	OutcomeOpen    Outcome = "open"    // the customer has not answered
	OutcomeGiven   Outcome = "given"   // all of it
	OutcomePart    Outcome = "part"    // some of it
	OutcomeRefused Outcome = "refused" // none, or the customer was silent
)

// Asked is a question while the session lasts; the zero Asked is none.
type Asked struct {
	Rights  rights.Set
	Reason  string
	Outcome Outcome
}
