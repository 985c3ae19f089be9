package redact

// addressRules find addresses of machines on networks.
var addressRules = []*Rule{
	{
		Name: "ipv4", Kind: Net, shapes: []shape{{class: digits, min: 1, max: 3, next: ".", notPrev: "."}}, find: findIPv4,
		Why:   "An address tells where a machine stands; its network is replaced, its last part stays.",
		Goes:  []string{"accepted connection from ‹10.1.2›.3 on eth0", "dial tcp ‹192.168.7›.44:8443: i/o timeout", "route add ‹10.20.30›.0/24 via gw", `{"client":"‹81.130.140›.150"}`, "SRC=‹172.16.5›.9 DST=‹172.16.5›.1", "inet addr:‹10.0.0›.8", "[‹10.1.1›.1]"},
		Stays: []string{"os build version 10.0.19045.3448", "listening on 127.0.0.1:8080", "0.0.0.0:80", "mask 255.255.255.0", "chrome version 120.0.44.210 started", "libfoo.so.1.2.3.4", "v1.2.3.4", "section 1.2.3.4.5", "1.2.3.4-5ubuntu6", "1.2.3.400", "firmware 1.20.30.40", "driver 31.0.15.3623", "file-1.2.3.4.tar", "alsa-topology-conf (1.2.5.1-2)", "Upgrade V8 to 5.6.222.9", "Fixes since 1.8.0.5"},
	},
	{
		Name: "ipv4-dashed", Kind: Net, shapes: []shape{{class: digits, min: 1, max: 3, next: "-", prev: "-"}}, find: findDashedIPv4,
		Why:   "An address in the name of a machine.",
		Goes:  []string{"node ip-‹10-1-2›-3 joined", "ec2-‹54-130-140›-150.compute.amazonaws.com"},
		Stays: []string{"build 10-1-2-3", "2026-11-22-01", "uuid 12-34-56-78-90", "ip-10-1-2"},
	},
	{
		Name: "ipv6", Kind: IP, shapes: []shape{{class: anyClass, min: 1, max: 4, next: ":", notPrev: "."}}, find: findIPv6,
		Why:   "An address tells where a machine stands.",
		Goes:  []string{"neighbour ‹2001:db8:1:2:3:4:5:6› is reachable", "bound to ‹2001:db8:1234::5678›", "listen [‹2a02:8109::1›]:443", "router ‹fe80::1a2b:3c4d:5e6f:7a8b›%wlan0 lost", "‹2001:db8::›/32", "src=‹fd00::1:2›,dst=x", "peer ‹2003:de:71c::53›: lost"},
		Stays: []string{"listening on [::1]:8080", "at nsabcd::Cache::evict()", "at 12:30:45.123", "[::]:80", "std::abc::def", "face::add(", "00:11:22:33", "a::b", "ff02::1 joined", "dead::beef"},
	},
	{
		Name: "mac", Kind: MAC, shapes: []shape{{class: anyClass, min: 2, max: 2, next: ":", notPrev: ":."}, {class: anyClass, min: 2, max: 2, next: "-", notPrev: "-"}, {class: anyClass, min: 4, max: 4, next: ".", notPrev: "."}, {class: numbered, min: 4, max: 4, next: "-", notPrev: "-"}}, find: findMAC,
		Why:   "A network card's number is the same wherever the machine goes.",
		Goes:  []string{"DHCPACK to ‹3c:07:54:aa:bb:cc› via br0", "Physical Address . . . : ‹3C-07-54-AA-BB-CC›", "mac-address-table ‹3c07.54aa.bbcc› dynamic", "ether ‹3c:7:54:a:bb:cc› x", "eui ‹3c:07:54:ff:fe:aa:bb:cc›", "IN=eth0 OUT= MAC=‹3c:52:46:c1:7b:42:3c:52:53:ca:25:5a:08:00› SRC=", "DUID ‹00:01:00:01:2b:3c:4d:5e:a4:bb:ab:0d:c6:15›"},
		Stays: []string{"crc bytes ab:cd:ef:01", "fingerprint 00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff", "ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00", "2026-11-22-10-20-30", "01:00:5e:00:00:fb multicast", "1234.5678.9012.3456"},
	},
	{
		Name: "ipv6-reverse", Kind: IP, ends: []string{"ip6"}, find: findReverseIPv6,
		Why:   "An address backwards, as name servers are asked for it.",
		Goes:  []string{"query: ‹f.9.4.a.8.1.c.7.9.3.f.a.0.6.3.1.9.7.b.6.f.f.c.8.8.b.d.0.1.0.0.2›.ip6.arpa"},
		Stays: []string{"ip6.arpa", "a.b.ip6.arpa"},
	},
	{
		Name: "mac-path", Kind: MAC, shapes: []shape{{class: numbered, min: 17, max: 24}, {class: numbered, min: 15, max: 15}}, find: findJoinedMAC,
		Why:   "A network card's number in the name of a device.",
		Goes:  []string{"/org/bluez/hci0/dev_‹00_50_19_82_BA_78›", "renamed from eth0 to enx‹005092a6e569›"},
		Stays: []string{"dev_00_50_19_82_BA", "encoding123456789"},
	},
	{
		Name: "mac-key", Kind: MAC, Form: Code, least: 12,
		Why:   "A network card's number is the same wherever the machine goes.",
		Keys:  []string{"mac", "mac address", "macaddr", "hwaddr", "bssid", "lladdr", "mac adresse", "hardware address", "physical address"},
		Goes:  []string{"mac=‹3c0754aabbcc›"},
		Stays: []string{"mac: unknown", "mac=<mac-12>"},
	},
}
