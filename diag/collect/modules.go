package collect

// ModulesFacts is what is loaded into the kernel.
type ModulesFacts struct {
	Count   int            `json:"count"`
	Tainted []string       `json:"tainted,omitempty"` // why the kernel's makers would not look at its faults, in words
	Modules []KernelModule `json:"modules"`
	DKMS    []string       `json:"built_here,omitempty"` // "nvidia 550.1 for 6.1.0-21-amd64: installed"
	Notes   []string       `json:"notes,omitempty"`
}

// KernelModule is a module or driver.
type KernelModule struct {
	Name    string `json:"name"`
	Title   string `json:"title,omitempty"`
	Version string `json:"version,omitempty"`
	State   string `json:"state,omitempty"` // "" is loaded; else "loading", "running", "stopped"
	Start   string `json:"start,omitempty"` // of Windows drivers: "boot", "system", "automatic", "manual", "disabled"
	Size    uint64 `json:"size_bytes,omitempty"`
	Uses    int    `json:"uses,omitempty"`
	Taints  string `json:"taints,omitempty"` // the kernel's letters: "OE"
	Path    string `json:"path,omitempty"`
}
