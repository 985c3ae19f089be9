package redact

import (
	"bytes"
	"encoding/json"
	"testing"
)

func TestJSONStaysJSON(t *testing.T) {
	for text, want := range map[string]string{
		`{"a":"<user-27>"}`:                   `{"a":"<user-27>"}`,
		`{"a":<place-27>,"b":[<password>]}`:   `{"a":"<place-27>","b":["<password>"]}`,
		`{"a\"<id-12>":<id-12> , "b":"\\"}`:   `{"a\"<id-12>":"<id-12>" , "b":"\\"}`,
		`{"a":-<place-27>}`:                   "",
		`{"a":<x>}`:                           "",
		`{"a":"`:                              "",
		`<user-27>`:                           `"<user-27>"`,
		`{"a":"\`:                             "",
		"[1,2]\n":                             "[1,2]\n",
		`{"a":"\u003cuser-27\u003e","b":1e5}`: `{"a":"\u003cuser-27\u003e","b":1e5}`,
	} {
		var out bytes.Buffer
		j := NewJSON(&out)
		for i := range text {
			if _, err := j.Write([]byte{text[i]}); err != nil {
				t.Fatal(err)
			}
		}
		err := j.Close()
		if out.String() != want || (want == "") != isRefused(err) {
			t.Errorf("%s becomes %s, %v", text, out.String(), err)
		}
	}
	if _, err := NewJSON(nil).Write(make([]byte, maxJSON+1)); !isRefused(err) {
		t.Errorf("%v", err)
	}
}

func FuzzJSON(f *testing.F) {
	f.Add([]byte(`{"a":<place-27>,"b":"x\\"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var out bytes.Buffer
		j := NewJSON(&out)
		if _, err := j.Write(text); err != nil {
			return
		}
		if err := j.Close(); err == nil && !json.Valid(out.Bytes()) {
			t.Fatalf("%q becomes %q", text, out.Bytes())
		}
	})
}
