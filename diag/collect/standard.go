package collect

import (
	"fmt"
	"slices"
)

// Standard returns the collectors of every case: the machine and what runs on
// it, its network, its logs, what the profile and the customer name, and the
// screens, in the order in which a person reads them.
func Standard(opts Options) []Collector {
	return slices.Concat(machineCollectors(opts), networkCollectors(opts), logCollectors(opts), namedCollectors(opts), screenCollectors(opts))
}

// machineCollectors are the machine, its software and its processes.
func machineCollectors(Options) []Collector {
	all := []Collector{host{}, processor{}, memory{}, disks{}, processes{}}
	if hasLoad {
		all = append(all, averageLoad{})
	}
	return append(all, newUsers())
}

// networkCollectors are how the machine is connected.
func networkCollectors(Options) []Collector { return []Collector{network{}} }

// logCollectors are the system's log and each named one.
func logCollectors(opts Options) []Collector {
	all := []Collector{newSystemLog()}
	for i, l := range opts.Logs {
		all = append(all, newLogFile(i+1, l))
	}
	return all
}

// namedCollectors are what the profile or the customer names beside logs.
func namedCollectors(Options) []Collector { return nil }

// screenCollectors are the pictures.
func screenCollectors(opts Options) []Collector { return []Collector{screens{opts.Screens}} }

// newLogFile is the collector of the number'th named log.
func newLogFile(number int, l Log) logFile {
	if l.MaxBytes <= 0 {
		l.MaxBytes = DefaultLogBytes
	}
	l.Newest = min(max(l.Newest, 1), maxNewest)
	return logFile{number: number, name: fmt.Sprintf("log-%d", number), log: l}
}
