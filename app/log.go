package app

import (
	"io"
	"regexp"

	"github.com/sirupsen/logrus"
)

// newLog writes structured lines to w.
func newLog(s *Settings, w io.Writer) *logrus.Logger {
	log := logrus.New()
	log.SetOutput(w)
	level, err := logrus.ParseLevel(s.LogLevel)
	if err == nil {
		log.SetLevel(level)
	}
	if s.LogFormat == "json" {
		log.SetFormatter(&logrus.JSONFormatter{})
	} else {
		log.SetFormatter(&logrus.TextFormatter{FullTimestamp: true, DisableColors: true})
	}
	log.AddHook(secretHook{})
	return log
}

// secretHook is the last line of defence: nobody may log a secret, and if
// somebody does, its value does not reach the file. Session codes and anything
// named like a secret are struck out, in fields and in text.
type secretHook struct{}

var (
	secretName = regexp.MustCompile(`(?i)(pass|token|secret|credential|authorization|code)`)
	secretText = regexp.MustCompile(`(?i)\b\d{3}-\d{6}\b|\b(bearer|basic)\s+\S+|\b(token|password|secret|credential)s?["']?\s*[=:]\s*\S+`)
)

func (secretHook) Levels() []logrus.Level { return logrus.AllLevels }

func (secretHook) Fire(e *logrus.Entry) error {
	e.Message = secretText.ReplaceAllString(e.Message, "<secret>")
	for key, value := range e.Data {
		if secretName.MatchString(key) {
			e.Data[key] = "<secret>"
			continue
		}
		switch v := value.(type) {
		case string:
			e.Data[key] = secretText.ReplaceAllString(v, "<secret>")
		case error:
			e.Data[key] = secretText.ReplaceAllString(v.Error(), "<secret>")
		}
	}
	return nil
}
