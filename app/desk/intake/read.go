package intake

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/reply"
)

// read gives the alarms of what a monitor said, whichever form it has.
func read(in api.Alarms) ([]api.Alarm, error) {
	all := slices.Clone(in.Alarms)
	for _, a := range in.Alerts {
		all = append(all, fromAlert(a))
	}
	if len(all) == 0 || len(all) > api.MaxAlarms {
		return nil, reply.Invalid("a monitor says 1 to %d alarms at once", api.MaxAlarms)
	}
	for i := range all {
		a := &all[i]
		a.Alarm, a.Title = line(a.Alarm, api.MaxAlarmName), line(a.Title, api.MaxTitle)
		a.Product, a.Module, a.Contact = line(a.Product, api.MaxName), line(a.Module, api.MaxName), line(a.Contact, api.MaxName)
		a.Text = cut(clean(a.Text, true), api.MaxDescription)
		a.Priority = cmp.Or(a.Priority, api.High)
		switch {
		case a.Alarm == "":
			return nil, reply.Invalid("alarm %d has no name by which it could be known again", i+1)
		case !a.Priority.Valid():
			return nil, reply.Invalid("the priority of alarm %d is not one of critical, high, normal, low", i+1)
		}
		a.Title = cmp.Or(a.Title, a.Alarm)
	}
	return all, nil
}

// severities are what Prometheus' users call how bad something is.
var severities = map[string]api.Priority{
	"critical": api.Critical, "page": api.Critical, "high": api.High, "error": api.High, "major": api.High,
	"warning": api.Normal, "minor": api.Normal, "normal": api.Normal, "info": api.Low, "low": api.Low, "none": api.Low,
}

// fromAlert reads one of Alertmanager's. Its fingerprint is of its labels, and
// stays the same for as long as they do.
func fromAlert(a api.Alert) api.Alarm {
	name := a.Fingerprint
	if name == "" {
		var labels []string
		for _, k := range slices.Sorted(maps.Keys(a.Labels)) {
			labels = append(labels, k+"="+a.Labels[k])
		}
		name = strings.Join(labels, " ")
	}
	var text []string
	if d := cmp.Or(a.Annotations["description"], a.Annotations["message"]); d != "" {
		text = append(text, d, "")
	}
	for _, k := range slices.Sorted(maps.Keys(a.Labels)) {
		text = append(text, k+": "+a.Labels[k])
	}
	if u := a.Annotations["runbook_url"]; u != "" {
		text = append(text, "", u)
	}
	return api.Alarm{
		Alarm: name, Resolved: a.Status == "resolved", Title: cmp.Or(a.Annotations["summary"], a.Labels["alertname"]),
		Text: strings.Join(text, "\n"), Product: a.Labels["product"], Module: a.Labels["module"],
		Priority: severities[strings.ToLower(a.Labels["severity"])],
	}
}

// line is s as one line of at most most characters. A monitor has no person who
// could put it right, so what does not fit is cut and not refused.
func line(s string, most int) string { return cut(clean(s, false), most) }

func clean(s string, lines bool) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case lines && (r == '\n' || r == '\t'):
			return r
		case unicode.IsControl(r):
			return ' '
		}
		return r
	}, s))
}

func cut(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most-1]) + "…"
}
