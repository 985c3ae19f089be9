package app

// commands is the table of everything that can be typed; kong reads it.
type commands struct {
	Settings
	Windows `embed:""`

	Desk    deskCommands    `cmd:"" help:"Run the ticket desk, or look after its staff."`
	Collect collectCommand  `cmd:"" help:"Collect diagnostics into one bundle, without a window."`
	Redact  redactCommand   `cmd:"" help:"Replace secrets and names in logs and bundles."`
	Reveal  revealCommand   `cmd:"" help:"Show what one pseudonym stands for, on this machine only."`
	Bundle  bundleCommands  `cmd:"" help:"Look into a bundle: list, cat, verify, extract, findings."`
	Vendor  profileCommands `cmd:"" name:"profile" help:"Check, sign and make keys for support profiles."`
	Ticket  ticketCommands  `cmd:"" help:"File, list, show and fetch tickets."`
	Session sessionCommands `cmd:"" help:"Check and fetch records of sessions."`
	Doctor  doctorCommand   `cmd:"" help:"Check from here what would work: the desk, the ways to connect, the screen."`
	Config  configCommand   `cmd:"" help:"Print the configuration that holds, and where each part comes from."`
	Version versionCommand  `cmd:"" help:"Print the version."`
}

// Settings hold for every command. Strength: flag, then environment, then file.
type Settings struct {
	ConfigFile string `name:"config" env:"BEISTAND_CONFIG" help:"Configuration file." placeholder:"FILE"`
	Data       string `env:"BEISTAND_DATA" help:"Folder for data and state; default is the system's own places." placeholder:"DIR"`
	Language   string `env:"BEISTAND_LANGUAGE" help:"en, de or nl; default is the system's." placeholder:"CODE"`
	LogLevel   string `env:"BEISTAND_LOG_LEVEL" help:"error, warning, info or debug." default:"info" enum:"error,warning,info,debug"`
	LogFormat  string `env:"BEISTAND_LOG_FORMAT" help:"text or json." default:"text" enum:"text,json"`
}

// deskAddress is shared by everything that speaks to a desk.
type deskAddress struct {
	DeskURL string `name:"desk" env:"BEISTAND_DESK" help:"The support desk's address." placeholder:"URL"`
}

// profileFile is shared by everything that collects.
type profileFile struct {
	profileTrust

	Profile string `env:"BEISTAND_PROFILE" help:"The vendor's support profile." placeholder:"FILE"`
}
