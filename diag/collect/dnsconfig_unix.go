//go:build unix && !darwin

package collect

import (
	"context"
	"io"
	"os"
)

const resolvedConf = "/run/systemd/resolve/resolv.conf" // what systemd-resolved asks, systemd-resolved.service(8)

func hostsFile() string { return "/etc/hosts" }

func dnsConfig(context.Context) DNSFacts {
	const path = "/etc/resolv.conf"
	text, err := readSome(path)
	if err != nil {
		return DNSFacts{Source: path, Problem: reason(err).Error()}
	}
	f := resolvConf(text)
	f.Source = path
	if up, err := readSome(resolvedConf); err == nil {
		f.behind(resolvConf(up))
	}
	return f
}

// readSome reads a small file of the system's.
func readSome(path string) (string, error) {
	f, _, err := openLog(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, 1<<20))
	if err != nil {
		return "", &os.PathError{Op: "read", Path: path, Err: err}
	}
	return string(text), nil
}
