package collect

import (
	"bytes"
	"testing"

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
