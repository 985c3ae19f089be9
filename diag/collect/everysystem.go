package collect

import (
	"context"

	"github.com/shirou/gopsutil/v3/process"
)

// everySystem asks for processes in the way that each system has. What a
// system does not tell about other people's processes stays empty.
type everySystem struct{}

func (everySystem) look(ctx context.Context, files bool) (map[int32]taken, error) {
	all, err := process.ProcessesWithContext(ctx)
	if err != nil {
		return nil, err
	}
	found := make(map[int32]taken, len(all))
	for _, p := range all {
		var t taken
		if times, err := p.TimesWithContext(ctx); err == nil {
			t.cpu = times.User + times.System
		}
		if io, err := p.IOCountersWithContext(ctx); err == nil && io != nil {
			t.read, t.written = io.ReadBytes, io.WriteBytes
		}
		if files {
			if m, err := p.MemoryInfoWithContext(ctx); err == nil && m != nil {
				t.memory = m.RSS
			}
			t.threads, _ = p.NumThreadsWithContext(ctx)
		}
		found[p.Pid] = t
	}
	return found, ctx.Err()
}

func (everySystem) describe(ctx context.Context, f *Process) {
	p := &process.Process{Pid: f.PID}
	f.Name, _ = p.NameWithContext(ctx)
	f.Parent, _ = p.PpidWithContext(ctx)
	f.User, _ = p.UsernameWithContext(ctx)
	if ms, err := p.CreateTimeWithContext(ctx); err == nil {
		f.Started = unixTime(ms / 1000)
	}
	if n, err := p.NumFDsWithContext(ctx); err == nil {
		f.Files = new(int(n))
	}
}
