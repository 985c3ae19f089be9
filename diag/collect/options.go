package collect

import (
	"image"
	"time"
)

// Options is what Standard needs to know. What a field does not name is not
// collected; the zero value gives the machine's own facts and logs.
type Options struct {
	Logs    []Log
	Screens Screens // nil: there are no screens here
	DeskWay DeskWay // nil: there is no desk

	// Since and Until are the window of time that logs are taken of; zero is
	// no limit. The window holds for every log whose lines have times.
	Since, Until time.Time

	Endpoints    []Endpoint // services to reach
	Hosts        []string   // names to resolve
	TimeServers  []string   // NTP servers, host or host:port
	Commands     []Command  // the product's own exports
	Exports      []string   // files, absolute, with *, ?, [] in any element and ** for folders at any depth
	Environment  []string   // variables whose values may be taken; of others the name alone is
	Registry     []string   // Windows keys such as HKLM\SOFTWARE\Example; elsewhere nothing
	Products     []Product
	CrashFolders []string // where the product leaves its crashes
	Files        []string // what the customer added: files, or folders with all that is in them
	Folders      []Folder // of the product and of this program, to see what may be done there

	Window string          // identifier, title, or a part of it, of the one window to take a picture of; "" is every monitor
	Region image.Rectangle // of the desktop, in pixels; empty is all of it
}

// Folder is one whose rights are looked at.
type Folder struct {
	Path string // absolute
	For  string // FolderLogs and so on
}

// Endpoint is a service that the product needs.
type Endpoint struct {
	Name string // as people know it; "" is the address
	URL  string // https://host[:port]/path, http://... or tcp://host:port
}

// Command is a program that the product has for its own export. It is run
// without a shell, with exactly these arguments.
type Command struct {
	Name     string        // as people know it; "" is the program's name
	Path     string        // absolute, or a name that is looked up in the system's own folders
	Args     []string      // passed as they are
	MaxBytes int64         // of the end of its output; 0 is DefaultCommandBytes
	Timeout  time.Duration // 0 is DefaultCommandTime
}

// What a command may cost unless told otherwise.
const (
	DefaultCommandBytes = int64(1) << 20
	DefaultCommandTime  = 20 * time.Second
)

// Product is a program that is supported, and how its version is found.
type Product struct {
	Name           string
	Packages       []string // as dpkg, rpm or Windows' list of programs have it
	VersionFile    string   // absolute; its first line is the version
	VersionCommand []string // program and arguments; the first line that it prints is the version
}
