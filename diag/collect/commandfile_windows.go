package collect

import (
	"os"
	"path/filepath"
)

// programFolders are where the system keeps its programs.
func programFolders() []string {
	system := filepath.Join(os.Getenv("SystemRoot"), "System32")
	return []string{system, filepath.Join(system, "wbem"), os.Getenv("SystemRoot")}
}

// withExtension names what is run: a program, never a script.
func withExtension(name string) string {
	if filepath.Ext(name) == "" {
		return name + ".exe"
	}
	return name
}

// openToAll leaves it to the folders, which on Windows are closed unless
// somebody opens them.
func openToAll(string) error { return nil }
