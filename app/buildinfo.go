package app

import (
	"runtime"
	"runtime/debug"
)

type build struct {
	Version  string `json:"version"`
	Go       string `json:"go"`
	System   string `json:"system"` // operating system and architecture
	Revision string `json:"revision,omitempty"`
	Windows  bool   `json:"windows"` // false for a headless build
}

func buildInfo(version string) build {
	b := build{
		Version: version, Go: runtime.Version(),
		System: runtime.GOOS + "/" + runtime.GOARCH, Windows: hasWindows,
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				b.Revision = s.Value
			}
		}
	}
	return b
}
