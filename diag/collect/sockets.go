package collect

// SocketsFacts is who listens on the network and how many connections there are.
type SocketsFacts struct {
	Listening  []Listener    `json:"listening"`
	States     []SocketState `json:"connections"`                   // by protocol and state
	Tracked    *uint64       `json:"tracked_connections,omitempty"` // by the firewall; nil: it tracks none
	MaxTrack   *uint64       `json:"tracked_connections_limit,omitempty"`
	Overflows  *uint64       `json:"listen_overflows,omitempty"` // connections lost because a program did not accept them in time, since the start
	LocalPorts string        `json:"local_ports,omitempty"`      // "32768 to 60999"
	Notes      []string      `json:"notes,omitempty"`
}

// Listener is an open port.
type Listener struct {
	Address  string `json:"address"`           // "0.0.0.0:22", "[::1]:631"
	Protocol string `json:"protocol"`          // "tcp", "udp"
	Process  string `json:"process,omitempty"` // "" it may not be known to this person
	PID      int    `json:"pid,omitempty"`
	User     string `json:"user,omitempty"`
	Waiting  uint64 `json:"waiting"` // connections not yet accepted, or bytes not yet read
}

// SocketState counts sockets of one kind.
type SocketState struct {
	State string `json:"state"` // "tcp established", "tcp close wait", "udp"
	Count int    `json:"count"`
}
