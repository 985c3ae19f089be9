package page

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
)

// maxKept is how much of a form goes through a sign-in, in bytes.
const maxKept = 512 << 10

// Kept is a form that was not sent yet: what somebody typed is not lost when
// their session ends.
type Kept struct {
	To     string     `json:"to"`
	Fields url.Values `json:"fields"`
}

// Trouble is a page that says what went wrong.
type Trouble struct {
	Title, Text, Detail string
	Kept                *Kept
}

// fail shows what is wrong.
func (p *Request) fail(err error) {
	status, trouble := p.trouble(err)
	if !errors.Is(err, errForeign) {
		p.rescue()
	}
	kept := p.kept()
	switch {
	case status == http.StatusUnauthorized && p.back == "/desk/signin":
		if p.token != "" {
			p.SignOut()
			p.seal = p.cookie(visitCookie)
		}
		if kept == nil && p.R.Method == http.MethodGet {
			p.see("/desk/signin?then=" + url.QueryEscape(p.R.URL.RequestURI()))
			return
		}
		p.say(p.Show(http.StatusUnauthorized, "signin", SignIn{Kept: kept.String(), Ways: p.Ways(), Problem: text("Your sign-in is over. Sign in again: what you typed is kept.")}))
	case status == http.StatusUnauthorized:
		p.say(p.Show(http.StatusUnauthorized, "closed", trouble))
	case client.KindOf(err) == api.KindFresh && p.back == "/desk/signin":
		p.say(p.Show(http.StatusForbidden, "confirm", Confirm{Kept: kept.String(), Then: p.R.URL.RequestURI()}))
	default:
		if !errors.Is(err, errForeign) {
			trouble.Kept = kept
		}
		p.say(p.Show(status, "trouble", trouble))
	}
}

func (p *Request) see(to string) { http.Redirect(p.W, p.R, to, http.StatusSeeOther) }

// say notes that a page could not be shown, which nobody can be told.
func (p *Request) say(err error) {
	if err != nil {
		p.house.cfg.Log("%s %s: %v", p.R.Method, p.R.URL.Path, err)
	}
}

// trouble finds the words for err.
func (p *Request) trouble(err error) (int, Trouble) {
	var refused *client.Error
	t := Trouble{Title: text("That did not work")}
	switch {
	case errors.Is(err, errNobody):
		return http.StatusUnauthorized, t
	case errors.Is(err, errForeign):
		t.Text = text("The form does not come from this desk's own pages, so nothing was done.")
		return http.StatusForbidden, t
	case errors.Is(err, errToken):
		t.Text = text("This page was open since another sign-in. What you typed is below: look through it and send it again.")
		return http.StatusForbidden, t
	case errors.Is(err, errBig):
		t.Text = text("That is more than fits into one form.")
		return http.StatusRequestEntityTooLarge, t
	case errors.Is(err, errForm):
		t.Text = text("The form arrived incomplete.")
		return http.StatusBadRequest, t
	case errors.As(err, &refused):
		t.Title, t.Text = words(refused.Kind)
		if refused.Kind != api.KindInternal && refused.Kind != api.KindNotFound {
			t.Detail = refused.Message
		}
		if refused.Status >= 400 {
			return refused.Status, t
		}
	}
	p.house.cfg.Log("%s %s: %v", p.R.Method, p.R.URL.Path, err)
	t.Text = text("The desk met an error of its own. Please try again; if it stays, tell the people who run this desk.")
	return http.StatusInternalServerError, t
}

