package diag

import "slices"

// Wishes is what a profile would do on this machine, each thing as it would
// be started, read or asked for: what a person has to know before saying yes.
type Wishes struct {
	Programs  [][]string // program and arguments
	Files     []string   // files and folders
	Registry  []string
	Variables []string // of the environment, whose values would be taken
	Addresses []string // services, names and time servers that would be asked
	Logs      []string
}

// Wishes gives what would be done for the profile. It is drawn from what a
// run is given, so that nothing is done that is not here.
func (p *Profile) Wishes() Wishes {
	c := Options{Profile: p}.wanted()
	w := Wishes{
		Files: slices.Concat(c.Exports, c.CrashFolders), Registry: c.Registry,
		Variables: c.Environment, Addresses: slices.Concat(c.Hosts, c.TimeServers),
	}
	for _, one := range c.Commands {
		w.Programs = append(w.Programs, append([]string{one.Path}, one.Args...))
	}
	for _, one := range c.Products {
		if len(one.VersionCommand) > 0 {
			w.Programs = append(w.Programs, one.VersionCommand)
		}
		if one.VersionFile != "" {
			w.Files = append(w.Files, one.VersionFile)
		}
	}
	for _, one := range c.Endpoints {
		w.Addresses = append(w.Addresses, one.URL)
	}
	for _, one := range c.Logs {
		w.Logs = append(w.Logs, one.Path)
	}
	return w
}

// Beyond says whether there is more than logs.
func (w Wishes) Beyond() bool {
	return len(w.Programs)+len(w.Files)+len(w.Registry)+len(w.Variables)+len(w.Addresses) > 0
}

// Use is how much of a profile is used that nobody whom the person has named
// has signed, and who has decided that. The bundle's manifest says it.
type Use string

// The answers.
const (
	UseAll     Use = "all"            // the person was asked and said yes
	UseWords   Use = "words and logs" // it starts, asks and takes nothing else
	UseUnasked Use = "all, not asked" // an option said yes in advance
)
