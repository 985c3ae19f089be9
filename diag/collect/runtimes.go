package collect

// RuntimesFacts is what other programs need to run: Java, .NET, Python and so on.
type RuntimesFacts struct {
	Runtimes []Runtime `json:"runtimes"`
}

// Runtime is one version of one.
type Runtime struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Vendor  string `json:"vendor,omitempty"`
	Path    string `json:"path,omitempty"`
	Default bool   `json:"default"` // the one that runs if none is named
}
