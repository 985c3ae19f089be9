package retention

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// What has words: entries that people wrote, mails among them, and fields of a
// ticket, whose changes are on its timeline with what they were.
const (
	inMails   = "kind IN ('mail-in', 'mail-out')"
	inEntries = "kind IN ('note', 'call', 'mail-in', 'mail-out', 'request', 'alarm', 'time')"
	letters   = "next IS NULL AND address <> ''" // of mails: what waits to be sent is left alone
	fields    = "description || answers || signs || critical || plan || urgency_reason || escalation_reason || tried || feedback <> ''"
)

// worded are the fields of api.Changed that hold what people have written.
var worded = []string{"answers", "critical", "plan", "urgency", "escalate", "tried", "feedback"}

// inChanges is an entry that tells of one of them.
func inChanges() string {
	var one []string
	for _, f := range worded {
		one = append(one, `changes LIKE '%"field":"`+strings.ReplaceAll(f, "_", "!_")+`"%' ESCAPE '!'`)
	}
	return "kind = 'change' AND (" + strings.Join(one, " OR ") + ")"
}

// mails takes the words of mails out of the timeline, and out of what is kept of
// the mails themselves: what they quoted, and whom they went to.
func (t taking) mails(ctx context.Context) ([]string, error) {
	n, err := t.entries(ctx, inMails)
	if err != nil {
		return nil, err
	}
	sent, err := t.letters(ctx)
	if n = max(n, sent); err != nil || n == 0 {
		return nil, err
	}
	return []string{say(t.language, textMails, map[string]string{"Count": fmt.Sprint(n)})}, nil
}

// words takes everything that people wrote.
func (t taking) words(ctx context.Context) (gone []string, err error) {
	n, err := t.rows(t.tx.ExecContext(ctx, `UPDATE tickets SET description = '', search = lower(title), answers = '', signs = '', critical = '', plan = '',
		urgency_reason = '', escalation_reason = '', tried = '', feedback = '', version = version + 1 WHERE number = ? AND `+fields, t.number))
	if err == nil && n > 0 {
		gone = []string{say(t.language, textDescription, nil)}
	}
	var entries, changes, mails int64
	if err == nil {
		entries, err = t.entries(ctx, inEntries)
	}
	if err == nil {
		changes, err = t.changes(ctx)
	}
	if err == nil {
		mails, err = t.letters(ctx)
	}
	if err != nil {
		return nil, err
	}
	if n := max(entries+changes, mails); n > 0 {
		gone = append(gone, say(t.language, textTexts, map[string]string{"Count": fmt.Sprint(n)}))
	}
	return gone, nil
}

// rows is how many a statement has changed.
func (t taking) rows(r sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, db.Named(err)
	}
	return r.RowsAffected()
}

// entries takes the words out of entries, which stay as what happened.
func (t taking) entries(ctx context.Context, which string) (int64, error) {
	return t.rows(t.tx.ExecContext(ctx, "UPDATE entries SET body = '', subject = '', sender = '', recipients = '', wants = '', gone = ? WHERE ticket = ? AND gone = '' AND "+which,
		t.why, t.number))
}

// letters takes the words out of what is kept of mails.
func (t taking) letters(ctx context.Context) (int64, error) {
	return t.rows(t.tx.ExecContext(ctx, `UPDATE mails SET address = '', name = '', subject = '', quoted = '', signature = '', remarks = '', content = '', problem = ''
		WHERE ticket = ? AND `+letters, t.number))
}

// changes takes what people wrote out of the changes that the timeline tells of;
// which fields were changed stays, and what the others were.
func (t taking) changes(ctx context.Context) (int64, error) {
	return t.each(ctx, "changes", "gone = '' AND "+inChanges(), ", gone = ?", func(text string) (string, bool, error) {
		var list []api.Changed
		err := json.Unmarshal([]byte(text), &list)
		for i, c := range list {
			if slices.Contains(worded, c.Field) {
				list[i].From, list[i].To = "", ""
			}
		}
		return encoded(list, err)
	})
}
