package app

import (
	"fmt"
	"net/netip"
	"path/filepath"

	"github.com/beistand/beistand/app/desk"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/problem"
)

// deskCommands run the server and look after its people.
type deskCommands struct {
	Serve deskServe     `cmd:"" default:"withargs" help:"Run the desk until it is stopped."`
	Staff staffCommands `cmd:"" help:"Look after the desk's staff, here on its machine."`
}

// Help is part of kong.HelpProvider.
func (deskCommands) Help() string {
	return "\"beistand desk\" alone serves; \"beistand desk serve --help\" lists its settings: address, certificate, organisation, relay."
}

type staffCommands struct {
	Add staffAdd `cmd:"" help:"Make a member of staff."`
}

// deskSettings are the server's own.
type deskSettings struct {
	deskDatabase

	Listen        string   `env:"BEISTAND_LISTEN" help:"Address to listen on." default:"127.0.0.1:7480" placeholder:"HOST:PORT"`
	TLSCert       string   `env:"BEISTAND_TLS_CERT" help:"Certificate chain, PEM." placeholder:"FILE"`
	TLSKey        string   `env:"BEISTAND_TLS_KEY" help:"Private key, PEM." placeholder:"FILE"`
	BehindProxy   bool     `env:"BEISTAND_BEHIND_PROXY" help:"A proxy before the desk speaks TLS; plain HTTP is then allowed on any address."`
	Organisation  string   `env:"BEISTAND_ORGANISATION" help:"Whose desk this is; customers see it." default:"Support" placeholder:"NAME"`
	RelayListen   string   `env:"BEISTAND_RELAY_LISTEN" help:"Address of the relay for shared screens, UDP and TCP; empty means none." default:"127.0.0.1:0" placeholder:"HOST:PORT"`
	RelayPublicIP []string `name:"relay-public-ip" env:"BEISTAND_RELAY_PUBLIC_IP" help:"The relay's address as seen from outside; an IPv4 and an IPv6 one, if it has both." placeholder:"IP"`
	RelayAllow    []string `env:"BEISTAND_RELAY_ALLOW" help:"Networks that the relay may reach although they are private or loopback." placeholder:"CIDR"`
	RelayRate     byteSize `env:"BEISTAND_RELAY_RATE" help:"Bytes a second that one session may send through the relay." default:"2MB" placeholder:"SIZE"`

	TURNURL        []string `name:"turn-url" env:"BEISTAND_TURN_URL" help:"Another relay, such as coturn: turn:relay.example.com:3478?transport=udp. May be given more than once." placeholder:"URL"`
	TURNSecretFile string   `name:"turn-secret-file" env:"BEISTAND_TURN_SECRET_FILE" help:"File whose first line is the secret shared with it; coturn calls it static-auth-secret." placeholder:"FILE" type:"path"`
}

type deskServe struct {
	deskSettings
}

func (d *deskServe) Run(e *env) error {
	p, err := placesFor(e.settings.Data)
	if err != nil {
		return err
	}
	if err := p.make(); err != nil {
		return err
	}
	allow := make([]netip.Prefix, 0, len(d.RelayAllow))
	for _, s := range d.RelayAllow {
		prefix, err := netip.ParsePrefix(s)
		if err != nil {
			return &problem.Usage{Reason: fmt.Sprintf("The network %q in --relay-allow is not like 10.0.0.0/8", s)}
		}
		allow = append(allow, prefix)
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
	secret := ""
	if d.TURNSecretFile != "" {
		if secret, err = firstLine(e, d.TURNSecretFile); err != nil {
			return err
		}
	}
	if (secret == "") != (len(d.TURNURL) == 0) {
		return &problem.Usage{Reason: "Another relay needs both --turn-url and --turn-secret-file"}
	}
	log := newLog(e.settings, e.err)
	waiting()
	server, err := desk.New(desk.Config{
		Dir: deskFolder(p), Database: string(d.Database), Listen: d.Listen, TLSCert: d.TLSCert, TLSKey: d.TLSKey,
		BehindProxy: d.BehindProxy, Organisation: d.Organisation, Version: e.version,
		RelayListen: d.RelayListen, RelayPublicIP: public, RelayPublicIP6: public6, RelayAllow: allow,
		RelayRate: int64(d.RelayRate), TURNURLs: d.TURNURL, TURNSecret: secret,
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

type staffAdd struct {
	deskDatabase

	Name        string `arg:"" help:"Name to sign in with."`
	DisplayName string `help:"Name that customers see; default is the same." placeholder:"NAME"`
	Role        string `help:"supporter or administrator." default:"supporter" enum:"supporter,administrator"`
}

func (s *staffAdd) Help() string {
	return "Reads the password as one line from standard input. There is no setup page: whoever may run this command on the desk's machine is trusted."
}

func (s *staffAdd) Run(e *env) error {
	p, err := placesFor(e.settings.Data)
	if err != nil {
		return err
	}
	if err := p.make(); err != nil {
		return err
	}
	password, err := firstLine(e, "-")
	if err != nil {
		return err
	}
	if len([]rune(password)) < 8 {
		return &problem.Usage{Reason: "A password needs at least 8 characters, given as one line on standard input"}
	}
	db, err := store.Open(e.ctx, deskFolder(p), s.options())
	if err != nil {
		return err
	}
	defer db.Close()
	display := s.DisplayName
	if display == "" {
		display = s.Name
	}
	if err := db.AddStaff(e.ctx, s.Name, display, store.Role(s.Role), password); err != nil {
		return fmt.Errorf("make staff %s: %w", s.Name, err)
	}
	_, err = fmt.Fprintf(e.out, "%s can now sign in.\n", s.Name)
	return err
}
