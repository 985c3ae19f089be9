package collect

import "time"

// What the network's, the logs' and the profile's own collectors may cost.
// The network's times are for a machine that is cut off, where every question
// waits for its own end; each collector gives up its parts before.
func (network) Limit() Limit   { return Limit{10 * time.Second, 1 << 20} }
func (routes) Limit() Limit    { return Limit{10 * time.Second, 1 << 20} }
func (systemLog) Limit() Limit { return Limit{30 * time.Second, 6*systemLogBytes + 1<<20} }
func (folders) Limit() Limit   { return Limit{10 * time.Second, 1 << 20} }
func (screens) Limit() Limit   { return Limit{20 * time.Second, 128 << 20} }

// A log's bytes can become three times as many when those that are no UTF-8 are replaced.
func (l logFile) Limit() Limit {
	return Limit{30 * time.Second, int64(l.log.Newest)*3*l.log.MaxBytes + 1<<20}
}
