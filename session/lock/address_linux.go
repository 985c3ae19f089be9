package lock

import (
	"net/url"
	"strings"
)

// maxAddress bounds an address, in bytes; a socket's path has 107 at most (unix(7)).
const maxAddress = 4 << 10

// sockets are the sockets that a bus address names, as net.Dial takes them:
// "unix:path=/run/user/1000/bus,guid=…;unix:abstract=…" (D-Bus specification,
// Server Addresses). Other ways than sockets of this machine are passed over:
// some run programs, some leave the machine.
func sockets(address string) (all []string) {
	if len(address) > maxAddress {
		return nil
	}
	for one := range strings.SplitSeq(address, ";") {
		pairs, ok := strings.CutPrefix(one, "unix:")
		if !ok {
			continue
		}
		for pair := range strings.SplitSeq(pairs, ",") {
			key, value, _ := strings.Cut(pair, "=")
			value, err := url.PathUnescape(value)
			if err != nil || value == "" || strings.ContainsRune(value, 0) {
				continue
			}
			switch key {
			case "path":
				if strings.HasPrefix(value, "/") {
					all = append(all, value)
				}
			case "abstract":
				all = append(all, "@"+value)
			}
		}
	}
	return all
}
