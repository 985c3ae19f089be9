//go:build !headless

package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/shirou/gopsutil/v3/cpu"
	"github.com/shirou/gopsutil/v3/disk"
	"github.com/shirou/gopsutil/v3/mem"
	gonet "github.com/shirou/gopsutil/v3/net"

	"github.com/beistand/beistand/diag/facts"
)

// vitals tell how the machine does, in lines of a name and figures. Rates are
// those since the sample before.
type vitals struct {
	tell func(text string) // told what leaves

	at          time.Time
	disk, net   uint64 // bytes, read and written
	diskI, netI uint64 // bytes in
}

var errNoFigures = errors.New("the machine gives no figures")

// Sample is part of session.Vitals.
func (v *vitals) Sample(ctx context.Context) (string, error) {
	var b strings.Builder
	if load, err := cpu.PercentWithContext(ctx, 0, false); err == nil && len(load) > 0 {
		fmt.Fprintf(&b, "Processor: %.0f %%\n", load[0])
	}
	if m, err := mem.VirtualMemoryWithContext(ctx); err == nil && m.Total > 0 {
		fmt.Fprintf(&b, "Memory: %s of %s, %.0f %%\n", facts.Size(int64(m.Used)), facts.Size(int64(m.Total)), m.UsedPercent)
	}
	if d, err := disk.UsageWithContext(ctx, systemDisk()); err == nil && d.Total > 0 {
		fmt.Fprintf(&b, "System disk: %s of %s, %.0f %%\n", facts.Size(int64(d.Used)), facts.Size(int64(d.Total)), d.UsedPercent)
	}
	now := time.Now()
	span := now.Sub(v.at).Seconds()
	if v.at.IsZero() || span <= 0 {
		span = 0
	}
	v.at = now
	var in, out uint64
	if all, err := disk.IOCountersWithContext(ctx); err == nil {
		for name, d := range all {
			if wholeDisk(name) {
				in, out = in+d.ReadBytes, out+d.WriteBytes
			}
		}
		rates(&b, "Disks", "read", "written", span, since(v.diskI, in), since(v.disk, out))
		v.diskI, v.disk = in, out
	}
	if all, err := gonet.IOCountersWithContext(ctx, false); err == nil && len(all) > 0 {
		rates(&b, "Network", "in", "out", span, since(v.netI, all[0].BytesRecv), since(v.net, all[0].BytesSent))
		v.netI, v.net = all[0].BytesRecv, all[0].BytesSent
	}
	if b.Len() == 0 {
		return "", errNoFigures
	}
	text := b.String()
	v.tell(text)
	return text, nil
}

// since is how much a counter has grown; one that was begun anew, or is of
// fewer devices than before, counts as still.
func since(before, now uint64) uint64 { return max(before, now) - before }

// rates writes two rates, unless there is no sample before.
func rates(b *strings.Builder, name, one, other string, span float64, in, out uint64) {
	if span > 0 {
		fmt.Fprintf(b, "%s: %s/s %s, %s/s %s\n", name, facts.Size(int64(float64(in)/span)), one, facts.Size(int64(float64(out)/span)), other)
	}
}
