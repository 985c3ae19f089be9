package parse

import (
	"bytes"
	"strings"

	"github.com/beistand/beistand/app/api"
)

// part is a message or one of its parts, not decoded.
type part struct {
	header header
	body   []byte
}

// taken is what a part gave.
type taken struct {
	text  string
	plain bool // text was written as text, not as HTML
	files []File
}

func (t *taken) add(other taken) {
	switch {
	case t.text == "":
		t.text, t.plain = other.text, other.plain
	case other.text != "":
		t.text += "\n\n" + other.text
	}
	t.files = append(t.files, other.files...)
}

// walker goes through a message's parts.
type walker struct {
	raw     []byte
	parts   int
	broken  bool // the message itself has to be kept, as a file
	remarks []Remark
	report  **Report
}

// left names what is left out; the message itself has it.
func (w *walker) left(text, what string) {
	w.broken = true
	for _, r := range w.remarks {
		if r.Text == text {
			return
		}
	}
	w.remarks = append(w.remarks, Remark{Text: text, What: what})
}

func (w *walker) walk(p part, depth int) taken {
	if w.parts++; w.parts > api.MaxMailParts {
		w.left("The message had too many parts; all of them are in {{.What}}.", "message.eml")
		return taken{}
	}
	if depth > api.MaxMailDepth {
		w.left("The message was nested too deeply; all of it is in {{.What}}.", "message.eml")
		return taken{}
	}
	kind, params := mediaType(p.header.get("content-type"))
	if kind == "" {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") && params["boundary"] != "" {
		return w.multipart(p, kind, params, depth)
	}
	disposition, dparams := mediaType(p.header.get("content-disposition"))
	name := dparams["filename"]
	if name == "" {
		name = params["name"]
	}
	content := decode(p.body, p.header.get("content-transfer-encoding"))
	attached := disposition == "attachment" || name != ""
	switch {
	case kind == "text/plain" && !attached:
		text := toUTF8(content, params["charset"])
		if strings.EqualFold(params["format"], "flowed") {
			text = unflow(text, strings.EqualFold(params["delsp"], "yes"))
		}
		return taken{text: lines(text), plain: true}
	case kind == "text/html" && !attached:
		return taken{text: lines(htmlText(toUTF8(content, params["charset"])))}
	case kind == "message/delivery-status", kind == "message/global-delivery-status":
		w.status(content)
		return taken{}
	case kind == "message/disposition-notification":
		return taken{}
	case kind == "text/rfc822-headers", kind == "message/rfc822-headers", kind == "message/global-headers":
		w.original(content)
		return taken{}
	case kind == "message/rfc822", kind == "message/global":
		return w.nested(content, name, depth)
	case kind == "text/calendar":
		return w.calendar(content, name, params["charset"])
	case len(content) == 0:
		return taken{}
	}
	return taken{files: []File{{Name: fileName(name, kind), Type: announced(kind), Content: content}}}
}

func (w *walker) multipart(p part, kind string, params map[string]string, depth int) taken {
	children, whole := split(p.body, params["boundary"], api.MaxMailParts)
	if !whole {
		w.left("The message was broken; all that came is in {{.What}}.", "message.eml")
	}
	if kind == "multipart/report" && *w.report == nil {
		*w.report = &Report{}
	}
	var all taken
	if kind != "multipart/alternative" {
		for _, c := range children {
			all.add(w.walk(c, depth+1))
		}
		return all
	}
	// The same in several forms, the plainest first.
	for _, c := range children {
		t := w.walk(c, depth+1)
		better := strings.TrimSpace(all.text) == "" || t.plain && !all.plain && strings.TrimSpace(t.text) != ""
		all.files = append(all.files, t.files...)
		if better {
			all.text, all.plain = t.text, t.plain
		}
	}
	return all
}

// split cuts a body at its boundary (RFC 2046, section 5.1). whole is false when
// its end is missing, or a part cannot be read.
func split(body []byte, boundary string, most int) (parts []part, whole bool) {
	open := -1 // where the part under way begins
	add := func(end int) bool {
		if open < 0 {
			return true
		}
		piece := bytes.TrimSuffix(body[open:end], []byte("\n"))
		piece = bytes.TrimSuffix(piece, []byte("\r"))
		h, b, err := readHeader(piece)
		if err != nil {
			return false
		}
		parts = append(parts, part{h, b})
		return true
	}
	whole = true
	for at := 0; at < len(body) && len(parts) <= most; {
		line, rest := nextLine(body[at:])
		if after, ok := bytes.CutPrefix(line, []byte("--"+boundary)); ok {
			switch after = bytes.TrimRight(after, " \t"); string(after) {
			case "", "--":
				whole = add(at) && whole
				if open = len(body) - len(rest); len(after) > 0 {
					return parts, whole
				}
			}
		}
		at = len(body) - len(rest)
	}
	add(len(body))
	return parts, false
}

// nested keeps a message that is forwarded as a file, or reads of a report what it is about.
func (w *walker) nested(content []byte, name string, depth int) taken {
	h, _, err := readHeader(content)
	if err != nil || len(content) == 0 {
		return taken{}
	}
	if *w.report != nil {
		w.original(content)
		return taken{}
	}
	if name == "" {
		name = h.line("subject")
	}
	name = strings.TrimSuffix(fileName(name, "message/rfc822"), ".eml") + ".eml"
	return taken{files: []File{{Name: name, Type: "message/rfc822", Content: content}}}
}

// original reads the header of the mail that a report is about.
func (w *walker) original(content []byte) {
	if *w.report == nil {
		return
	}
	if h, _, err := readHeader(content); err == nil && (*w.report).Original == "" {
		(*w.report).Original = firstID(h.get("message-id"))
	}
}

// unflow joins lines that were broken for the way alone (RFC 3676).
func unflow(s string, delete bool) string {
	var b strings.Builder
	depth := -1 // of the line before, when it goes on
	for line := range strings.Lines(s) {
		line = strings.TrimRight(line, "\r\n")
		text := strings.TrimLeft(line, ">")
		quoted := len(line) - len(text)
		text = strings.TrimPrefix(text, " ")
		if depth >= 0 && depth != quoted {
			b.WriteByte('\n')
			depth = -1
		}
		if depth < 0 {
			b.WriteString(strings.Repeat(">", quoted))
			if quoted > 0 {
				b.WriteByte(' ')
			}
		}
		if flows := strings.HasSuffix(text, " ") && text != "-- "; flows {
			if delete {
				text = text[:len(text)-1]
			}
			b.WriteString(text)
			depth = quoted
			continue
		}
		b.WriteString(text)
		b.WriteByte('\n')
		depth = -1
	}
	return b.String()
}
