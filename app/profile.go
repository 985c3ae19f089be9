package app

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/beistand/beistand/app/problem"
	"github.com/beistand/beistand/diag"
)

// load reads the vendor's profile, or gives the built-in one.
func (p profileFile) load() (*diag.Profile, error) {
	if p.Profile == "" {
		return diag.BuiltinProfile(), nil
	}
	trusted, err := p.keys()
	if err != nil {
		return nil, err
	}
	return diag.LoadProfile(p.Profile, trusted...)
}

// known says whether a profile is used without asking.
func known(p *diag.Profile) bool { return p.Signed == diag.Builtin || p.Signed == diag.Trusted }

// accept asks before a profile is used that nobody trusted has signed: it
// says which programs are run and what is taken.
func (p profileFile) accept(e *env, profile *diag.Profile, unsigned bool) error {
	if known(profile) {
		return nil
	}
	if unsigned {
		profile.Use = diag.UseUnasked
		return nil
	}
	what := "is not signed"
	if profile.Signed == diag.Stranger {
		what = "is signed with a key that you have not named: " + diag.PublicKeyText(profile.Signer)
	}
	in, ok := e.in.(*os.File)
	if !ok || !isTerminal(in) {
		return &problem.Usage{Reason: fmt.Sprintf("The profile %s %s; name the vendor's key with --profile-signer, or add --accept-unsigned", p.Profile, what)}
	}
	fmt.Fprintf(e.err, "The profile %s (%s) %s.\nIt decides which programs are run and which files are taken. Use it? [y/N] ", p.Profile, plain(profile.Name), what)
	answer, err := bufio.NewReader(io.LimitReader(e.in, 100)).ReadString('\n')
	if err != nil || !strings.EqualFold(strings.TrimSpace(answer), "y") {
		return &problem.Usage{Reason: fmt.Sprintf("The profile %s was not accepted", p.Profile)}
	}
	profile.Use = diag.UseAll
	return nil
}

// granted is what a window uses of a profile after the person's answer. What
// nobody trusted has signed is used whole only after a yes, or when an option
// has said so in advance.
func granted(p *diag.Profile, yes bool) *diag.Profile {
	if known(p) || p.Use == diag.UseUnasked {
		return p
	}
	if !yes {
		return wordsAlone(p)
	}
	whole := *p
	whole.Use = diag.UseAll
	return &whole
}

// wordsAlone is a profile without all that starts programs, asks the network,
// or takes files and settings. What is left is who helps, for what, and the
// logs, all of which the customer sees before anything is sent.
func wordsAlone(p *diag.Profile) *diag.Profile {
	less := *p
	less.Use = diag.UseWords
	less.Commands, less.Registry, less.Exports, less.CrashFolders = nil, nil, nil, nil
	less.Endpoints, less.Hosts, less.TimeServers, less.Environment = nil, nil, nil, nil
	less.Products = slices.Clone(p.Products)
	for i := range less.Products {
		less.Products[i].VersionCommand, less.Products[i].VersionFile = nil, ""
	}
	return &less
}
