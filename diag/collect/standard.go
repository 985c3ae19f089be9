package collect

import "fmt"

// Standard returns the collectors of every case: host, processor, memory,
// disks, network, processes, load, users, the system's log, each named log
// and the screens, in the order in which a person reads them.
func Standard(opts Options) []Collector {
	all := []Collector{host{}, processor{}, memory{}, disks{}, network{}, processes{}}
	if hasLoad {
		all = append(all, averageLoad{})
	}
	all = append(all, newUsers(), newSystemLog())
	for i, l := range opts.Logs {
		all = append(all, newLogFile(i+1, l))
	}
	return append(all, screens{opts.Screens})
}

// newLogFile is the collector of the number'th named log.
func newLogFile(number int, l Log) logFile {
	if l.MaxBytes <= 0 {
		l.MaxBytes = DefaultLogBytes
	}
	l.Newest = min(max(l.Newest, 1), maxNewest)
	return logFile{number: number, name: fmt.Sprintf("log-%d", number), log: l}
}
