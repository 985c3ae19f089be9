package collect

// machineCollectors are the machine, its software, its processes and what is
// left of crashes. The two that watch for a second come early, so that the
// others work meanwhile.
func machineCollectors(opts Options) []Collector {
	m := thisMachine()
	all := []Collector{host{m}, processor{m}, newProcesses(m), memory{m}, pressure{m}}
	if hasLoad {
		all = append(all, averageLoad{})
	}
	all = append(
		all, newUsers(), newFileSystems(m), disks{m}, smart{m}, board{m}, gpu{m}, newDisplays(m), battery{m}, sensors{m},
		newClock(m, opts.TimeServers), packages{m},
	)
	if len(opts.Products) > 0 {
		all = append(all, products{m, opts.Products})
	}
	return append(
		all, services{m}, autostart{m}, jobs{m}, runtimes{m}, modules{m}, updates{m}, protection{m}, sockets{m},
		crashes{m, opts.CrashFolders}, oom{m},
	)
}
