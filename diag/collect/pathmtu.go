package collect

// PathMTUFacts is system/path-mtu.json: how large a packet gets through to each host.
type PathMTUFacts struct {
	Paths []PathFacts `json:"paths"`
}

// PathFacts is the way to one host.
type PathFacts struct {
	Host         string  `json:"host"`
	Address      string  `json:"address,omitempty"`
	Interface    int     `json:"interface_mtu,omitempty"` // bytes, of the interface that the way begins with
	MTU          int     `json:"path_mtu,omitempty"`      // bytes, with IP header; 0 is not known
	How          string  `json:"measured_by,omitempty"`   // "echo": packets of this size came back; "connection": what the system holds for an open connection
	Silent       int     `json:"smallest_lost,omitempty"` // bytes; packets from this size on vanish without a word: a black hole (RFC 2923); 0 if there is none
	Milliseconds float64 `json:"round_trip_milliseconds,omitempty"`
	Kind         string  `json:"problem,omitempty"` // one of the Problem kinds
	Error        string  `json:"error,omitempty"`
}
