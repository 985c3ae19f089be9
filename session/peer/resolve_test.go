package peer

import "testing"

func TestResolve(t *testing.T) {
	n := filteredNet{sockets: newSockets()}
	for address, want := range map[string]string{
		"127.0.0.1:3478": "127.0.0.1:3478", "localhost:53": "127.0.0.1:53", "[::1]:9": "[::1]:9",
		"127.0.0.1": "", "127.0.0.1:70000": "", "name.invalid:1": "",
	} {
		got, err := n.ResolveUDPAddr("udp", address)
		if (err == nil) != (want != "") || err == nil && got.String() != want {
			t.Errorf("%s is %v, %v, want %q", address, got, err, want)
		}
	}
	n.sockets.cut()
	if _, err := n.ResolveUDPAddr("udp", "localhost:53"); err == nil {
		t.Error("a name was looked up after the end")
	}
}
