// Package rights is what a customer can allow a supporter, each by itself.
package rights

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Right is one thing that can be allowed. Its text stands in messages, in the
// record and in the desk's interface; it never changes.
type Right string

// The rights, in the order in which people are shown them. In and Out are the
// customer's machine's: what comes in, what goes out.
const (
	See      Right = "see"           // the screen: of it what the customer chose
	Point    Right = "point"         // a mark on the customer's screen
	Control  Right = "control"       // keyboard and mouse
	Film     Right = "film"          // the supporter's program may keep a film of what is seen; nothing without See
	ClipIn   Right = "clipboard-in"  // text into the customer's clipboard
	ClipOut  Right = "clipboard-out" // text out of the customer's clipboard
	FilesIn  Right = "files-in"      // files to the customer
	FilesOut Right = "files-out"     // files from the customer, each chosen by them
	Vitals   Right = "vitals"        // load of processor, memory, disks and network, as it is
	Logs     Right = "logs"          // the newest of the logs, cleaned
	System   Right = "system"        // facts about the machine, cleaned
)

// All are all of them, in that order.
func All() []Right {
	return []Right{See, Point, Control, Film, ClipIn, ClipOut, FilesIn, FilesOut, Vitals, Logs, System}
}

// Set is some of them.
type Set uint16

// ErrForm is why a list is none.
var ErrForm = errors.New("not a list of rights")

// Of is the set of these. What is no right is left out.
func Of(some ...Right) (s Set) {
	for _, r := range some {
		if i := slices.Index(All(), r); i >= 0 {
			s |= 1 << i
		}
	}
	return s
}

// Parse reads a list in which each stands once, in any order. The error is ErrForm.
func Parse(list []string) (Set, error) {
	var s Set
	for _, text := range list {
		one := Of(Right(text))
		if one == 0 || s&one != 0 {
			return 0, fmt.Errorf("%w: %q", ErrForm, text)
		}
		s |= one
	}
	return s, nil
}

// Has says whether all of these are in it.
func (s Set) Has(some ...Right) bool {
	for _, r := range some {
		if one := Of(r); one == 0 || s&one == 0 {
			return false
		}
	}
	return len(some) > 0
}

// With is s and t together.
func (s Set) With(t Set) Set { return s | t }

// Without is s without t.
func (s Set) Without(t Set) Set { return s &^ t }

// Both is what is in s and in t.
func (s Set) Both(t Set) Set { return s & t }

// Rights lists them in their order.
func (s Set) Rights() (list []Right) {
	for i, r := range All() {
		if s&(1<<i) != 0 {
			list = append(list, r)
		}
	}
	return list
}

// Strings lists them as they are written, in their order.
func (s Set) Strings() (list []string) {
	for _, r := range s.Rights() {
		list = append(list, string(r))
	}
	return list
}

func (s Set) String() string { return strings.Join(s.Strings(), ", ") }
