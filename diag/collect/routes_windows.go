package collect

import (
	"context"
	"fmt"
	"net/netip"
	"unsafe"

	"golang.org/x/sys/windows"
)

// maxRoutes is how many routes are told.
const maxRoutes = 500

// readRoutes asks GetIpForwardTable2 (netioapi.h).
func readRoutes(_ context.Context, _ string) (RoutesFacts, error) {
	f := RoutesFacts{Routes: []RouteFacts{}}
	var table *windows.MibIpForwardTable2
	if err := windows.GetIpForwardTable2(windows.AF_UNSPEC, &table); err != nil {
		return f, fmt.Errorf("read the routes: %w", err)
	}
	defer windows.FreeMibTable(unsafe.Pointer(table))
	names := map[uint32]string{}
	if adapters, err := adapters(); err == nil {
		for _, a := range adapters {
			names[a.IfIndex] = windows.UTF16PtrToString(a.FriendlyName)
		}
	}
	for _, row := range table.Rows() {
		to, ok := socketAddress(unsafe.Pointer(&row.DestinationPrefix.Prefix))
		via, ok2 := socketAddress(unsafe.Pointer(&row.NextHop))
		if !ok || !ok2 || row.Loopback != 0 || to.IsMulticast() {
			continue
		}
		if len(f.Routes) == maxRoutes {
			f.Cut = fmt.Sprintf("all beyond the first %d routes", maxRoutes)
			break
		}
		r := RouteFacts{Destination: netip.PrefixFrom(to, int(row.DestinationPrefix.PrefixLength)).String(), Interface: names[row.InterfaceIndex], Metric: int(row.Metric)}
		if row.DestinationPrefix.PrefixLength == 0 {
			r.Destination = "default"
		}
		if !via.IsUnspecified() {
			r.Gateway = via.String()
		}
		if r.Destination == "default" && r.Gateway != "" {
			f.Gateways = append(f.Gateways, GatewayFacts{Address: r.Gateway, Interface: r.Interface})
		}
		f.Routes = append(f.Routes, r)
	}
	return f, nil
}

// socketAddress reads a SOCKADDR_INET (ws2ipdef.h): family, port, address.
func socketAddress(p unsafe.Pointer) (netip.Addr, bool) {
	switch (*windows.RawSockaddrAny)(p).Addr.Family {
	case windows.AF_INET:
		return netip.AddrFrom4((*windows.RawSockaddrInet4)(p).Addr), true
	case windows.AF_INET6:
		return netip.AddrFrom16((*windows.RawSockaddrInet6)(p).Addr), true
	}
	return netip.Addr{}, false
}

// adapters lists the network adapters (GetAdaptersAddresses, iphlpapi.h).
func adapters() ([]*windows.IpAdapterAddresses, error) {
	size := uint32(15 << 10) // what its documentation says to begin with
	for range 4 {            // adapters can come while they are listed
		buf := make([]byte, size)
		first := (*windows.IpAdapterAddresses)(unsafe.Pointer(&buf[0]))
		err := windows.GetAdaptersAddresses(windows.AF_UNSPEC, windows.GAA_FLAG_SKIP_ANYCAST|windows.GAA_FLAG_SKIP_MULTICAST|windows.GAA_FLAG_INCLUDE_GATEWAYS, 0, first, &size)
		if err == nil {
			var all []*windows.IpAdapterAddresses
			for a := first; a != nil; a = a.Next {
				all = append(all, a)
			}
			return all, nil
		}
		if err != windows.ERROR_BUFFER_OVERFLOW {
			return nil, fmt.Errorf("list the network adapters: %w", err)
		}
	}
	return nil, fmt.Errorf("list the network adapters: %w", windows.ERROR_BUFFER_OVERFLOW)
}
