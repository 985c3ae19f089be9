package collect

import "slices"

// Standard returns the collectors of every case: the machine and what runs on
// it, its network, its logs, what the profile and the customer name, and the
// screens, in the order in which a person reads them.
func Standard(opts Options) []Collector {
	return slices.Concat(machineCollectors(opts), networkCollectors(opts), logCollectors(opts), namedCollectors(opts), screenCollectors(opts))
}

// Everything is one collector of each kind that there is on any system, for
// their names and titles; they are not for collecting.
func Everything() []Collector {
	all := Standard(Options{
		Logs: []Log{{}}, Commands: []Command{{}}, Endpoints: []Endpoint{{}}, Registry: []string{""}, Exports: []string{""},
		Products: []Product{{}}, Folders: []Folder{{}}, Files: []string{""}, DeskWay: noWay{},
	})
	if !hasLoad {
		all = append(all, averageLoad{})
	}
	return all
}

// noWay is a DeskWay for who does not collect.
type noWay struct{ DeskWay }
