package desk

import (
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store"
)

// What the desk speaks of tus.io 1.0.0.
const (
	tusVersion    = "1.0.0"
	tusExtensions = "creation,checksum,expiration,termination"
	tusAlgorithms = "sha1,sha256"
	patchType     = "application/offset+octet-stream"
	maxMetadata   = 4 << 10 // bytes of Upload-Metadata
)

// tus does what the protocol asks of every request below uploads, before anything else looks at it.
func tus(next http.Handler) http.Handler {
	methods := []string{http.MethodPost, http.MethodHead, http.MethodPatch, http.MethodDelete, http.MethodOptions}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != api.PathUploads && !strings.HasPrefix(r.URL.Path, api.PathUploads+"/") {
			next.ServeHTTP(w, r)
			return
		}
		if m := r.Header.Get("X-HTTP-Method-Override"); m != "" && slices.Contains(methods, m) {
			// A copy: the server itself has to go on knowing the method that was sent.
			r = r.WithContext(r.Context())
			r.Method = m
		}
		if r.Method != http.MethodOptions {
			w.Header().Set("Tus-Resumable", tusVersion)
			if v := r.Header.Get("Tus-Resumable"); v != tusVersion {
				w.Header().Set("Tus-Version", tusVersion)
				_ = reply.JSON(w, http.StatusPreconditionFailed, api.Error{
					Kind: api.KindVersion, Message: "Tus-Resumable has to be " + tusVersion,
				})
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Server) uploadOptions(w http.ResponseWriter, _ *http.Request, _ gate.Caller) error {
	h := w.Header()
	h.Set("Tus-Resumable", tusVersion)
	h.Set("Tus-Version", tusVersion)
	h.Set("Tus-Extension", tusExtensions)
	h.Set("Tus-Max-Size", strconv.FormatInt(api.MaxBundle, 10))
	h.Set("Tus-Checksum-Algorithm", tusAlgorithms)
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// parseMetadata reads Upload-Metadata: pairs with commas in between, a key and,
// behind one space, a value in base64, which may be missing.
func parseMetadata(header string) (map[string]string, error) {
	if len(header) > maxMetadata {
		return nil, reply.BadRequest("Upload-Metadata is longer than %d bytes", maxMetadata)
	}
	all := map[string]string{}
	if strings.TrimSpace(header) == "" {
		return all, nil
	}
	for pair := range strings.SplitSeq(header, ",") {
		key, coded, _ := strings.Cut(strings.Trim(pair, " "), " ")
		if key == "" || strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return nil, reply.BadRequest("Upload-Metadata has a key that is empty or not ASCII")
		}
		if _, twice := all[key]; twice {
			return nil, reply.BadRequest("Upload-Metadata has the key %s twice", key)
		}
		value, err := base64.StdEncoding.Strict().DecodeString(coded)
		if err != nil {
			return nil, reply.BadRequest("Upload-Metadata's %s is not base64", key)
		}
		all[key] = string(value)
	}
	return all, nil
}

// parseChecksum reads Upload-Checksum, "sha1 …" or "sha256 …" in base64; "" is none.
func parseChecksum(header string) (*store.Sum, error) {
	if header == "" {
		return nil, nil
	}
	name, coded, _ := strings.Cut(header, " ")
	var h hash.Hash
	switch name {
	case "sha1":
		h = sha1.New()
	case "sha256":
		h = sha256.New()
	default:
		return nil, reply.BadRequest("Upload-Checksum's algorithm is not one of %s", tusAlgorithms)
	}
	want, err := base64.StdEncoding.DecodeString(coded)
	if err != nil || len(want) != h.Size() {
		return nil, reply.BadRequest("Upload-Checksum's value is not a %s in base64", name)
	}
	return &store.Sum{Hash: h, Want: want}, nil
}

// parseSize reads a length or an offset: digits and nothing else.
func parseSize(name, value string) (int64, error) {
	n, err := strconv.ParseUint(value, 10, 63)
	if err != nil || value[0] == '+' {
		return 0, reply.BadRequest("%s is not a whole number from 0", name)
	}
	return int64(n), nil
}
