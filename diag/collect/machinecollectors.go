package collect

// machineCollectors are the machine, its software, its processes and what is
// left of crashes. The two that watch for a second come early, so that the
// others work meanwhile.
func machineCollectors(opts Options) []Collector {
	m := thisMachine()
	all := []Collector{host{m}, processor{m}, processes{}, memory{m}, pressure{m}}
	if hasLoad {
		all = append(all, averageLoad{})
	}
	return append(
		all, newUsers(), newFileSystems(m), disks{m}, smart{m}, board{m}, gpu{m}, battery{m}, sensors{m}, newClock(m, opts.TimeServers),
	)
}
