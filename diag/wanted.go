package diag

import (
	"path/filepath"
	"runtime"
	"slices"

	"github.com/beistand/beistand/diag/collect"
)

// wanted is what the profile and the caller want collected on this machine.
func (o Options) wanted() collect.Options {
	p := o.Profile
	c := collect.Options{
		Logs: o.logs(), Screens: o.Screens, DeskWay: o.DeskWay, Since: o.Since, Until: o.Until, Files: o.Files,
		Window: o.Window, Region: o.Region,
		Hosts: p.Hosts, TimeServers: p.TimeServers, Environment: p.Environment, Registry: p.Registry,
		Exports: places(p.Exports), CrashFolders: places(p.CrashFolders),
	}
	for _, e := range p.Endpoints {
		c.Endpoints = append(c.Endpoints, collect.Endpoint(e))
	}
	c.Folders = o.folders(c)
	for _, one := range p.Commands {
		if here(one.OS) {
			c.Commands = append(c.Commands, collect.Command{
				Name: one.Name, Path: expand(one.Path), Args: one.Args, MaxBytes: one.Bytes, Timeout: one.Timeout,
			})
		}
	}
	for _, one := range p.Products {
		if len(one.Packages) == 0 && one.VersionFile == "" && len(one.VersionCommand) == 0 {
			continue // a name alone says nothing of a machine
		}
		wanted := collect.Product{Name: one.Name, Packages: one.Packages}
		if one.VersionFile != "" {
			wanted.VersionFile = expand(one.VersionFile)
		}
		if len(one.VersionCommand) > 0 {
			wanted.VersionCommand = append([]string{expand(one.VersionCommand[0])}, one.VersionCommand[1:]...)
		}
		c.Products = append(c.Products, wanted)
	}
	return c
}

// collectors are those that run, in the order in which they do.
func (o Options) collectors() []collect.Collector {
	all := collect.Standard(o.wanted())
	if len(o.Only) == 0 {
		return all
	}
	return slices.DeleteFunc(all, func(c collect.Collector) bool { return !slices.Contains(o.Only, c.Name()) })
}

// logs are the logs to take: the profile's, then those named beside it.
func (o Options) logs() []collect.Log {
	var all []collect.Log
	seen := map[string]bool{}
	add := func(l collect.Log) {
		if !seen[l.Path] {
			seen[l.Path] = true
			all = append(all, l)
		}
	}
	for _, l := range o.Profile.Logs {
		if here(l.OS) {
			add(collect.Log{Path: expand(l.Path), MaxBytes: l.Bytes, Newest: l.Newest})
		}
	}
	for _, path := range o.LogFiles {
		if abs, err := filepath.Abs(path); err == nil {
			path = abs
		}
		add(collect.Log{Path: path})
	}
	return all
}

func places(all []Place) []string {
	var paths []string
	for _, p := range all {
		if here(p.OS) {
			paths = append(paths, expand(p.Path))
		}
	}
	return paths
}

// here says whether a list of systems has this one; an empty list has all.
func here(systems []string) bool {
	name := runtime.GOOS
	if name == "darwin" {
		name = "macos"
	}
	return len(systems) == 0 || slices.Contains(systems, name)
}
