package collect

import "fmt"

// networkCollectors are how the machine is connected, and whether what the
// profile needs can be reached.
func networkCollectors(opts Options) []Collector {
	all := []Collector{
		network{}, routes{}, newDNS(opts), proxies{list: opts.Endpoints, settings: systemProxies},
	}
	if opts.DeskWay != nil {
		all = append(all, deskWay{opts.DeskWay})
	}
	if len(opts.Endpoints) > 0 {
		all = append(all, newEndpoints(opts), newPathMTU(opts))
	}
	return append(all, newEnvironment(opts))
}

// logCollectors are the system's log and each named one.
func logCollectors(opts Options) []Collector {
	w := window{opts.Since, opts.Until}
	together := newTurns()
	system := newSystemLog(w)
	system.turns = together
	all := []Collector{system}
	for i, l := range opts.Logs {
		one := newLogFile(i+1, l, w)
		one.turns = together
		all = append(all, one)
	}
	return all
}

// namedCollectors are what the profile or the customer names beside logs.
func namedCollectors(opts Options) []Collector {
	var all []Collector
	for i, c := range opts.Commands {
		all = append(all, newCommand(i+1, c))
	}
	if len(opts.Registry) > 0 {
		all = append(all, registryKeys{keys: opts.Registry, hive: thisHive()})
	}
	if len(opts.Exports) > 0 {
		all = append(all, newExports(opts.Exports))
	}
	if len(opts.Folders) > 0 {
		all = append(all, newFolders(thisMachine(), opts.Folders))
	}
	if len(opts.Files) > 0 {
		all = append(all, newAdded(opts.Files))
	}
	return all
}

// screenCollectors are the pictures.
func screenCollectors(opts Options) []Collector {
	return []Collector{screens{grabber: opts.Screens, window: opts.Window, region: opts.Region}}
}

// newLogFile is the collector of the number'th named log.
func newLogFile(number int, l Log, w window) logFile {
	if l.MaxBytes <= 0 {
		l.MaxBytes = DefaultLogBytes
	}
	l.MaxBytes = min(l.MaxBytes, 1<<40)
	l.Newest = min(max(l.Newest, 1), maxNewest)
	return logFile{number: number, name: fmt.Sprintf("log-%d", number), log: l, window: w, pages: systemPages(), turns: newTurns()}
}
