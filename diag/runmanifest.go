package diag

import (
	"os"
	"runtime"
	"time"

	"github.com/beistand/beistand/diag/bundle"
)

// manifest is what is known before anything is collected.
func (o Options) manifest(now time.Time, by *Redactor) bundle.Manifest {
	host, err := os.Hostname()
	if err != nil {
		host = "" // the bundle is as good without
	}
	m := bundle.Manifest{
		Redaction: &bundle.Redaction{},
		Tool:      o.Tool, Created: now.UTC().Truncate(time.Second), Host: by.host(host),
		OS: runtime.GOOS, Arch: runtime.GOARCH, Profile: o.Profile.Name,
		Unsigned: o.Profile.Signed == Unsigned || o.Profile.Signed == Stranger,
	}
	if o.Profile.Signer != nil {
		m.Signer = PublicKeyText(o.Profile.Signer)
	}
	if m.Unsigned {
		m.Use = string(o.Profile.Use)
	}
	return m
}
