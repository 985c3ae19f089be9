// Package parse makes text and files of a mail message (RFC 5322, MIME), whatever state it is in.
package parse

import (
	"errors"
	"net/mail"
	"strings"

	"github.com/beistand/beistand/app/api"
)

// Message is what a mail says. All texts are UTF-8 without control characters;
// those of one line have no line feeds.
type Message struct {
	From      mail.Address // in lower case; "" when nobody is named
	ReplyTo   mail.Address // likewise
	To        []string     // addresses of To and Cc, in lower case
	Delivered []string     // addresses that it was delivered to, as servers on the way have noted
	Subject   string
	ID        string   // Message-ID without brackets
	Answers   []string // IDs that it answers, the nearest first
	Languages string   // Content-Language

	Kind     string // api.MailPerson, MailAuto, MailBounce, MailReceipt or MailBulk
	NoAnswer bool   // no program may answer it
	Desk     string // the mark of the desk that sent it
	Hops     int    // servers on the way
	Denied   bool   // a server on the way has found that From's domain does not stand for it
	Report   *Report

	Text      string // what was written: without quotation and signature
	Quoted    string // of the mail before
	Signature string
	Files     []File
	Remarks   []Remark

	Mark [32]byte // the same for the same message, whichever way it came
}

// File is an attachment.
type File struct {
	Name    string // a plain file name
	Type    string // media type as announced
	Content []byte
}

// Remark says what of a message was left out. Text is one of the program's
// texts, What its {{.What}}.
type Remark struct{ Text, What string }

// Report says what became of a mail that was sent (RFC 3464).
type Report struct {
	Recipients []string // addresses that it is about, in lower case
	Reason     string   // as the server says it
	Original   string   // Message-ID of the mail that it is about, without brackets

	undelivered bool // it says so of somebody, and not just that it takes longer
}

// Errors that a message is refused with.
var (
	ErrSize   = errors.New("the message is larger than a mail may be")
	ErrHeader = errors.New("the message's header is larger than a header may be")
	ErrEmpty  = errors.New("the message is empty")
)

// Limits beside those of package api.
const (
	maxHeader  = 512 << 10 // bytes
	maxFields  = 2000
	maxAnswers = 50
	maxTo      = 200
	maxLine    = 998 // bytes of a decoded field (RFC 5322, section 2.1.1)
)

// Read reads a message. What is broken in it is kept as a file, or named as a remark.
func Read(raw []byte) (Message, error) {
	if len(raw) > api.MaxMail {
		return Message{}, ErrSize
	}
	h, body, err := readHeader(raw)
	if err != nil {
		return Message{}, err
	}
	if len(h) == 0 && len(body) == 0 {
		return Message{}, ErrEmpty
	}
	m := Message{Hops: h.count("received"), Desk: h.line(DeskHeader), Subject: h.line("subject"), Languages: h.line("content-language")}
	m.ID = firstID(h.get("message-id"))
	m.Answers = answers(h)
	m.From = firstAddress(h, "from", "sender")
	m.ReplyTo = firstAddress(h, "reply-to")
	m.To = addresses(h, maxTo, "to", "cc")
	m.Delivered = addresses(h, maxTo, "delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
	m.Mark = mark(m, h, body)
	w := &walker{raw: raw, report: &m.Report}
	t := w.walk(part{header: h, body: body}, 0)
	m.Files = t.files
	m.Kind, m.NoAnswer = kind(h, m)
	if m.Kind == api.MailBounce && m.Report == nil {
		m.Report = oldReport(h, body)
	}
	if m.Denied = denied(h); m.Denied {
		w.remarks = append(w.remarks, Remark{Text: NotProved})
	}
	m.Text, m.Quoted, m.Signature = fold(t.text, forwardForm().MatchString(m.Subject))
	m.bound(w)
	return m, nil
}

// NotProved is the remark on a mail that is Denied.
const NotProved = "The sender's domain does not stand for this mail (DMARC): somebody else may have written it."

// denied says whether a server on the way has found that the domain of From
// does not stand for the mail (RFC 8601, RFC 7489). Whoever forges such a field
// harms their own mail alone; one that says otherwise proves nothing.
func denied(h header) bool {
	for _, f := range h {
		if f.name != "authentication-results" {
			continue
		}
		for part := range strings.SplitSeq(strings.ToLower(f.value), ";") {
			method, result, _ := strings.Cut(part, "=")
			result = strings.TrimSpace(result)
			if strings.TrimSpace(method) == "dmarc" && (result == "fail" || strings.HasPrefix(result, "fail ") || strings.HasPrefix(result, "fail(")) {
				return true
			}
		}
	}
	return false
}

// DeskHeader is the field that a desk marks its mails with.
const DeskHeader = "x-beistand-desk"

// bound holds text and files to what an entry takes. What is cut is in a file.
func (m *Message) bound(w *walker) {
	m.Remarks = w.remarks
	if whole := m.Text; len([]rune(whole)) > api.MaxDescription {
		r := []rune(whole)
		m.Text = string(r[:api.MaxDescription-1]) + "…"
		m.Files = append([]File{{Name: "text.txt", Type: "text/plain; charset=utf-8", Content: []byte(whole)}}, m.Files...)
		m.Remarks = append(m.Remarks, Remark{Text: "The text was too long; all of it is in {{.What}}.", What: "text.txt"})
	}
	for _, s := range []*string{&m.Quoted, &m.Signature} {
		if r := []rune(*s); len(r) > api.MaxMailText {
			*s = string(r[:api.MaxMailText]) + "…"
		}
	}
	whole := File{Name: "message.eml", Type: "message/rfc822", Content: w.raw}
	if len(m.Files) > api.MaxEntryFiles {
		m.Files = m.Files[:api.MaxEntryFiles]
		w.broken = true
		m.Remarks = append(m.Remarks, Remark{Text: "There were too many attachments; all of them are in {{.What}}.", What: whole.Name})
	}
	if w.broken {
		m.Files = append(m.Files[:min(len(m.Files), api.MaxEntryFiles-1)], whole)
	}
	unique(m.Files)
}
