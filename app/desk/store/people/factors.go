package people

import (
	"context"
	"crypto/rand"
	"database/sql"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// TOTP is a member of staff's authenticator.
type TOTP struct {
	Secret  string // base32, sealed; "" is none
	Pending string // likewise: shown, and not confirmed yet
	Step    int64  // the last one that was used
}

// TOTPOf is name's.
func TOTPOf(ctx context.Context, q db.Querier, name string) (TOTP, error) {
	var t TOTP
	err := q.QueryRowContext(ctx, "SELECT totp, totp_new, totp_step FROM staff WHERE name = ?", name).Scan(&t.Secret, &t.Pending, &t.Step)
	return t, db.Named(err)
}

// TOTPs are those of all who have one, by name.
func TOTPs(ctx context.Context, tx *db.Tx) (map[string]TOTP, error) {
	rows, err := tx.QueryContext(ctx, "SELECT name, totp, totp_new, totp_step FROM staff WHERE totp <> '' OR totp_new <> ''")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[string]TOTP{}
	for rows.Next() {
		var name string
		var t TOTP
		if err := rows.Scan(&name, &t.Secret, &t.Pending, &t.Step); err != nil {
			return nil, err
		}
		all[name] = t
	}
	return all, rows.Err()
}

// SetTOTP keeps name's.
func SetTOTP(ctx context.Context, tx *db.Tx, name string, t TOTP) error {
	return db.One(tx.ExecContext(ctx, "UPDATE staff SET totp = ?, totp_new = ?, totp_step = ? WHERE name = ?", t.Secret, t.Pending, t.Step, name))
}

// SetRecovery keeps hashes of codes in place of those there are; none takes them away.
func SetRecovery(ctx context.Context, tx *db.Tx, name string, plain []string) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM recovery_codes WHERE staff = ?", name); err != nil {
		return err
	}
	for _, code := range plain {
		if _, err := tx.ExecContext(ctx, "INSERT INTO recovery_codes (hash, staff) VALUES (?, ?)", Hash(code), name); err != nil {
			return err
		}
	}
	return nil
}

// UseRecovery uses a code up; db.ErrNotFound when it is none of name's.
func UseRecovery(ctx context.Context, tx *db.Tx, name, plain string) error {
	return db.One(tx.ExecContext(ctx, "DELETE FROM recovery_codes WHERE hash = ? AND staff = ?", Hash(plain), name))
}

// Handle is what name's passkeys know them by. It is drawn when it is first asked for.
func Handle(ctx context.Context, tx *db.Tx, name string) ([]byte, error) {
	var handle []byte
	if err := tx.QueryRowContext(ctx, "SELECT handle FROM staff WHERE name = ?", name).Scan(&handle); err != nil {
		return nil, db.Named(err)
	}
	if len(handle) > 0 {
		return handle, nil
	}
	handle = make([]byte, 32)
	rand.Read(handle) // never fails (crypto/rand)
	return handle, db.One(tx.ExecContext(ctx, "UPDATE staff SET handle = ? WHERE name = ?", handle, name))
}

// ByHandle is the name of the one whose passkeys know them by it.
func ByHandle(ctx context.Context, q db.Querier, handle []byte) (name string, err error) {
	if len(handle) == 0 {
		return "", db.ErrNotFound
	}
	err = q.QueryRowContext(ctx, "SELECT name FROM staff WHERE handle = ?", handle).Scan(&name)
	return name, db.Named(err)
}

// Passkeys are name's, the oldest first.
func Passkeys(ctx context.Context, q db.Querier, name string) ([]api.Passkey, error) {
	rows, err := q.QueryContext(ctx, "SELECT id, name, created, used FROM passkeys WHERE staff = ? ORDER BY created, id", name)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []api.Passkey
	for rows.Next() {
		var k api.Passkey
		var created int64
		var used sql.NullInt64
		if err := rows.Scan(&k.ID, &k.Name, &created, &used); err != nil {
			return nil, err
		}
		k.Created, k.Used = db.Moment(created), db.FromNull(used)
		all = append(all, k)
	}
	return all, rows.Err()
}

// PasskeyRecords are what name's passkeys are judged by.
func PasskeyRecords(ctx context.Context, q db.Querier, name string) ([][]byte, error) {
	rows, err := q.QueryContext(ctx, "SELECT record FROM passkeys WHERE staff = ? ORDER BY created, id", name)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all [][]byte
	for rows.Next() {
		var record []byte
		if err := rows.Scan(&record); err != nil {
			return nil, err
		}
		all = append(all, record)
	}
	return all, rows.Err()
}

// AddPasskey keeps a new one; db.ErrExists when it is somebody's already.
func AddPasskey(ctx context.Context, tx *db.Tx, staff string, k api.Passkey, record []byte) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO passkeys (id, staff, name, record, created) VALUES (?, ?, ?, ?, ?)",
		k.ID, staff, k.Name, record, db.Micros(k.Created))
	if db.Unique(err) {
		return db.ErrExists
	}
	return err
}

// UsePasskey keeps what has become of one by being used.
func UsePasskey(ctx context.Context, tx *db.Tx, staff, id string, record []byte, now time.Time) error {
	return db.One(tx.ExecContext(ctx, "UPDATE passkeys SET record = ?, used = ? WHERE id = ? AND staff = ?", record, db.Micros(now), id, staff))
}

// DropPasskey takes one away; with id "" all.
func DropPasskey(ctx context.Context, tx *db.Tx, staff, id string) error {
	if id == "" {
		_, err := tx.ExecContext(ctx, "DELETE FROM passkeys WHERE staff = ?", staff)
		return err
	}
	return db.One(tx.ExecContext(ctx, "DELETE FROM passkeys WHERE id = ? AND staff = ?", id, staff))
}

// ResetFactors takes all second factors away; the password stays.
func ResetFactors(ctx context.Context, tx *db.Tx, name string) error {
	if err := SetTOTP(ctx, tx, name, TOTP{}); err != nil {
		return err
	}
	if err := SetRecovery(ctx, tx, name, nil); err != nil {
		return err
	}
	return DropPasskey(ctx, tx, name, "")
}
