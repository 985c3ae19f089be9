package collect

import (
	"context"
	"encoding/xml"
	"io"
	"strings"
	"time"
)

// task is what of a task's definition facts are made of
// (Task Scheduler schema, [MS-TSCH] 2.5.1).
type taskXML struct {
	RegistrationInfo struct{ URI string }
	Triggers         struct {
		Any []struct {
			XMLName       xml.Name
			StartBoundary string
			Enabled       string
			Repetition    struct{ Interval string }
			Day           *struct{ DaysInterval int } `xml:"ScheduleByDay"`
			Week          *struct {
				Days struct {
					Any []struct{ XMLName xml.Name } `xml:",any"`
				} `xml:"DaysOfWeek"`
			} `xml:"ScheduleByWeek"`
		} `xml:",any"`
	}
	Settings struct{ Enabled string }
	Actions  struct {
		Exec []struct{ Command string }
	}
	Principals struct {
		Principal []struct {
			UserID string `xml:"UserId"`
		}
	}
}

// tasks asks the Task Scheduler for all definitions at once. Windows' own are
// counted and left out.
func (f *JobsFacts) tasks(ctx context.Context, m machine) {
	text, _, err := m.programs.run(ctx, "schtasks", "/query", "/xml", "ONE")
	if err != nil {
		f.Notes = append(f.Notes, err.Error())
		return
	}
	own := 0
	for name, t := range parseTasks(windowsText(text)) {
		if strings.HasPrefix(name, `\Microsoft\`) {
			own++
			continue
		}
		f.Jobs = append(f.Jobs, t.job(name))
	}
	if own > 0 {
		f.Notes = append(f.Notes, decimal(uint64(own))+" tasks of Windows itself are left out")
	}
}

// parseTasks gives tasks by name; before each stands a comment with its name.
func parseTasks(text string) func(func(string, taskXML) bool) {
	return func(yield func(string, taskXML) bool) {
		d := xml.NewDecoder(strings.NewReader(text))
		d.Strict = false
		// It says UTF-16 of text that is so no more.
		d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
		name := ""
		for {
			token, err := d.Token()
			if err != nil {
				return
			}
			switch token := token.(type) {
			case xml.Comment:
				name = strings.TrimSpace(string(token))
			case xml.StartElement:
				var t taskXML
				if token.Name.Local != "Task" {
					continue
				}
				if d.DecodeElement(&t, &token) != nil {
					return
				}
				if name == "" {
					name = t.RegistrationInfo.URI
				}
				if !yield(name, t) {
					return
				}
				name = ""
			}
		}
	}
}

func (t taskXML) job(name string) Job {
	j := Job{Name: strings.TrimPrefix(name, `\`), Kind: "task", Enabled: t.Settings.Enabled != "false"}
	var all []string
	for _, trigger := range t.Triggers.Any {
		if trigger.Enabled == "false" {
			continue
		}
		words := []string{strings.TrimSuffix(trigger.XMLName.Local, "Trigger")}
		if trigger.Week != nil {
			for _, day := range trigger.Week.Days.Any {
				words = append(words, day.XMLName.Local)
			}
		}
		if at, err := time.Parse("2006-01-02T15:04:05", strings.TrimSuffix(trigger.StartBoundary, "Z")); err == nil {
			words = append(words, at.Format("15:04"))
		}
		if trigger.Repetition.Interval != "" {
			words = append(words, "every "+trigger.Repetition.Interval)
		}
		all = append(all, strings.Join(words, " "))
	}
	j.Schedule = strings.Join(all, ", ")
	if len(t.Actions.Exec) > 0 {
		j.Program = strings.Trim(t.Actions.Exec[0].Command, `"`)
	}
	if len(t.Principals.Principal) > 0 {
		j.User = t.Principals.Principal[0].UserID
	}
	return j
}
