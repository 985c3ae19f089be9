// Package mailtest runs mail servers for tests: Exim for SMTP and Dovecot for IMAP, as Debian has them.
package mailtest

const eximConf = `
primary_hostname = mx.example.com
exim_user = OWNER
exim_group = GROUP
spool_directory = DIR/spool
log_file_path = DIR/log/%slog
pid_file_path = DIR/exim.pid
local_interfaces = <; 127.0.0.1
daemon_smtp_ports = PORT0 : PORT1 : PORT2
tls_on_connect_ports = PORT1
tls_advertise_hosts = *
tls_certificate = DIR/cert.pem
tls_privatekey = DIR/key.pem
domainlist ours = example.com : example.net
acl_smtp_rcpt = rcpt
acl_smtp_data = accept
host_lookup =
rfc1413_hosts =
keep_environment =
queue_only = false
smtp_accept_max = 50
message_size_limit = 100M
return_path_remove = false
bounce_return_body = true
ignore_bounce_errors_after = 1s
begin acl
rcpt:
  deny local_parts = nobody
       message = 5.1.1 there is nobody here
  defer local_parts = later
       message = 4.2.1 come back later
  deny condition = ${if eq{$received_port}{PORT2}}
       !authenticated = *
       message = 5.7.0 sign in first
  accept domains = +ours
  deny message = 5.7.1 no relaying
begin routers
gone:
  driver = redirect
  local_parts = gone
  allow_fail
  data = :fail: 550 5.1.1 this person has left
sub:
  driver = accept
  domains = +ours
  local_parts = lsearch;DIR/names
  local_part_suffix = +*
  local_part_suffix_optional
  transport = folder
begin transports
folder:
  driver = appendfile
  directory = DIR/mail/$local_part_data
  create_directory
  maildir_format
  delivery_date_add
  envelope_to_add
  return_path_add
  user = OWNER
  group = GROUP
begin retry
* * F,1h,1s
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${if and{{eq{$auth2}{support}}{eq{$auth3}{PASSWORD}}}}
  server_set_id = $auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = ${if and{{eq{$auth1}{support}}{eq{$auth2}{PASSWORD}}}}
  server_set_id = $auth1
`

const dovecotConf = `
base_dir = DIR/dovecot
state_dir = DIR/dovecot
log_path = DIR/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <DIR/cert.pem
ssl_key = <DIR/key.pem
disable_plaintext_auth = no
mail_location = maildir:DIR/mail/%n
first_valid_uid = 1
first_valid_gid = 1
mail_max_userip_connections = 50
maildir_stat_dirs = yes
mailbox_list_index = no
service imap-login {
  chroot =
  inet_listener imap {
    port = PORT3
  }
  inet_listener imaps {
    port = PORT4
    ssl = yes
  }
}
service stats {
  chroot =
}
service anvil {
  chroot =
}
passdb {
  driver = passwd-file
  args = DIR/users
}
userdb {
  driver = static
  args = uid=OWNER gid=GROUP home=DIR/mail/%n
}
`
