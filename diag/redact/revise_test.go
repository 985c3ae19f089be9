package redact

import (
	"bytes"
	"testing"
)

func TestOwnersRevision(t *testing.T) {
	rules, err := Compile(Known{})
	if err != nil {
		t.Fatal(err)
	}
	names, err := NewNames(bytes.Repeat([]byte{1}, KeySize))
	if err != nil {
		t.Fatal(err)
	}
	clean := rules.Bytes([]byte("user=anmeyer12 password=hunter2 from 10.1.2.3 project Nordwind, nordwind too"), names, nil)
	for _, want := range []struct {
		hide    []string
		restore []Kind
		text    string
	}{
		{nil, []Kind{User}, "user=anmeyer12 password=<password> from " + string(clean[bytes.Index(clean, []byte("<net-")):])},
		{[]string{"Nordwind"}, []Kind{User, IP, Password}, "user=anmeyer12 password=<password> from 10.1.2.3 project <hidden>, <hidden> too"},
	} {
		if got := Revise(want.hide, want.restore).Bytes(clean, names, nil); string(got) != want.text {
			t.Errorf("%v %v:\n got %s\nwant %s", want.hide, want.restore, got, want.text)
		}
	}
}
