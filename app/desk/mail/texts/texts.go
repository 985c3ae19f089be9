// Package texts writes the desk's mails in their reader's language, as plain text and as simple HTML.
package texts

import (
	"html/template"
	"slices"
	"strings"
	plain "text/template"
	"unicode"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/assets"
)

// Notice is what a mail says. What is empty is left out.
type Notice struct {
	What     string // one of api.Mail…
	Language string // BCP 47; one that is not spoken is English
	Number   int64
	Before   int64    // api.MailContinued: the closed one
	Name     string   // the reader's
	Author   string   // who has done what it is about, as the reader may know them
	Text     string   // what was written
	Wants    []string // what is missing
	Files    []string // names of what is attached to the ticket
	Link     string   // opens the ticket
	From     string   // whose desk it is
}

// Mail is a text and the same as HTML.
type Mail struct{ Plain, HTML string }

// leads are the sentences that say what a mail is about; those to staff are the last.
var leads = map[string]string{
	api.MailReceived:   "We have received your request. Its number is {{.Number}}.",
	api.MailPublic:     "There is an answer to your request {{.Number}}:",
	api.MailRequest:    "We still need something from you for your request {{.Number}}:",
	api.MailSession:    "{{.Author}} would like to look at your screen with you, for your request {{.Number}}. Nothing is shown before you say yes.",
	api.MailSolved:     "There is a solution for your request {{.Number}}:",
	api.MailClosed:     "Your request {{.Number}} is closed.",
	api.MailContinued:  "Your request {{.Before}} was closed some time ago. What you wrote is the new request {{.Number}}.",
	api.MailThird:      "",
	api.MailMention:    "{{.Author}} has mentioned you on ticket {{.Number}}:",
	api.MailAssigned:   "Ticket {{.Number}} is yours now.",
	api.MailAnswered:   "{{.Author}} has written on ticket {{.Number}}:",
	api.MailPromise:    "A promised date is near on ticket {{.Number}}:",
	api.MailEscalation: "{{.Author}} has escalated ticket {{.Number}}:",
}

// The other sentences.
const (
	hello      = "Good day {{.Name}},"
	helloNone  = "Good day,"
	attached   = "Attached to the request: {{.Files}}"
	feedback   = "Please tell us whether it helped: on the page of your request, or with an answer to this mail."
	session    = "Please start Beistand and open your request; it shows a code that you read out to us."
	linkTicket = "Your request and everything about it:"
	linkHolds  = "The link opens your request without a password for 14 days. Please do not pass it on."
	linkStaff  = "Open the ticket:"
	reply      = "You can simply answer this mail."
	noReply    = "Answers to this mail become internal notes on the ticket."
)

// Texts are the English texts that are said in every language.
func Texts() []string {
	list := []string{hello, helloNone, attached, feedback, session, linkTicket, linkHolds, linkStaff, reply, noReply}
	for _, l := range leads {
		if l != "" {
			list = append(list, l)
		}
	}
	return append(list, entries...)
}

// ToStaff says whether a kind of mail is for staff.
func ToStaff(what string) bool {
	return slices.Contains([]string{api.MailMention, api.MailAssigned, api.MailAnswered, api.MailPromise, api.MailEscalation}, what)
}

// block is a part of a mail, apart from the next by an empty line.
type block struct {
	Lines  []string // each on a line of its own
	List   []string
	Link   string
	Quote  bool // what somebody wrote
	Bottom bool // the signature
}

// Write writes a mail.
func Write(n Notice) Mail {
	blocks := n.blocks()
	return Mail{Plain: inPlain(blocks), HTML: inHTML(blocks, tag(n.Language))}
}

