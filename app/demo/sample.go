package demo

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/beistand/beistand/diag"
)

// What the case is about: a product, its log, and the line in it that tells why.
const (
	profileName = "nordlicht.yaml"
	logName     = "archive.log"
	product     = "Nordlicht Archive 12.3"
	logFault    = "E1042 index is locked by another process"
	logLines    = 400
	logRetries  = 240 // of one error at the log's end, which is a finding
	logRetry    = "cannot open index, attempt"

	// What must not leave the customer's machine: the program finds the
	// password, the customer hides the word.
	logPassword = "Kirschkuchen-77"
	logWord     = "Seerose"
	logSecret   = "archive opened, password=" + logPassword
	logPrivate  = "project Seerose is open"
)

const profile = `name: Nordlicht Support
phone: "+49 40 1234 567"
products:
  - name: Nordlicht Archive 12.3
  - name: Nordlicht Scan 4.1
environment: [LANG]
`

// writeSample writes the product's log and the vendor's profile with more rules, and gives the
// key that the profile is signed with.
func writeSample(folder, rules string) (signer string, err error) {
	var b strings.Builder
	at := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	for n := range logLines {
		at = at.Add(time.Duration(700+n%13*40) * time.Millisecond)
		level, text := "INFO", fmt.Sprintf("document %05d stored in %d ms", 31000+n, 12+n%29)
		switch {
		case n%97 == 50:
			level, text = "WARN", fmt.Sprintf("search for %q took %d ms", "invoice 2025", 1800+n)
		case n == 3:
			text = logSecret
		case n == 5:
			text = logPrivate
		case n == 333:
			level, text = "ERROR", logFault
		}
		fmt.Fprintf(&b, "%s %-5s %s\n", at.Format("2006-01-02 15:04:05.000"), level, text)
	}
	for n := range logRetries {
		at = at.Add(1500 * time.Millisecond)
		fmt.Fprintf(&b, "%s ERROR %s %d\n", at.Format("2006-01-02 15:04:05.000"), logRetry, n+1)
	}
	for name, text := range map[string]string{profileName: profile + rules, logName: b.String()} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			return "", fmt.Errorf("write the case's files: %w", err)
		}
	}
	keyPath := filepath.Join(folder, "vendor.key")
	key, err := diag.NewKey(keyPath)
	if err != nil {
		return "", err
	}
	_, err = diag.SignProfile(filepath.Join(folder, profileName), keyPath)
	return diag.PublicKeyText(key), err
}
