package collect

import (
	"bytes"
	"context"
	"encoding/binary"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestRoutesTables(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "proc/net/route", "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"+
		"eth0\t00000000\t0102A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n"+
		"eth0\t0002A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n"+
		"wlan0\t00000000\t0103A8C0\t0002\t0\t0\t600\t00000000\t0\t0\t0\n"+
		"eth0\t0000000A\t00000000\t0201\t0\t0\t0\t000000FF\t0\t0\t0\nbroken\n", noon())
	put(t, dir, "proc/net/ipv6_route", "00000000000000000000000000000000 00 00000000000000000000000000000000 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003     eth0\n"+
		"fe800000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0\n"+
		"fe8000000000000000fc00fffe000001 80 00000000000000000000000000000000 00 00000000000000000000000000000000 00000000 00000002 00000000 80200001     eth0\n"+
		"ff000000000000000000000000000000 08 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000002 00000000 00000001     eth0\n"+
		"00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo\n", noon())
	put(t, dir, "proc/net/arp", "IP address       HW type     Flags       HW address            Mask     Device\n192.168.2.1      0x1         0x0         00:00:00:00:00:00     *        eth0\n", noon())
	no := false
	want := RoutesFacts{
		Routes: []RouteFacts{
			{Destination: "default", Gateway: "192.168.2.1", Interface: "eth0", Metric: 100},
			{Destination: "192.168.2.0/24", Interface: "eth0", Metric: 100},
			{Destination: "10.0.0.0/8", Gateway: "refused", Interface: "eth0"},
			{Destination: "default", Gateway: "fe80::1", Interface: "eth0", Metric: 1024},
			{Destination: "fe80::/64", Interface: "eth0", Metric: 256},
		},
		Gateways: []GatewayFacts{{Address: "192.168.2.1", Interface: "eth0", Answers: &no}, {Address: "fe80::1", Interface: "eth0"}},
	}
	got := factsOf[RoutesFacts](t, routes{root: dir})
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	const netstat = `Routing tables

Internet:
Destination        Gateway            Flags               Netif Expire
default            192.168.178.1      UGScg                 en0
127                127.0.0.1          UCS                   lo0
192.168.178        link#14            UCS                   en0      !
192.168.178.1/32   link#14            UCS                   en0      !

Internet6:
Destination                             Gateway                                 Flags               Netif Expire
default                                 fe80::3ea6:2fff:fe5c:1%en0              UGcg                  en0
ff01::%lo0/32                           ::1                                     UmCI                  lo0
`
	n := netstatRoutes(netstat)
	if len(n.Routes) != 5 || n.Routes[0].Gateway != "192.168.178.1" || n.Routes[2].Gateway != "" || n.Routes[2].Interface != "en0" || len(n.Gateways) != 2 || n.Gateways[1].Interface != "en0" {
		t.Errorf("%+v", n)
	}
}

func TestLink(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"carrier": "1\n", "speed": "1000\n", "duplex": "full\n", "carrier_changes": "3\n"} {
		put(t, dir, "sys/class/net/wlan0/"+name, text, noon())
	}
	put(t, dir, "proc/net/wireless", "Inter-| sta-|   Quality        |   Discarded packets\n face | tus | link level noise |  nwid  crypt\n wlan0: 0000   54.  -56.  -256        0      0\n", noon())
	signal := -56.0
	if d := cmp.Diff(&LinkFacts{Carrier: true, Speed: 1000, Duplex: "full", Changes: 3, SignalDBM: &signal}, linkOf(dir, "wlan0")); d != "" {
		t.Error(d)
	}
	if l := linkOf(dir, "../../etc"); l != nil {
		t.Errorf("%+v", l)
	}
}

