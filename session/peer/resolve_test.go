package peer

import (
	"fmt"
	"strings"
	"testing"
)

func TestResolve(t *testing.T) {
	n := filteredNet{servers: &servers{}, sockets: newSockets()}
	hide := func(url string) string {
		t.Helper()
		kept := n.servers.usable([]string{url})
		if len(kept) != 1 {
			t.Fatalf("%s: kept %v", url, kept)
		}
		_, address, _ := strings.Cut(kept[0], ":")
		address, _, _ = strings.Cut(address, "?")
		return address
	}
	for url, want := range map[string]string{
		"turn:127.0.0.1:3478": "127.0.0.1:3478", "stun:localhost:53": "127.0.0.1:53", "turn:[::1]:9": "[::1]:9",
		"stun:name.invalid:1": "", "turn:name.invalid:1?transport=tcp": "192.0.2.1:1", // the stream knows where it leads
	} {
		got, err := n.ResolveUDPAddr("udp4", hide(url))
		if (err == nil) != (want != "") || err == nil && got.String() != want {
			t.Errorf("%s is %v, %v, want %q", url, got, err, want)
		}
	}
	for _, address := range []string{"localhost:53", "127.0.0.1", "99.server.invalid:53", "-1.server.invalid:53", ":53"} {
		if got, err := n.ResolveUDPAddr("udp4", address); err == nil {
			t.Errorf("%q was looked up, and is %v", address, got)
		}
	}
	last := hide("stun:localhost:53")
	n.sockets.cut()
	if _, err := n.ResolveUDPAddr("udp4", last); err == nil {
		t.Error("a name was looked up after the end")
	}
}

// A desk that names many servers has this machine ask some of them.
func TestManyServers(t *testing.T) {
	known := &servers{}
	kept := 0
	for i := range 2 * maxServers {
		kept += len(known.usable([]string{fmt.Sprintf("stun:192.0.2.%d:3478", i), fmt.Sprintf("turn:192.0.2.%d:3478", i)}))
	}
	if kept != maxServers || len(known.list) != maxServers {
		t.Errorf("%d are asked, %d are known, want %d", kept, len(known.list), maxServers)
	}
}
