package files

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
)

// Where is a bucket of an S3-compatible store.
type Where struct {
	Endpoint string // host, or host:port
	Secure   bool   // over TLS; in the clear on this machine only
	Region   string // "" is asked for
	Bucket   string
	Prefix   string // before every key; "" or ending in a slash
	PathOnly bool   // the bucket is in the path, never in the host's name

	AccessKey, SecretKey string
}

// ParseWhere reads s3://BUCKET/PREFIX?endpoint=https://HOST:PORT&region=REGION&style=path.
// Without an endpoint it is Amazon's. Keys never stand in it.
func ParseWhere(s string) (Where, error) {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "s3" || u.Host == "" || u.User != nil || u.Port() != "" || u.Fragment != "" {
		return Where{}, errors.New("a bucket is named like s3://BUCKET/PREFIX?endpoint=https://s3.example.com, without keys")
	}
	w := Where{Endpoint: "s3.amazonaws.com", Secure: true, Bucket: u.Host}
	if w.Prefix = strings.Trim(u.Path, "/"); w.Prefix != "" {
		w.Prefix += "/"
	}
	q, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return Where{}, fmt.Errorf("bucket %q: %w", w.Bucket, err)
	}
	for key, values := range q {
		switch {
		case len(values) != 1:
			return Where{}, fmt.Errorf("bucket %q: %s stands there twice", w.Bucket, key)
		case key == "endpoint":
			e, err := url.Parse(values[0])
			if err != nil || e.Host == "" || e.Scheme != "https" && e.Scheme != "http" || e.User != nil || strings.Trim(e.Path, "/") != "" || e.RawQuery != "" {
				return Where{}, fmt.Errorf("bucket %q: the endpoint %q is not like https://s3.example.com:9000", w.Bucket, values[0])
			}
			if e.Scheme == "http" && !loopback(e.Hostname()) {
				return Where{}, fmt.Errorf("bucket %q: the endpoint %q is in the clear and not on this machine", w.Bucket, values[0])
			}
			w.Endpoint, w.Secure = e.Host, e.Scheme == "https"
		case key == "region":
			w.Region = values[0]
		case key == "style" && values[0] == "path":
			w.PathOnly = true
		default:
			return Where{}, fmt.Errorf("bucket %q: %s=%s is nothing that is known", w.Bucket, key, values[0])
		}
	}
	return w, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
