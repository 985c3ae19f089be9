package team

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/console/page"
)

// mailsSize is how many mails are on one page.
const mailsSize = 50

// troubled are the states of mails that somebody has to look at.
var troubled = []api.MailState{api.MailFailed, api.MailHeld, api.MailRefused}

// mailsView is the data of the page of the desk's mails.
type mailsView struct {
	State   api.MailState // "": all that went wrong
	States  []api.MailState
	Mails   []api.Mail
	Next    int64 // the mail before which there are more; 0: none
	Refused *page.Refused
	Done    string
}

func mails(p *page.Request) error { return showMails(p, http.StatusOK, mailsView{}) }

func showMails(p *page.Request, status int, d mailsView) error {
	v := p.R.URL.Query()
	before, _ := strconv.ParseInt(v.Get("before"), 10, 64)
	d.State, d.States = api.MailState(v.Get("state")), []api.MailState{"", api.MailWaiting, api.MailSent, api.MailTaken}
	states := troubled
	if d.State != "" {
		states = []api.MailState{d.State}
	}
	more := false
	for _, state := range states {
		l, err := page.Read[api.MailList](p, api.MailsPage(max(before, 0), state, mailsSize))
		if err != nil {
			return err
		}
		d.Mails, more = append(d.Mails, l.Mails...), more || l.More
	}
	slices.SortFunc(d.Mails, func(a, b api.Mail) int { return cmp.Compare(b.ID, a.ID) })
	if len(d.Mails) > mailsSize {
		d.Mails, more = d.Mails[:mailsSize], true
	}
	if more {
		d.Next = d.Mails[len(d.Mails)-1].ID
	}
	return p.Show(status, "mails", d)
}

// again has a mail that did not go out tried again.
func again(p *page.Request) error {
	err := p.Tell(http.MethodPost, api.MailAgainPath(p.Number("id")), nil)
	if err == nil {
		return showMails(p, http.StatusOK, mailsView{Done: p.T("The mail is being sent again.")})
	}
	refused, ok := p.Refused(err)
	if !ok {
		return err
	}
	return showMails(p, refused.Status, mailsView{Refused: refused})
}
