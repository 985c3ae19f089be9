package collect

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// event is what is read of a Windows event (its schema: Microsoft, "Event Schema").
type event struct {
	System struct {
		Provider struct {
			Name   string `xml:"Name,attr"`
			Source string `xml:"EventSourceName,attr"`
		}
		EventID string
		Level   int
		Time    struct {
			At time.Time `xml:"SystemTime,attr"`
		} `xml:"TimeCreated"`
		Channel  string
		Computer string
	}
	Rendering struct {
		Message string
	} `xml:"RenderingInfo"`
	Data []struct {
		Name  string `xml:"Name,attr"`
		Value string `xml:",chardata"`
	} `xml:"EventData>Data"`
	User struct {
		Inner string `xml:",innerxml"`
	} `xml:"UserData"`
}

// maxEvents is how many of a channel's events are read.
const maxEvents = 20_000

// eventText turns what wevtutil prints with /format:RenderedXml, newest first,
// into text, oldest first. It stops once it has most bytes; full says so.
func eventText(r io.Reader, most int) (text []byte, entries int, full bool, err error) {
	in := bufio.NewReaderSize(r, 64<<10)
	head, _ := in.Peek(1 << 10)
	// Messages can have characters that XML has no place for.
	d := xml.NewDecoder(&visibleReader{orderOf(head).decode(in)})
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	var all [][]byte
	size := 0
	for {
		var e event
		err := d.Decode(&e)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			if len(all) > 0 {
				return reversed(all), len(all), true, nil // what came before the break is whole
			}
			return nil, 0, false, fmt.Errorf("read events: %w", err)
		}
		one := e.entry().appendTo(nil)
		if size+len(one) > most || len(all) == maxEvents {
			return reversed(all), len(all), true, nil
		}
		all, size = append(all, one), size+len(one)
	}
	return reversed(all), len(all), false, nil
}

// visibleReader gives blanks for control characters.
type visibleReader struct{ r io.Reader }

func (v *visibleReader) Read(p []byte) (int, error) {
	n, err := v.r.Read(p)
	for i, b := range p[:n] {
		if b < ' ' && b != '\n' && b != '\r' && b != '\t' {
			p[i] = ' '
		}
	}
	return n, err
}

func reversed(all [][]byte) []byte {
	slices.Reverse(all)
	return bytes.Join(all, nil)
}

func (e *event) entry() logEntry {
	s := e.System
	entry := logEntry{at: s.Time.At.Local(), from: s.Provider.Name, message: e.Rendering.Message}
	if s.Provider.Source != "" {
		entry.from = s.Provider.Source
	}
	fmt.Sscan(s.EventID, &entry.pid)
	entry.level = map[int]string{1: "critical", 2: "error", 3: "warning"}[s.Level]
	if strings.TrimSpace(entry.message) == "" { // the provider's texts are not installed
		var parts []string
		for _, d := range e.Data {
			if part := strings.TrimSpace(d.Value); d.Name != "" && part != "" {
				parts = append(parts, d.Name+": "+part)
			} else if part != "" {
				parts = append(parts, part)
			}
		}
		if len(parts) == 0 && e.User.Inner != "" {
			parts = append(parts, xmlText(e.User.Inner))
		}
		entry.message = strings.Join(parts, ", ")
	}
	return entry
}

// xmlText is the text in some XML, without its marks.
func xmlText(inner string) string {
	d := xml.NewDecoder(strings.NewReader(inner))
	d.Strict = false
	var words []string
	for {
		token, err := d.Token()
		if err != nil {
			return strings.Join(words, " ")
		}
		if text, ok := token.(xml.CharData); ok {
			words = append(words, strings.Fields(string(text))...)
		}
	}
}

// eventQuery is the XPath that gives the events of a window (Microsoft,
// "Consuming Events", XPath 1.0 limitations).
func eventQuery(w window) string {
	var parts []string
	if !w.since.IsZero() {
		parts = append(parts, "@SystemTime>='"+w.since.UTC().Format("2006-01-02T15:04:05.000Z")+"'")
	}
	if !w.until.IsZero() {
		parts = append(parts, "@SystemTime<='"+w.until.UTC().Format("2006-01-02T15:04:05.000Z")+"'")
	}
	if len(parts) == 0 {
		return "*"
	}
	return "*[System[TimeCreated[" + strings.Join(parts, " and ") + "]]]"
}
