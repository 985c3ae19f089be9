package app

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func TestNoSecretReachesTheLog(t *testing.T) {
	for _, format := range []string{"text", "json"} {
		var out bytes.Buffer
		log := newLog(&Settings{LogLevel: "debug", LogFormat: format}, &out)
		log.WithField("password", "hunter2").WithError(errors.New("token=hunter2 refused")).Info("the code is 123-456789")
		log.WithField("header", "Authorization: Bearer hunter2").Warn("password: hunter2")
		log.Printf("secret=%s", "hunter2")
		if got := out.String(); strings.Contains(got, "hunter2") || strings.Contains(got, "456789") {
			t.Errorf("%s: a secret is in the log: %s", format, got)
		}
		if !strings.Contains(out.String(), "secret") {
			t.Errorf("%s: nothing was written: %s", format, &out)
		}
	}
}
