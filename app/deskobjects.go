package app

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/beistand/beistand/app/desk/store/files"
)

// objectsURL is a bucket's address; "" is the desk's folder.
type objectsURL struct{ where *files.Where }

// UnmarshalText is part of encoding.TextUnmarshaler.
func (o *objectsURL) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		return nil
	}
	w, err := files.ParseWhere(string(text))
	if err == nil {
		o.where = &w
	}
	return err
}

// MarshalText is part of encoding.TextMarshaler.
func (o objectsURL) MarshalText() ([]byte, error) {
	if o.where == nil {
		return nil, nil
	}
	return []byte("s3://" + o.where.Bucket + "/" + o.where.Prefix), nil
}

// objectsKeys are a bucket's access key and its secret, the two lines of a file.
type objectsKeys struct{ access, secret string }

const maxKeys = 4 << 10 // bytes

// UnmarshalText is part of encoding.TextUnmarshaler; text is the file's path.
func (o *objectsKeys) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		return nil
	}
	f, err := os.Open(string(text))
	if err != nil {
		return err
	}
	content, err := io.ReadAll(io.LimitReader(f, maxKeys))
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	var lines []string
	for s := bufio.NewScanner(bytes.NewReader(content)); s.Scan(); {
		if line := strings.TrimSpace(s.Text()); line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) != 2 {
		return errors.New("it has not two lines: the access key, and below it the secret key")
	}
	o.access, o.secret = lines[0], lines[1]
	return nil
}

// MarshalText is part of encoding.TextMarshaler. The keys are never written anywhere.
func (o objectsKeys) MarshalText() ([]byte, error) {
	if o.access == "" {
		return nil, nil
	}
	return []byte("…"), nil
}

// bucket is where attachments are; nil is the desk's folder.
func (d deskDatabase) bucket() *files.Where {
	if d.Objects.where == nil {
		return nil
	}
	w := *d.Objects.where
	w.AccessKey, w.SecretKey = d.ObjectsKeys.access, d.ObjectsKeys.secret
	return &w
}
