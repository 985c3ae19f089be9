package desk

import (
	"strconv"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
	mails "github.com/beistand/beistand/app/desk/store/mail"
)

// mailPolicy is who may see mails, and have them sent again.
var mailPolicy = []line{
	{endpoint: "GET " + api.PathTicketMails, may: anyStaff, ok: 200},
	{endpoint: "GET " + api.PathMails, may: dispatcher | administrator, ok: 200},
	{endpoint: "POST " + api.PathMailAgain, may: dispatcher | administrator, ok: 200, asks: mailAsks},
}

// mailAsks is about a mail that has failed.
func mailAsks(t *testing.T, p *place) question {
	t.Helper()
	var id int64
	err := p.store.DB().Tx(t.Context(), func(tx *db.Tx) (err error) {
		now := p.clock.now()
		id, _, err = mails.Add(t.Context(), tx, mails.Mail{
			Mark: []byte(strconv.FormatInt(time.Now().UnixNano(), 10)), Content: []byte("{}"),
			Mail: api.Mail{State: api.MailFailed, What: api.MailPublic, Ticket: p.ticket, At: now, Address: "anna@example.com"},
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return question{paths: map[string]string{"{id}": strconv.FormatInt(id, 10)}}
}
