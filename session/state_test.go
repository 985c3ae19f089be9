package session

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// The whole table: every role, state and event. Each row is a state, each
// field an event in the order of their declaration:
//
//	. stay   - tampered   k c n l p on to agreeing..paused
//	S stopped W wrong code R refused X expired D desk P peer left
//	N no connection L connection lost V no screen   E no record
//	I idle    T too long   U record full
//
// peer:  share answered confirm granted refused offer answer candidate picture shown recorded countersigned paused resumed active again ask used, byes: stopped wrong expired noway noscreen tampered norecord idle toolong full
// own:   joined mismatch yes no opened stop expired unanswered silence noway peerleft deskended deskexpired deskover met roomlost lost noscreen norecord full pause resume idle longest tampered
var table = map[role]string{
	host: `
waiting    k - - - - - - - - - - - - - - - - -  S - X N - - E - - -   . W . . . S X . . . . D X . . D . . E U . . . . -
agreeing   - - c - - - - - - - - - - - - - - -  S W X N - - E - - -   . W . . . S . P . . P D X . . D . . E U . . . . -
asking     - - - - - - - - - - - . - - - - - -  S W X N - - E - - -   . - n R . S . . R . P D X . . D . . E U . . . . -
connecting - - - - - - . . - - - . - - - . - -  S - X N - - E - - -   . - . . l S . . . N . D X . . . N . E U . . . . -
live       - - - - - - . . - . - . - - . . . .  S - X L - - E - - -   . - . . . S . . . . . . . D . . L V E U p . I T -
paused     - - - - - - . . - . - . - - . . . .  S - X L - - E - - -   . - . . . S . . . . . . . D . . L . E U . l I T -
ended      . . . . . . . . . . . . . . . . . .  . . . . . . . . . .   . . . . . . . . . . . . . . . . . . . . . . . . .`,
	viewer: `
waiting    - c - - - - - - - - - - - - - - - -  S W X N V - E - - -   k W . . . S X . . . . D X . . D . . E U . . . . -
agreeing   - c - - - - - - - - - - - - - - - -  S W X N V - E - - -   . W . . . S . P . . P D X . . D . . E U . . . . -
asking     - - - n R - - - - - . - - - - - - -  R W X N V - E - - -   . - . . . S . . R . P D X . . D . . E U . . . . -
connecting - - - - - . - . - - . - - - - - - -  S - X N V - E - - -   . - . . l S . . . N . D X . . . N . E U . . . . -
live       - - - . . . - . . - . - p - . - - .  S - X L V - E I T U   . - . . . S . . . . . . . D . . L . E U . . . . -
paused     - - - . . . - . - - . - . l . - - .  S - X L V - E I T U   . - . . . S . . . . . . . D . . L . E U . . . . -
ended      . . . . . . . . . . . . . . . . . .  . . . . . . . . . .   . . . . . . . . . . . . . . . . . . . . . . . . .`,
}

func TestEveryStateAndEvent(t *testing.T) {
	onwards := map[string]state{"k": agreeing, "c": asking, "n": connecting, "l": live, "p": paused}
	ends := map[string]error{
		"-": ErrTampered, "S": nil, "W": ErrWrongCode, "R": ErrRefused, "X": ErrExpired, "D": ErrDesk, "P": ErrPeerLeft,
		"N": ErrNoConnection, "L": ErrConnectionLost, "V": ErrNoScreen, "E": ErrNoRecord,
		"I": ErrIdle, "T": ErrTooLong, "U": ErrRecordFull,
	}
	for r, drawn := range table {
		rows := strings.Split(strings.TrimSpace(drawn), "\n")
		if len(rows) != int(states) {
			t.Fatalf("%d states are drawn, want %d", len(rows), states)
		}
		for s, row := range rows {
			fields := strings.Fields(row)
			if len(fields) != 1+int(events) {
				t.Fatalf("%s: %d events are drawn, want %d", fields[0], len(fields)-1, events)
			}
			for e, want := range fields[1:] {
				t.Run(fmt.Sprintf("%d %s event %d", r, fields[0], e), func(t *testing.T) {
					got := next(r, state(s), event(e))
					if want == "." {
						if got.next != state(s) {
							t.Errorf("leads to %d, want to stay", got.next)
						}
						return
					}
					if to, ok := onwards[want]; ok {
						if got.next != to {
							t.Errorf("leads to %d, want %d", got.next, to)
						}
						return
					}
					if err := ends[want]; got.next != ended || !errors.Is(got.err, err) || (err == nil) != (got.err == nil) {
						t.Errorf("leads to %d with %v, want the end with %v", got.next, got.err, err)
					}
					if got.by == "" || got.reason == "" || got.cause != event(e) {
						t.Errorf("the end does not say who and why: %+v", got)
					}
				})
			}
		}
	}
}

// Who stops is who is named, on both sides.
func TestStopNamesThePerson(t *testing.T) {
	for s := waiting; s < ended; s++ {
		if by := next(host, s, evStop).by; by != ByCustomer {
			t.Errorf("host's stop in state %d is by %q", s, by)
		}
		if by := next(viewer, s, evStop).by; by != BySupporter {
			t.Errorf("viewer's stop in state %d is by %q", s, by)
		}
		if by := next(host, s, evByeStopped).by; by != BySupporter {
			t.Errorf("viewer's goodbye in state %d is by %q", s, by)
		}
	}
}

// No state in which a picture could leave or arrive is reached without a yes.
func TestNoWayAroundConsent(t *testing.T) {
	for r, yes := range map[role]event{host: evYes, viewer: evGranted} {
		reached := map[state]bool{waiting: true}
		for range states {
			for s := range reached {
				for e := range events {
					if e != yes {
						reached[next(r, s, e).next] = true
					}
				}
			}
		}
		if reached[connecting] || reached[live] || reached[paused] {
			t.Errorf("role %d comes to %v without consent", r, reached)
		}
	}
}
