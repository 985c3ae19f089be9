package collect

import "slices"

// Standard returns the collectors of every case: the machine and what runs on
// it, its network, its logs, what the profile and the customer name, and the
// screens, in the order in which a person reads them.
func Standard(opts Options) []Collector {
	return slices.Concat(machineCollectors(opts), networkCollectors(opts), logCollectors(opts), namedCollectors(opts), screenCollectors(opts))
}
