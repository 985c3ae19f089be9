package collect

import (
	"context"
	"fmt"

	"github.com/shirou/gopsutil/v3/net"
)

// network is the machine's network interfaces.
type network struct{}

type networkFacts struct {
	Interfaces []interfaceFacts `json:"interfaces"`
}

type interfaceFacts struct {
	Name      string        `json:"name"`
	Flags     []string      `json:"flags,omitempty"`
	Addresses []string      `json:"addresses,omitempty"` // with prefix length
	Hardware  string        `json:"hardware_address,omitempty"`
	MTU       int           `json:"mtu,omitempty"`     // bytes
	Traffic   *trafficFacts `json:"traffic,omitempty"` // nil: the system does not say
}

type trafficFacts struct {
	Sent            uint64 `json:"sent_bytes"`
	Received        uint64 `json:"received_bytes"`
	SendErrors      uint64 `json:"send_errors"`
	ReceiveErrors   uint64 `json:"receive_errors"`
	SendDropped     uint64 `json:"send_dropped"`
	ReceivedDropped uint64 `json:"receive_dropped"`
}

func (network) Name() string  { return "network" }
func (network) Title() string { return titleNetwork }

func (network) Collect(ctx context.Context, s Sink) error {
	all, err := net.InterfacesWithContext(ctx)
	if err != nil {
		return fmt.Errorf("list the network interfaces: %w", err)
	}
	traffic := map[string]*trafficFacts{}
	if counters, err := net.IOCountersWithContext(ctx, true); err == nil {
		for _, c := range counters {
			traffic[c.Name] = &trafficFacts{
				Sent: c.BytesSent, Received: c.BytesRecv, SendErrors: c.Errout, ReceiveErrors: c.Errin,
				SendDropped: c.Dropout, ReceivedDropped: c.Dropin,
			}
		}
	}
	f := networkFacts{Interfaces: []interfaceFacts{}}
	for _, i := range all {
		one := interfaceFacts{Name: i.Name, Flags: i.Flags, Hardware: i.HardwareAddr, MTU: i.MTU, Traffic: traffic[i.Name]}
		for _, a := range i.Addrs {
			one.Addresses = append(one.Addresses, a.Addr)
		}
		f.Interfaces = append(f.Interfaces, one)
	}
	return writeFacts(s, "system/network.json", titleNetwork, f)
}
