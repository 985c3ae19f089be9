package collect

import "context"

func hostsFile() string { return "/etc/hosts" }

func dnsConfig(ctx context.Context) DNSFacts {
	out, err := run(ctx, 1<<20, "/usr/sbin/scutil", "--dns")
	if err != nil {
		return DNSFacts{Source: "scutil --dns", Problem: err.Error()}
	}
	return scutilDNS(string(out.bytes()))
}