func (n Notice) blocks() []block {
	fill := map[string]any{
		"Number": n.Number, "Before": n.Before, "Name": Line(n.Name), "Author": Line(n.Author), "Files": Line(strings.Join(n.Files, ", ")),
	}
	say := func(key string) string { return Say(n.Language, key, fill) }
	var all []block
	line := func(lines ...string) { all = append(all, block{Lines: lines}) }
	if n.What != api.MailThird {
		if n.Name != "" {
			line(say(hello))
		} else {
			line(say(helloNone))
		}
		line(say(leads[n.What]))
	}
	if n.Text != "" {
		all = append(all, block{Lines: strings.Split(Several(n.Text), "\n"), Quote: n.What != api.MailThird})
	}
	if len(n.Wants) > 0 {
		var wants []string
		for _, w := range n.Wants {
			wants = append(wants, Line(w))
		}
		all = append(all, block{List: wants})
	}
	if len(n.Files) > 0 {
		line(say(attached))
	}
	switch n.What {
	case api.MailSolved:
		line(say(feedback))
	case api.MailSession:
		line(say(session))
	}
	switch {
	case ToStaff(n.What):
		if n.Link != "" {
			all = append(all, block{Lines: []string{say(linkStaff)}, Link: n.Link})
		}
		line(say(noReply))
	case n.What != api.MailThird:
		if n.Link != "" {
			all = append(all, block{Lines: []string{say(linkTicket)}, Link: n.Link}, block{Lines: []string{say(linkHolds)}})
		}
		if n.What != api.MailSolved {
			line(say(reply))
		}
	}
	if n.From != "" {
		all = append(all, block{Lines: []string{Line(n.From)}, Bottom: true})
	}
	return all
}

func inPlain(blocks []block) string {
	var parts []string
	for _, b := range blocks {
		lines := slices.Clone(b.Lines)
		if b.Quote {
			for i, l := range lines {
				lines[i] = strings.TrimRight("    "+l, " ")
			}
		}
		for _, l := range b.List {
			lines = append(lines, "- "+l)
		}
		if b.Link != "" {
			lines = append(lines, b.Link)
		}
		if b.Bottom {
			lines = append([]string{"-- "}, lines...)
		}
		parts = append(parts, strings.Join(lines, "\n"))
	}
	return strings.Join(parts, "\n\n") + "\n"
}

// page has no image, no style sheet and no script: nothing is fetched to show it.
var page = template.Must(template.New("").Parse(`<!DOCTYPE html>
<html lang="{{.Language}}"><head><meta charset="utf-8"></head><body>
{{range .Blocks}}{{if .Bottom}}<p>--<br>{{range .Lines}}{{.}}{{end}}</p>
{{else if .Quote}}<blockquote style="border-left: 3px solid #8a8a8a; margin: 0 0 1em 0; padding-left: 1em">{{range $i, $l := .Lines}}{{if $i}}<br>
{{end}}{{$l}}{{end}}</blockquote>
{{else if .List}}<ul>{{range .List}}<li>{{.}}</li>{{end}}</ul>
{{else}}<p>{{range $i, $l := .Lines}}{{if $i}}<br>
{{end}}{{$l}}{{end}}{{if .Link}}<br>
<a href="{{.Link}}">{{.Link}}</a>{{end}}</p>
{{end}}{{end}}</body></html>
`))

func inHTML(blocks []block, language string) string {
	var b strings.Builder
	if err := page.Execute(&b, map[string]any{"Blocks": blocks, "Language": language}); err != nil {
		panic(err) // the template and what fills it are this program's own
	}
	return b.String()
}

// tag is the language that is spoken for a BCP 47 tag.
func tag(language string) string {
	short, _, _ := strings.Cut(strings.ToLower(language), "-")
	if !slices.Contains(assets.Languages, short) {
		return assets.Languages[0]
	}
	return short
}

// spoken are the languages' texts, each read once.
var spoken = func() map[string]func(string) string {
	all := map[string]func(string) string{}
	for _, l := range assets.Languages {
		all[l] = assets.Translator(l)
	}
	return all
}()

// Say is one of the program's texts in a language, with what is filled in.
func Say(language, key string, fill map[string]any) string {
	text := spoken[tag(language)](key)
	if !strings.Contains(text, "{{") {
		return text
	}
	var b strings.Builder
	if err := plain.Must(plain.New("").Parse(text)).Execute(&b, fill); err != nil {
		panic(err) // the texts and what fills them are this program's own
	}
	return b.String()
}

// Line is a text without anything that could end a line or turn its direction.
func Line(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == 0x2028 || r == 0x2029 {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))), " ")
}

// Several is Line for several.
func Several(s string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(strings.ReplaceAll(s, "\r\n", "\n"), "\uFFFD")), "\n")
}
