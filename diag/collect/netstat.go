//go:build !windows

package collect

import (
	"fmt"
	"slices"
	"strings"
)

// maxNetstatRoutes is how many routes are told.
const maxNetstatRoutes = 500

// netstatRoutes reads what netstat -rn prints on macOS and the BSDs: a table
// a family, whose heading names the columns.
func netstatRoutes(text string) RoutesFacts {
	f := RoutesFacts{Routes: []RouteFacts{}}
	name := -1 // the column of the interface, from 0
	left := 0
	for line := range strings.Lines(text) {
		v := strings.Fields(line)
		if len(v) > 3 && v[0] == "Destination" {
			if name = slices.Index(v, "Netif"); name < 0 {
				name = slices.Index(v, "Interface")
			}
			continue
		}
		if name < 0 || len(v) <= name {
			continue
		}
		if !strings.Contains(v[2], "U") || strings.HasPrefix(v[0], "ff") { // not up, or multicast
			continue
		}
		if len(f.Routes) == maxNetstatRoutes {
			left++
			continue
		}
		r := RouteFacts{Destination: v[0], Interface: v[name]}
		// A gateway that is no router stands as link#4 or a hardware address.
		if strings.Contains(v[2], "G") {
			r.Gateway = v[1]
		}
		if r.Destination == "default" && r.Gateway != "" {
			f.Gateways = append(f.Gateways, GatewayFacts{Address: r.Gateway, Interface: r.Interface})
		}
		f.Routes = append(f.Routes, r)
	}
	if left > 0 {
		f.Cut = fmt.Sprintf("%d more routes", left)
	}
	return f
}
