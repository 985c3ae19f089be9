package app

import (
	"fmt"
	"net/netip"
	"path/filepath"
	"time"

	"github.com/beistand/beistand/app/desk"
	"github.com/beistand/beistand/app/desk/acme"
	"github.com/beistand/beistand/app/desk/people/openid"
	"github.com/beistand/beistand/app/problem"
)

// deskCommands run the server and look after its people.
type deskCommands struct {
	Serve deskServe     `cmd:"" default:"withargs" help:"Run the desk until it is stopped."`
	Staff staffCommands `cmd:"" help:"Look after the desk's staff, here on its machine."`

	Mail mailCommands `cmd:"" help:"Take mails from the mail server of this machine."`

	Handbook handbookCommands `cmd:"" help:"Look after the products' handbooks."`
	Search   searchCommands   `cmd:"" help:"Look after what everything is found by."`

	Backup  deskBackup  `cmd:"" help:"Write all that the desk keeps into one file."`
	Restore deskRestore `cmd:"" help:"Make a desk of a backup."`

	Retention retentionCommand `cmd:"" help:"Delete what is kept long enough, by rule."`
}

// Help is part of kong.HelpProvider.
func (deskCommands) Help() string {
	return "\"beistand desk\" alone serves; \"beistand desk serve --help\" lists its settings: address, certificate, organisation, relay."
}

// deskSettings are the server's own.
type deskSettings struct {
	deskDatabase
	deskRetention

	ScanCommand []string      `env:"BEISTAND_SCAN_COMMAND" help:"Program that looks at each attachment before it is given out, and its arguments, with commas between: it reads the content, and ends with 0 for clean, 1 for found; all else is quarantine, too." placeholder:"PROGRAM,ARG"`
	ScanLimit   time.Duration `env:"BEISTAND_SCAN_LIMIT" help:"How long it may take for one." default:"10m" placeholder:"DURATION"`

	Listen        string   `env:"BEISTAND_LISTEN" help:"Address to listen on." default:"127.0.0.1:7480" placeholder:"HOST:PORT"`
	TLSCert       string   `env:"BEISTAND_TLS_CERT" help:"Certificate chain, PEM." placeholder:"FILE"`
	TLSKey        string   `env:"BEISTAND_TLS_KEY" help:"Private key, PEM." placeholder:"FILE"`
	ACME          []string `name:"acme" env:"BEISTAND_ACME" help:"Name that a certificate is got for by ACME, such as support.example.com, instead of from files; it has to lead here by port 443. The terms of the ACME server are accepted. May be given more than once." placeholder:"NAME"`
	ACMEEmail     string   `name:"acme-email" env:"BEISTAND_ACME_EMAIL" help:"Mail address that the ACME server may write to." placeholder:"ADDRESS"`
	ACMEDirectory string   `name:"acme-directory" env:"BEISTAND_ACME_DIRECTORY" help:"The ACME server's directory; empty is Let's Encrypt." placeholder:"URL"`
	ACMECA        string   `name:"acme-ca" env:"BEISTAND_ACME_CA" help:"Certificate that an ACME server of your own is trusted by, PEM." placeholder:"FILE" type:"path"`
	BehindProxy   bool     `env:"BEISTAND_BEHIND_PROXY" help:"A proxy before the desk speaks TLS; plain HTTP is then allowed on any address."`
	Organisation  string   `env:"BEISTAND_ORGANISATION" help:"Whose desk this is; customers see it." default:"Support" placeholder:"NAME"`
	RelayListen   string   `env:"BEISTAND_RELAY_LISTEN" help:"Address of the relay for shared screens, UDP and TCP; empty means none." default:"127.0.0.1:0" placeholder:"HOST:PORT"`
	RelayPublicIP []string `name:"relay-public-ip" env:"BEISTAND_RELAY_PUBLIC_IP" help:"The relay's address as seen from outside; an IPv4 and an IPv6 one, if it has both." placeholder:"IP"`
	RelayAllow    []string `env:"BEISTAND_RELAY_ALLOW" help:"Networks that the relay may reach although they are private or loopback." placeholder:"CIDR"`
	HookAllow     []string `env:"BEISTAND_HOOK_ALLOW" help:"Networks that webhooks may be sent to although they are private or loopback, and without TLS." placeholder:"CIDR"`
	RelayRate     byteSize `env:"BEISTAND_RELAY_RATE" help:"Bytes a second that one session may send through the relay." default:"2MB" placeholder:"SIZE"`

	URL            string `env:"BEISTAND_URL" help:"Address that people reach the desk by; links, passkeys and the OpenID provider need it." placeholder:"https://desk.example.com"`
	OIDCIssuer     string `name:"oidc-issuer" env:"BEISTAND_OIDC_ISSUER" help:"OpenID provider that staff may sign in at." placeholder:"URL"`
	OIDCClient     string `name:"oidc-client" env:"BEISTAND_OIDC_CLIENT" help:"What the provider calls this desk." placeholder:"ID"`
	OIDCSecretFile string `name:"oidc-secret-file" env:"BEISTAND_OIDC_SECRET_FILE" help:"File whose first line is the secret shared with it." placeholder:"FILE" type:"path"`
	OIDCRoles      string `name:"oidc-roles" env:"BEISTAND_OIDC_ROLES" help:"Claim that a person's roles come from, such as realm_access.roles; without it administrators give them." placeholder:"CLAIM"`
	OIDCName       string `name:"oidc-name" env:"BEISTAND_OIDC_NAME" help:"What the button for it says." placeholder:"NAME"`

	TURNURL        []string `name:"turn-url" env:"BEISTAND_TURN_URL" help:"Another relay, such as coturn: turn:relay.example.com:3478?transport=udp. May be given more than once." placeholder:"URL"`
	TURNSecretFile string   `name:"turn-secret-file" env:"BEISTAND_TURN_SECRET_FILE" help:"File whose first line is the secret shared with it; coturn calls it static-auth-secret." placeholder:"FILE" type:"path"`
}

