package parse_test

import (
	"slices"
	"testing"

	"github.com/beistand/beistand/app/api"
)

func TestKinds(t *testing.T) {
	cases := map[string]struct {
		fields string
		kind   string
		none   bool
	}{
		"person":            {"", api.MailPerson, false},
		"no":                {"Auto-Submitted: no\n", api.MailPerson, false},
		"replied":           {"Auto-Submitted: auto-replied (vacation)\n", api.MailAuto, true},
		"generated":         {"Auto-Submitted: auto-generated; owner-email=\"x\"\n", api.MailAuto, true},
		"precedence":        {"Precedence: auto_reply\n", api.MailAuto, true},
		"autoreply":         {"X-Autoreply: yes\n", api.MailAuto, true},
		"autorespond":       {"X-Autorespond: vacation\n", api.MailAuto, true},
		"subject":           {"Subject: Automatische Antwort: [#7] Drucker\n", api.MailAuto, true},
		"dutch subject":     {"Subject: Automatisch antwoord: weg\n", api.MailAuto, true},
		"out of office":     {"Subject: Out of Office: Re: x\n", api.MailAuto, true},
		"empty return path": {"Return-Path: <>\n", api.MailAuto, true},
		"bulk":              {"Precedence: bulk\n", api.MailBulk, true},
		"newsletter":        {"List-Id: <news.example.com>\nList-Unsubscribe: <mailto:x@example.com>\n", api.MailBulk, true},
		"a list":            {"List-Id: <team.example.com>\n", api.MailPerson, true},
		"suppressed":        {"X-Auto-Response-Suppress: All\n", api.MailPerson, true},
		"old bounce":        {"X-Failed-Recipients: gone@example.net\n", api.MailBounce, true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			m := read(t, c.fields+head+"\nText\n")
			if m.Kind != c.kind || m.NoAnswer != c.none {
				t.Errorf("%s %t", m.Kind, m.NoAnswer)
			}
		})
	}
}

// report is as Postfix writes it.
const report = `Return-Path: <>
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: support+7.abcd@example.org
Subject: Undelivered Mail Returned to Sender
Message-ID: <b@mx.example.org>
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Mon, 2 Mar 2026 10:00:00 +0100

Final-Recipient: rfc822; gone@example.net
Original-Recipient: rfc822;Gone@Example.net
Action: ACTION
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <gone@example.net>: Recipient address
    rejected: User unknown
--B
Content-Type: text/rfc822-headers

Return-Path: <support+7.abcd@example.org>
Message-ID: <ours.1@example.org>
Subject: [#7] Printer
--B--
`

func TestReports(t *testing.T) {
	m := read(t, replace(report, "ACTION", "failed"))
	r := m.Report
	if m.Kind != api.MailBounce || r == nil || !slices.Equal(r.Recipients, []string{"gone@example.net"}) || r.Original != "ours.1@example.org" ||
		r.Reason != "550 5.1.1 <gone@example.net>: Recipient address rejected: User unknown" {
		t.Errorf("%s %+v", m.Kind, r)
	}
	if len(m.Files) != 0 {
		t.Errorf("%d files", len(m.Files))
	}
	if m := read(t, replace(report, "ACTION", "delayed")); m.Kind != api.MailReceipt || m.Report.Original != "ours.1@example.org" {
		t.Errorf("delayed: %s %+v", m.Kind, m.Report)
	}
	m = read(t, replace(replace(report, "delivery-status", "disposition-notification"), "ACTION", "displayed"))
	if m.Kind != api.MailReceipt {
		t.Errorf("a receipt: %s", m.Kind)
	}
	m = read(t, "X-Failed-Recipients: gone@example.net\nFrom: Mailer-Daemon@mx.example.org\n\nThis is a copy of the message:\n\nFrom: s@example.org\nMessage-ID: <ours.2@example.org>\n")
	if m.Kind != api.MailBounce || m.Report.Original != "ours.2@example.org" || !slices.Equal(m.Report.Recipients, []string{"gone@example.net"}) {
		t.Errorf("without a report: %s %+v", m.Kind, m.Report)
	}
}
