package rule

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
)

// filled sets every field below v to something.
func filled(t *testing.T, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.String:
		v.SetString("something")
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Uint8:
		v.SetUint(7)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		filled(t, v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		filled(t, v.Index(0))
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(now))
			return
		}
		for i := range v.NumField() {
			filled(t, v.Field(i))
		}
	default:
		t.Fatalf("a %s cannot be filled", v.Type())
	}
}

// TestForCustomer names each field of a ticket that its customer sees. A field
// that comes to the ticket is hidden until it is named here, too.
func TestForCustomer(t *testing.T) {
	whole := []string{
		"Number", "Version", "State", "Title", "Description", "Product", "Priority", "Name", "Contact", "Language", "Created", "Updated",
		"Bundles", "Sessions", "Reveals", "Kind", "ProductVersion", "Module", "Impact", "Critical", "Answers", "Findings", "Signs", "Waiting", "Tombstones",
	}
	var full api.Ticket
	filled(t, reflect.ValueOf(&full).Elem())
	seen := ForCustomer(full)
	is, was := reflect.ValueOf(seen), reflect.ValueOf(full)
	for i := range is.NumField() {
		name := is.Type().Field(i).Name
		switch {
		case name == "Promises" || name == "Closing":
		case slices.Contains(whole, name):
			if !reflect.DeepEqual(is.Field(i).Interface(), was.Field(i).Interface()) {
				t.Errorf("%s is %v", name, is.Field(i))
			}
		case !is.Field(i).IsZero():
			t.Errorf("%s is shown: %v", name, is.Field(i))
		}
	}
	if want := []api.Promise{{What: "something", Due: now, Kept: &now}}; !reflect.DeepEqual(seen.Promises, want) {
		t.Errorf("promises are %+v", seen.Promises)
	}
	yes := true
	want := &api.Closing{Cause: "something", Solution: "something", Tried: "something", By: ByStaff, At: now, Feedback: "something", Satisfied: &yes}
	if !reflect.DeepEqual(seen.Closing, want) {
		t.Errorf("closing is %+v", seen.Closing)
	}
}

func TestEntryForCustomer(t *testing.T) {
	whole := []string{"ID", "Ticket", "At", "Kind", "Public", "Name", "Party", "Text", "From", "Subject", "Ref", "Files", "Wants", "Changes", "Gone"}
	var full api.Entry
	filled(t, reflect.ValueOf(&full).Elem())
	seen, ok := EntryForCustomer(full)
	if !ok {
		t.Fatal("a public entry is hidden")
	}
	is, was := reflect.ValueOf(seen), reflect.ValueOf(full)
	for i := range is.NumField() {
		name := is.Type().Field(i).Name
		switch {
		case name == "By":
			if seen.By != ByStaff {
				t.Errorf("an account is shown: %q", seen.By)
			}
		case slices.Contains(whole, name):
			if !reflect.DeepEqual(is.Field(i).Interface(), was.Field(i).Interface()) {
				t.Errorf("%s is %v", name, is.Field(i))
			}
		case !is.Field(i).IsZero():
			t.Errorf("%s is shown: %v", name, is.Field(i))
		}
	}
	for by, want := range map[string]string{"customer": "customer", "desk": "desk", "rule": "rule", "key:7": "staff", "sam@example.com": "staff"} {
		full.By = by
		if seen, _ := EntryForCustomer(full); seen.By != want {
			t.Errorf("%q is seen as %q", by, seen.By)
		}
	}
	full.Public = false
	if seen, ok := EntryForCustomer(full); ok || !reflect.DeepEqual(seen, api.Entry{}) {
		t.Errorf("an internal entry is shown: %+v", seen)
	}
}
