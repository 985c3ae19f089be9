package collect

import "time"

// limited is a collector that knows its own limit, as all here do.
type limited interface{ Limit() Limit }

// fallback is for collectors that are not in the table.
var fallback = Limit{Time: 15 * time.Second, Size: 16 << 20}

// LimitOf gives what a collector may cost.
func LimitOf(c Collector) Limit {
	if l, ok := c.(limited); ok {
		return l.Limit()
	}
	return fallback
}

// The table of what each may cost. All take less than 0.2 s where nothing is
// wrong, beside the second that processors and processes are watched; the
// times leave room for a machine in trouble, which is when they are needed.
// Facts are some kilobytes, so a megabyte is a fault; only the lists of what
// is installed are longer. Crash reports have their own bound.
func (deskWay) Limit() Limit     { return Limit{30 * time.Second, 1 << 20} }
func (host) Limit() Limit        { return Limit{10 * time.Second, 1 << 20} }
func (processor) Limit() Limit   { return Limit{15 * time.Second, 1 << 20} }
func (memory) Limit() Limit      { return Limit{10 * time.Second, 1 << 20} }
func (pressure) Limit() Limit    { return Limit{5 * time.Second, 1 << 20} }
func (averageLoad) Limit() Limit { return Limit{5 * time.Second, 1 << 20} }
func (processes) Limit() Limit   { return Limit{20 * time.Second, 1 << 20} }
func (users) Limit() Limit       { return Limit{10 * time.Second, 1 << 20} }
func (fileSystems) Limit() Limit { return Limit{10 * time.Second, 1 << 20} }
func (disks) Limit() Limit       { return Limit{10 * time.Second, 1 << 20} }
func (smart) Limit() Limit       { return Limit{20 * time.Second, 1 << 20} }
func (board) Limit() Limit       { return Limit{10 * time.Second, 1 << 20} }
func (gpu) Limit() Limit         { return Limit{10 * time.Second, 1 << 20} }
func (displays) Limit() Limit    { return Limit{10 * time.Second, 1 << 20} }
func (battery) Limit() Limit     { return Limit{10 * time.Second, 1 << 20} }
func (sensors) Limit() Limit     { return Limit{10 * time.Second, 1 << 20} }
func (clock) Limit() Limit       { return Limit{10 * time.Second, 1 << 20} }
func (packages) Limit() Limit    { return Limit{20 * time.Second, 8 << 20} }
func (products) Limit() Limit    { return Limit{20 * time.Second, 1 << 20} }
func (services) Limit() Limit    { return Limit{15 * time.Second, 2 << 20} }
func (autostart) Limit() Limit   { return Limit{10 * time.Second, 1 << 20} }
func (jobs) Limit() Limit        { return Limit{15 * time.Second, 2 << 20} }
func (runtimes) Limit() Limit    { return Limit{15 * time.Second, 1 << 20} }
func (modules) Limit() Limit     { return Limit{10 * time.Second, 2 << 20} }
func (updates) Limit() Limit     { return Limit{20 * time.Second, 2 << 20} }
func (protection) Limit() Limit  { return Limit{15 * time.Second, 1 << 20} }
func (sockets) Limit() Limit     { return Limit{15 * time.Second, 2 << 20} }
func (crashes) Limit() Limit     { return Limit{20 * time.Second, maxReports*maxReport + 2<<20} }
func (oom) Limit() Limit         { return Limit{15 * time.Second, 1 << 20} }
