package outbox

import (
	"bytes"
	"fmt"
	netmail "net/mail"
	"strings"
	"time"
	"unicode"

	"github.com/wneessen/go-mail"
)

// Letter is one mail to one reader.
type Letter struct {
	From     netmail.Address `json:"from"`
	ReplyTo  string          `json:"reply_to"` // an address; it is also where servers report to
	To       netmail.Address `json:"to"`
	Subject  string          `json:"subject"`
	ID       string          `json:"id"`                // Message-ID, without brackets
	Answers  []string        `json:"answers,omitempty"` // IDs of the thread, the nearest last
	Language string          `json:"language,omitempty"`
	List     string          `json:"list,omitempty"` // List-Id
	Notice   bool            `json:"notice"`         // nobody has written it as a mail: no program shall answer
	Mark     string          `json:"mark"`           // the desk's own
	Date     time.Time       `json:"date"`
	Plain    string          `json:"plain"`
	HTML     string          `json:"html,omitempty"`
	Files    []string        `json:"files,omitempty"` // IDs of the ticket's that go with it
}

// File is what goes with a letter.
type File struct {
	Name, Type string
	Content    []byte
}

// line refuses what could end a field of a header. Those who write letters have
// made lines of their texts already: this is the last look.
func line(name, s string) error {
	if strings.ContainsFunc(s, unicode.IsControl) {
		return fmt.Errorf("the %s %q is not one line", name, s)
	}
	return nil
}

// message makes a mail of a letter.
func (l Letter) message(files []File) (*mail.Msg, error) {
	for _, f := range []struct{ name, text string }{
		{"subject", l.Subject},
		{"sender's name", l.From.Name},
		{"reader's name", l.To.Name},
		{"sender", l.From.Address},
		{"reader", l.To.Address},
		{"answer's address", l.ReplyTo},
		{"id", l.ID},
		{"language", l.Language},
		{"list", l.List},
		{"mark", l.Mark},
		{"thread", strings.Join(l.Answers, "")},
	} {
		if err := line(f.name, f.text); err != nil {
			return nil, err
		}
	}
	m := mail.NewMsg(mail.WithNoDefaultUserAgent(), mail.WithEncoding(mail.EncodingQP))
	for _, a := range []netmail.Address{l.From, l.To, {Address: l.ReplyTo}} {
		if parsed, err := netmail.ParseAddress(a.Address); err != nil || parsed.Address != a.Address {
			return nil, fmt.Errorf("%q is no mail address", a.Address)
		}
	}
	m.SetAddrHeaderFromMailAddress(mail.HeaderFrom, &l.From)
	m.SetAddrHeaderFromMailAddress(mail.HeaderTo, &l.To)
	m.SetAddrHeaderFromMailAddress(mail.HeaderEnvelopeFrom, &netmail.Address{Address: l.ReplyTo})
	m.SetAddrHeaderFromMailAddress(mail.HeaderReplyTo, &netmail.Address{Name: l.From.Name, Address: l.ReplyTo})
	m.Subject(l.Subject)
	m.SetDateWithValue(l.Date)
	m.SetMessageIDWithValue(l.ID)
	if n := len(l.Answers); n > 0 {
		m.SetGenHeaderPreformatted(mail.HeaderInReplyTo, "<"+l.Answers[n-1]+">")
		m.SetGenHeaderPreformatted(mail.HeaderReferences, "<"+strings.Join(l.Answers, ">\r\n <")+">")
	}
	if l.Language != "" {
		m.SetGenHeader(mail.HeaderContentLang, l.Language)
	}
	m.SetGenHeader("X-Beistand-Desk", l.Mark)
	if l.Notice {
		m.SetGenHeader("Auto-Submitted", "auto-generated")
		m.SetGenHeader(mail.HeaderXAutoResponseSuppress, "OOF, AutoReply")
		m.SetGenHeaderPreformatted("List-Id", "<"+l.List+">")
	}
	m.SetBodyString(mail.TypeTextPlain, l.Plain)
	if l.HTML != "" {
		m.AddAlternativeString(mail.TypeTextHTML, l.HTML)
	}
	for _, f := range files {
		if err := m.AttachReader(f.Name, bytes.NewReader(f.Content), mail.WithFileContentType(mail.ContentType(f.Type))); err != nil {
			return nil, fmt.Errorf("attach %q: %w", f.Name, err)
		}
	}
	return m, nil
}
