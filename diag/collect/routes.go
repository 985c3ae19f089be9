package collect

import "context"

// routes is where packets go.
type routes struct{ root string } // root is where /proc is; "" is as usual

// RoutesFacts is system/routes.json: the routing table and the gateways in it.
type RoutesFacts struct {
	Routes   []RouteFacts   `json:"routes"`
	Gateways []GatewayFacts `json:"gateways,omitempty"`
	Cut      string         `json:"left_out,omitempty"` // what is missing, in words
}

// RouteFacts is one route.
type RouteFacts struct {
	Destination string `json:"destination"` // "default", or an address with prefix length
	Gateway     string `json:"gateway,omitempty"`
	Interface   string `json:"interface,omitempty"`
	Metric      int    `json:"metric,omitempty"`
}

// GatewayFacts is a router that default routes lead to.
type GatewayFacts struct {
	Address   string `json:"address"`
	Interface string `json:"interface,omitempty"`
	Hardware  string `json:"hardware_address,omitempty"` // "" if it has not answered, or the system does not say
	Answers   *bool  `json:"answers,omitempty"`          // nil: the system does not say
}

func (routes) Name() string  { return "routes" }
func (routes) Title() string { return titleRoutes }

func (r routes) Collect(ctx context.Context, s Sink) error {
	f, err := readRoutes(ctx, r.root)
	if err != nil {
		return err
	}
	return writeFacts(s, "system/routes.json", titleRoutes, f)
}
