package people

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"sync"

	"golang.org/x/crypto/argon2"
)

// cost is argon2id's (RFC 9106); the figures are those of OWASP's password
// storage cheat sheet, the first row: 46 MiB, one pass, one lane.
type cost struct {
	memory  uint32 // KiB
	passes  uint32
	threads uint8
}

var today = cost{memory: 47104, passes: 1, threads: 1}

const (
	saltLen = 16
	keyLen  = 32
)

// nobody is a hash of a password that nobody knows, so that an unknown name costs what a known one does.
var nobody = sync.OnceValue(func() string { return hashPassword(rand.Text()) })

// hashPassword gives a PHC string: $argon2id$v=19$m=…,t=…,p=…$salt$key.
func hashPassword(password string) string {
	salt := make([]byte, saltLen)
	rand.Read(salt) // never fails (crypto/rand)
	key := argon2.IDKey([]byte(password), salt, today.passes, today.memory, today.threads, keyLen)
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, today.memory, today.passes, today.threads, b64(salt), b64(key))
}

var errHash = errors.New("stored password hash is not argon2id as written here")

// checkPassword compares in constant time. The error is about the hash, never the password.
func checkPassword(hash, password string) (bool, error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, errHash
	}
	var version int
	var c cost
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false, errHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.threads); err != nil {
		return false, errHash
	}
	if c.memory > 1<<21 || c.passes == 0 || c.passes > 100 || c.threads == 0 {
		return false, errHash
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	want, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil || len(want) < 16 {
		return false, errHash
	}
	got := argon2.IDKey([]byte(password), salt, c.passes, c.memory, c.threads, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}
