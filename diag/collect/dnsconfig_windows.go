package collect

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"unsafe"

	"golang.org/x/sys/windows"
)

func hostsFile() string {
	return filepath.Join(os.Getenv("SystemRoot"), "System32", "drivers", "etc", "hosts")
}

// dnsConfig takes the servers of all adapters that are up.
func dnsConfig(context.Context) DNSFacts {
	f := DNSFacts{Source: "network adapters"}
	all, err := adapters()
	if err != nil {
		f.Problem = err.Error()
	}
	for _, a := range all {
		if a.OperStatus != windows.IfOperStatusUp {
			continue
		}
		if suffix := windows.UTF16PtrToString(a.DnsSuffix); suffix != "" && !slices.Contains(f.Search, suffix) {
			f.Search = append(f.Search, suffix)
		}
		for d := a.FirstDnsServerAddress; d != nil; d = d.Next {
			ip, ok := socketAddress(unsafe.Pointer(d.Address.Sockaddr))
			if ip.Is6() && ip.As16()[0] == 0xfe && ip.As16()[1] == 0xc0 {
				continue // what Windows puts where there is none
			}
			if !ok || slices.ContainsFunc(f.Servers, func(s ServerFacts) bool { return s.Address == ip.String() }) {
				continue
			}
			f.Servers = append(f.Servers, ServerFacts{Address: ip.String()})
		}
	}
	return f
}
