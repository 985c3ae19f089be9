package collect

import (
	"fmt"

	"golang.org/x/sys/windows"
)

const foldNames = true

// localeOf gives the code page of programs without Unicode; 65001 is UTF-8.
func localeOf(map[string]string) (locale string, utf8 bool, codePage string) {
	page := windows.GetACP()
	return "", page == 65001, fmt.Sprintf("windows-%d", page)
}
