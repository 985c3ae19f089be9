package analyze

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/beistand/beistand/diag/collect"
)

// shape is what a fact may have below it; nil is not known.
type shape struct{ t reflect.Type }

// factKinds are the files of facts, system/<name>.json, as their collectors
// write them: what a rule can ask for.
var factKinds = map[string]any{
	"autostart": collect.AutostartFacts{}, "battery": collect.BatteryFacts{}, "board": collect.BoardFacts{},
	"clock": collect.ClockFacts{}, "desk-way": collect.DeskWayFacts{}, "cpu": collect.ProcessorFacts{}, "crashes": collect.CrashesFacts{},
	"disks": collect.DisksFacts{}, "displays": collect.DisplaysFacts{}, "dns": collect.DNSFacts{},
	"endpoints": collect.EndpointsFacts{}, "environment": collect.EnvironmentFacts{},
	"filesystems": collect.FileSystemsFacts{}, "folders": collect.FoldersFacts{}, "gpu": collect.GPUFacts{}, "host": collect.HostFacts{},
	"jobs": collect.JobsFacts{}, "load": collect.LoadFacts{}, "memory": collect.MemoryFacts{},
	"modules": collect.ModulesFacts{}, "network": collect.NetworkFacts{}, "oom": collect.OOMFacts{},
	"packages": collect.PackagesFacts{}, "path-mtu": collect.PathMTUFacts{}, "pressure": collect.PressureFacts{},
	"processes": collect.ProcessesFacts{}, "products": collect.ProductsFacts{}, "protection": collect.ProtectionFacts{},
	"proxy": collect.ProxyFacts{}, "registry": collect.RegistryFacts{}, "routes": collect.RoutesFacts{},
	"runtimes": collect.RuntimesFacts{}, "sensors": collect.SensorsFacts{}, "services": collect.ServicesFacts{},
	"smart": collect.SmartFacts{}, "sockets": collect.SocketsFacts{}, "updates": collect.UpdatesFacts{},
	"users": collect.UsersFacts{},
}

// shapeOf gives a file of facts by name; command-1 and so on are those of the
// profile's commands.
func shapeOf(name string) *shape {
	if v, known := factKinds[name]; known {
		return &shape{reflect.TypeOf(v)}
	}
	if number, ok := strings.CutPrefix(name, "command-"); ok && strings.Trim(number, "0123456789") == "" {
		return &shape{reflect.TypeFor[collect.CommandFacts]()}
	}
	return nil
}

func shapeNames() string {
	var names []string
	for name := range factKinds {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// below gives the type of which objects are made here.
func (s *shape) below() reflect.Type {
	t := s.t
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t == reflect.TypeFor[time.Time]() {
		return reflect.TypeFor[string]()
	}
	return t
}

// field gives what stands under a key; nil if there is none.
func (s *shape) field(key string) *shape {
	if s == nil {
		return nil
	}
	for name, t := range s.fields() {
		if name == key {
			return &shape{t}
		}
	}
	return nil
}

func (s *shape) fields() map[string]reflect.Type {
	all := map[string]reflect.Type{}
	if t := s.below(); t.Kind() == reflect.Struct {
		for i := range t.NumField() {
			name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
			all[name] = t.Field(i).Type
		}
	}
	return all
}

// names lists what there is below, in words.
func (s *shape) names() string {
	var names []string
	for name := range s.fields() {
		names = append(names, name)
	}
	if len(names) == 0 {
		return "none"
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}
