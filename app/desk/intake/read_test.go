package intake

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/beistand/beistand/app/api"
)

// FuzzRead: whatever a monitor says is refused, or bounded and clean.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"alarms":[{"alarm":"disk","title":"Disk full","text":"a\r\nb","priority":"low","resolved":true}]}`))
	f.Add([]byte(`{"alerts":[{"status":"resolved","fingerprint":"f","labels":{"severity":"page","alertname":"x\u0000"},"annotations":{"summary":"\ud800","runbook_url":"u"}}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var in api.Alarms
		if json.Unmarshal(raw, &in) != nil {
			return
		}
		all, err := read(in)
		if err != nil {
			return
		}
		for _, a := range all {
			for _, c := range []struct {
				text  string
				most  int
				lines bool
			}{
				{a.Alarm, api.MaxAlarmName, false},
				{a.Title, api.MaxTitle, false},
				{a.Product, api.MaxName, false},
				{a.Module, api.MaxName, false},
				{a.Contact, api.MaxName, false},
				{a.Text, api.MaxDescription, true},
			} {
				if !utf8.ValidString(c.text) || utf8.RuneCountInString(c.text) > c.most || strings.ContainsFunc(c.text, func(r rune) bool {
					return unicode.IsControl(r) && (!c.lines || r != '\n' && r != '\t')
				}) {
					t.Errorf("%q", c.text)
				}
			}
			if a.Alarm == "" || a.Title == "" || !a.Priority.Valid() {
				t.Errorf("%+v", a)
			}
		}
		if again, err := read(api.Alarms{Alarms: all}); err != nil || !reflect.DeepEqual(again, all) {
			t.Errorf("%+v, read again %+v: %v", all, again, err)
		}
	})
}