type deskServe struct {
	deskSettings
	mailSettings
	profileFile
}

func (d *deskServe) Run(e *env) error {
	p, err := placesFor(e.settings.Data)
	if err != nil {
		return err
	}
	if err := p.make(); err != nil {
		return err
	}
	allow, err := networks("--relay-allow", d.RelayAllow)
	if err != nil {
		return err
	}
	hooksTo, err := networks("--hook-allow", d.HookAllow)
	if err != nil {
		return err
	}
	var public, public6 netip.Addr
	for _, s := range d.RelayPublicIP {
		a, err := netip.ParseAddr(s)
		to := &public
		if a = a.Unmap(); a.Is6() {
			to = &public6
		}
		if err != nil || a.Zone() != "" || to.IsValid() {
			return &problem.Usage{Reason: fmt.Sprintf("The address %q in --relay-public-ip is not like 203.0.113.7, or the second of its kind", s)}
		}
		*to = a
	}
	certificates := acme.Config{Names: d.ACME, Email: d.ACMEEmail, Directory: d.ACMEDirectory, CA: d.ACMECA}
	if len(d.ACME) > 0 && (d.TLSCert != "" || d.TLSKey != "") {
		return &problem.Usage{Reason: "A certificate comes from --tls-cert and --tls-key or by --acme, not both"}
	}
	if err := certificates.Check(); err != nil {
		return &problem.Usage{Reason: "--acme: " + err.Error()}
	}
	secret := ""
	if d.TURNSecretFile != "" {
		if secret, err = firstLine(e, d.TURNSecretFile); err != nil {
			return err
		}
	}
	if (secret == "") != (len(d.TURNURL) == 0) {
		return &problem.Usage{Reason: "Another relay needs both --turn-url and --turn-secret-file"}
	}
	provider := openid.Config{Issuer: d.OIDCIssuer, Client: d.OIDCClient, Roles: d.OIDCRoles, Name: d.OIDCName}
	if d.OIDCSecretFile != "" {
		if provider.Secret, err = firstLine(e, d.OIDCSecretFile); err != nil {
			return err
		}
	}
	mails, err := d.mailSettings.load(e)
	if err != nil {
		return err
	}
	profile, err := d.profileFile.load()
	if err != nil {
		return err
	}
	log := newLog(e.settings, e.err)
	waiting()
	server, err := desk.New(desk.Config{
		Dir: deskFolder(p), Database: string(d.Database), Bucket: d.bucket(), Listen: d.Listen, TLSCert: d.TLSCert, TLSKey: d.TLSKey, ACME: certificates,
		BehindProxy: d.BehindProxy, Organisation: d.Organisation, Version: e.version,
		RelayListen: d.RelayListen, RelayPublicIP: public, RelayPublicIP6: public6, RelayAllow: allow, HookAllow: hooksTo,
		RelayRate: int64(d.RelayRate), TURNURLs: d.TURNURL, TURNSecret: secret,
		Templates: templates(profile), Routing: routing(profile), Language: e.language,
		URL: d.URL, OIDC: provider, Mail: mails,
		Scan: d.ScanCommand, ScanLimit: d.ScanLimit, Retention: d.Retention,
		Log: log,
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "listening on %s\n", server.URL())
	return server.Serve(e.ctx)
}

// deskFolder is where the desk keeps its database and files.
func deskFolder(p places) string { return filepath.Join(p.data, "desk") }

// networks reads a flag's networks.
func networks(flag string, texts []string) ([]netip.Prefix, error) {
	all := make([]netip.Prefix, 0, len(texts))
	for _, s := range texts {
		p, err := netip.ParsePrefix(s)
		if err != nil {
			return nil, &problem.Usage{Reason: fmt.Sprintf("The network %q in %s is not like 10.0.0.0/8", s, flag)}
		}
		all = append(all, p)
	}
	return all, nil
}