func TestProxySettings(t *testing.T) {
	lookup := func(name string) (string, bool) {
		v, ok := map[string]string{
			"http_proxy": "http://anna:secret@proxy.example:8080/", "HTTPS_PROXY": "proxy.example:8080", "no_proxy": "localhost,.example", "all_proxy": "socks5://127.0.0.1:1080",
		}[name]
		return v, ok
	}
	blob := func(flags uint32, texts ...string) []byte {
		b := binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(nil, 0x28), 5), flags)
		for _, s := range texts {
			b = append(binary.LittleEndian.AppendUint32(b, uint32(len(s))), s...)
		}
		return b
	}
	for name, c := range map[string]struct{ got, want []ProxySettingFacts }{
		"environment": {environmentProxies(lookup), []ProxySettingFacts{
			{"http_proxy", "environment", "http://***@proxy.example:8080/"},
			{"HTTPS_PROXY", "environment", "proxy.example:8080"},
			{"all_proxy", "environment", "socks5://127.0.0.1:1080"},
			{"no_proxy", "environment", "localhost,.example"},
		}},
		"GNOME": {gnomeProxies("org.gnome.system.proxy autoconfig-url ''\norg.gnome.system.proxy mode 'manual'\norg.gnome.system.proxy.http host 'proxy.example'\norg.gnome.system.proxy.http port 8080\norg.gnome.system.proxy.ftp host ''\norg.gnome.system.proxy.ftp port 0\norg.gnome.system.proxy.http authentication-password 'secret'\n"), []ProxySettingFacts{
			{"mode", "GNOME", "manual"}, {"http proxy", "GNOME", "proxy.example:8080"},
		}},
		"KDE": {kdeProxies("[Cookies]\nhttpProxy=no\n[Proxy Settings][$i]\nProxyType=1\nhttpProxy=http://anna:secret@proxy.example 3128\nNoProxyFor=localhost\n"), []ProxySettingFacts{
			{"mode", "KDE", "manual"}, {"httpProxy", "KDE", "http://***@proxy.example:3128"}, {"not for", "KDE", "localhost"},
		}},
		"macOS": {scutilProxies("<dictionary> {\n  HTTPEnable : 1\n  HTTPPort : 8080\n  HTTPProxy : proxy.example\n  HTTPSEnable : 0\n  ProxyAutoConfigEnable : 1\n  ProxyAutoConfigURLString : http://pac.example/proxy.pac\n}\n"), []ProxySettingFacts{
			{"http proxy", "macOS", "proxy.example:8080"}, {"autoconfig-url", "macOS", "http://pac.example/proxy.pac"},
		}},
		"services":         {winHTTPProxies(blob(3, "http=proxy.example:8080;https=proxy.example:8443", "<local>")), []ProxySettingFacts{{"ProxyServer", "Windows, services", "http=proxy.example:8080;https=proxy.example:8443"}, {"bypass list", "Windows, services", "<local>"}}},
		"services, none":   {winHTTPProxies(blob(1)), nil},
		"services, broken": {winHTTPProxies(blob(3, "x")[:14]), nil},
	} {
		if d := cmp.Diff(c.want, c.got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	for value, want := range map[string]string{
		"http://a:b@c:1": "http://***@c:1", "a:b@c:1": "***@c:1", "http=a:b@c:1;https=d:2": "http=***@c:1;https=d:2", "http://a:b%zz@@c": "http://***@c", "c:1": "c:1", "": "",
	} {
		if got := withoutCredentials(value); got != want {
			t.Errorf("%q became %q", value, got)
		}
	}
	for value, want := range map[string]string{
		"http://c:1": "c:1", "c:1": "c:1", "http=c:1;https=d:2": "c:1 d:2", "https://c": "c:443", "c": "", "": "",
	} {
		if got := strings.Join(proxyAddresses(ProxySettingFacts{Name: "http_proxy", Value: value}), " "); got != want {
			t.Errorf("%q gave %q", value, got)
		}
	}
}

// TestProxyCollector tries the proxies that are set, and says which endpoint goes through which.
func TestProxyCollector(t *testing.T) {
	for _, name := range []string{"http_proxy", "https_proxy", "all_proxy", "no_proxy", "ftp_proxy"} {
		t.Setenv(name, "")
		t.Setenv(strings.ToUpper(name), "")
	}
	up := rawServer(t, func(net.Conn) {})
	t.Setenv("https_proxy", "http://anna:secret@"+up)
	t.Setenv("no_proxy", "inside.example")
	c := proxies{
		list: []Endpoint{{URL: "https://out.example"}, {URL: "https://inside.example"}, {URL: "tcp://out.example:1"}},
		settings: func(context.Context) []ProxySettingFacts {
			return []ProxySettingFacts{{"http proxy", "GNOME", "127.0.0.1:1"}, {"mode", "GNOME", "none"}}
		},
	}
	s := &memSink{}
	if err := c.Collect(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(s.only(t).String(), "secret") {
		t.Error("a password is there")
	}
	f := factsOf[ProxyFacts](t, c)
	if len(f.Servers) != 2 || f.Servers[0].Address != up || f.Servers[0].Kind != "" || f.Servers[1].Kind != ProblemRefused {
		t.Errorf("%+v", f.Servers)
	}
	want := []ProxyChoiceFacts{{Endpoint: "https://out.example", Proxy: "http://***@" + up}, {Endpoint: "https://inside.example", Proxy: "direct"}}
	if d := cmp.Diff(want, f.Endpoint); d != "" {
		t.Error(d)
	}
}

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

// FuzzEntries holds that no output of a system's log program upsets its reading,
// and that an entry stays one: its further lines are indented.
func FuzzEntries(f *testing.F) {
	f.Add([]byte(events))
	f.Add([]byte(`{"__REALTIME_TIMESTAMP":"1795162441123456","MESSAGE":[1,2]}`))
	f.Add([]byte(`{"timestamp":"2026-11-20 09:14:01.123456+0100","eventMessage":"a\nb"}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		var out bytes.Buffer
		n, err := journalText(bytes.NewReader(in), &out)
		if err != nil || n > 0 && out.Len() == 0 {
			t.Errorf("%d entries, %d bytes, %v", n, out.Len(), err)
		}
		if _, err := unifiedText(bytes.NewReader(in), &out); err != nil {
			t.Error(err)
		}
		text, n, _, _ := eventText(bytes.NewReader(in), 1<<20)
		if n > 0 && entriesIn(text) != n {
			t.Errorf("%d entries became %d lines: %q", n, entriesIn(text), text)
		}
		resolvConf(string(in))
		scutilDNS(string(in))
		netstatRoutes(string(in))
		routes4(string(in))
		routes6(string(in))
		winHTTPProxies(in)
		kdeProxies(string(in))
		hostsLines(string(in), []string{"a"})
	})
}

func TestEnvironment(t *testing.T) {
	dir := t.TempDir()
	e := environment{wanted: []string{"LEDGER_HOME", "PATH", "LEDGER_MODE"}, all: func() []string {
		return []string{"PATH=" + dir + ":" + dir + "/none:" + dir, "PASSWORD=secret", "LEDGER_HOME=/opt/l\xe4dger", "EMPTY=", "=C:=C:\\", "LC_ALL=de_DE.ISO-8859-1", "LANG=de_DE.UTF-8"}
	}}
	s := &memSink{}
	if err := e.Collect(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(s.only(t).String(), "secret") {
		t.Error("a value is there that nobody asked for")
	}
	f := factsOf[EnvironmentFacts](t, e)
	text := func(s string) *string { return &s }
	want := EnvironmentFacts{
		Variables: []VariableFacts{
			{Name: "EMPTY", Empty: true},
			{Name: "LANG"},
			{Name: "LC_ALL"},
			{Name: "LEDGER_HOME", Value: text("/opt/l\uFFFDdger")},
			{Name: "LEDGER_MODE", Unset: true},
			{Name: "PASSWORD"},
			{Name: "PATH", Value: text(dir + ":" + dir + "/none:" + dir)},
		},
		Locale: "de_DE.ISO-8859-1", UTF8: false,
		Path: []PathEntry{{Folder: dir}, {Folder: dir + "/none", Problem: "no such file or directory"}, {Folder: dir}},
	}
	if d := cmp.Diff(want, f); d != "" {
		t.Error(d)
	}
}

// fakeHive is a registry with values by key.
type fakeHive map[string]map[string]any

func (h fakeHive) values(key string) map[string]any { return h[key] }

func (h fakeHive) keys(key string) []string {
	var below []string
	for k := range h {
		if rest, ok := strings.CutPrefix(k, key+`\`); ok && !strings.Contains(rest, `\`) {
			below = append(below, rest)
		}
	}
	return below
}

func TestRegistryKeys(t *testing.T) {
	h := fakeHive{
		`HKLM\SOFTWARE\Ledger`:       {"Version": "1.10", "Servers": []string{"a", "b"}, "Port": uint64(7480), "Blob": []byte{1, 255}},
		`HKLM\SOFTWARE\Ledger\Paths`: {"": "C:\\Ledger"},
		`HKLM\SAM\Domains\Account`:   {"x": "secret"},
	}
	f := factsOf[RegistryFacts](t, registryKeys{keys: []string{`HKLM\SOFTWARE\Ledger`, `HKCU\Software\None`, `HKLM\SAM\Domains`, `HKLM\SOFTWARE`, `HKU\x\y`}, hive: h})
	want := RegistryFacts{Keys: []KeyFacts{
		{Key: `HKLM\SOFTWARE\Ledger`, Values: []ValueFacts{{"Blob", "bytes", "01ff"}, {"Port", "number", "7480"}, {"Servers", "texts", "a, b"}, {"Version", "text", "1.10"}}},
		{Key: `HKLM\SOFTWARE\Ledger\Paths`, Values: []ValueFacts{{"", "text", `C:\Ledger`}}},
		{Key: `HKCU\Software\None`, Problem: "it is not there, or may not be read"},
		{Key: `HKLM\SAM\Domains`, Problem: "the key holds the system's secrets"},
		{Key: `HKLM\SOFTWARE`, Problem: "the key is too general"},
		{Key: `HKU\x\y`, Problem: `a key begins with HKLM\ or HKCU\`},
	}}
	if d := cmp.Diff(want, f); d != "" {
		t.Error(d)
	}
	if err := (registryKeys{}).Collect(t.Context(), &memSink{}); err == nil {
		t.Error("a system without a registry says nothing")
	}
}
