// Package rule says what may become of a case: pure, with the time passed in.
package rule

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/form"
	"github.com/beistand/beistand/app/desk/late"
	"github.com/beistand/beistand/app/desk/reply"
)

// Who does something.
type Who struct {
	Actor api.Actor
	Name  string // as people are shown it

	// Dispatcher says that they may assign others, and change owner and
	// priority of what somebody else owns.
	Dispatcher bool
}

// Author is how entries and fields name them.
func (w Who) Author() string {
	switch w.Actor.Kind {
	case api.ActorStaff, api.ActorMail:
		return w.Actor.Name
	case api.ActorKey:
		return byKey + w.Actor.Name
	}
	return w.Actor.Kind
}

// byKey is before a key's ID where a name of staff, which has no colon, could stand.
const byKey = "key:"

// Named is the other way round, for staff and keys.
func Named(author string) Who {
	if id, is := strings.CutPrefix(author, byKey); is {
		return Who{Actor: api.Actor{Kind: api.ActorKey, Name: id}}
	}
	return Who{Actor: api.Actor{Kind: api.ActorStaff, Name: author}}
}

// mine says whether a ticket of owner's is theirs to give away and to prioritise.
func (w Who) mine(owner string) bool {
	return w.Dispatcher || owner == "" || w.Actor.Kind == api.ActorStaff && w.Actor.Name == owner
}

// Limits beside the interface's own.
const (
	maxList     = 100 // answers, steps, watchers, findings, signs
	maxAnswer   = api.MaxAnswer
	maxShort    = 500 // characters: reasons, lines of a plan, what is promised
	maxSolution = 4000
	maxMinutes  = 24 * 60
	maxPromises = 20
)

// reopenable is how long after its closing a ticket is opened again by its customer.
const reopenable = 14 * 24 * time.Hour

// line checks a text of one line and takes the spaces around it off.
func line(name string, text *string, most int, need bool) error {
	return form.Line(name, text, most, need)
}

// lines checks a text of several, which may come out of a log or a mail: only
// what no program can show is refused.
func lines(name string, text *string, most int, need bool) error {
	*text = strings.TrimSpace(strings.ReplaceAll(*text, "\r\n", "\n"))
	switch n := utf8.RuneCountInString(*text); {
	case need && n == 0:
		return reply.Invalid("the %s is missing", name)
	case n > most:
		return reply.Invalid("the %s has %d characters; %d fit", name, n, most)
	case !utf8.ValidString(*text) || strings.ContainsFunc(*text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }):
		return reply.Invalid("the %s has characters that cannot be shown", name)
	}
	return nil
}

// oneOf refuses what is not in a list of words.
func oneOf[T ~string](name string, word T, list []T) error {
	all := make([]string, len(list))
	for i, one := range list {
		if one == word {
			return nil
		}
		all[i] = string(one)
	}
	return reply.Invalid("the %s is not one of %s", name, strings.Join(all, ", "))
}

// Impacts are all of them, the least first.
var Impacts = []api.Impact{api.ImpactOne, api.ImpactMany, api.ImpactStandstill}

var uuidForm = late.Regexp(`^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`) // RFC 9562

// UUID checks an ID that a client has drawn, and gives it in small letters.
func UUID(id string) (string, error) {
	id = strings.ToLower(id)
	if !uuidForm().MatchString(id) {
		return id, reply.Invalid("the id is not a UUID")
	}
	return id, nil
}
