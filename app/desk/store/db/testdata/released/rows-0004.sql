INSERT INTO tickets (number, id, filed, state, title, description, product, priority, name, contact, language, search, created, updated) VALUES
 (1, x'01', x'02', 'new', 'Ä title', 'line
line ''quoted''', 'Demo', 'high', 'Kim', 'kim@example.com', 'de', 'ä title', 1700000000000000, 1700000000000001),
 (7, x'03', x'04', 'new', 'Later', '', 'Demo', 'low', 'Sam', '', '', 'later', 1700000000000002, 1700000000000002);
INSERT INTO staff (name, display_name, role, password, created) VALUES
 ('sam', 'Sam Support', 'supporter', '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 1700000000000000),
 ('Alex', 'Alex Admin', 'admin', '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 1700000000000000);
INSERT INTO tokens (hash, ticket, staff, created, expires) VALUES (x'0a', 1, NULL, 1, 4000000000000000), (x'0b', NULL, 'sam', 1, 4000000000000000);
INSERT INTO uploads (id, ticket, name, size, sha256, metadata, position, digest, created, expires) VALUES
 ('0123456789abcdef0123456789abcdef', 1, 'half.zip', 100, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'ticket MQ==', 40, x'00', 1, 4000000000000000),
 ('1123456789abcdef0123456789abcdef', 1, 'none.zip', 100, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '', 0, x'', 1, 4000000000000000);
INSERT INTO bundles (id, ticket, name, size, sha256, metadata, created) VALUES
 ('2123456789abcdef0123456789abcdef', 1, 'case.zip', 3, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'ticket MQ==', 5),
 ('3123456789abcdef0123456789abcdef', 7, 'same.zip', 3, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'ticket Nw==', 6);
INSERT INTO sessions (id, ticket, staff, supporter, organisation, first_part, asked, expires, consented, started, ended, ended_by, reason, rights, role, desk_key, signature) VALUES
 ('s1', 1, 'sam', 'Sam Support', 'Example', '042', 10, 20, 11, 12, 13, 'supporter', 'done', 'see control', 'supporter', x'aa', x'bb'),
 ('s2', 1, 'Alex', 'Alex Admin', 'Example', '043', 14, 4000000000000000, NULL, NULL, NULL, '', '', 'see', 'observer', NULL, NULL);
INSERT INTO reveals (ticket, pseudonym, asked) VALUES (1, 'user-27', 15);
INSERT INTO records (session, position, piece) VALUES ('s1', 0, x'7b7d0a'), ('s1', 3, x'7b7d0a');
