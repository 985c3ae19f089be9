package collect

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

const events = `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Service Control Manager' Guid='{555908d1}' EventSourceName='Service Control Manager'/><EventID Qualifiers='49152'>7034</EventID><Version>0</Version><Level>2</Level><TimeCreated SystemTime='2026-11-20T08:14:02.1234567Z'/><EventRecordID>2</EventRecordID><Channel>System</Channel><Computer>pc</Computer></System><EventData><Data Name='param1'>Ledger Dienst</Data></EventData><RenderingInfo Culture='de-DE'><Message>Der Dienst "Größe" wurde unerwartet beendet.&#13;&#10;Dies ist bereits 3 Mal passiert.</Message><Level>Fehler</Level></RenderingInfo></Event>
<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Kernel-Power'/><EventID>41</EventID><Level>1</Level><TimeCreated SystemTime='2026-11-20T08:14:01.0000000Z'/><Channel>System</Channel></System><EventData><Data Name='BugcheckCode'>0</Data><Data Name='PowerButtonTimestamp'>0</Data></EventData></Event>
<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Example'/><EventID>1</EventID><Level>4</Level><TimeCreated SystemTime='2026-11-20T08:14:00Z'/></System><UserData><x><y>some</y><z>text</z></x></UserData></Event>
`

func TestEventLog(t *testing.T) {
	old := time.Local
	time.Local = berlin()
	defer func() { time.Local = old }()
	const want = `2026-11-20T09:14:00.000000+01:00 Example[1]: some text
2026-11-20T09:14:01.000000+01:00 Microsoft-Windows-Kernel-Power[41]: critical: BugcheckCode: 0, PowerButtonTimestamp: 0
2026-11-20T09:14:02.123456+01:00 Service-Control-Manager[7034]: error: Der Dienst "Größe" wurde unerwartet beendet.
    Dies ist bereits 3 Mal passiert.
`
	for name, raw := range map[string][]byte{
		"UTF-8": []byte(events), "UTF-16": utf16le("\ufeff" + events), "UTF-16 without mark": utf16le(events), "control": []byte(strings.Replace(events, "some", "\x02some", 1)),
	} {
		text, entries, full, err := eventText(bytes.NewReader(raw), 1<<20)
		if string(text) != want || entries != 3 || full || err != nil {
			t.Errorf("%s: %d, %v, %v\n%s", name, entries, full, err, text)
		}
	}
	text, entries, full, err := eventText(strings.NewReader(events), 250)
	if entries != 1 || !full || err != nil || !strings.Contains(string(text), "7034") {
		t.Errorf("the newest is not kept: %d, %v, %v, %s", entries, full, err, text)
	}
	if _, entries, full, err = eventText(strings.NewReader(events[:len(events)*4/5]), 1<<20); entries == 0 || !full || err != nil {
		t.Errorf("broken off: %d, %v, %v", entries, full, err)
	}
	if _, _, _, err = eventText(strings.NewReader("no XML <"), 1<<20); err == nil {
		t.Error("what is no XML passes")
	}
	w := window{noon(), noon().Add(time.Hour)}
	if q := eventQuery(w); q != "*[System[TimeCreated[@SystemTime>='"+noon().UTC().Format("2006-01-02T15:04:05.000Z")+"' and @SystemTime<='"+noon().Add(time.Hour).UTC().Format("2006-01-02T15:04:05.000Z")+"']]]" {
		t.Error(q)
	}
}

func TestJournalAndUnifiedLog(t *testing.T) {
	old := time.Local
	time.Local = berlin()
	defer func() { time.Local = old }()
	journal := `{"__REALTIME_TIMESTAMP":"1795162441123456","_HOSTNAME":"pc","SYSLOG_IDENTIFIER":"ledger","_PID":"12","PRIORITY":"3","MESSAGE":"it broke\nand how"}
{"__REALTIME_TIMESTAMP":"1795162442000000","_COMM":"kernel","PRIORITY":"4","MESSAGE":[71,114,246,195,159,101]}
{"__REALTIME_TIMESTAMP":"1795162443000000","SYSLOG_IDENTIFIER":["a","b"],"PRIORITY":"6","MESSAGE":null}
no JSON at all
`
	var out bytes.Buffer
	n, err := journalText(strings.NewReader(journal), &out)
	want := "2026-11-20T09:14:01.123456+01:00 pc ledger[12]: error: it broke\n    and how\n" +
		"2026-11-20T09:14:02.000000+01:00 kernel: warning: Gr\xf6\xc3\x9fe\n2026-11-20T09:14:03.000000+01:00 a: \nno JSON at all\n"
	if out.String() != want || n != 3 || err != nil {
		t.Errorf("%d, %v\n%q", n, err, out.String())
	}
	out.Reset()
	n, err = unifiedText(strings.NewReader(`{"timestamp":"2026-11-20 09:14:01.123456+0100","messageType":"Error","processImagePath":"\/usr\/sbin\/mDNSResponder","processID":12,"subsystem":"com.apple.mDNSResponder","eventMessage":"it broke"}
{"timestamp":"2026-11-20 09:14:02.000000+0100","messageType":"Default","processImagePath":"\/Applications\/My App","eventMessage":"text"}
{"count":2,"finished":1}
`), &out)
	want = "2026-11-20T09:14:01.123456+01:00 mDNSResponder[12]: error: (com.apple.mDNSResponder) it broke\n2026-11-20T09:14:02.000000+01:00 My-App: text\n"
	if got := out.String(); got != want || err != nil {
		t.Errorf("%d, %v\n%q", n, err, got)
	}
	out.Reset()
	if _, err := journalText(strings.NewReader(strings.Repeat("x", maxEntry+10)+"\nnext\n"), &out); err != nil || !strings.HasSuffix(out.String(), "left out]\nnext\n") {
		t.Errorf("%v, %.80q", err, out.String())
	}
}
