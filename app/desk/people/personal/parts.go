// Package personal gives out what the desk has of a person, and erases it.
package personal

import "strings"

// What becomes of a part.
const (
	erased  = "erased"  // what says something of the person goes, the row stays
	deleted = "deleted" // the rows go
	stays   = "kept"
)

// part is one kind of data: the rows of a table that concern a person. In its
// SQL {t} are the numbers of the person's tickets, and "?" is the person.
type part struct {
	table, where string
	fate         string
	set          string // what erasing sets; "?" here is the reason
	why          string // for what is kept
	size         string // a column with bytes
}

// theirs are a customer's tickets: with their address, or as their contact.
const theirs = `(SELECT number FROM tickets WHERE lower(contact) = lower(?) OR person IN (SELECT id FROM contacts WHERE mail = lower(?)))`

const onTheirs = "ticket IN {t}"

// ofCustomer are a customer's parts, in the order of erasing: what the others are found by comes last.
var ofCustomer = []part{
	{
		table: "entries", where: "ticket IN {t} OR lower(author) = lower(?) OR lower(sender) = lower(?)", fate: erased,
		set: `gone = ?, body = '', name = '', sender = '', recipients = '', subject = '', files = '', wants = '', changes = '', uid = NULL, filed = NULL,
			author = CASE WHEN author LIKE '%@%' THEN '' ELSE author END`,
	},
	{table: "reveals", where: onTheirs, fate: deleted},
	{table: "records", where: "session IN (SELECT id FROM sessions WHERE ticket IN {t})", fate: deleted},
	{table: "sessions", where: onTheirs, fate: erased, set: "reason = ''"},
	{table: "files", where: onTheirs, fate: deleted, size: "size"},
	{table: "bundles", where: onTheirs, fate: deleted, size: "size"},
	{table: "uploads", where: onTheirs, fate: erased, set: "name = '', metadata = '', expires = 1", size: "size"}, // the sweep takes what is over
	{table: "sightings", where: onTheirs, fate: deleted},
	{
		table: "mails", where: "ticket IN {t} OR address = lower(?)", fate: erased,
		set: "address = '', name = '', subject = '', quoted = '', signature = '', remarks = '', content = '', problem = '', message_id = '', next = NULL",
	},
	{table: "mail_parties", where: "ticket IN {t} OR address = lower(?)", fate: deleted},
	{table: "deliveries", where: onTheirs, fate: deleted},
	{table: "alarms", where: onTheirs, fate: deleted},
	{table: "told_texts", where: onTheirs, fate: deleted},
	{table: "ticket_links", where: onTheirs, fate: deleted},
	{table: "tokens", where: onTheirs, fate: deleted},
	{table: "articles", where: "ticket IN {t} AND state = 'draft'", fate: deleted},
	{table: "articles", where: "ticket IN {t} AND state <> 'draft'", fate: stays, why: "an editor has made it the desk's own; look whether it names the person"},
	{
		table: "accesses", where: "ticket IN {t} OR granted_by IN (SELECT id FROM contacts WHERE mail = lower(?))", fate: erased,
		set: "why = '', how = '', reason = '', granted_name = ''",
	},
	{
		table: "tickets", where: "number IN {t}", fate: erased,
		set: `title = '–', description = '', search = '', name = '', contact = '', answers = '', findings = '', signs = '', critical = '', urgency_reason = '',
			waiting_for = '', plan = '', escalation_reason = '', solution = '', tried = '', feedback = '', person = NULL, version = version + 1`,
	},
	{table: "contacts", where: "mail = lower(?)", fate: deleted},
}

// ofStaff are a member of staff's parts. The name to sign in with stays where
// it says who did something, since the journal's chain has it.
var ofStaff = []part{
	{table: "entries", where: "author = ?", fate: erased, set: "name = ''"},
	{table: "sessions", where: "staff = ?", fate: erased, set: "supporter = ''"},
	{table: "tokens", where: "staff = ?", fate: deleted},
	{table: "passkeys", where: "staff = ?", fate: deleted},
	{table: "recovery_codes", where: "staff = ?", fate: deleted},
	{table: "signins", where: "staff = ?", fate: deleted},
	{table: "staff_places", where: "staff = ?", fate: deleted},
	{table: "watchers", where: "staff = ?", fate: deleted},
	{table: "staff_queues", where: "staff = ?", fate: deleted},
	{table: "filters", where: "owner = ?", fate: deleted},
	{table: "access_people", where: "staff = ?", fate: deleted},
	{table: "access_uses", where: "staff = ?", fate: stays, why: "who was in a customer's system is the customer's to know"},
	{
		table: "staff", where: "name = ?", fate: erased,
		set: `display_name = '–', email = '', subject = '', language = '', password = '', totp = '', totp_new = '', totp_step = 0,
			disabled = 1, version = version + 1`,
	},
}

// secret are columns that are given out to nobody, also not to whom they belong to.
var secret = map[string]bool{"password": true, "totp": true, "totp_new": true, "metadata": true}

// sql is a part's condition with its arguments.
func (p part) sql(person string) (where string, args []any) {
	where = strings.ReplaceAll(p.where, "{t}", theirs)
	for range strings.Count(where, "?") {
		args = append(args, person)
	}
	return "(" + where + ")", args
}