// words are the sentences for a refusal of the interface.
func words(k api.ErrorKind) (title, sentence string) {
	switch k {
	case api.KindForbidden, api.KindFresh:
		return text("You may not do this"), text("This needs a role that you do not have. An administrator can give it to you.")
	case api.KindNotFound:
		return text("There is nothing here"), text("It was never there, or it was deleted.")
	case api.KindConflict:
		return text("Somebody was quicker"), text("It has changed since you opened the page. Look at it as it is now.")
	case api.KindGone:
		return text("That is over"), text("It is no longer possible.")
	case api.KindTooLarge:
		return text("That is too long"), text("It is more than fits.")
	case api.KindTooMany:
		return text("Please wait a moment"), text("The desk has been asked too often in a short time.")
	case api.KindNoSpace:
		return text("The desk's disk is full"), text("Nothing was lost. Please try again later.")
	case api.KindUnavailable:
		return text("The desk has too much to do"), text("Please try again in a moment.")
	}
	return text("That did not work"), text("The desk does not take it like this.")
}

// Problem is what is said at a form when the interface refuses what is in it;
// ok is false when err is not about the form.
func (p *Request) Problem(err error) (said string, ok bool) {
	var refused *client.Error
	if !errors.As(err, &refused) {
		return "", false
	}
	p.Blame(refused.Message)
	switch refused.Kind {
	case api.KindInvalid, api.KindTooLarge:
		return p.T(Sentence(refused.Message)), true
	case api.KindConflict, api.KindGone, api.KindTooMany, api.KindNoSpace, api.KindUnavailable, api.KindForbidden:
		_, said := words(refused.Kind)
		said = p.T(said)
		if refused.Message != "" && refused.Kind != api.KindNoSpace {
			said += " (" + p.T(Sentence(refused.Message)) + ")"
		}
		return said, true
	}
	return "", false
}

// Sentence is a message of the interface as a sentence.
func Sentence(s string) string {
	if s == "" {
		return ""
	}
	r, n := utf8.DecodeRuneInString(s)
	s = strings.ToUpper(string(r)) + s[n:]
	if !strings.ContainsRune(".!?…", rune(s[len(s)-1])) {
		s += "."
	}
	return s
}

// kept is what was typed, to be sent again; nil when nothing was. Secrets are not among it.
func (p *Request) kept() *Kept {
	if p.Form == nil {
		return nil
	}
	k := &Kept{To: p.R.URL.RequestURI(), Fields: url.Values{}}
	for name, values := range p.Form {
		if !slices.Contains(secrets, name) {
			k.Fields[name] = values
		}
	}
	if len(k.Fields) == 0 || Inside(k.To, "") == "" || strings.HasPrefix(k.To, "/desk/signin") || len(k.String()) > maxKept {
		return nil
	}
	return k
}

// secrets are fields that are never shown again.
var secrets = []string{"password", "current", "code", "recovery", "secret", "pending", "kept", "then"}

// String is the form as a hidden field carries it.
func (k *Kept) String() string {
	if k == nil {
		return ""
	}
	b, _ := json.Marshal(k) // texts alone
	return string(b)
}

// ReadKept reads a hidden field; nil when it is none.
func ReadKept(s string) *Kept {
	var k Kept
	if len(s) > maxKept || json.Unmarshal([]byte(s), &k) != nil || Inside(k.To, "") == "" || len(k.Fields) == 0 {
		return nil
	}
	return &k
}

// Ways are those in which staff may sign in; a password is always one that can be tried.
func (p *Request) Ways() api.SignInWays {
	w, err := Read[api.SignInWays](p, api.PathSignInWays)
	if err != nil {
		return api.SignInWays{Password: true}
	}
	return w
}

// Confirm is the data of the page that asks once more who somebody is, before
// they change what lets people in.
type Confirm struct{ Kept, Then, Problem string }

// SignIn is the page's data.
type SignIn struct {
	Kept, Then, Problem, User string
	Ways                      api.SignInWays
	Step                      *api.SignedIn // the second step
}

// Forbidden refuses a page whose forms the interface would refuse.
func Forbidden() error {
	return &client.Error{Status: http.StatusForbidden, Kind: api.KindForbidden}
}

// Nowhere answers what is no page.
func Nowhere(*Request) error {
	return &client.Error{Status: http.StatusNotFound, Kind: api.KindNotFound}
}
