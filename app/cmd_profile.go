package app

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/beistand/beistand/app/problem"
	"github.com/beistand/beistand/diag"
)

// profileCommands are for the vendor who makes a support profile.
type profileCommands struct {
	Check profileCheck `cmd:"" help:"Check a support profile, and say who has signed it."`
	Sign  profileSign  `cmd:"" help:"Sign a support profile; its last line becomes the signature."`
	Key   profileKey   `cmd:"" help:"Make a key for signing profiles; prints its public part."`
}

type profileCheck struct {
	profileTrust

	File string `arg:"" help:"The profile." placeholder:"FILE" type:"path"`
	JSON bool   `name:"json" help:"Print JSON."`
}

// checkedProfile is the JSON answer.
type checkedProfile struct {
	Name      string `json:"name"`
	Signed    string `json:"signed"` // no, by somebody, by somebody trusted
	Signer    string `json:"signer,omitempty"`
	Products  int    `json:"products"`
	Logs      int    `json:"logs"`
	Commands  int    `json:"commands"`
	Exports   int    `json:"exports"`
	Endpoints int    `json:"endpoints"`
	Checks    int    `json:"checks"`
}

func (c *profileCheck) Run(e *env) error {
	trusted, err := c.keys()
	if err != nil {
		return err
	}
	p, err := diag.LoadProfile(c.File, trusted...)
	if err != nil {
		return err
	}
	if _, err := profileRules(p, c.File); err != nil {
		return err
	}
	a := checkedProfile{
		Name: p.Name, Signed: "no", Products: len(p.Products), Logs: len(p.Logs), Commands: len(p.Commands),
		Exports: len(p.Exports), Endpoints: len(p.Endpoints), Checks: len(p.Checks),
	}
	if p.Signer != nil {
		a.Signed, a.Signer = "by somebody", diag.PublicKeyText(p.Signer)
	}
	if p.Signed == diag.Trusted {
		a.Signed = "by somebody trusted"
	}
	if c.JSON {
		return writeJSON(e.out, a)
	}
	fmt.Fprintf(e.out, "%s: good. Products: %d, logs: %d, commands: %d, exports: %d, endpoints: %d, checks: %d.\n",
		plain(a.Name), a.Products, a.Logs, a.Commands, a.Exports, a.Endpoints, a.Checks)
	fmt.Fprintf(e.out, "Signed: %s %s\n", a.Signed, a.Signer)
	return nil
}

type profileSign struct {
	File string `arg:"" help:"The profile; it is replaced." placeholder:"FILE" type:"path"`
	Key  string `required:"" help:"The private key's file, made by \"profile key\"." placeholder:"FILE" type:"path"`
}

func (s *profileSign) Run(e *env) error {
	// A profile whose signature has become wrong is what signing again is for.
	if p, err := diag.LoadProfile(s.File); err == nil {
		if _, err := profileRules(p, s.File); err != nil {
			return err
		}
	}
	key, err := diag.SignProfile(s.File, s.Key)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "Signed with %s\n", diag.PublicKeyText(key))
	return nil
}

type profileKey struct {
	File string `arg:"" help:"Where the private key goes, readable by you alone." placeholder:"FILE" type:"path"`
}

func (k *profileKey) Run(e *env) error {
	key, err := diag.NewKey(k.File)
	if errors.Is(err, fs.ErrExist) {
		return &problem.Usage{Reason: fmt.Sprintf("There is a file %s already, and a key is never written over, since profiles may be signed with it; choose another name", k.File)}
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(e.out, diag.PublicKeyText(key))
	return nil
}

// profileTrust is whose profiles are taken without asking.
type profileTrust struct {
	ProfileSigner []string `env:"BEISTAND_PROFILE_SIGNER" help:"Public key of a vendor whose signed profiles are taken without asking; may be given more than once." placeholder:"KEY"`
}

func (t *profileTrust) keys() ([]diag.PublicKey, error) {
	var all []diag.PublicKey
	for _, text := range t.ProfileSigner {
		key, err := diag.ParsePublicKey(text)
		if err != nil {
			return nil, &problem.Usage{Reason: capital(err.Error())}
		}
		all = append(all, key)
	}
	return all, nil
}
