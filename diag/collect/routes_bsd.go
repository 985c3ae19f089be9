//go:build !linux && !windows

package collect

import "context"

// readRoutes has netstat print the table, as its form is the same on every BSD.
func readRoutes(ctx context.Context, _ string) (RoutesFacts, error) {
	out, err := run(ctx, 1<<20, "/usr/sbin/netstat", "-rn")
	if err != nil {
		return RoutesFacts{}, err
	}
	return netstatRoutes(string(out.bytes())), nil
}
