package collect

import "context"

// systemProxies asks scutil for the settings in force.
func systemProxies(ctx context.Context) []ProxySettingFacts {
	out, err := run(ctx, 1<<20, "/usr/sbin/scutil", "--proxy")
	if err != nil {
		return nil
	}
	return scutilProxies(string(out.bytes()))
}
