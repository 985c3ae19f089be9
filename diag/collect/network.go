package collect

import (
	"context"
	"fmt"

	"github.com/shirou/gopsutil/v3/net"
)

// network is the machine's network interfaces.
type network struct{ root string } // root is where /sys and /proc are; "" is as usual

// NetworkFacts is system/network.json: the machine's network interfaces.
type NetworkFacts struct {
	Interfaces []InterfaceFacts `json:"interfaces"`
}

// InterfaceFacts is one network interface.
type InterfaceFacts struct {
	Name      string        `json:"name"`
	Flags     []string      `json:"flags,omitempty"`     // "up", "loopback", ...
	Addresses []string      `json:"addresses,omitempty"` // with prefix length
	Hardware  string        `json:"hardware_address,omitempty"`
	MTU       int           `json:"mtu,omitempty"`     // bytes
	Link      *LinkFacts    `json:"link,omitempty"`    // nil: the system does not say
	Traffic   *TrafficFacts `json:"traffic,omitempty"` // nil: the system does not say
}

// LinkFacts is the cable or radio behind an interface.
type LinkFacts struct {
	Carrier   bool     `json:"carrier"` // something is at the other end
	Speed     int      `json:"speed_megabits,omitempty"`
	Duplex    string   `json:"duplex,omitempty"`          // "full" or "half"
	SignalDBM *float64 `json:"signal_dbm,omitempty"`      // radio alone; -50 is good, -80 is bad
	Changes   int      `json:"carrier_changes,omitempty"` // how often the carrier came or went since the system started
}

// TrafficFacts is what went through an interface since the system started, in bytes and packets.
type TrafficFacts struct {
	Sent            uint64 `json:"sent_bytes"`
	Received        uint64 `json:"received_bytes"`
	SentPackets     uint64 `json:"sent_packets"`
	ReceivedPackets uint64 `json:"received_packets"`
	SendErrors      uint64 `json:"send_errors"`
	ReceiveErrors   uint64 `json:"receive_errors"`
	SendDropped     uint64 `json:"send_dropped"`
	ReceivedDropped uint64 `json:"receive_dropped"`
}

func (network) Name() string  { return "network" }
func (network) Title() string { return titleNetwork }

func (n network) Collect(ctx context.Context, s Sink) error {
	all, err := net.InterfacesWithContext(ctx)
	if err != nil {
		return fmt.Errorf("list the network interfaces: %w", err)
	}
	traffic := map[string]*TrafficFacts{}
	if counters, err := net.IOCountersWithContext(ctx, true); err == nil {
		for _, c := range counters {
			traffic[c.Name] = &TrafficFacts{
				Sent: c.BytesSent, Received: c.BytesRecv, SentPackets: c.PacketsSent, ReceivedPackets: c.PacketsRecv,
				SendErrors: c.Errout, ReceiveErrors: c.Errin, SendDropped: c.Dropout, ReceivedDropped: c.Dropin,
			}
		}
	}
	f := NetworkFacts{Interfaces: []InterfaceFacts{}}
	for _, i := range all {
		one := InterfaceFacts{
			Name: i.Name, Flags: i.Flags, Hardware: i.HardwareAddr, MTU: i.MTU,
			Link: linkOf(n.root, i.Name), Traffic: traffic[i.Name],
		}
		for _, a := range i.Addrs {
			one.Addresses = append(one.Addresses, a.Addr)
		}
		f.Interfaces = append(f.Interfaces, one)
	}
	return writeFacts(s, "system/network.json", titleNetwork, f)
}
