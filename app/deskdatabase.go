package app

import (
	"net/url"

	"github.com/beistand/beistand/app/desk/store"
)

// deskDatabase says where the desk keeps what it knows; every command that
// works on the desk's own machine has it.
type deskDatabase struct {
	Database databaseURL `env:"BEISTAND_DATABASE" help:"PostgreSQL database, shared by several desks: postgres://beistand@db.example.com/beistand. Its password is best kept in PGPASSFILE. Empty means a file beside the desk's own." placeholder:"URL"`

	Objects     objectsURL  `env:"BEISTAND_OBJECTS" help:"S3-compatible bucket that attachments are kept in: s3://BUCKET/PREFIX?endpoint=https://s3.example.com; region=REGION and style=path may follow. Empty means the desk's folder." placeholder:"URL"`
	ObjectsKeys objectsKeys `name:"objects-key-file" env:"BEISTAND_OBJECTS_KEY_FILE" help:"File with the bucket's access key and, on its second line, the secret key." placeholder:"FILE"`
}

func (d deskDatabase) options() store.Options {
	return store.Options{Database: string(d.Database), Bucket: d.bucket()}
}

// databaseURL is a database's URL, which is printed without its password.
type databaseURL string

func (d databaseURL) String() string {
	if d == "" {
		return ""
	}
	u, err := url.Parse(string(d))
	if err != nil {
		return "postgres://…"
	}
	q := u.Query()
	if q.Has("password") {
		q.Set("password", "xxxxx")
		u.RawQuery = q.Encode()
	}
	return u.Redacted()
}

// MarshalText is part of encoding.TextMarshaler.
func (d databaseURL) MarshalText() ([]byte, error) { return []byte(d.String()), nil }
