package mailtest_test

import (
	"testing"

	"github.com/beistand/beistand/app/desk/mail/mailtest"
)

// The servers take a mail, deliver it, and report what cannot be delivered.
func TestServers(t *testing.T) {
	s := mailtest.Start(t)
	s.Send(t, "anna@example.net", "support+7.x@example.com", "From: anna@example.net\nTo: support@example.com\nSubject: Hello\n\nText\n")
	if got := s.Await(t, "support", 1); got[0].Subject != "Hello" || got[0].Header("Envelope-to") != "support+7.x@example.com" {
		t.Errorf("%s", got[0].Raw)
	}
	s.Send(t, "anna@example.net", "gone@example.com", "From: anna@example.net\nMessage-ID: <one@example.net>\nSubject: Hello\n\nText\n")
	if got := s.Await(t, "anna", 1); got[0].Report == nil || got[0].Report.Original != "one@example.net" {
		t.Errorf("%+v\n%s", got[0].Report, got[0].Raw)
	}
}
