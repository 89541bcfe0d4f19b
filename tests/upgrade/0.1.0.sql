BEGIN TRANSACTION;
CREATE TABLE "account_emailaddress" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "verified" bool NOT NULL, "primary" bool NOT NULL, "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "email" varchar(254) NOT NULL);
CREATE TABLE "account_emailconfirmation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created" datetime NOT NULL, "sent" datetime NULL, "key" varchar(64) NOT NULL UNIQUE, "email_address_id" integer NOT NULL REFERENCES "account_emailaddress" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "audit_chain" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(40) NOT NULL UNIQUE, "length" bigint unsigned NOT NULL CHECK ("length" >= 0), "head" varchar(64) NOT NULL, "provider_id" bigint NULL UNIQUE REFERENCES "people_provider" ("id") DEFERRABLE INITIALLY DEFERRED, "seal" varchar(64) NOT NULL);
INSERT INTO "audit_chain" VALUES(1,'alder',22,'43df9428d0f1ba5b4b131e6d5fc0ce9ddf1170125d52a7d82b91cbbf33c78678',1,'1803662c1ede2bc1100d5a4e285b5b617aa89cdc66a181595587b92685b47d6a');
INSERT INTO "audit_chain" VALUES(2,'',4,'b5d387877598811a2be1ebd4d5082b438c619cb53a585212935930981170337b',NULL,'5d613a412ef1fd927098218b09ba6bc91661c1e6a439ea82e74191a7b6a712a7');
INSERT INTO "audit_chain" VALUES(3,'birch',17,'00186628d9987d4c81a6fec47a18ec240d370757407c8b0de4015c7954822962',2,'3f819a0e83bbe41cbcc08164201dc559609de8b6b5e2ce1d41d93efa7ef07c73');
INSERT INTO "audit_chain" VALUES(4,'cedar',15,'c0da85e7599952510e3f69adaf015d38529b3272fd6e2a45427bacea9ddfcd8f',3,'30ee94334850dfc42b6e736a07d00b07f642084972809a9c9626c252c515bc42');
CREATE TABLE "audit_event" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" bigint unsigned NOT NULL CHECK ("number" >= 0), "at" datetime NOT NULL, "actor_name" varchar(150) NOT NULL, "name" varchar(60) NOT NULL, "subject" varchar(120) NOT NULL, "before" text NULL CHECK ((JSON_VALID("before") OR "before" IS NULL)), "after" text NULL CHECK ((JSON_VALID("after") OR "after" IS NULL)), "facts" text NOT NULL CHECK ((JSON_VALID("facts") OR "facts" IS NULL)), "previous_hash" varchar(64) NOT NULL, "hash" varchar(64) NOT NULL, "actor_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "chain_id" bigint NOT NULL REFERENCES "audit_chain" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_event_for_each_number" UNIQUE ("chain_id", "number"));
INSERT INTO "audit_event" VALUES(1,1,'2026-11-26 09:00:00','','provider.added','alder',NULL,NULL,'{"name": "Alder Clinic", "state": "TX"}','','4f6ffae24d22d4d72c9c6772f576971471b8dad8566bc48b5706eb2b993a89c7',NULL,1);
INSERT INTO "audit_event" VALUES(2,1,'2026-11-26 09:00:00','','user.added','mira',NULL,NULL,'{}','','a64e6bcb2fc841a215f130a76d3be7519a166f2ec5a096db69f09db84b2d5350',NULL,2);
INSERT INTO "audit_event" VALUES(3,2,'2026-11-26 09:00:00','','role.given','mira',NULL,'{"role": "specialist"}','{"waits": false}','4f6ffae24d22d4d72c9c6772f576971471b8dad8566bc48b5706eb2b993a89c7','8bf1578cab25cada04457c7f179b35bd93cc17a047963df9cf37448f47f70f29',NULL,1);
INSERT INTO "audit_event" VALUES(4,2,'2026-11-26 09:00:00','','user.added','sam',NULL,NULL,'{}','a64e6bcb2fc841a215f130a76d3be7519a166f2ec5a096db69f09db84b2d5350','e57498f04d6a1c71cb5d10747dfb73a468e70d57408c7f6ae1fbec1b11948aef',NULL,2);
INSERT INTO "audit_event" VALUES(5,3,'2026-11-26 09:00:00','','role.given','sam',NULL,'{"role": "supervisor"}','{"waits": false}','8bf1578cab25cada04457c7f179b35bd93cc17a047963df9cf37448f47f70f29','1adde641c88a6572814482b84b58f8895b8945412aa1c9d5e5d3e149e3c7949c',NULL,1);
INSERT INTO "audit_event" VALUES(6,3,'2026-11-26 09:00:00','','user.added','cora',NULL,NULL,'{}','e57498f04d6a1c71cb5d10747dfb73a468e70d57408c7f6ae1fbec1b11948aef','3756d58577bb5312fa6fd005bd8e41f5e7c2be18e46b238e175559428cbab663',NULL,2);
INSERT INTO "audit_event" VALUES(7,4,'2026-11-26 09:00:00','','role.given','cora',NULL,'{"role": "controller"}','{"waits": false}','1adde641c88a6572814482b84b58f8895b8945412aa1c9d5e5d3e149e3c7949c','503a254a07216146e3fe55ef3676d60b334dbd6d06be24e4576e5e682dc3ce4b',NULL,1);
INSERT INTO "audit_event" VALUES(8,4,'2026-11-26 09:00:00','','user.added','ada',NULL,NULL,'{}','3756d58577bb5312fa6fd005bd8e41f5e7c2be18e46b238e175559428cbab663','b5d387877598811a2be1ebd4d5082b438c619cb53a585212935930981170337b',NULL,2);
INSERT INTO "audit_event" VALUES(9,5,'2026-11-26 09:00:00','','role.given','ada',NULL,'{"role": "administrator"}','{"waits": false}','503a254a07216146e3fe55ef3676d60b334dbd6d06be24e4576e5e682dc3ce4b','f234d80d556c8c29e60c69ce0832f95916c6ebcb51f497074c24b1add1f0775f',NULL,1);
INSERT INTO "audit_event" VALUES(10,1,'2026-11-26 09:00:00','','provider.added','birch',NULL,NULL,'{"name": "Birch Clinic", "state": "TX"}','','5527521545906e809fefbe77172b8ad692248f6710229d7952dea8b874ec73b6',NULL,3);
INSERT INTO "audit_event" VALUES(11,2,'2026-11-26 09:00:00','','role.given','mira',NULL,'{"role": "specialist"}','{"waits": false}','5527521545906e809fefbe77172b8ad692248f6710229d7952dea8b874ec73b6','a63f0c978f7c3b93b4ac9e131b542706bcb624968efb71c24582c25427d6329e',NULL,3);
INSERT INTO "audit_event" VALUES(12,3,'2026-11-26 09:00:00','','role.given','sam',NULL,'{"role": "supervisor"}','{"waits": false}','a63f0c978f7c3b93b4ac9e131b542706bcb624968efb71c24582c25427d6329e','33b22c281287c91969c881bf3d37c87cd58303d1937f8ffdeea5b5122e231443',NULL,3);
INSERT INTO "audit_event" VALUES(13,4,'2026-11-26 09:00:00','','role.given','cora',NULL,'{"role": "controller"}','{"waits": false}','33b22c281287c91969c881bf3d37c87cd58303d1937f8ffdeea5b5122e231443','054d17a1e64734a586d1d4955160a2197503a653b6f4cb799efd704e1382b58e',NULL,3);
INSERT INTO "audit_event" VALUES(14,5,'2026-11-26 09:00:00','','role.given','ada',NULL,'{"role": "administrator"}','{"waits": false}','054d17a1e64734a586d1d4955160a2197503a653b6f4cb799efd704e1382b58e','515c2728a87cd03e1fcae77ecf8efd2156307e254d67fad7299f52e76eb9d282',NULL,3);
INSERT INTO "audit_event" VALUES(15,1,'2026-11-26 09:00:00','','provider.added','cedar',NULL,NULL,'{"name": "Cedar Clinic", "state": "TX"}','','80e4e02bf7ccd3dd4b8b65b0d2dec9c7072742887dd80d1a50e06debc9d4bc41',NULL,4);
INSERT INTO "audit_event" VALUES(16,2,'2026-11-26 09:00:00','','role.given','mira',NULL,'{"role": "specialist"}','{"waits": false}','80e4e02bf7ccd3dd4b8b65b0d2dec9c7072742887dd80d1a50e06debc9d4bc41','0e0e3fa9ee57120cbc3cd300a839cceb8ebcf7f165d46265e785e00571e2802c',NULL,4);
INSERT INTO "audit_event" VALUES(17,3,'2026-11-26 09:00:00','','role.given','sam',NULL,'{"role": "supervisor"}','{"waits": false}','0e0e3fa9ee57120cbc3cd300a839cceb8ebcf7f165d46265e785e00571e2802c','d4831cfb0b96377351b2d9d63506361f8d5c7d32ba28bc8f5b10c0bfe40e7d03',NULL,4);
INSERT INTO "audit_event" VALUES(18,4,'2026-11-26 09:00:00','','role.given','cora',NULL,'{"role": "controller"}','{"waits": false}','d4831cfb0b96377351b2d9d63506361f8d5c7d32ba28bc8f5b10c0bfe40e7d03','ddc1f670f72bf5a58b97e064dca94f4a293eb9704fcea3302a3347467a851050',NULL,4);
INSERT INTO "audit_event" VALUES(19,5,'2026-11-26 09:00:00','','role.given','ada',NULL,'{"role": "administrator"}','{"waits": false}','ddc1f670f72bf5a58b97e064dca94f4a293eb9704fcea3302a3347467a851050','79548d295311e34c265aa3052fafe2d5d30002094f5192cb3c1f9618231523c0',NULL,4);
INSERT INTO "audit_event" VALUES(20,6,'2026-11-26 09:00:00','','import.asked','1',NULL,NULL,'{"feed": "four-causes-on-one-account", "as_of": "2026-06-01", "digest": "df432f6d3687f20c784c581d0ddc7438dd2af57bdcfc734f011421ce68d8cd7e", "kind": "whole", "may_close": false, "may_flag_many": false, "hold_out_limit": 0.01}','f234d80d556c8c29e60c69ce0832f95916c6ebcb51f497074c24b1add1f0775f','28a690a8349df1a95d574fa19aa52aa425ae08f0f844f7e8548ff0f9cb0178d4',NULL,1);
INSERT INTO "audit_event" VALUES(21,7,'2026-11-26 09:00:00','','import.taken','1',NULL,NULL,'{"attempt": 1}','28a690a8349df1a95d574fa19aa52aa425ae08f0f844f7e8548ff0f9cb0178d4','23beae0d394ea4c61cee67ba7235a56d8986ccb95744ddf9251d7360ff86b65f',NULL,1);
INSERT INTO "audit_event" VALUES(22,8,'2026-11-26 09:00:00','','case.opened','RQ-000001',NULL,'{"amount_cents": 10500, "cause": "duplicate_posting", "disposition": "reverse_posting"}','{"stands": {"state": "new", "version": 1, "account_id": "A4100", "party": "none", "amount_cents": 10500, "cause": "duplicate_posting", "disposition": "reverse_posting", "certainty": "proved", "rank": 2, "findings": "320e4ae9798089e0c788"}}','23beae0d394ea4c61cee67ba7235a56d8986ccb95744ddf9251d7360ff86b65f','fd58689397f28629c7cc7f19823bd5c496d3ce6791ba37821a86b7d61715bfc7',NULL,1);
INSERT INTO "audit_event" VALUES(23,9,'2026-11-26 09:00:00','','case.opened','RQ-000002',NULL,'{"amount_cents": 750, "cause": "patient_overcollection", "disposition": "refund_patient"}','{"stands": {"state": "new", "version": 1, "account_id": "A4100", "party": "patient", "party_id": "G01", "amount_cents": 750, "cause": "patient_overcollection", "disposition": "refund_patient", "certainty": "proved", "rank": 1, "rule_id": "patient.TX.ins1661", "party_name": "e142f1a70631d5d0b2dd", "findings": "e8f69237f0292bca7f35", "due": "2026-07-01"}}','fd58689397f28629c7cc7f19823bd5c496d3ce6791ba37821a86b7d61715bfc7','565f53a6ccbbe7a6a41f4f4132363b17cfa3fd30253ff4b12d4ff24e7cd7b344',NULL,1);
INSERT INTO "audit_event" VALUES(24,10,'2026-11-26 09:00:00','','case.opened','RQ-000003',NULL,'{"amount_cents": 12000, "cause": "duplicate_payment", "disposition": "refund_payer"}','{"stands": {"state": "new", "version": 1, "account_id": "A4100", "party": "payer", "party_id": "LARK", "amount_cents": 12000, "cause": "duplicate_payment", "disposition": "refund_payer", "certainty": "proved", "rank": 2, "party_name": "01de4c201a55a4e9640a", "findings": "22f9ed1c48064b1e87c9"}}','565f53a6ccbbe7a6a41f4f4132363b17cfa3fd30253ff4b12d4ff24e7cd7b344','71e227fc47802bf79ea12faa8d3ddc5fd0f04decb9afe4e2070769548c83616b',NULL,1);
INSERT INTO "audit_event" VALUES(25,11,'2026-11-26 09:00:00','','import.done','1',NULL,NULL,'{"snapshot": "f0eca29a4215fe3e", "outcome": {"opened": 3, "changed": 0, "reopened": 0, "returned": 0, "closed": 0, "same": 0}}','71e227fc47802bf79ea12faa8d3ddc5fd0f04decb9afe4e2070769548c83616b','85464c7b25f7d03c21f1ea44da76eb83f375ca36ff50eccb9745ce42c112aa70',NULL,1);
INSERT INTO "audit_event" VALUES(26,6,'2026-11-26 09:00:00','','import.asked','1',NULL,NULL,'{"feed": "duplicate-payment-two-traces", "as_of": "2026-06-01", "digest": "9d81a0cfa1b79bf4d0ea8520d0f5f2e1f11be8c9d6fb3b3de7d612a35f05ef57", "kind": "whole", "may_close": false, "may_flag_many": false, "hold_out_limit": 0.01}','515c2728a87cd03e1fcae77ecf8efd2156307e254d67fad7299f52e76eb9d282','3b6c7cde1a7f9a03bf504124c90700001890c2b7b27dc92c5a44f6916282cf60',NULL,3);
INSERT INTO "audit_event" VALUES(27,7,'2026-11-26 09:00:00','','import.taken','1',NULL,NULL,'{"attempt": 1}','3b6c7cde1a7f9a03bf504124c90700001890c2b7b27dc92c5a44f6916282cf60','6330f24e41126fa8eedbe3acee84f3912c9bd30103a190151dc921fdc0db37a3',NULL,3);
INSERT INTO "audit_event" VALUES(28,8,'2026-11-26 09:00:00','','case.opened','RQ-000001',NULL,'{"amount_cents": 12000, "cause": "duplicate_payment", "disposition": "refund_payer"}','{"stands": {"state": "new", "version": 1, "account_id": "0001042", "party": "payer", "party_id": "LARK", "amount_cents": 12000, "cause": "duplicate_payment", "disposition": "refund_payer", "certainty": "proved", "rank": 2, "party_name": "01de4c201a55a4e9640a", "findings": "aafbbee5029fd8589d69"}}','6330f24e41126fa8eedbe3acee84f3912c9bd30103a190151dc921fdc0db37a3','4ef05bfc5419ac3bff1307c7ab46fe00dd6b085c40ba271cf862d090931f5155',NULL,3);
INSERT INTO "audit_event" VALUES(29,9,'2026-11-26 09:00:00','','import.done','1',NULL,NULL,'{"snapshot": "865de6fee611cf4d", "outcome": {"opened": 1, "changed": 0, "reopened": 0, "returned": 0, "closed": 0, "same": 0}}','4ef05bfc5419ac3bff1307c7ab46fe00dd6b085c40ba271cf862d090931f5155','16e4edd93dbb294b63107e4c4f4cfbd816bbb1ab20c864f810cd73652385e56c',NULL,3);
INSERT INTO "audit_event" VALUES(30,10,'2026-11-26 09:00:00','','import.asked','2',NULL,NULL,'{"feed": "quiet-ordinary-accounts", "as_of": "2026-06-01", "digest": "e6f3bb039f62e9149c3505937466423a071d9ab6fdd9135b105e4106cf5dac84", "kind": "whole", "may_close": false, "may_flag_many": false, "hold_out_limit": 0.01}','16e4edd93dbb294b63107e4c4f4cfbd816bbb1ab20c864f810cd73652385e56c','fa9da80258ab22923bf6c070d466d3eb0f7150fc7fdb92915c28b62f789b5be1',NULL,3);
INSERT INTO "audit_event" VALUES(31,11,'2026-11-26 09:00:00','','import.taken','2',NULL,NULL,'{"attempt": 1}','fa9da80258ab22923bf6c070d466d3eb0f7150fc7fdb92915c28b62f789b5be1','26aed547c909b8dbb9c58e31a01ed4b085988ed9f3cccbec35e75062d943b273',NULL,3);
INSERT INTO "audit_event" VALUES(32,12,'2026-11-26 09:00:00','','case.closed','RQ-000001','{"state": "new", "amount_cents": 12000, "cause": "duplicate_payment", "disposition": "refund_payer"}',NULL,'{"removed_by": "the account''s rows were given anew, and no excess is left", "version": 2, "stands": {"state": "resolved", "version": 2, "account_id": "0001042", "party": "payer", "party_id": "LARK", "amount_cents": 12000, "cause": "duplicate_payment", "disposition": "refund_payer", "certainty": "proved", "rank": 2, "is_gone": true, "closed_from": "new", "closed_by": "62605eaeee2f82d8", "resolved_at": "2026-11-26T09:00:00+00:00", "party_name": "01de4c201a55a4e9640a", "resolution": "69d16b39a298a2d8d71c", "findings": "aafbbee5029fd8589d69"}}','26aed547c909b8dbb9c58e31a01ed4b085988ed9f3cccbec35e75062d943b273','c0ca1f4098c260a02fb1a23b507cf1d1dea77cf49f1c0dd61cffde7f85628b58',NULL,3);
INSERT INTO "audit_event" VALUES(33,13,'2026-11-26 09:00:00','','import.done','2',NULL,NULL,'{"snapshot": "62605eaeee2f82d8", "outcome": {"opened": 0, "changed": 0, "reopened": 0, "returned": 0, "closed": 1, "same": 0}}','c0ca1f4098c260a02fb1a23b507cf1d1dea77cf49f1c0dd61cffde7f85628b58','8f419284b01a4621043e32f972f80fdd6711a1ba4702387cb9a7491c08e14f29',NULL,3);
INSERT INTO "audit_event" VALUES(34,6,'2026-11-26 09:00:00','','import.asked','1',NULL,NULL,'{"feed": "voided-charge-split-four-ways", "as_of": "2026-06-01", "digest": "8a9d429d6c414fdccded1e42de270100c7d8f79728655567694e4bbb26e41298", "kind": "whole", "may_close": false, "may_flag_many": false, "hold_out_limit": 0.01}','79548d295311e34c265aa3052fafe2d5d30002094f5192cb3c1f9618231523c0','ce15bc7cd92cbf2c1a8f2fb94c5dbaa0cddcde77d111df7a0cf6b935ec8495ae',NULL,4);
INSERT INTO "audit_event" VALUES(35,7,'2026-11-26 09:00:00','','import.taken','1',NULL,NULL,'{"attempt": 1}','ce15bc7cd92cbf2c1a8f2fb94c5dbaa0cddcde77d111df7a0cf6b935ec8495ae','1d709179055923ace10854142c5d1efd94edec84fa829e60545abf55c4ab30cc',NULL,4);
INSERT INTO "audit_event" VALUES(36,8,'2026-11-26 09:00:00','','case.opened','RQ-000001',NULL,'{"amount_cents": 10000, "cause": "voided_charge", "disposition": "reverse_posting"}','{"stands": {"state": "new", "version": 1, "account_id": "A3001", "party": "none", "amount_cents": 10000, "cause": "voided_charge", "disposition": "reverse_posting", "certainty": "proved", "rank": 2, "findings": "3e23129062c68e6b754f"}}','1d709179055923ace10854142c5d1efd94edec84fa829e60545abf55c4ab30cc','b16caf82be17a2fa6c578d0af26934e8aa3223d0fb7bb601acaa57ffd5a6aeee',NULL,4);
INSERT INTO "audit_event" VALUES(37,9,'2026-11-26 09:00:00','','case.opened','RQ-000002',NULL,'{"amount_cents": 1500, "cause": "voided_charge", "disposition": "refund_patient"}','{"stands": {"state": "new", "version": 1, "account_id": "A3001", "party": "patient", "party_id": "G01", "amount_cents": 1500, "cause": "voided_charge", "disposition": "refund_patient", "certainty": "proved", "rank": 1, "rule_id": "patient.TX.ins1661", "party_name": "f11392946d4fec2844bb", "findings": "93c3559a0a8bb66cec73", "due": "2026-07-01"}}','b16caf82be17a2fa6c578d0af26934e8aa3223d0fb7bb601acaa57ffd5a6aeee','e891e124fe4142cab9eef1d761bac4b810512a38b4703fa55d0b33462bc4dc50',NULL,4);
INSERT INTO "audit_event" VALUES(38,10,'2026-11-26 09:00:00','','case.opened','RQ-000003',NULL,'{"amount_cents": 24000, "cause": "voided_charge", "disposition": "corrected_claim"}','{"stands": {"state": "new", "version": 1, "account_id": "A3001", "party": "payer", "party_id": "LARK", "amount_cents": 24000, "cause": "voided_charge", "disposition": "corrected_claim", "certainty": "proved", "rank": 2, "party_name": "01de4c201a55a4e9640a", "findings": "78126bdca4e28c8504f0"}}','e891e124fe4142cab9eef1d761bac4b810512a38b4703fa55d0b33462bc4dc50','57702ee21d19e67f1b43306d1417d3500f23705f486eb2b19b821d263c57c695',NULL,4);
INSERT INTO "audit_event" VALUES(39,11,'2026-11-26 09:00:00','','case.opened','RQ-000004',NULL,'{"amount_cents": 4500, "cause": "voided_charge", "disposition": "corrected_claim"}','{"stands": {"state": "new", "version": 1, "account_id": "A3001", "party": "payer", "party_id": "TAMA", "amount_cents": 4500, "cause": "voided_charge", "disposition": "corrected_claim", "certainty": "proved", "rank": 2, "party_name": "38e888dd7e920e6a5edb", "findings": "20c4c8adf31c4504b0e7"}}','57702ee21d19e67f1b43306d1417d3500f23705f486eb2b19b821d263c57c695','d61d358cf989b3dbe0970284f4fbc3b4b2ae6157a984388d77c185dd3a680feb',NULL,4);
INSERT INTO "audit_event" VALUES(40,12,'2026-11-26 09:00:00','','import.done','1',NULL,NULL,'{"snapshot": "c2d9104b3c6e09c9", "outcome": {"opened": 4, "changed": 0, "reopened": 0, "returned": 0, "closed": 0, "same": 0}}','d61d358cf989b3dbe0970284f4fbc3b4b2ae6157a984388d77c185dd3a680feb','f7974c0fb04604565e2af3134493562d9f754ad99ac16a461e0f41098060b074',NULL,4);
INSERT INTO "audit_event" VALUES(41,12,'2026-11-26 09:00:00','mira','case.propose_refund','RQ-000003','{"state": "new", "decision": "", "assigned_to": ""}','{"state": "waiting_approval", "decision": "propose_refund", "assigned_to": ""}','{"amount_cents": 12000, "reason": "", "rule": "", "rule_version": "", "version": 2, "stands": {"state": "waiting_approval", "version": 2, "account_id": "A4100", "party": "payer", "party_id": "LARK", "amount_cents": 12000, "refund_cents": 12000, "cause": "duplicate_payment", "disposition": "refund_payer", "certainty": "proved", "rank": 2, "decision": "propose_refund", "decided_by_id": 1, "decided_at": "2026-11-26T09:00:00+00:00", "party_name": "01de4c201a55a4e9640a", "findings": "22f9ed1c48064b1e87c9"}}','85464c7b25f7d03c21f1ea44da76eb83f375ca36ff50eccb9745ce42c112aa70','4dba27e98deda5d9fb9a31a66c76b136da8da7eaf96318bd6bba72aaed0619c8',1,1);
INSERT INTO "audit_event" VALUES(42,13,'2026-11-26 09:00:00','cora','case.approve','RQ-000003','{"state": "waiting_approval", "decision": "propose_refund", "assigned_to": ""}','{"state": "to_pay", "decision": "propose_refund", "assigned_to": ""}','{"amount_cents": 12000, "reason": "", "rule": "", "rule_version": "", "version": 3, "stands": {"state": "to_pay", "version": 3, "account_id": "A4100", "party": "payer", "party_id": "LARK", "amount_cents": 12000, "refund_cents": 12000, "cause": "duplicate_payment", "disposition": "refund_payer", "certainty": "proved", "rank": 2, "decision": "propose_refund", "decided_by_id": 1, "approved_by_id": 3, "decided_at": "2026-11-26T09:00:00+00:00", "approved_at": "2026-11-26T09:00:00+00:00", "party_name": "01de4c201a55a4e9640a", "findings": "22f9ed1c48064b1e87c9"}}','4dba27e98deda5d9fb9a31a66c76b136da8da7eaf96318bd6bba72aaed0619c8','cb418050ea05f2fd822ef868fa2cee3863db5202f6280022b003f8ce0f8243b4',3,1);
INSERT INTO "audit_event" VALUES(43,14,'2026-11-26 09:00:00','cora','case.pay','RQ-000003','{"state": "to_pay", "decision": "propose_refund", "assigned_to": ""}','{"state": "to_reconcile", "decision": "propose_refund", "assigned_to": ""}','{"amount_cents": 12000, "reason": "", "rule": "", "rule_version": "", "version": 4, "stands": {"state": "to_reconcile", "version": 4, "account_id": "A4100", "party": "payer", "party_id": "LARK", "amount_cents": 12000, "refund_cents": 12000, "cause": "duplicate_payment", "disposition": "refund_payer", "certainty": "proved", "rank": 2, "decision": "propose_refund", "decided_by_id": 1, "approved_by_id": 3, "decided_at": "2026-11-26T09:00:00+00:00", "approved_at": "2026-11-26T09:00:00+00:00", "party_name": "01de4c201a55a4e9640a", "findings": "22f9ed1c48064b1e87c9", "paid": [[12000, "22f9ed1c48064b1e87c9", 3, "2026-11-26T09:00:00+00:00", "", "", ""]]}}','cb418050ea05f2fd822ef868fa2cee3863db5202f6280022b003f8ce0f8243b4','c72baadb20f9b00a58cbde9a113ce705a932554b098f127c8a1993d68db8ad23',3,1);
INSERT INTO "audit_event" VALUES(44,15,'2026-11-26 09:00:00','mira','case.correct','RQ-000001','{"state": "new", "decision": "", "assigned_to": ""}','{"state": "waiting_posting", "decision": "correct", "assigned_to": ""}','{"amount_cents": 10500, "reason": "", "rule": "", "rule_version": "", "version": 2, "stands": {"state": "waiting_posting", "version": 2, "account_id": "A4100", "party": "none", "amount_cents": 10500, "cause": "duplicate_posting", "disposition": "reverse_posting", "certainty": "proved", "rank": 2, "decision": "correct", "decided_by_id": 1, "decided_at": "2026-11-26T09:00:00+00:00", "findings": "320e4ae9798089e0c788"}}','c72baadb20f9b00a58cbde9a113ce705a932554b098f127c8a1993d68db8ad23','8a7a9d293d7ba7ea2f7f671c3c9e197f844435367bee19654748a53fceee207e',1,1);
INSERT INTO "audit_event" VALUES(45,16,'2026-11-26 09:00:00','mira','case.propose_refund','RQ-000002','{"state": "new", "decision": "", "assigned_to": ""}','{"state": "waiting_approval", "decision": "propose_refund", "assigned_to": ""}','{"amount_cents": 750, "reason": "", "rule": "patient.TX.ins1661", "rule_version": "in force from 2009-05-30, read 2026-11-23", "version": 2, "stands": {"state": "waiting_approval", "version": 2, "account_id": "A4100", "party": "patient", "party_id": "G01", "amount_cents": 750, "refund_cents": 750, "cause": "patient_overcollection", "disposition": "refund_patient", "certainty": "proved", "rank": 1, "rule_id": "patient.TX.ins1661", "decision": "propose_refund", "decided_by_id": 1, "decided_at": "2026-11-26T09:00:00+00:00", "party_name": "e142f1a70631d5d0b2dd", "findings": "e8f69237f0292bca7f35", "due": "2026-07-01"}}','8a7a9d293d7ba7ea2f7f671c3c9e197f844435367bee19654748a53fceee207e','1d78839c58b69e3cc58ea2de7dd4453d31a491cc692f51f80bca63fb17c65ac0',1,1);
INSERT INTO "audit_event" VALUES(46,17,'2026-11-26 09:00:00','mira','case.noted','RQ-000002',NULL,NULL,'{"mentions": ["sam"], "note": 1, "words": "d635ec9aa9536e35a1f9"}','1d78839c58b69e3cc58ea2de7dd4453d31a491cc692f51f80bca63fb17c65ac0','7aecb8c910cff5643174118cff9d851b353db037954cd69046dfd8614c4b46da',1,1);
INSERT INTO "audit_event" VALUES(47,18,'2026-11-26 09:00:00','mira','case.attached','RQ-000002',NULL,NULL,'{"digest": "7bc1709ab64e73f73e5b4727f7300380ce82f36245eec396d5aae167706f79ed", "size": 17, "document": 1, "words": "bbf1b6070104c532b5fb"}','7aecb8c910cff5643174118cff9d851b353db037954cd69046dfd8614c4b46da','bdbfbaa086c0a40ff785255919b77f4ffa5f2a0c9e63066218a43e084c1e3f65',1,1);
INSERT INTO "audit_event" VALUES(48,13,'2026-11-26 09:00:00','mira','case.snoozed','RQ-000004','{"snoozed_until": null}','{"snoozed_until": "2027-02-24"}','{"reason": "calls back", "version": 2, "stands": {"state": "new", "version": 2, "account_id": "A3001", "party": "payer", "party_id": "TAMA", "amount_cents": 4500, "cause": "voided_charge", "disposition": "corrected_claim", "certainty": "proved", "rank": 2, "snoozed_until": "2027-02-24", "party_name": "38e888dd7e920e6a5edb", "snooze_reason": "095bee745fbc45b93788", "findings": "20c4c8adf31c4504b0e7"}}','f7974c0fb04604565e2af3134493562d9f754ad99ac16a461e0f41098060b074','aafe54b47411a42ef26dba32c1c8f86d8d23ebfb0bae74763b1cce27b0e16e9d',1,4);
INSERT INTO "audit_event" VALUES(49,14,'2026-11-26 09:00:00','mira','case.snoozed','RQ-000001','{"snoozed_until": null}','{"snoozed_until": "2027-02-24"}','{"reason": "calls back", "version": 2, "stands": {"state": "new", "version": 2, "account_id": "A3001", "party": "none", "amount_cents": 10000, "cause": "voided_charge", "disposition": "reverse_posting", "certainty": "proved", "rank": 2, "snoozed_until": "2027-02-24", "snooze_reason": "095bee745fbc45b93788", "findings": "3e23129062c68e6b754f"}}','aafe54b47411a42ef26dba32c1c8f86d8d23ebfb0bae74763b1cce27b0e16e9d','925d3f4479fc7ae42df5b36af226cd36a9acccc186bd63c08bdc2d952d3c0d23',1,4);
INSERT INTO "audit_event" VALUES(50,15,'2026-11-26 09:00:00','mira','case.snoozed','RQ-000003','{"snoozed_until": null}','{"snoozed_until": "2027-02-24"}','{"reason": "calls back", "version": 2, "stands": {"state": "new", "version": 2, "account_id": "A3001", "party": "payer", "party_id": "LARK", "amount_cents": 24000, "cause": "voided_charge", "disposition": "corrected_claim", "certainty": "proved", "rank": 2, "snoozed_until": "2027-02-24", "party_name": "01de4c201a55a4e9640a", "snooze_reason": "095bee745fbc45b93788", "findings": "78126bdca4e28c8504f0"}}','925d3f4479fc7ae42df5b36af226cd36a9acccc186bd63c08bdc2d952d3c0d23','c0da85e7599952510e3f69adaf015d38529b3272fd6e2a45427bacea9ddfcd8f',1,4);
INSERT INTO "audit_event" VALUES(51,19,'2026-11-26 09:00:00','ada','mapping.saved','athenaOne',NULL,NULL,'{"text": "# athenaOne: one row a transaction of a claim, by the names of its warehouse or by the headings of a\n# report. The warehouse signs its amounts, reports often do not: the payments themselves say which,\n# and what was found is told. A voided row stays, with its day. A transfer is two rows.\nname = \"athenaOne\"\ndates = \"%m/%d/%Y | %m/%d/%Y %I:%M:%S %p\"\n\n[[files]]\nfile = \"claims\"\ncolumns = [\"Claim ID\"]\nmay_lack = [\"Outstanding\", \"State\", \"Patient ID\", \"Patient First Name\", \"Patient Last Name\"]\n\n[[files]]\nfile = \"insurances\"\ncolumns = [\"Claim ID\", \"Sequence\", \"Payer ID\", \"Payer Name\"]\nmay_lack = [\"Payer Type\", \"Member ID\"]\n\n[[files]]\nfile = \"transactions\"\nmay_lack = [\n    \"Transaction ID\", \"Claim ID\", \"Charge ID\", \"Type\", \"Amount\", \"Post Date\", \"Service Date\",\n    \"Procedure Code\", \"Payer ID\", \"Transfer Type\", \"Check Number\", \"Payer Claim Number\",\n    \"Transfer Pair ID\", \"Voided Date\", \"Reason\", \"Method\",\n    \"transaction_id\", \"claim_id\", \"charge_id\", \"parent_charge_id\", \"charge_void_parent_id\",\n    \"transaction_type\", \"transaction_transfer_type\", \"transaction_reason\", \"transaction_method\",\n    \"amount\", \"post_date\", \"voided_date\", \"reversal_flag\", \"service_date\", \"procedure_code\",\n]\n\n[[checks]]\nproblem = \"nothing says what this type of transaction stands for:\"\nselect = \"\"\"\nSELECT ''transactions'' AS file, row__number AS \"row\", ''Type'' AS \"column\",\n       coalesce(\"Type\", transaction_type, ''none'') || ''.'' AS told\nFROM transactions\nWHERE coalesce(\"Type\", transaction_type, '''')\n      NOT IN (''CHARGE'', ''PAYMENT'', ''ADJUSTMENT'', ''TRANSFERIN'', ''TRANSFEROUT'')\n\"\"\"\n\n# Negative payments are signed, positive ones have their sign by the type; up to a fifth may be the\n# other way round, as refunds and reversals are. Anything else is refused, never turned.\n[[checks]]\nproblem = \"the sign of these amounts cannot be told:\"\nremedy = \"Export the amounts with their sign, payments negative and charges positive.\"\nselect = \"\"\"\nWITH seen AS (\n    SELECT coalesce(\"Type\", transaction_type) AS type, dollars(coalesce(\"Amount\", amount)) AS cash\n    FROM transactions\n), counted AS (\n    SELECT type, count(*) FILTER (cash < 0) AS minus, count(*) FILTER (cash > 0) AS plus\n    FROM seen GROUP BY type\n), payments AS (\n    SELECT coalesce(sum(minus), 0) AS minus, coalesce(sum(plus), 0) AS plus\n    FROM counted WHERE type = ''PAYMENT''\n)\nSELECT ''transactions'' AS file, ''Amount'' AS \"column\",\n       type || '': '' || c.minus || '' negative, '' || c.plus || '' positive.'' AS told\nFROM counted c, payments p\nWHERE (type = ''PAYMENT'' AND c.minus < 4 * c.plus AND c.plus < 4 * c.minus)\n   OR (type = ''CHARGE'' AND c.minus >= c.plus AND c.minus > 0)\n   OR (type IN (''ADJUSTMENT'', ''TRANSFEROUT'') AND p.minus > p.plus AND c.plus > c.minus)\n   OR (type IN (''ADJUSTMENT'', ''TRANSFEROUT'') AND p.plus > p.minus AND c.minus > c.plus)\n   OR (type = ''TRANSFERIN'' AND c.minus > c.plus)\n   OR (type = ''ADJUSTMENT'' AND p.plus = 0 AND p.minus = 0)\n\"\"\"\n\n[[checks]]\nselect = \"\"\"\nWITH seen AS (\n    SELECT dollars(coalesce(\"Amount\", amount)) AS cash FROM transactions\n    WHERE coalesce(\"Type\", transaction_type) = ''PAYMENT''\n)\nSELECT CASE WHEN count(*) FILTER (cash < 0) > count(*) FILTER (cash > 0)\n            THEN ''Amounts are signed: '' || count(*) FILTER (cash < 0) || '' of '' || count(*)\n                 || '' payments are negative. They are taken as they stand.''\n            ELSE ''Amounts have no sign: '' || count(*) FILTER (cash > 0) || '' of '' || count(*)\n                 || '' payments are positive. The type gives the sign.'' END AS told\nFROM seen HAVING count(*) > 0\n\"\"\"\n\n[[tables]]\ntable = \"accounts\"\nselect = \"\"\"\nSELECT \"Claim ID\" AS account_id, \"Outstanding\" AS reported_balance, \"State\" AS state,\n       \"Patient ID\" AS patient_id, ''professional'' AS patient_class\nFROM claims\n\"\"\"\n\n[[tables]]\ntable = \"patients\"\nselect = \"\"\"\nSELECT \"Patient ID\" AS patient_id, any_value(\"Patient First Name\") AS first_name,\n       any_value(\"Patient Last Name\") AS last_name\nFROM claims WHERE \"Patient ID\" IS NOT NULL GROUP BY \"Patient ID\"\n\"\"\"\n\n[[tables]]\ntable = \"payers\"\nselect = \"\"\"\nSELECT \"Payer ID\" AS payer_id, any_value(\"Payer Name\") AS name,\n       coalesce(any_value(upper(\"Payer Type\")), ''NONE'') AS payer_class\nFROM insurances WHERE \"Payer ID\" IS NOT NULL GROUP BY \"Payer ID\"\n\"\"\"\n[tables.values.payer_class]\nMEDICARE = \"medicare_ffs\"\n\"MEDICARE-B\" = \"medicare_ffs\"\n\"MEDICARE ADVANTAGE\" = \"medicare_advantage\"\nMEDICAID = \"medicaid\"\nTRICARE = \"tricare\"\n\"WORKERS COMP\" = \"workers_comp\"\nCOMMERCIAL = \"commercial\"\n\"BLUE SHIELD\" = \"commercial\"\n[tables.otherwise]\npayer_class = \"other\"\n\n[[tables]]\ntable = \"coverages\"\nselect = \"\"\"\nSELECT \"Claim ID\" AS account_id, \"Sequence\" AS cob_order, \"Payer ID\" AS payer_id,\n       \"Member ID\" AS member_id\nFROM insurances\n\"\"\"\n\n[[tables]]\ntable = \"charges\"\nselect = \"\"\"\nWITH seen AS (\n    SELECT row__number AS place, coalesce(\"Transaction ID\", transaction_id) AS id,\n           coalesce(\"Claim ID\", claim_id) AS claim, coalesce(\"Charge ID\", charge_id) AS charge,\n           dollars(coalesce(\"Amount\", amount)) AS cash, day_of(coalesce(\"Post Date\", post_date)) AS posted,\n           day_of(coalesce(\"Service Date\", service_date)) AS seen,\n           coalesce(\"Procedure Code\", procedure_code) AS code,\n           day_of(coalesce(\"Voided Date\", voided_date)) AS voided, charge_void_parent_id AS parent\n    FROM transactions WHERE coalesce(\"Type\", transaction_type) = ''CHARGE''\n)\nSELECT s.id AS charge_id, s.claim AS account_id, s.cash AS amount, s.seen AS service_date,\n       s.code AS procedure_code, s.posted AS posted_on, coalesce(s.voided, p.voided) AS voided_on,\n       row_number() OVER (PARTITION BY s.claim ORDER BY s.place) AS line_no\nFROM seen s LEFT JOIN seen p ON p.charge = s.parent AND p.claim = s.claim\n\"\"\"\n\n[[tables]]\ntable = \"transactions\"\nselect = \"\"\"\nWITH rows_ AS (\n    SELECT row__number AS place, coalesce(\"Transaction ID\", transaction_id) AS id,\n           coalesce(\"Claim ID\", claim_id) AS claim, coalesce(\"Charge ID\", charge_id) AS charge,\n           parent_charge_id AS parent, coalesce(\"Type\", transaction_type) AS kind,\n           dollars(coalesce(\"Amount\", amount)) AS cash,\n           day_of(coalesce(\"Post Date\", post_date)) AS posted,\n           day_of(coalesce(\"Voided Date\", voided_date)) AS voided,\n           coalesce(\"Transfer Type\", transaction_transfer_type) AS holder, \"Payer ID\" AS payer,\n           upper(coalesce(\"Reason\", transaction_reason)) AS reason,\n           coalesce(\"Method\", transaction_method) AS method, \"Check Number\" AS number,\n           \"Payer Claim Number\" AS claim_number, \"Transfer Pair ID\" AS pair,\n           upper(coalesce(reversal_flag, '''')) IN (''Y'', ''YES'', ''TRUE'', ''1'') AS is_reversal\n    FROM transactions\n), payments AS (\n    SELECT count(*) FILTER (cash < 0) > count(*) FILTER (cash > 0) AS is_signed\n    FROM rows_ WHERE kind = ''PAYMENT''\n), numbered AS (\n    SELECT claim, charge, voided, place,\n           row_number() OVER (PARTITION BY claim ORDER BY place) AS line_no\n    FROM rows_ WHERE kind = ''CHARGE''\n), lines AS (\n    SELECT claim, charge, arg_min(line_no, (voided IS NOT NULL, place)) AS line_no\n    FROM numbered GROUP BY claim, charge\n), places AS (\n    SELECT \"Claim ID\" AS claim, \"Sequence\" AS place, any_value(\"Payer ID\") AS payer\n    FROM insurances GROUP BY ALL\n), signed AS (\n    SELECT r.*, coalesce(l.line_no, m.line_no) AS line_no,\n           CASE WHEN p.is_signed OR kind IN (''TRANSFERIN'', ''CHARGE'') THEN cash ELSE -cash END AS amount,\n           CASE lower(holder) WHEN ''1'' THEN ''primary'' WHEN ''primary'' THEN ''primary''\n                WHEN ''2'' THEN ''secondary'' WHEN ''secondary'' THEN ''secondary''\n                WHEN ''p'' THEN ''self'' WHEN ''patient'' THEN ''self'' ELSE lower(holder) END AS bucket\n    FROM rows_ r CROSS JOIN payments p\n    LEFT JOIN lines l ON l.claim = r.claim AND l.charge = r.charge\n    LEFT JOIN lines m ON m.claim = r.claim AND m.charge = r.parent\n    WHERE kind <> ''CHARGE''\n), paired AS (\n    SELECT *, row_number() OVER (\n        PARTITION BY claim, kind, posted, abs(amount), pair IS NULL ORDER BY place\n    ) AS nth\n    FROM signed\n), matched AS (\n    SELECT a.id, ''T'' || CASE a.kind WHEN ''TRANSFEROUT'' THEN a.id ELSE b.id END AS pair\n    FROM paired a JOIN paired b\n      ON b.claim = a.claim AND b.posted = a.posted AND abs(b.amount) = abs(a.amount)\n     AND b.nth = a.nth AND b.kind <> a.kind\n    WHERE a.pair IS NULL AND b.pair IS NULL AND a.kind IN (''TRANSFERIN'', ''TRANSFEROUT'')\n      AND b.kind IN (''TRANSFERIN'', ''TRANSFEROUT'')\n), told AS (\n    SELECT s.*, m.pair AS made_pair,\n           coalesce(s.payer, CASE WHEN s.bucket IN (''primary'', ''secondary'') THEN c.payer END)\n           AS whose,\n           s.payer IS NULL AND (s.bucket = ''self'' OR contains(coalesce(s.reason, ''''), ''COPAY''))\n           AS is_patients\n    FROM signed s LEFT JOIN matched m ON m.id = s.id\n    LEFT JOIN places c ON c.claim = s.claim\n          AND c.place = CASE s.bucket WHEN ''primary'' THEN ''1'' WHEN ''secondary'' THEN ''2'' END\n)\nSELECT id AS transaction_id, claim AS account_id, amount, line_no, posted AS posted_on,\n       CASE WHEN kind IN (''TRANSFERIN'', ''TRANSFEROUT'') THEN ''transfer''\n            WHEN kind = ''ADJUSTMENT'' THEN ''adjustment''\n            WHEN contains(reason, ''TAKEBACK'') OR contains(reason, ''RECOUP'') THEN ''recoupment''\n            WHEN contains(reason, ''REFUND'') OR (amount > 0 AND NOT is_reversal) THEN ''refund''\n            ELSE ''payment'' END AS type,\n       CASE WHEN is_patients AND kind = ''PAYMENT'' THEN ''self'' ELSE bucket END AS bucket,\n       CASE WHEN kind IN (''PAYMENT'', ''ADJUSTMENT'') AND NOT is_patients THEN whose END AS payer_id,\n       CASE WHEN kind <> ''PAYMENT'' THEN NULL WHEN is_patients THEN ''patient''\n            WHEN whose IS NOT NULL OR bucket IN (''primary'', ''secondary'') THEN ''payer'' END\n       AS paid_by,\n       CASE WHEN kind = ''ADJUSTMENT'' AND reason = ''CONTRACTUAL'' THEN ''CO'' END AS group_code,\n       CASE WHEN NOT is_patients THEN number END AS trace_number, number AS check_number,\n       claim_number AS payer_claim_number, voided AS voided_on,\n       CASE WHEN kind IN (''TRANSFERIN'', ''TRANSFEROUT'') THEN coalesce(pair, made_pair) END\n       AS transfer_id,\n       CASE WHEN kind <> ''PAYMENT'' THEN NULL WHEN contains(lower(method), ''card'') THEN ''card''\n            WHEN contains(lower(method), ''cash'') THEN ''cash''\n            WHEN contains(lower(method), ''check'') THEN ''check'' END AS tender,\n       reason AS description\nFROM told\n\"\"\"\n"}','bdbfbaa086c0a40ff785255919b77f4ffa5f2a0c9e63066218a43e084c1e3f65','b0f7c8ff31915e11b755be10778bd5445e14f9916420794031e21821ebf5fe66',4,1);
INSERT INTO "audit_event" VALUES(52,20,'2026-11-26 09:00:00','mira','token.made','nightly',NULL,NULL,'{"number": 1, "may_write": true, "ends_on": "2027-02-24", "begins": "335fdd01e53efbc7e58d"}','b0f7c8ff31915e11b755be10778bd5445e14f9916420794031e21821ebf5fe66','8c1bb58abd49c91f9bbe0e8f63e31352f7bda1230940afde9fea85065d567d48',1,1);
INSERT INTO "audit_event" VALUES(53,21,'2026-11-26 09:00:00','cora','limit.set','supervisor','{"most_cents": 500000}','{"most_cents": 250000}','{}','8c1bb58abd49c91f9bbe0e8f63e31352f7bda1230940afde9fea85065d567d48','c20516693423d1c8952724c5229e901ca4b3be5851499366861b38e34b2443c0',3,1);
INSERT INTO "audit_event" VALUES(54,22,'2026-11-26 09:00:00','sam','automatic.on','paid_above_contract',NULL,'{"most_cents": 5000, "day_cents": 50000, "month_cents": 500000}','{}','c20516693423d1c8952724c5229e901ca4b3be5851499366861b38e34b2443c0','43df9428d0f1ba5b4b131e6d5fc0ce9ddf1170125d52a7d82b91cbbf33c78678',2,1);
INSERT INTO "audit_event" VALUES(55,14,'2026-11-26 09:00:00','ada','import.asked','3',NULL,NULL,'{"feed": "Ledger of import 1", "as_of": "2026-06-01", "digest": "9d81a0cfa1b79bf4d0ea8520d0f5f2e1f11be8c9d6fb3b3de7d612a35f05ef57", "kind": "fall_back", "may_close": false, "may_flag_many": false, "hold_out_limit": 0.01}','8f419284b01a4621043e32f972f80fdd6711a1ba4702387cb9a7491c08e14f29','7f0110e5c0a688cc93f0fc7badfd170643e04d22a869efdaa1786c00e853a4be',4,3);
INSERT INTO "audit_event" VALUES(56,15,'2026-11-26 09:00:00','','import.taken','3',NULL,NULL,'{"attempt": 1}','7f0110e5c0a688cc93f0fc7badfd170643e04d22a869efdaa1786c00e853a4be','3964b2e6baae754e302f928496cfddfc4cb580d2335b25b2f6caa18fc72c6e02',NULL,3);
INSERT INTO "audit_event" VALUES(57,16,'2026-11-26 09:00:00','','case.restored','RQ-000001',NULL,'{"state": "new"}','{"resolution": "gone: the account''s rows were given anew, and no excess is left", "version": 3, "stands": {"state": "new", "version": 3, "account_id": "0001042", "party": "payer", "party_id": "LARK", "amount_cents": 12000, "cause": "duplicate_payment", "disposition": "refund_payer", "certainty": "proved", "rank": 2, "party_name": "01de4c201a55a4e9640a", "findings": "aafbbee5029fd8589d69"}}','3964b2e6baae754e302f928496cfddfc4cb580d2335b25b2f6caa18fc72c6e02','ccf2005789028b4a9606183eb6c38be9f5c452b12020872781be24365a314fb3',NULL,3);
INSERT INTO "audit_event" VALUES(58,17,'2026-11-26 09:00:00','','import.done','3',NULL,NULL,'{"snapshot": "865de6fee611cf4d", "outcome": {"opened": 0, "changed": 0, "reopened": 1, "returned": 0, "closed": 0, "same": 0}}','ccf2005789028b4a9606183eb6c38be9f5c452b12020872781be24365a314fb3','00186628d9987d4c81a6fec47a18ec240d370757407c8b0de4015c7954822962',NULL,3);
CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);
CREATE TABLE "auth_group_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "auth_permission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "codename" varchar(100) NOT NULL, "name" varchar(255) NOT NULL);
INSERT INTO "auth_permission" VALUES(1,1,'add_permission','Can add permission');
INSERT INTO "auth_permission" VALUES(2,1,'change_permission','Can change permission');
INSERT INTO "auth_permission" VALUES(3,1,'delete_permission','Can delete permission');
INSERT INTO "auth_permission" VALUES(4,1,'view_permission','Can view permission');
INSERT INTO "auth_permission" VALUES(5,2,'add_group','Can add group');
INSERT INTO "auth_permission" VALUES(6,2,'change_group','Can change group');
INSERT INTO "auth_permission" VALUES(7,2,'delete_group','Can delete group');
INSERT INTO "auth_permission" VALUES(8,2,'view_group','Can view group');
INSERT INTO "auth_permission" VALUES(9,3,'add_contenttype','Can add content type');
INSERT INTO "auth_permission" VALUES(10,3,'change_contenttype','Can change content type');
INSERT INTO "auth_permission" VALUES(11,3,'delete_contenttype','Can delete content type');
INSERT INTO "auth_permission" VALUES(12,3,'view_contenttype','Can view content type');
INSERT INTO "auth_permission" VALUES(13,4,'add_session','Can add session');
INSERT INTO "auth_permission" VALUES(14,4,'change_session','Can change session');
INSERT INTO "auth_permission" VALUES(15,4,'delete_session','Can delete session');
INSERT INTO "auth_permission" VALUES(16,4,'view_session','Can view session');
INSERT INTO "auth_permission" VALUES(17,5,'add_emailaddress','Can add email address');
INSERT INTO "auth_permission" VALUES(18,5,'change_emailaddress','Can change email address');
INSERT INTO "auth_permission" VALUES(19,5,'delete_emailaddress','Can delete email address');
INSERT INTO "auth_permission" VALUES(20,5,'view_emailaddress','Can view email address');
INSERT INTO "auth_permission" VALUES(21,6,'add_emailconfirmation','Can add email confirmation');
INSERT INTO "auth_permission" VALUES(22,6,'change_emailconfirmation','Can change email confirmation');
INSERT INTO "auth_permission" VALUES(23,6,'delete_emailconfirmation','Can delete email confirmation');
INSERT INTO "auth_permission" VALUES(24,6,'view_emailconfirmation','Can view email confirmation');
INSERT INTO "auth_permission" VALUES(25,7,'add_authenticator','Can add authenticator');
INSERT INTO "auth_permission" VALUES(26,7,'change_authenticator','Can change authenticator');
INSERT INTO "auth_permission" VALUES(27,7,'delete_authenticator','Can delete authenticator');
INSERT INTO "auth_permission" VALUES(28,7,'view_authenticator','Can view authenticator');
INSERT INTO "auth_permission" VALUES(29,8,'add_socialaccount','Can add social account');
INSERT INTO "auth_permission" VALUES(30,8,'change_socialaccount','Can change social account');
INSERT INTO "auth_permission" VALUES(31,8,'delete_socialaccount','Can delete social account');
INSERT INTO "auth_permission" VALUES(32,8,'view_socialaccount','Can view social account');
INSERT INTO "auth_permission" VALUES(33,9,'add_socialapp','Can add social application');
INSERT INTO "auth_permission" VALUES(34,9,'change_socialapp','Can change social application');
INSERT INTO "auth_permission" VALUES(35,9,'delete_socialapp','Can delete social application');
INSERT INTO "auth_permission" VALUES(36,9,'view_socialapp','Can view social application');
INSERT INTO "auth_permission" VALUES(37,10,'add_socialtoken','Can add social application token');
INSERT INTO "auth_permission" VALUES(38,10,'change_socialtoken','Can change social application token');
INSERT INTO "auth_permission" VALUES(39,10,'delete_socialtoken','Can delete social application token');
INSERT INTO "auth_permission" VALUES(40,10,'view_socialtoken','Can view social application token');
INSERT INTO "auth_permission" VALUES(41,11,'add_usersession','Can add user session');
INSERT INTO "auth_permission" VALUES(42,11,'change_usersession','Can change user session');
INSERT INTO "auth_permission" VALUES(43,11,'delete_usersession','Can delete user session');
INSERT INTO "auth_permission" VALUES(44,11,'view_usersession','Can view user session');
INSERT INTO "auth_permission" VALUES(45,12,'add_chain','Can add chain');
INSERT INTO "auth_permission" VALUES(46,12,'change_chain','Can change chain');
INSERT INTO "auth_permission" VALUES(47,12,'delete_chain','Can delete chain');
INSERT INTO "auth_permission" VALUES(48,12,'view_chain','Can view chain');
INSERT INTO "auth_permission" VALUES(49,13,'add_event','Can add event');
INSERT INTO "auth_permission" VALUES(50,13,'change_event','Can change event');
INSERT INTO "auth_permission" VALUES(51,13,'delete_event','Can delete event');
INSERT INTO "auth_permission" VALUES(52,13,'view_event','Can view event');
INSERT INTO "auth_permission" VALUES(53,14,'add_user','Can add user');
INSERT INTO "auth_permission" VALUES(54,14,'change_user','Can change user');
INSERT INTO "auth_permission" VALUES(55,14,'delete_user','Can delete user');
INSERT INTO "auth_permission" VALUES(56,14,'view_user','Can view user');
INSERT INTO "auth_permission" VALUES(57,15,'add_provider','Can add provider');
INSERT INTO "auth_permission" VALUES(58,15,'change_provider','Can change provider');
INSERT INTO "auth_permission" VALUES(59,15,'delete_provider','Can delete provider');
INSERT INTO "auth_permission" VALUES(60,15,'view_provider','Can view provider');
INSERT INTO "auth_permission" VALUES(61,16,'add_apitoken','Can add api token');
INSERT INTO "auth_permission" VALUES(62,16,'change_apitoken','Can change api token');
INSERT INTO "auth_permission" VALUES(63,16,'delete_apitoken','Can delete api token');
INSERT INTO "auth_permission" VALUES(64,16,'view_apitoken','Can view api token');
INSERT INTO "auth_permission" VALUES(65,17,'add_membership','Can add membership');
INSERT INTO "auth_permission" VALUES(66,17,'change_membership','Can change membership');
INSERT INTO "auth_permission" VALUES(67,17,'delete_membership','Can delete membership');
INSERT INTO "auth_permission" VALUES(68,17,'view_membership','Can view membership');
INSERT INTO "auth_permission" VALUES(69,18,'add_attemptcount','Can add attempt count');
INSERT INTO "auth_permission" VALUES(70,18,'change_attemptcount','Can change attempt count');
INSERT INTO "auth_permission" VALUES(71,18,'delete_attemptcount','Can delete attempt count');
INSERT INTO "auth_permission" VALUES(72,18,'view_attemptcount','Can view attempt count');
INSERT INTO "auth_permission" VALUES(73,19,'add_savedmapping','Can add saved mapping');
INSERT INTO "auth_permission" VALUES(74,19,'change_savedmapping','Can change saved mapping');
INSERT INTO "auth_permission" VALUES(75,19,'delete_savedmapping','Can delete saved mapping');
INSERT INTO "auth_permission" VALUES(76,19,'view_savedmapping','Can view saved mapping');
INSERT INTO "auth_permission" VALUES(77,20,'add_import','Can add import');
INSERT INTO "auth_permission" VALUES(78,20,'change_import','Can change import');
INSERT INTO "auth_permission" VALUES(79,20,'delete_import','Can delete import');
INSERT INTO "auth_permission" VALUES(80,20,'view_import','Can view import');
INSERT INTO "auth_permission" VALUES(81,21,'add_case','Can add case');
INSERT INTO "auth_permission" VALUES(82,21,'change_case','Can change case');
INSERT INTO "auth_permission" VALUES(83,21,'delete_case','Can delete case');
INSERT INTO "auth_permission" VALUES(84,21,'view_case','Can view case');
INSERT INTO "auth_permission" VALUES(85,22,'add_casefinding','Can add case finding');
INSERT INTO "auth_permission" VALUES(86,22,'change_casefinding','Can change case finding');
INSERT INTO "auth_permission" VALUES(87,22,'delete_casefinding','Can delete case finding');
INSERT INTO "auth_permission" VALUES(88,22,'view_casefinding','Can view case finding');
INSERT INTO "auth_permission" VALUES(89,23,'add_reference','Can add reference');
INSERT INTO "auth_permission" VALUES(90,23,'change_reference','Can change reference');
INSERT INTO "auth_permission" VALUES(91,23,'delete_reference','Can delete reference');
INSERT INTO "auth_permission" VALUES(92,23,'view_reference','Can view reference');
INSERT INTO "auth_permission" VALUES(93,24,'add_attachment','Can add attachment');
INSERT INTO "auth_permission" VALUES(94,24,'change_attachment','Can change attachment');
INSERT INTO "auth_permission" VALUES(95,24,'delete_attachment','Can delete attachment');
INSERT INTO "auth_permission" VALUES(96,24,'view_attachment','Can view attachment');
INSERT INTO "auth_permission" VALUES(97,25,'add_correction','Can add correction');
INSERT INTO "auth_permission" VALUES(98,25,'change_correction','Can change correction');
INSERT INTO "auth_permission" VALUES(99,25,'delete_correction','Can delete correction');
INSERT INTO "auth_permission" VALUES(100,25,'view_correction','Can view correction');
INSERT INTO "auth_permission" VALUES(101,26,'add_note','Can add note');
INSERT INTO "auth_permission" VALUES(102,26,'change_note','Can change note');
INSERT INTO "auth_permission" VALUES(103,26,'delete_note','Can delete note');
INSERT INTO "auth_permission" VALUES(104,26,'view_note','Can view note');
INSERT INTO "auth_permission" VALUES(105,27,'add_paidrefund','Can add paid refund');
INSERT INTO "auth_permission" VALUES(106,27,'change_paidrefund','Can change paid refund');
INSERT INTO "auth_permission" VALUES(107,27,'delete_paidrefund','Can delete paid refund');
INSERT INTO "auth_permission" VALUES(108,27,'view_paidrefund','Can view paid refund');
INSERT INTO "auth_permission" VALUES(109,28,'add_question','Can add question');
INSERT INTO "auth_permission" VALUES(110,28,'change_question','Can change question');
INSERT INTO "auth_permission" VALUES(111,28,'delete_question','Can delete question');
INSERT INTO "auth_permission" VALUES(112,28,'view_question','Can view question');
INSERT INTO "auth_permission" VALUES(113,29,'add_savedview','Can add saved view');
INSERT INTO "auth_permission" VALUES(114,29,'change_savedview','Can change saved view');
INSERT INTO "auth_permission" VALUES(115,29,'delete_savedview','Can delete saved view');
INSERT INTO "auth_permission" VALUES(116,29,'view_savedview','Can view saved view');
INSERT INTO "auth_permission" VALUES(117,30,'add_viewing','Can add viewing');
INSERT INTO "auth_permission" VALUES(118,30,'change_viewing','Can change viewing');
INSERT INTO "auth_permission" VALUES(119,30,'delete_viewing','Can delete viewing');
INSERT INTO "auth_permission" VALUES(120,30,'view_viewing','Can view viewing');
INSERT INTO "auth_permission" VALUES(121,31,'add_assignmentrule','Can add assignment rule');
INSERT INTO "auth_permission" VALUES(122,31,'change_assignmentrule','Can change assignment rule');
INSERT INTO "auth_permission" VALUES(123,31,'delete_assignmentrule','Can delete assignment rule');
INSERT INTO "auth_permission" VALUES(124,31,'view_assignmentrule','Can view assignment rule');
INSERT INTO "auth_permission" VALUES(125,32,'add_automaticuse','Can add automatic use');
INSERT INTO "auth_permission" VALUES(126,32,'change_automaticuse','Can change automatic use');
INSERT INTO "auth_permission" VALUES(127,32,'delete_automaticuse','Can delete automatic use');
INSERT INTO "auth_permission" VALUES(128,32,'view_automaticuse','Can view automatic use');
INSERT INTO "auth_permission" VALUES(129,33,'add_approvallimit','Can add approval limit');
INSERT INTO "auth_permission" VALUES(130,33,'change_approvallimit','Can change approval limit');
INSERT INTO "auth_permission" VALUES(131,33,'delete_approvallimit','Can delete approval limit');
INSERT INTO "auth_permission" VALUES(132,33,'view_approvallimit','Can view approval limit');
INSERT INTO "auth_permission" VALUES(133,34,'add_automaticapproval','Can add automatic approval');
INSERT INTO "auth_permission" VALUES(134,34,'change_automaticapproval','Can change automatic approval');
INSERT INTO "auth_permission" VALUES(135,34,'delete_automaticapproval','Can delete automatic approval');
INSERT INTO "auth_permission" VALUES(136,34,'view_automaticapproval','Can view automatic approval');
CREATE TABLE "cases_approvallimit" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(20) NOT NULL, "most_cents" bigint NOT NULL, "provider_id" bigint NOT NULL REFERENCES "people_provider" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_limit_of_a_role" UNIQUE ("provider_id", "role"), CONSTRAINT "limit_is_an_amount" CHECK ("most_cents" >= 0));
INSERT INTO "cases_approvallimit" VALUES(1,'supervisor',250000,1);
CREATE TABLE "cases_assignmentrule" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" smallint unsigned NOT NULL CHECK ("position" >= 0), "party" varchar(20) NOT NULL, "cause" varchar(40) NOT NULL, "at_least_cents" bigint NOT NULL, "provider_id" bigint NOT NULL REFERENCES "people_provider" ("id") DEFERRABLE INITIALLY DEFERRED, "to_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_rule_of_a_position" UNIQUE ("provider_id", "position"));
CREATE TABLE "cases_attachment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "name" varchar(120) NOT NULL, "kind" varchar(60) NOT NULL, "size" integer unsigned NOT NULL CHECK ("size" >= 0), "digest" varchar(64) NOT NULL, "by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "cases_attachment" VALUES(1,'2026-11-26 09:00:00','letter.txt','text/plain',17,'7bc1709ab64e73f73e5b4727f7300380ce82f36245eec396d5aae167706f79ed',1,2);
CREATE TABLE "cases_automaticapproval" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "cause" varchar(40) NOT NULL, "most_cents" bigint NOT NULL, "day_cents" bigint NOT NULL, "month_cents" bigint NOT NULL, "turned_on_at" datetime NOT NULL, "provider_id" bigint NOT NULL REFERENCES "people_provider" ("id") DEFERRABLE INITIALLY DEFERRED, "turned_on_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_rule_of_a_cause" UNIQUE ("provider_id", "cause"), CONSTRAINT "caps_hold_one_another" CHECK (("most_cents" > 0 AND "day_cents" >= ("most_cents") AND "month_cents" >= ("day_cents"))));
INSERT INTO "cases_automaticapproval" VALUES(1,'paid_above_contract',5000,50000,500000,'2026-11-26 09:00:00',1,2);
CREATE TABLE "cases_automaticuse" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "cause" varchar(40) NOT NULL, "on" date NOT NULL, "cents" bigint NOT NULL, "provider_id" bigint NOT NULL REFERENCES "people_provider" ("id") DEFERRABLE INITIALLY DEFERRED, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "cases_case" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "account_id" varchar(80) NOT NULL, "party" varchar(20) NOT NULL, "party_id" varchar(80) NOT NULL, "state" varchar(20) NOT NULL, "queue" varchar(10) GENERATED ALWAYS AS (CASE WHEN "state" IN ('new', 'to_work', 'reopened') THEN 'work' WHEN "state" IN ('waiting_payer') THEN 'payer' WHEN "state" IN ('waiting_provider') THEN 'provider' WHEN "state" IN ('waiting_posting') THEN 'posting' WHEN "state" IN ('waiting_approval') THEN 'approval' WHEN "state" IN ('to_pay') THEN 'pay' WHEN "state" IN ('to_reconcile') THEN 'reconcile' WHEN "state" IN ('resolved') THEN 'done' ELSE NULL END) STORED, "version" integer unsigned NOT NULL CHECK ("version" >= 0), "party_name" varchar(200) NOT NULL, "payer_class" varchar(30) NOT NULL, "patient_name" varchar(200) NOT NULL, "cause" varchar(40) NOT NULL, "disposition" varchar(30) NOT NULL, "certainty" varchar(10) NOT NULL, "amount_cents" bigint NOT NULL, "verdict" text NOT NULL, "rank" smallint unsigned NOT NULL CHECK ("rank" >= 0), "due_on" date NULL, "due_key" date NOT NULL, "rule_id" varchar(80) NOT NULL, "digest" varchar(64) NOT NULL, "details" varchar(64) NOT NULL, "snoozed_until" date NULL, "snooze_reason" varchar(300) NOT NULL, "decision" varchar(30) NOT NULL, "decided_at" datetime NULL, "approved_at" datetime NULL, "refund_cents" bigint NULL, "changed_since_decided" bool NOT NULL, "resolution" varchar(300) NOT NULL, "closed_from" varchar(20) NOT NULL, "closed_by" varchar(16) NOT NULL, "is_gone" bool NOT NULL, "identified_on" date NOT NULL, "determined_on" date NOT NULL, "opened_at" datetime NOT NULL, "resolved_at" datetime NULL, "approved_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "assigned_to_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "decided_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "provider_id" bigint NOT NULL REFERENCES "people_provider" ("id") DEFERRABLE INITIALLY DEFERRED, "credit_on" date NULL, "decision_reason" varchar(300) NOT NULL, CONSTRAINT "case_number_once" UNIQUE ("provider_id", "number"), CONSTRAINT "one_case_for_a_party" UNIQUE ("provider_id", "account_id", "party", "party_id"), CONSTRAINT "case_has_an_amount" CHECK ("amount_cents" > 0), CONSTRAINT "state_is_known" CHECK ("state" IN ('new', 'to_work', 'waiting_payer', 'waiting_provider', 'waiting_posting', 'waiting_approval', 'to_pay', 'to_reconcile', 'resolved', 'reopened')), CONSTRAINT "party_is_known" CHECK ("party" IN ('payer', 'patient', 'none', 'undetermined')), CONSTRAINT "nobody_approves_an_own_proposal" CHECK (("approved_by_id" IS NULL OR NOT ("approved_by_id" = ("decided_by_id") AND "approved_by_id" IS NOT NULL AND "decided_by_id" IS NOT NULL))), CONSTRAINT "a_proposal_has_an_amount" CHECK (("refund_cents" IS NULL OR "refund_cents" > 0)), CONSTRAINT "a_resolved_case_says_when" CHECK ((NOT ("state" = 'resolved') OR "resolved_at" IS NOT NULL)));
INSERT INTO "cases_case" VALUES(1,1,'A4100','none','','waiting_posting',2,'','','Dalia Quist','duplicate_posting','reverse_posting','proved',10500,'Of 2 findings the largest: Larkspur Health Plan paid $130.00 on line 2 and should have paid $65.00, $65.00 too much: $65.00 more is posted than the remittance paid.',2,NULL,'9999-12-31','','6fde6e7b7f846cd0fc2419c7b2d8913a3b56bf595a5226dc8a5f11982d0d1981','94d2f3e4efc54154e0e113276fdaa218ab05e1f9271e32f9cbd0a637575bdbfa',NULL,'','correct','2026-11-26 09:00:00',NULL,NULL,0,'','','',0,'2026-06-01','2026-06-01','2026-11-26 09:00:00',NULL,NULL,NULL,1,1,'2026-03-05','');
INSERT INTO "cases_case" VALUES(2,2,'A4100','patient','G01','waiting_approval',2,'Dalia Quist','','Dalia Quist','patient_overcollection','refund_patient','proved',750,'The patient paid $27.50 on line 3 and should have paid $20.00, $7.50 too much: the final responsibility of the patient is $50.00.',1,'2026-07-01','2026-07-01','patient.TX.ins1661','3b4c570fa5fb1eb5edd0749b0e899df5706373a9203bce48ecd533228fa2eafd','b7b83b1f574bea8fd02f10b35685ede983a6e6b9051bee9e4359baad60ee67a5',NULL,'','propose_refund','2026-11-26 09:00:00',NULL,750,0,'','','',0,'2026-06-01','2026-06-01','2026-11-26 09:00:00',NULL,NULL,NULL,1,1,'2026-03-05','');
INSERT INTO "cases_case" VALUES(3,3,'A4100','payer','LARK','to_reconcile',4,'Larkspur Health Plan','commercial','Dalia Quist','duplicate_payment','refund_payer','proved',12000,'Larkspur Health Plan paid $240.00 on line 1 and should have paid $120.00, $120.00 too much: payment LK310001 of 2026-02-05 and payment LK310077 of 2026-03-05 pay for the same service.',2,NULL,'9999-12-31','','9851774dfabdf8e6337207fde79e6f363c89d4089ffb3a766debf0564dde1664','db7dac9a2ce629a6010bcc33b78d73fe85faebf775391f699e3e2c8705a617ca',NULL,'','propose_refund','2026-11-26 09:00:00','2026-11-26 09:00:00',12000,0,'','','',0,'2026-06-01','2026-06-01','2026-11-26 09:00:00',NULL,3,NULL,1,1,'2026-03-05','');
INSERT INTO "cases_case" VALUES(4,1,'0001042','payer','LARK','new',3,'Larkspur Health Plan','commercial','Sunniva Hale','duplicate_payment','refund_payer','proved',12000,'Larkspur Health Plan paid $240.00 on line 1 and should have paid $120.00, $120.00 too much: payment 0000881201 of 2026-02-02 and payment 0000881977 of 2026-02-20 pay for the same service.',2,NULL,'9999-12-31','','bc1aca4ea08e3fc689ddc47e822f3253043a7244f8a8ba3224c9b1a8ffd1a6d5','b120f011173faf0e71a42f1e355f5fddcb5607f1d61c5ff21373a4f4746bd190',NULL,'','',NULL,NULL,NULL,0,'','','',0,'2026-06-01','2026-06-01','2026-11-26 09:00:00',NULL,NULL,NULL,NULL,2,'2026-02-20','');
INSERT INTO "cases_case" VALUES(5,1,'A3001','none','','new',2,'','','Caspian Rooke','voided_charge','reverse_posting','proved',10000,'Contractual write-offs of $100.00 stand on line 1 where $0.00 belong, $100.00 too much: the charge was voided after $100.00 stood for contractual write-offs.',2,NULL,'9999-12-31','','7a0123136b64510d7ce045ba6c82880779a3385b8eb02d9698ea137b6a423846','468aa2df1f171d0b51dcb312db8163c438890a5c747cf16303e2fb1ddfe55cde','2027-02-24','calls back','',NULL,NULL,NULL,0,'','','',0,'2026-06-01','2026-06-01','2026-11-26 09:00:00',NULL,NULL,NULL,NULL,3,'2026-03-10','');
INSERT INTO "cases_case" VALUES(6,2,'A3001','patient','G01','new',1,'Caspian Rooke','','Caspian Rooke','voided_charge','refund_patient','proved',1500,'The patient paid $15.00 on line 1 and should have paid $0.00, $15.00 too much: the charge was voided after $15.00 stood for the patient.',1,'2026-07-01','2026-07-01','patient.TX.ins1661','e60286ccc450f73c3c515eff4b594d16c4febea1a0f0cddbdf4413dde08f0cfd','499396bd8df864f78f5c1bf9d8e51e0896076fa470dcc521f15b86a8c56deebd',NULL,'','',NULL,NULL,NULL,0,'','','',0,'2026-06-01','2026-06-01','2026-11-26 09:00:00',NULL,NULL,NULL,NULL,3,'2026-03-10','');
INSERT INTO "cases_case" VALUES(7,3,'A3001','payer','LARK','new',2,'Larkspur Health Plan','commercial','Caspian Rooke','voided_charge','corrected_claim','proved',24000,'Larkspur Health Plan paid $240.00 on line 1 and should have paid $0.00, $240.00 too much: the charge was voided after $240.00 stood for Larkspur Health Plan.',2,NULL,'9999-12-31','','038ca30d0c81c12dbf26f5c06f417c85721e01852e3f60ec5805dfe6c2bf8a51','f45adf0670ed82edaa087efad22874939bc45cc56fab62b8fea8346513b80378','2027-02-24','calls back','',NULL,NULL,NULL,0,'','','',0,'2026-06-01','2026-06-01','2026-11-26 09:00:00',NULL,NULL,NULL,NULL,3,'2026-03-10','');
INSERT INTO "cases_case" VALUES(8,4,'A3001','payer','TAMA','new',2,'Tamarack Mutual','commercial','Caspian Rooke','voided_charge','corrected_claim','proved',4500,'Tamarack Mutual paid $45.00 on line 1 and should have paid $0.00, $45.00 too much: the charge was voided after $45.00 stood for Tamarack Mutual.',2,NULL,'9999-12-31','','e590739a8b828f0acbca88d468a502bcbf5d3df12042d67bb06b191bdd79fdca','663b62cacfffda41df4b850a577a320fc41a125a724a9d45632cf61709ed4157','2027-02-24','calls back','',NULL,NULL,NULL,0,'','','',0,'2026-06-01','2026-06-01','2026-11-26 09:00:00',NULL,NULL,NULL,NULL,3,'2026-03-10','');
CREATE TABLE "cases_casefinding" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "line_no" integer NULL, "cause" varchar(40) NOT NULL, "disposition" varchar(30) NOT NULL, "amount_cents" bigint NOT NULL, "certainty" varchar(10) NOT NULL, "due_on" date NULL, "rule_id" varchar(80) NOT NULL, "evidence" text NOT NULL, "explanation" text NOT NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "finding_has_an_amount" CHECK ("amount_cents" > 0), CONSTRAINT "disposition_is_known" CHECK ("disposition" IN ('refund_payer', 'refund_patient', 'corrected_claim', 'reverse_posting', 'transfer_posting', 'post_recoupment', 'post_refund', 'post_returned_payment', 'reclassify', 'hold', 'review')), CONSTRAINT "certainty_is_known" CHECK ("certainty" IN ('proved', 'likely', 'person')));
INSERT INTO "cases_casefinding" VALUES(1,2,'duplicate_posting','reverse_posting',6500,'proved',NULL,'','C002|T0003|T0010|LK310001-465baea9f0-1','Larkspur Health Plan paid $130.00 on line 2 and should have paid $65.00, $65.00 too much: $65.00 more is posted than the remittance paid.',1);
INSERT INTO "cases_casefinding" VALUES(2,3,'contractual_overposted','reverse_posting',4000,'proved',NULL,'','C003|T0006|T0008|LK310001-465baea9f0-1','Contractual write-offs of $80.00 stand on line 3 where $40.00 belong, $40.00 too much: contract and remittance allow a write-off of $40.00.',1);
INSERT INTO "cases_casefinding" VALUES(3,3,'patient_overcollection','refund_patient',750,'proved','2026-07-01','patient.TX.ins1661','C003|T0009|LK310001-465baea9f0-1','The patient paid $27.50 on line 3 and should have paid $20.00, $7.50 too much: the final responsibility of the patient is $50.00.',2);
INSERT INTO "cases_casefinding" VALUES(4,1,'duplicate_payment','refund_payer',12000,'proved',NULL,'','C001|T0001|T0007|LK310001-465baea9f0-1|LK310077-9050006cb1-1','Larkspur Health Plan paid $240.00 on line 1 and should have paid $120.00, $120.00 too much: payment LK310001 of 2026-02-05 and payment LK310077 of 2026-03-05 pay for the same service.',3);
INSERT INTO "cases_casefinding" VALUES(6,1,'voided_charge','reverse_posting',10000,'proved',NULL,'','C001|T0002|LK305001-b417889a41-1|TM7701-15452bb364-1','Contractual write-offs of $100.00 stand on line 1 where $0.00 belong, $100.00 too much: the charge was voided after $100.00 stood for contractual write-offs.',5);
INSERT INTO "cases_casefinding" VALUES(7,1,'voided_charge','refund_patient',1500,'proved','2026-07-01','patient.TX.ins1661','C001|T0013|LK305001-b417889a41-1|TM7701-15452bb364-1','The patient paid $15.00 on line 1 and should have paid $0.00, $15.00 too much: the charge was voided after $15.00 stood for the patient.',6);
INSERT INTO "cases_casefinding" VALUES(8,1,'voided_charge','corrected_claim',24000,'proved',NULL,'','C001|T0001|LK305001-b417889a41-1','Larkspur Health Plan paid $240.00 on line 1 and should have paid $0.00, $240.00 too much: the charge was voided after $240.00 stood for Larkspur Health Plan.',7);
INSERT INTO "cases_casefinding" VALUES(9,1,'voided_charge','corrected_claim',4500,'proved',NULL,'','C001|T0009|TM7701-15452bb364-1|LK305001-b417889a41-1','Tamarack Mutual paid $45.00 on line 1 and should have paid $0.00, $45.00 too much: the charge was voided after $45.00 stood for Tamarack Mutual.',8);
INSERT INTO "cases_casefinding" VALUES(10,1,'duplicate_payment','refund_payer',12000,'proved',NULL,'','C001|T0001|T0004|0000881201-a2d2fb6cc1-1|0000881977-1848b106f1-1','Larkspur Health Plan paid $240.00 on line 1 and should have paid $120.00, $120.00 too much: payment 0000881201 of 2026-02-02 and payment 0000881977 of 2026-02-20 pay for the same service.',4);
CREATE TABLE "cases_correction" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "line_no" integer NULL, "entry" varchar(30) NOT NULL, "amount_cents" bigint NOT NULL, "refers_to" text NOT NULL, "reason" text NOT NULL, "status" varchar(10) NOT NULL, "made_at" datetime NOT NULL, "sent_at" datetime NULL, "proved_by" varchar(16) NOT NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "correction_has_an_amount" CHECK ("amount_cents" > 0));
INSERT INTO "cases_correction" VALUES(1,2,'reverse_posting',6500,'C002|T0003|T0010|LK310001-465baea9f0-1','Larkspur Health Plan paid $130.00 on line 2 and should have paid $65.00, $65.00 too much: $65.00 more is posted than the remittance paid.','ready','2026-11-26 09:00:00',NULL,'',1);
INSERT INTO "cases_correction" VALUES(2,3,'reverse_posting',4000,'C003|T0006|T0008|LK310001-465baea9f0-1','Contractual write-offs of $80.00 stand on line 3 where $40.00 belong, $40.00 too much: contract and remittance allow a write-off of $40.00.','ready','2026-11-26 09:00:00',NULL,'',1);
CREATE TABLE "cases_note" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "text" text NOT NULL, "by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "cases_note" VALUES(1,'2026-11-26 09:00:00','Card on file? @sam',1,2);
CREATE TABLE "cases_note_mentions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "note_id" bigint NOT NULL REFERENCES "cases_note" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "cases_note_mentions" VALUES(1,1,2);
CREATE TABLE "cases_paidrefund" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "cents" bigint NOT NULL, "digest" varchar(64) NOT NULL, "at" datetime NOT NULL, "settled_at" datetime NULL, "settled_by" varchar(16) NOT NULL, "came_back_at" datetime NULL, "by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "a_paid_refund_has_an_amount" CHECK ("cents" > 0));
INSERT INTO "cases_paidrefund" VALUES(1,12000,'9851774dfabdf8e6337207fde79e6f363c89d4089ffb3a766debf0564dde1664','2026-11-26 09:00:00',NULL,'',NULL,3,3);
CREATE TABLE "cases_question" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "asked_at" datetime NOT NULL, "text" text NOT NULL, "answered_at" datetime NULL, "answer" text NOT NULL, "answered_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "asked_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "cases_reference" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "account_id" varchar(80) NOT NULL, "value" varchar(80) NOT NULL, "provider_id" bigint NOT NULL REFERENCES "people_provider" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "reference_once" UNIQUE ("provider_id", "value", "account_id"));
INSERT INTO "cases_reference" VALUES(1,'A4100','LK310077',1);
INSERT INTO "cases_reference" VALUES(2,'A4100','26L4100A',1);
INSERT INTO "cases_reference" VALUES(3,'A4100','LK310001',1);
INSERT INTO "cases_reference" VALUES(4,'A4100','26L4100B',1);
INSERT INTO "cases_reference" VALUES(5,'A4100','DALIA',1);
INSERT INTO "cases_reference" VALUES(6,'A4100','QUIST',1);
INSERT INTO "cases_reference" VALUES(7,'0001042','1042',2);
INSERT INTO "cases_reference" VALUES(8,'0001042','26L00977',2);
INSERT INTO "cases_reference" VALUES(9,'0001042','881977',2);
INSERT INTO "cases_reference" VALUES(10,'0001042','HALE',2);
INSERT INTO "cases_reference" VALUES(11,'0001042','0000881977',2);
INSERT INTO "cases_reference" VALUES(12,'0001042','026L00017',2);
INSERT INTO "cases_reference" VALUES(13,'0001042','26L00017',2);
INSERT INTO "cases_reference" VALUES(14,'0001042','026L00977',2);
INSERT INTO "cases_reference" VALUES(15,'0001042','0000881201',2);
INSERT INTO "cases_reference" VALUES(16,'0001042','00A1042-1',2);
INSERT INTO "cases_reference" VALUES(17,'0001042','A1042-1',2);
INSERT INTO "cases_reference" VALUES(18,'0001042','881201',2);
INSERT INTO "cases_reference" VALUES(19,'0001042','SUNNIVA',2);
INSERT INTO "cases_reference" VALUES(20,'A3001','ROOKE',3);
INSERT INTO "cases_reference" VALUES(21,'A3001','CASPIAN',3);
INSERT INTO "cases_reference" VALUES(22,'A3001','LK305001',3);
INSERT INTO "cases_reference" VALUES(23,'A3001','TM7701',3);
INSERT INTO "cases_reference" VALUES(24,'A3001','26L3001',3);
INSERT INTO "cases_reference" VALUES(25,'A3001','TM26-520',3);
CREATE TABLE "cases_savedview" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(60) NOT NULL, "query" varchar(400) NOT NULL, "is_shared" bool NOT NULL, "owner_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "provider_id" bigint NOT NULL REFERENCES "people_provider" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_view_of_a_name" UNIQUE ("provider_id", "owner_id", "name"));
CREATE TABLE "cases_viewing" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_viewing_of_a_person" UNIQUE ("case_id", "user_id"));
CREATE TABLE "django_content_type" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL);
INSERT INTO "django_content_type" VALUES(1,'auth','permission');
INSERT INTO "django_content_type" VALUES(2,'auth','group');
INSERT INTO "django_content_type" VALUES(3,'contenttypes','contenttype');
INSERT INTO "django_content_type" VALUES(4,'sessions','session');
INSERT INTO "django_content_type" VALUES(5,'account','emailaddress');
INSERT INTO "django_content_type" VALUES(6,'account','emailconfirmation');
INSERT INTO "django_content_type" VALUES(7,'mfa','authenticator');
INSERT INTO "django_content_type" VALUES(8,'socialaccount','socialaccount');
INSERT INTO "django_content_type" VALUES(9,'socialaccount','socialapp');
INSERT INTO "django_content_type" VALUES(10,'socialaccount','socialtoken');
INSERT INTO "django_content_type" VALUES(11,'usersessions','usersession');
INSERT INTO "django_content_type" VALUES(12,'audit','chain');
INSERT INTO "django_content_type" VALUES(13,'audit','event');
INSERT INTO "django_content_type" VALUES(14,'people','user');
INSERT INTO "django_content_type" VALUES(15,'people','provider');
INSERT INTO "django_content_type" VALUES(16,'people','apitoken');
INSERT INTO "django_content_type" VALUES(17,'people','membership');
INSERT INTO "django_content_type" VALUES(18,'people','attemptcount');
INSERT INTO "django_content_type" VALUES(19,'intake','savedmapping');
INSERT INTO "django_content_type" VALUES(20,'intake','import');
INSERT INTO "django_content_type" VALUES(21,'cases','case');
INSERT INTO "django_content_type" VALUES(22,'cases','casefinding');
INSERT INTO "django_content_type" VALUES(23,'cases','reference');
INSERT INTO "django_content_type" VALUES(24,'cases','attachment');
INSERT INTO "django_content_type" VALUES(25,'cases','correction');
INSERT INTO "django_content_type" VALUES(26,'cases','note');
INSERT INTO "django_content_type" VALUES(27,'cases','paidrefund');
INSERT INTO "django_content_type" VALUES(28,'cases','question');
INSERT INTO "django_content_type" VALUES(29,'cases','savedview');
INSERT INTO "django_content_type" VALUES(30,'cases','viewing');
INSERT INTO "django_content_type" VALUES(31,'cases','assignmentrule');
INSERT INTO "django_content_type" VALUES(32,'cases','automaticuse');
INSERT INTO "django_content_type" VALUES(33,'cases','approvallimit');
INSERT INTO "django_content_type" VALUES(34,'cases','automaticapproval');
CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL);
INSERT INTO "django_migrations" VALUES(1,'contenttypes','0001_initial','2026-12-01 13:53:36.723850');
INSERT INTO "django_migrations" VALUES(2,'contenttypes','0002_remove_content_type_name','2026-12-01 13:53:36.756302');
INSERT INTO "django_migrations" VALUES(3,'auth','0001_initial','2026-12-01 13:53:36.768479');
INSERT INTO "django_migrations" VALUES(4,'auth','0002_alter_permission_name_max_length','2026-12-01 13:53:36.773654');
INSERT INTO "django_migrations" VALUES(5,'auth','0003_alter_user_email_max_length','2026-12-01 13:53:36.778437');
INSERT INTO "django_migrations" VALUES(6,'auth','0004_alter_user_username_opts','2026-12-01 13:53:36.783958');
INSERT INTO "django_migrations" VALUES(7,'auth','0005_alter_user_last_login_null','2026-12-01 13:53:36.788605');
INSERT INTO "django_migrations" VALUES(8,'auth','0006_require_contenttypes_0002','2026-12-01 13:53:36.789188');
INSERT INTO "django_migrations" VALUES(9,'auth','0007_alter_validators_add_error_messages','2026-12-01 13:53:36.794573');
INSERT INTO "django_migrations" VALUES(10,'auth','0008_alter_user_username_max_length','2026-12-01 13:53:36.800290');
INSERT INTO "django_migrations" VALUES(11,'auth','0009_alter_user_last_name_max_length','2026-12-01 13:53:36.806407');
INSERT INTO "django_migrations" VALUES(12,'auth','0010_alter_group_name_max_length','2026-12-01 13:53:36.826712');
INSERT INTO "django_migrations" VALUES(13,'auth','0011_update_proxy_permissions','2026-12-01 13:53:36.841006');
INSERT INTO "django_migrations" VALUES(14,'auth','0012_alter_user_first_name_max_length','2026-12-01 13:53:36.852783');
INSERT INTO "django_migrations" VALUES(15,'people','0001_initial','2026-12-01 13:53:37.045982');
INSERT INTO "django_migrations" VALUES(16,'account','0001_initial','2026-12-01 13:53:37.182703');
INSERT INTO "django_migrations" VALUES(17,'account','0002_email_max_length','2026-12-01 13:53:37.220371');
INSERT INTO "django_migrations" VALUES(18,'account','0003_alter_emailaddress_create_unique_verified_email','2026-12-01 13:53:37.366813');
INSERT INTO "django_migrations" VALUES(19,'account','0004_alter_emailaddress_drop_unique_email','2026-12-01 13:53:37.441484');
INSERT INTO "django_migrations" VALUES(20,'account','0005_emailaddress_idx_upper_email','2026-12-01 13:53:37.502450');
INSERT INTO "django_migrations" VALUES(21,'account','0006_emailaddress_lower','2026-12-01 13:53:37.550625');
INSERT INTO "django_migrations" VALUES(22,'account','0007_emailaddress_idx_email','2026-12-01 13:53:37.612113');
INSERT INTO "django_migrations" VALUES(23,'account','0008_emailaddress_unique_primary_email_fixup','2026-12-01 13:53:37.788583');
INSERT INTO "django_migrations" VALUES(24,'account','0009_emailaddress_unique_primary_email','2026-12-01 13:53:37.835901');
INSERT INTO "django_migrations" VALUES(25,'audit','0001_initial','2026-12-01 13:53:37.941683');
INSERT INTO "django_migrations" VALUES(26,'audit','0002_only_added','2026-12-01 13:53:38.007676');
INSERT INTO "django_migrations" VALUES(27,'audit','0003_seal','2026-12-01 13:53:38.100414');
INSERT INTO "django_migrations" VALUES(28,'audit','0004_seal_old_chains','2026-12-01 13:53:38.175608');
INSERT INTO "django_migrations" VALUES(29,'cases','0001_initial','2026-12-01 13:53:39.306389');
INSERT INTO "django_migrations" VALUES(30,'cases','0002_work','2026-12-01 13:53:40.270793');
INSERT INTO "django_migrations" VALUES(31,'cases','0003_approval','2026-12-01 13:53:40.581161');
INSERT INTO "django_migrations" VALUES(32,'cases','0004_reason_and_age','2026-12-01 13:53:40.817802');
INSERT INTO "django_migrations" VALUES(33,'cases','0005_seal_cases','2026-12-01 13:53:40.874345');
INSERT INTO "django_migrations" VALUES(34,'intake','0001_initial','2026-12-01 13:53:40.961438');
INSERT INTO "django_migrations" VALUES(35,'intake','0002_held_by_beats','2026-12-01 13:53:41.428041');
INSERT INTO "django_migrations" VALUES(36,'intake','0003_asks_and_holds_out','2026-12-01 13:53:41.912412');
INSERT INTO "django_migrations" VALUES(37,'mfa','0001_initial','2026-12-01 13:53:41.983078');
INSERT INTO "django_migrations" VALUES(38,'mfa','0002_authenticator_timestamps','2026-12-01 13:53:42.073117');
INSERT INTO "django_migrations" VALUES(39,'mfa','0003_authenticator_type_uniq','2026-12-01 13:53:42.253449');
INSERT INTO "django_migrations" VALUES(40,'people','0002_count_attempts_to_sign_in','2026-12-01 13:53:42.262203');
INSERT INTO "django_migrations" VALUES(41,'people','0003_end_tokens_on_a_day','2026-12-01 13:53:42.456758');
INSERT INTO "django_migrations" VALUES(42,'sessions','0001_initial','2026-12-01 13:53:42.461744');
INSERT INTO "django_migrations" VALUES(43,'socialaccount','0001_initial','2026-12-01 13:53:42.624200');
INSERT INTO "django_migrations" VALUES(44,'socialaccount','0002_token_max_lengths','2026-12-01 13:53:42.710208');
INSERT INTO "django_migrations" VALUES(45,'socialaccount','0003_extra_data_default_dict','2026-12-01 13:53:42.760924');
INSERT INTO "django_migrations" VALUES(46,'socialaccount','0004_app_provider_id_settings','2026-12-01 13:53:42.828747');
INSERT INTO "django_migrations" VALUES(47,'socialaccount','0005_socialtoken_nullable_app','2026-12-01 13:53:42.872586');
INSERT INTO "django_migrations" VALUES(48,'socialaccount','0006_alter_socialaccount_extra_data','2026-12-01 13:53:42.918905');
INSERT INTO "django_migrations" VALUES(49,'usersessions','0001_initial','2026-12-01 13:53:42.985224');
CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" datetime NOT NULL);
CREATE TABLE "intake_import" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "source" varchar(300) NOT NULL, "digest" varchar(64) NOT NULL, "kind" varchar(10) NOT NULL, "as_of" date NOT NULL, "status" varchar(10) NOT NULL, "may_close" bool NOT NULL, "step" varchar(80) NOT NULL, "attempts" smallint unsigned NOT NULL CHECK ("attempts" >= 0), "worker" varchar(80) NOT NULL, "asked_at" datetime NOT NULL, "started_at" datetime NULL, "ended_at" datetime NULL, "snapshot" varchar(16) NOT NULL, "previous_snapshot" varchar(16) NOT NULL, "problem" text NOT NULL, "report" text NOT NULL CHECK ((JSON_VALID("report") OR "report" IS NULL)), "summary" text NOT NULL CHECK ((JSON_VALID("summary") OR "summary" IS NULL)), "outcome" text NOT NULL CHECK ((JSON_VALID("outcome") OR "outcome" IS NULL)), "asked_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "provider_id" bigint NOT NULL REFERENCES "people_provider" ("id") DEFERRABLE INITIALLY DEFERRED, "beat" bigint unsigned NOT NULL CHECK ("beat" >= 0), "may_flag_many" bool NOT NULL, "hold_out_limit" real NOT NULL, "asks" varchar(20) NOT NULL, CONSTRAINT "import_number_once" UNIQUE ("provider_id", "number"), CONSTRAINT "a_running_import_has_a_worker" CHECK ((NOT ("status" = 'running') OR NOT ("worker" = ''))));
INSERT INTO "intake_import" VALUES(1,1,'/feeds/four-causes-on-one-account','df432f6d3687f20c784c581d0ddc7438dd2af57bdcfc734f011421ce68d8cd7e','whole','2026-06-01','done',0,'',1,'worker','2026-11-26 09:00:00','2026-11-26 09:00:00','2026-11-26 09:00:00','f0eca29a4215fe3e','','','{"rows_read": {"facilities": 1, "patients": 1, "guarantors": 1, "payers": 1, "plans": 0, "accounts": 1, "coverages": 1, "claims": 0, "charges": 3, "transactions": 10, "allocations": 0, "refunds": 0, "refund_requests": 0, "contract_amounts": 1, "bank_deposits": 0, "remits": 2, "remit_claims": 2, "remit_lines": 4, "remit_adjustments": 7, "provider_adjustments": 0}, "rows_left_out": {}, "problems": [], "ignored_columns": [], "ignored_files": [], "backing": {"remittances": 2, "payer_money_cents": 45000, "backed_cents": 45000, "payers_with_gaps": 0, "payers": []}, "held_out": [], "remittances": {"claims_without_account": 0, "files": 2, "given_twice": 0, "conflicting": 0, "problems": []}}','{"version": "0.1.0", "snapshot": "f0eca29a4215fe3e", "as_of": "2026-06-01", "credits": {"accounts": 1, "masked_accounts": 0, "credit_cents": 23250, "masked_cents": 0, "owed_cents": 0, "disagreeing_accounts": 0}, "by_party": {"none": {"findings": 2, "amount_cents": 10500}, "patient": {"findings": 1, "amount_cents": 750}, "payer": {"findings": 1, "amount_cents": 12000}}, "by_payer_class": {"commercial": {"findings": 1, "amount_cents": 12000}}, "by_cause": {"contractual_overposted": {"findings": 1, "amount_cents": 4000}, "duplicate_payment": {"findings": 1, "amount_cents": 12000}, "duplicate_posting": {"findings": 1, "amount_cents": 6500}, "patient_overcollection": {"findings": 1, "amount_cents": 750}}, "by_party_and_cause": {"none/contractual_overposted": {"findings": 1, "amount_cents": 4000}, "none/duplicate_posting": {"findings": 1, "amount_cents": 6500}, "patient/patient_overcollection": {"findings": 1, "amount_cents": 750}, "payer/duplicate_payment": {"findings": 1, "amount_cents": 12000}}, "by_certainty": {"proved": {"findings": 4, "amount_cents": 23250}}, "by_queue": {"corrections": {"findings": 2, "amount_cents": 10500}, "patients": {"findings": 1, "amount_cents": 750}, "payers": {"findings": 1, "amount_cents": 12000}}, "due": {"no_date": {"findings": 3, "amount_cents": 22500}, "within_30_days": {"findings": 1, "amount_cents": 750}}, "rows_read": {"facilities": 1, "patients": 1, "guarantors": 1, "payers": 1, "plans": 0, "accounts": 1, "coverages": 1, "claims": 0, "charges": 3, "transactions": 10, "allocations": 0, "refunds": 0, "refund_requests": 0, "contract_amounts": 1, "bank_deposits": 0, "remits": 2, "remit_claims": 2, "remit_lines": 4, "remit_adjustments": 7, "provider_adjustments": 0}, "accounts": 1, "accounts_flagged": 1, "accounts_held_out": 0, "backing": {"remittances": 2, "payer_money_cents": 45000, "backed_cents": 45000, "payers_with_gaps": 0, "payers": []}, "problems": [], "seconds": {}}','{"opened": 3, "changed": 0, "reopened": 0, "returned": 0, "closed": 0, "same": 0}',NULL,1,9,0,0.01,'');
INSERT INTO "intake_import" VALUES(2,1,'/feeds/duplicate-payment-two-traces','9d81a0cfa1b79bf4d0ea8520d0f5f2e1f11be8c9d6fb3b3de7d612a35f05ef57','whole','2026-06-01','done',0,'',1,'worker','2026-11-26 09:00:00','2026-11-26 09:00:00','2026-11-26 09:00:00','865de6fee611cf4d','','','{"rows_read": {"facilities": 1, "patients": 1, "guarantors": 1, "payers": 1, "plans": 0, "accounts": 1, "coverages": 1, "claims": 1, "charges": 1, "transactions": 4, "allocations": 0, "refunds": 0, "refund_requests": 0, "contract_amounts": 0, "bank_deposits": 0, "remits": 2, "remit_claims": 2, "remit_lines": 2, "remit_adjustments": 4, "provider_adjustments": 0}, "rows_left_out": {}, "problems": [], "ignored_columns": [], "ignored_files": [], "backing": {"remittances": 2, "payer_money_cents": 24000, "backed_cents": 24000, "payers_with_gaps": 0, "payers": []}, "held_out": [], "remittances": {"claims_without_account": 0, "files": 2, "given_twice": 0, "conflicting": 0, "problems": []}}','{"version": "0.1.0", "snapshot": "865de6fee611cf4d", "as_of": "2026-06-01", "credits": {"accounts": 1, "masked_accounts": 0, "credit_cents": 12000, "masked_cents": 0, "owed_cents": 0, "disagreeing_accounts": 0}, "by_party": {"payer": {"findings": 1, "amount_cents": 12000}}, "by_payer_class": {"commercial": {"findings": 1, "amount_cents": 12000}}, "by_cause": {"duplicate_payment": {"findings": 1, "amount_cents": 12000}}, "by_party_and_cause": {"payer/duplicate_payment": {"findings": 1, "amount_cents": 12000}}, "by_certainty": {"proved": {"findings": 1, "amount_cents": 12000}}, "by_queue": {"payers": {"findings": 1, "amount_cents": 12000}}, "due": {"no_date": {"findings": 1, "amount_cents": 12000}}, "rows_read": {"facilities": 1, "patients": 1, "guarantors": 1, "payers": 1, "plans": 0, "accounts": 1, "coverages": 1, "claims": 1, "charges": 1, "transactions": 4, "allocations": 0, "refunds": 0, "refund_requests": 0, "contract_amounts": 0, "bank_deposits": 0, "remits": 2, "remit_claims": 2, "remit_lines": 2, "remit_adjustments": 4, "provider_adjustments": 0}, "accounts": 1, "accounts_flagged": 1, "accounts_held_out": 0, "backing": {"remittances": 2, "payer_money_cents": 24000, "backed_cents": 24000, "payers_with_gaps": 0, "payers": []}, "problems": [], "seconds": {}}','{"opened": 1, "changed": 0, "reopened": 0, "returned": 0, "closed": 0, "same": 0}',NULL,2,9,0,0.01,'');
INSERT INTO "intake_import" VALUES(3,2,'/feeds/quiet-ordinary-accounts','e6f3bb039f62e9149c3505937466423a071d9ab6fdd9135b105e4106cf5dac84','whole','2026-06-01','done',0,'',1,'worker','2026-11-26 09:00:00','2026-11-26 09:00:00','2026-11-26 09:00:00','62605eaeee2f82d8','865de6fee611cf4d','','{"rows_read": {"facilities": 1, "patients": 8, "guarantors": 8, "payers": 2, "plans": 0, "accounts": 8, "coverages": 8, "claims": 0, "charges": 12, "transactions": 25, "allocations": 0, "refunds": 0, "refund_requests": 0, "contract_amounts": 0, "bank_deposits": 0, "remits": 1, "remit_claims": 7, "remit_lines": 8, "remit_adjustments": 12, "provider_adjustments": 0}, "rows_left_out": {}, "problems": [], "ignored_columns": [], "ignored_files": [], "backing": {"remittances": 1, "payer_money_cents": 249500, "backed_cents": 239500, "payers_with_gaps": 0, "payers": []}, "held_out": [], "remittances": {"claims_without_account": 0, "files": 1, "given_twice": 0, "conflicting": 0, "problems": []}}','{"version": "0.1.0", "snapshot": "62605eaeee2f82d8", "as_of": "2026-06-01", "credits": {"accounts": 0, "masked_accounts": 0, "credit_cents": 0, "masked_cents": 0, "owed_cents": 4500, "disagreeing_accounts": 0}, "by_party": {}, "by_payer_class": {}, "by_cause": {}, "by_party_and_cause": {}, "by_certainty": {}, "by_queue": {}, "due": {}, "rows_read": {"facilities": 1, "patients": 8, "guarantors": 8, "payers": 2, "plans": 0, "accounts": 8, "coverages": 8, "claims": 0, "charges": 12, "transactions": 25, "allocations": 0, "refunds": 0, "refund_requests": 0, "contract_amounts": 0, "bank_deposits": 0, "remits": 1, "remit_claims": 7, "remit_lines": 8, "remit_adjustments": 12, "provider_adjustments": 0}, "accounts": 8, "accounts_flagged": 0, "accounts_held_out": 0, "backing": {"remittances": 1, "payer_money_cents": 249500, "backed_cents": 239500, "payers_with_gaps": 0, "payers": []}, "problems": [], "seconds": {}}','{"opened": 0, "changed": 0, "reopened": 0, "returned": 0, "closed": 1, "same": 0}',NULL,2,9,0,0.01,'');
INSERT INTO "intake_import" VALUES(4,1,'/feeds/voided-charge-split-four-ways','8a9d429d6c414fdccded1e42de270100c7d8f79728655567694e4bbb26e41298','whole','2026-06-01','done',0,'',1,'worker','2026-11-26 09:00:00','2026-11-26 09:00:00','2026-11-26 09:00:00','c2d9104b3c6e09c9','','','{"rows_read": {"facilities": 1, "patients": 1, "guarantors": 1, "payers": 2, "plans": 0, "accounts": 1, "coverages": 2, "claims": 0, "charges": 2, "transactions": 13, "allocations": 0, "refunds": 0, "refund_requests": 0, "contract_amounts": 0, "bank_deposits": 0, "remits": 2, "remit_claims": 2, "remit_lines": 4, "remit_adjustments": 7, "provider_adjustments": 0}, "rows_left_out": {}, "problems": [], "ignored_columns": [], "ignored_files": [], "backing": {"remittances": 2, "payer_money_cents": 38500, "backed_cents": 38500, "payers_with_gaps": 0, "payers": []}, "held_out": [], "remittances": {"claims_without_account": 0, "files": 2, "given_twice": 0, "conflicting": 0, "problems": []}}','{"version": "0.1.0", "snapshot": "c2d9104b3c6e09c9", "as_of": "2026-06-01", "credits": {"accounts": 1, "masked_accounts": 0, "credit_cents": 40000, "masked_cents": 0, "owed_cents": 0, "disagreeing_accounts": 0}, "by_party": {"none": {"findings": 1, "amount_cents": 10000}, "patient": {"findings": 1, "amount_cents": 1500}, "payer": {"findings": 2, "amount_cents": 28500}}, "by_payer_class": {"commercial": {"findings": 2, "amount_cents": 28500}}, "by_cause": {"voided_charge": {"findings": 4, "amount_cents": 40000}}, "by_party_and_cause": {"none/voided_charge": {"findings": 1, "amount_cents": 10000}, "patient/voided_charge": {"findings": 1, "amount_cents": 1500}, "payer/voided_charge": {"findings": 2, "amount_cents": 28500}}, "by_certainty": {"proved": {"findings": 4, "amount_cents": 40000}}, "by_queue": {"corrections": {"findings": 1, "amount_cents": 10000}, "patients": {"findings": 1, "amount_cents": 1500}, "payers": {"findings": 2, "amount_cents": 28500}}, "due": {"no_date": {"findings": 3, "amount_cents": 38500}, "within_30_days": {"findings": 1, "amount_cents": 1500}}, "rows_read": {"facilities": 1, "patients": 1, "guarantors": 1, "payers": 2, "plans": 0, "accounts": 1, "coverages": 2, "claims": 0, "charges": 2, "transactions": 13, "allocations": 0, "refunds": 0, "refund_requests": 0, "contract_amounts": 0, "bank_deposits": 0, "remits": 2, "remit_claims": 2, "remit_lines": 4, "remit_adjustments": 7, "provider_adjustments": 0}, "accounts": 1, "accounts_flagged": 1, "accounts_held_out": 0, "backing": {"remittances": 2, "payer_money_cents": 38500, "backed_cents": 38500, "payers_with_gaps": 0, "payers": []}, "problems": [], "seconds": {}}','{"opened": 4, "changed": 0, "reopened": 0, "returned": 0, "closed": 0, "same": 0}',NULL,3,9,0,0.01,'');
INSERT INTO "intake_import" VALUES(5,3,'Ledger of import 1','9d81a0cfa1b79bf4d0ea8520d0f5f2e1f11be8c9d6fb3b3de7d612a35f05ef57','fall_back','2026-06-01','done',0,'',1,'worker','2026-11-26 09:00:00','2026-11-26 09:00:00','2026-11-26 09:00:00','865de6fee611cf4d','62605eaeee2f82d8','','{"backing": {"backed_cents": 24000, "payer_money_cents": 24000, "payers": [], "payers_with_gaps": 0, "remittances": 2}, "held_out": [], "ignored_columns": [], "ignored_files": [], "problems": [], "remittances": {"claims_without_account": 0, "conflicting": 0, "files": 2, "given_twice": 0, "problems": []}, "rows_left_out": {}, "rows_read": {"accounts": 1, "allocations": 0, "bank_deposits": 0, "charges": 1, "claims": 1, "contract_amounts": 0, "coverages": 1, "facilities": 1, "guarantors": 1, "patients": 1, "payers": 1, "plans": 0, "provider_adjustments": 0, "refund_requests": 0, "refunds": 0, "remit_adjustments": 4, "remit_claims": 2, "remit_lines": 2, "remits": 2, "transactions": 4}}','{"version": "0.1.0", "snapshot": "865de6fee611cf4d", "as_of": "2026-06-01", "credits": {"accounts": 1, "masked_accounts": 0, "credit_cents": 12000, "masked_cents": 0, "owed_cents": 0, "disagreeing_accounts": 0}, "by_party": {"payer": {"findings": 1, "amount_cents": 12000}}, "by_payer_class": {"commercial": {"findings": 1, "amount_cents": 12000}}, "by_cause": {"duplicate_payment": {"findings": 1, "amount_cents": 12000}}, "by_party_and_cause": {"payer/duplicate_payment": {"findings": 1, "amount_cents": 12000}}, "by_certainty": {"proved": {"findings": 1, "amount_cents": 12000}}, "by_queue": {"payers": {"findings": 1, "amount_cents": 12000}}, "due": {"no_date": {"findings": 1, "amount_cents": 12000}}, "rows_read": {"accounts": 1, "allocations": 0, "bank_deposits": 0, "charges": 1, "claims": 1, "contract_amounts": 0, "coverages": 1, "facilities": 1, "guarantors": 1, "patients": 1, "payers": 1, "plans": 0, "provider_adjustments": 0, "refund_requests": 0, "refunds": 0, "remit_adjustments": 4, "remit_claims": 2, "remit_lines": 2, "remits": 2, "transactions": 4}, "accounts": 1, "accounts_flagged": 1, "accounts_held_out": 0, "backing": {"backed_cents": 24000, "payer_money_cents": 24000, "payers": [], "payers_with_gaps": 0, "remittances": 2}, "problems": [], "seconds": {}}','{"opened": 0, "changed": 0, "reopened": 1, "returned": 0, "closed": 0, "same": 0}',4,2,3,0,0.01,'');
CREATE TABLE "intake_savedmapping" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "text" text NOT NULL, "saved_at" datetime NOT NULL, "provider_id" bigint NOT NULL UNIQUE REFERENCES "people_provider" ("id") DEFERRABLE INITIALLY DEFERRED, "saved_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "intake_savedmapping" VALUES(1,'# athenaOne: one row a transaction of a claim, by the names of its warehouse or by the headings of a
# report. The warehouse signs its amounts, reports often do not: the payments themselves say which,
# and what was found is told. A voided row stays, with its day. A transfer is two rows.
name = "athenaOne"
dates = "%m/%d/%Y | %m/%d/%Y %I:%M:%S %p"

[[files]]
file = "claims"
columns = ["Claim ID"]
may_lack = ["Outstanding", "State", "Patient ID", "Patient First Name", "Patient Last Name"]

[[files]]
file = "insurances"
columns = ["Claim ID", "Sequence", "Payer ID", "Payer Name"]
may_lack = ["Payer Type", "Member ID"]

[[files]]
file = "transactions"
may_lack = [
    "Transaction ID", "Claim ID", "Charge ID", "Type", "Amount", "Post Date", "Service Date",
    "Procedure Code", "Payer ID", "Transfer Type", "Check Number", "Payer Claim Number",
    "Transfer Pair ID", "Voided Date", "Reason", "Method",
    "transaction_id", "claim_id", "charge_id", "parent_charge_id", "charge_void_parent_id",
    "transaction_type", "transaction_transfer_type", "transaction_reason", "transaction_method",
    "amount", "post_date", "voided_date", "reversal_flag", "service_date", "procedure_code",
]

[[checks]]
problem = "nothing says what this type of transaction stands for:"
select = """
SELECT ''transactions'' AS file, row__number AS "row", ''Type'' AS "column",
       coalesce("Type", transaction_type, ''none'') || ''.'' AS told
FROM transactions
WHERE coalesce("Type", transaction_type, '''')
      NOT IN (''CHARGE'', ''PAYMENT'', ''ADJUSTMENT'', ''TRANSFERIN'', ''TRANSFEROUT'')
"""

# Negative payments are signed, positive ones have their sign by the type; up to a fifth may be the
# other way round, as refunds and reversals are. Anything else is refused, never turned.
[[checks]]
problem = "the sign of these amounts cannot be told:"
remedy = "Export the amounts with their sign, payments negative and charges positive."
select = """
WITH seen AS (
    SELECT coalesce("Type", transaction_type) AS type, dollars(coalesce("Amount", amount)) AS cash
    FROM transactions
), counted AS (
    SELECT type, count(*) FILTER (cash < 0) AS minus, count(*) FILTER (cash > 0) AS plus
    FROM seen GROUP BY type
), payments AS (
    SELECT coalesce(sum(minus), 0) AS minus, coalesce(sum(plus), 0) AS plus
    FROM counted WHERE type = ''PAYMENT''
)
SELECT ''transactions'' AS file, ''Amount'' AS "column",
       type || '': '' || c.minus || '' negative, '' || c.plus || '' positive.'' AS told
FROM counted c, payments p
WHERE (type = ''PAYMENT'' AND c.minus < 4 * c.plus AND c.plus < 4 * c.minus)
   OR (type = ''CHARGE'' AND c.minus >= c.plus AND c.minus > 0)
   OR (type IN (''ADJUSTMENT'', ''TRANSFEROUT'') AND p.minus > p.plus AND c.plus > c.minus)
   OR (type IN (''ADJUSTMENT'', ''TRANSFEROUT'') AND p.plus > p.minus AND c.minus > c.plus)
   OR (type = ''TRANSFERIN'' AND c.minus > c.plus)
   OR (type = ''ADJUSTMENT'' AND p.plus = 0 AND p.minus = 0)
"""

[[checks]]
select = """
WITH seen AS (
    SELECT dollars(coalesce("Amount", amount)) AS cash FROM transactions
    WHERE coalesce("Type", transaction_type) = ''PAYMENT''
)
SELECT CASE WHEN count(*) FILTER (cash < 0) > count(*) FILTER (cash > 0)
            THEN ''Amounts are signed: '' || count(*) FILTER (cash < 0) || '' of '' || count(*)
                 || '' payments are negative. They are taken as they stand.''
            ELSE ''Amounts have no sign: '' || count(*) FILTER (cash > 0) || '' of '' || count(*)
                 || '' payments are positive. The type gives the sign.'' END AS told
FROM seen HAVING count(*) > 0
"""

[[tables]]
table = "accounts"
select = """
SELECT "Claim ID" AS account_id, "Outstanding" AS reported_balance, "State" AS state,
       "Patient ID" AS patient_id, ''professional'' AS patient_class
FROM claims
"""

[[tables]]
table = "patients"
select = """
SELECT "Patient ID" AS patient_id, any_value("Patient First Name") AS first_name,
       any_value("Patient Last Name") AS last_name
FROM claims WHERE "Patient ID" IS NOT NULL GROUP BY "Patient ID"
"""

[[tables]]
table = "payers"
select = """
SELECT "Payer ID" AS payer_id, any_value("Payer Name") AS name,
       coalesce(any_value(upper("Payer Type")), ''NONE'') AS payer_class
FROM insurances WHERE "Payer ID" IS NOT NULL GROUP BY "Payer ID"
"""
[tables.values.payer_class]
MEDICARE = "medicare_ffs"
"MEDICARE-B" = "medicare_ffs"
"MEDICARE ADVANTAGE" = "medicare_advantage"
MEDICAID = "medicaid"
TRICARE = "tricare"
"WORKERS COMP" = "workers_comp"
COMMERCIAL = "commercial"
"BLUE SHIELD" = "commercial"
[tables.otherwise]
payer_class = "other"

[[tables]]
table = "coverages"
select = """
SELECT "Claim ID" AS account_id, "Sequence" AS cob_order, "Payer ID" AS payer_id,
       "Member ID" AS member_id
FROM insurances
"""

[[tables]]
table = "charges"
select = """
WITH seen AS (
    SELECT row__number AS place, coalesce("Transaction ID", transaction_id) AS id,
           coalesce("Claim ID", claim_id) AS claim, coalesce("Charge ID", charge_id) AS charge,
           dollars(coalesce("Amount", amount)) AS cash, day_of(coalesce("Post Date", post_date)) AS posted,
           day_of(coalesce("Service Date", service_date)) AS seen,
           coalesce("Procedure Code", procedure_code) AS code,
           day_of(coalesce("Voided Date", voided_date)) AS voided, charge_void_parent_id AS parent
    FROM transactions WHERE coalesce("Type", transaction_type) = ''CHARGE''
)
SELECT s.id AS charge_id, s.claim AS account_id, s.cash AS amount, s.seen AS service_date,
       s.code AS procedure_code, s.posted AS posted_on, coalesce(s.voided, p.voided) AS voided_on,
       row_number() OVER (PARTITION BY s.claim ORDER BY s.place) AS line_no
FROM seen s LEFT JOIN seen p ON p.charge = s.parent AND p.claim = s.claim
"""

[[tables]]
table = "transactions"
select = """
WITH rows_ AS (
    SELECT row__number AS place, coalesce("Transaction ID", transaction_id) AS id,
           coalesce("Claim ID", claim_id) AS claim, coalesce("Charge ID", charge_id) AS charge,
           parent_charge_id AS parent, coalesce("Type", transaction_type) AS kind,
           dollars(coalesce("Amount", amount)) AS cash,
           day_of(coalesce("Post Date", post_date)) AS posted,
           day_of(coalesce("Voided Date", voided_date)) AS voided,
           coalesce("Transfer Type", transaction_transfer_type) AS holder, "Payer ID" AS payer,
           upper(coalesce("Reason", transaction_reason)) AS reason,
           coalesce("Method", transaction_method) AS method, "Check Number" AS number,
           "Payer Claim Number" AS claim_number, "Transfer Pair ID" AS pair,
           upper(coalesce(reversal_flag, '''')) IN (''Y'', ''YES'', ''TRUE'', ''1'') AS is_reversal
    FROM transactions
), payments AS (
    SELECT count(*) FILTER (cash < 0) > count(*) FILTER (cash > 0) AS is_signed
    FROM rows_ WHERE kind = ''PAYMENT''
), numbered AS (
    SELECT claim, charge, voided, place,
           row_number() OVER (PARTITION BY claim ORDER BY place) AS line_no
    FROM rows_ WHERE kind = ''CHARGE''
), lines AS (
    SELECT claim, charge, arg_min(line_no, (voided IS NOT NULL, place)) AS line_no
    FROM numbered GROUP BY claim, charge
), places AS (
    SELECT "Claim ID" AS claim, "Sequence" AS place, any_value("Payer ID") AS payer
    FROM insurances GROUP BY ALL
), signed AS (
    SELECT r.*, coalesce(l.line_no, m.line_no) AS line_no,
           CASE WHEN p.is_signed OR kind IN (''TRANSFERIN'', ''CHARGE'') THEN cash ELSE -cash END AS amount,
           CASE lower(holder) WHEN ''1'' THEN ''primary'' WHEN ''primary'' THEN ''primary''
                WHEN ''2'' THEN ''secondary'' WHEN ''secondary'' THEN ''secondary''
                WHEN ''p'' THEN ''self'' WHEN ''patient'' THEN ''self'' ELSE lower(holder) END AS bucket
    FROM rows_ r CROSS JOIN payments p
    LEFT JOIN lines l ON l.claim = r.claim AND l.charge = r.charge
    LEFT JOIN lines m ON m.claim = r.claim AND m.charge = r.parent
    WHERE kind <> ''CHARGE''
), paired AS (
    SELECT *, row_number() OVER (
        PARTITION BY claim, kind, posted, abs(amount), pair IS NULL ORDER BY place
    ) AS nth
    FROM signed
), matched AS (
    SELECT a.id, ''T'' || CASE a.kind WHEN ''TRANSFEROUT'' THEN a.id ELSE b.id END AS pair
    FROM paired a JOIN paired b
      ON b.claim = a.claim AND b.posted = a.posted AND abs(b.amount) = abs(a.amount)
     AND b.nth = a.nth AND b.kind <> a.kind
    WHERE a.pair IS NULL AND b.pair IS NULL AND a.kind IN (''TRANSFERIN'', ''TRANSFEROUT'')
      AND b.kind IN (''TRANSFERIN'', ''TRANSFEROUT'')
), told AS (
    SELECT s.*, m.pair AS made_pair,
           coalesce(s.payer, CASE WHEN s.bucket IN (''primary'', ''secondary'') THEN c.payer END)
           AS whose,
           s.payer IS NULL AND (s.bucket = ''self'' OR contains(coalesce(s.reason, ''''), ''COPAY''))
           AS is_patients
    FROM signed s LEFT JOIN matched m ON m.id = s.id
    LEFT JOIN places c ON c.claim = s.claim
          AND c.place = CASE s.bucket WHEN ''primary'' THEN ''1'' WHEN ''secondary'' THEN ''2'' END
)
SELECT id AS transaction_id, claim AS account_id, amount, line_no, posted AS posted_on,
       CASE WHEN kind IN (''TRANSFERIN'', ''TRANSFEROUT'') THEN ''transfer''
            WHEN kind = ''ADJUSTMENT'' THEN ''adjustment''
            WHEN contains(reason, ''TAKEBACK'') OR contains(reason, ''RECOUP'') THEN ''recoupment''
            WHEN contains(reason, ''REFUND'') OR (amount > 0 AND NOT is_reversal) THEN ''refund''
            ELSE ''payment'' END AS type,
       CASE WHEN is_patients AND kind = ''PAYMENT'' THEN ''self'' ELSE bucket END AS bucket,
       CASE WHEN kind IN (''PAYMENT'', ''ADJUSTMENT'') AND NOT is_patients THEN whose END AS payer_id,
       CASE WHEN kind <> ''PAYMENT'' THEN NULL WHEN is_patients THEN ''patient''
            WHEN whose IS NOT NULL OR bucket IN (''primary'', ''secondary'') THEN ''payer'' END
       AS paid_by,
       CASE WHEN kind = ''ADJUSTMENT'' AND reason = ''CONTRACTUAL'' THEN ''CO'' END AS group_code,
       CASE WHEN NOT is_patients THEN number END AS trace_number, number AS check_number,
       claim_number AS payer_claim_number, voided AS voided_on,
       CASE WHEN kind IN (''TRANSFERIN'', ''TRANSFEROUT'') THEN coalesce(pair, made_pair) END
       AS transfer_id,
       CASE WHEN kind <> ''PAYMENT'' THEN NULL WHEN contains(lower(method), ''card'') THEN ''card''
            WHEN contains(lower(method), ''cash'') THEN ''cash''
            WHEN contains(lower(method), ''check'') THEN ''check'' END AS tender,
       reason AS description
FROM told
"""
','2026-11-26 09:00:00',1,4);
CREATE TABLE "mfa_authenticator" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "type" varchar(20) NOT NULL, "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "created_at" datetime NOT NULL, "last_used_at" datetime NULL);
INSERT INTO "mfa_authenticator" VALUES(1,'totp','{"secret": "gAAAAABrDtFoqlhTaoknMLudfuIBipV0IxlV_Ab_O9cBQubChdNdjadxKX0zNWdbuas81wm5nYrlxNWGh9wFCSaiTK-7bBZcwzgwwZS1D0B-LoESASwhcCA="}',2,'2026-12-01 13:53:44.463588',NULL);
INSERT INTO "mfa_authenticator" VALUES(2,'recovery_codes','{"seed": "gAAAAABrDtFoRiw_RePAU4qi9GtgTBCqD3294kukse0cpfq504vc4tiQN3aINAe1JmCKdMnqWJiGAVRYk3eVCdRwYUb0NG9UNA9Rxzu8IRdpivx_eG-HDMbCkmrkfrl8LsKAg0N5TcFdC09_0v7E_HisjDV6ylihOFvCEUzrGt7-xqAZTgxS_yMHbJrGlhtJA_U2AuDIR5qW", "used_mask": 0}',2,'2026-12-01 13:53:44.474765',NULL);
CREATE TABLE "people_apitoken" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(60) NOT NULL, "digest" varchar(64) NOT NULL UNIQUE, "may_write" bool NOT NULL, "made_at" datetime NOT NULL, "revoked_at" datetime NULL, "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "provider_id" bigint NOT NULL REFERENCES "people_provider" ("id") DEFERRABLE INITIALLY DEFERRED, "first_used_at" datetime NULL, "ends_on" date NOT NULL);
INSERT INTO "people_apitoken" VALUES(1,'nightly','335fdd01e53efbc7e58d600f7e3e09b508f45ab8e21487779e9945c273992ad1',1,'2026-11-26 09:00:00',NULL,1,1,NULL,'2027-02-24');
CREATE TABLE "people_attemptcount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(80) NOT NULL UNIQUE, "since" datetime NOT NULL, "judging" integer unsigned NOT NULL CHECK ("judging" >= 0), "wrong" integer unsigned NOT NULL CHECK ("wrong" >= 0), "earlier" integer unsigned NOT NULL CHECK ("earlier" >= 0), "was_told" bool NOT NULL, "lockouts" integer unsigned NOT NULL CHECK ("lockouts" >= 0), "locked_until" datetime NULL, "kept_until" datetime NOT NULL);
CREATE TABLE "people_membership" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(20) NOT NULL, "confirmed_at" datetime NULL, "confirmed_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "given_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "provider_id" bigint NOT NULL REFERENCES "people_provider" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_role_for_a_provider" UNIQUE ("user_id", "provider_id"), CONSTRAINT "role_is_known" CHECK ("role" IN ('specialist', 'supervisor', 'controller', 'compliance', 'provider_contact', 'auditor', 'administrator')), CONSTRAINT "nobody_confirms_a_role_that_one_gave" CHECK (("confirmed_by_id" IS NULL OR NOT ("confirmed_by_id" = ("given_by_id") AND "confirmed_by_id" IS NOT NULL AND "given_by_id" IS NOT NULL))));
INSERT INTO "people_membership" VALUES(1,'specialist','2026-11-26 09:00:00',NULL,NULL,1,1);
INSERT INTO "people_membership" VALUES(2,'supervisor','2026-11-26 09:00:00',NULL,NULL,2,1);
INSERT INTO "people_membership" VALUES(3,'controller','2026-11-26 09:00:00',NULL,NULL,3,1);
INSERT INTO "people_membership" VALUES(4,'administrator','2026-11-26 09:00:00',NULL,NULL,4,1);
INSERT INTO "people_membership" VALUES(5,'specialist','2026-11-26 09:00:00',NULL,NULL,1,2);
INSERT INTO "people_membership" VALUES(6,'supervisor','2026-11-26 09:00:00',NULL,NULL,2,2);
INSERT INTO "people_membership" VALUES(7,'controller','2026-11-26 09:00:00',NULL,NULL,3,2);
INSERT INTO "people_membership" VALUES(8,'administrator','2026-11-26 09:00:00',NULL,NULL,4,2);
INSERT INTO "people_membership" VALUES(9,'specialist','2026-11-26 09:00:00',NULL,NULL,1,3);
INSERT INTO "people_membership" VALUES(10,'supervisor','2026-11-26 09:00:00',NULL,NULL,2,3);
INSERT INTO "people_membership" VALUES(11,'controller','2026-11-26 09:00:00',NULL,NULL,3,3);
INSERT INTO "people_membership" VALUES(12,'administrator','2026-11-26 09:00:00',NULL,NULL,4,3);
CREATE TABLE "people_provider" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "slug" varchar(40) NOT NULL UNIQUE, "name" varchar(200) NOT NULL, "state" varchar(2) NOT NULL, "is_active" bool NOT NULL, CONSTRAINT "provider_slug_is_free" CHECK (NOT ("slug" IN ('account', 'accounts', 'api', 'health', 'help', 'jsi18n', 'static'))));
INSERT INTO "people_provider" VALUES(1,'alder','Alder Clinic','TX',1);
INSERT INTO "people_provider" VALUES(2,'birch','Birch Clinic','TX',1);
INSERT INTO "people_provider" VALUES(3,'cedar','Cedar Clinic','TX',1);
CREATE TABLE "people_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "is_superuser" bool NOT NULL, "username" varchar(150) NOT NULL UNIQUE, "first_name" varchar(150) NOT NULL, "last_name" varchar(150) NOT NULL, "email" varchar(254) NOT NULL, "is_staff" bool NOT NULL, "is_active" bool NOT NULL, "date_joined" datetime NOT NULL, "wants_digest" bool NOT NULL, "digest_on" date NULL, "must_change_password" bool NOT NULL, "toured_at" datetime NULL);
INSERT INTO "people_user" VALUES(1,'argon2$argon2id$v=19$m=102400,t=2,p=8$SmllU3dLZ2tpUGtMRFFldk1abVB2TQ$mfSb6F+ddKx+V2wvOc/duABvhSC/7UrKBpStRVpmQtU',NULL,0,'mira','','','',0,1,'2026-12-01 13:53:43.157635',0,NULL,0,NULL);
INSERT INTO "people_user" VALUES(2,'argon2$argon2id$v=19$m=102400,t=2,p=8$b0RtUEZIZ1p0Z01sSHhMWGgwTnJtYQ$3GPFHYVKCamIVQIaeGTOH4tnLoJH9pxP1fPIBU/3/wc',NULL,0,'sam','','','',0,1,'2026-12-01 13:53:43.396609',0,NULL,0,NULL);
INSERT INTO "people_user" VALUES(3,'argon2$argon2id$v=19$m=102400,t=2,p=8$UkxzOW80alZ3cmxsZUlrUnBoVGhDaQ$P7JhTRQmKReyg4brMb774eDn3nKTw8Dk2B+xg28iEVQ',NULL,0,'cora','','','',0,1,'2026-12-01 13:53:43.716397',0,NULL,0,NULL);
INSERT INTO "people_user" VALUES(4,'argon2$argon2id$v=19$m=102400,t=2,p=8$TVRER3NkS2JaZWR6bjdEc2dKbU9DUg$z0WAOnd9Us3FO2sBQ2CnhB+1ozUlaVQXD2+zrvriRzk',NULL,0,'ada','','','',0,1,'2026-12-01 13:53:44.042424',0,NULL,0,NULL);
CREATE TABLE "people_user_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "people_user_user_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "socialaccount_socialaccount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "provider" varchar(200) NOT NULL, "uid" varchar(191) NOT NULL, "last_login" datetime NOT NULL, "date_joined" datetime NOT NULL, "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "extra_data" text NOT NULL CHECK ((JSON_VALID("extra_data") OR "extra_data" IS NULL)));
CREATE TABLE "socialaccount_socialapp" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "provider" varchar(30) NOT NULL, "name" varchar(40) NOT NULL, "client_id" varchar(191) NOT NULL, "secret" varchar(191) NOT NULL, "key" varchar(191) NOT NULL, "provider_id" varchar(200) NOT NULL, "settings" text NOT NULL CHECK ((JSON_VALID("settings") OR "settings" IS NULL)));
CREATE TABLE "socialaccount_socialtoken" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "token" text NOT NULL, "token_secret" text NOT NULL, "expires_at" datetime NULL, "account_id" integer NOT NULL REFERENCES "socialaccount_socialaccount" ("id") DEFERRABLE INITIALLY DEFERRED, "app_id" integer NULL REFERENCES "socialaccount_socialapp" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "usersessions_usersession" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created_at" datetime NOT NULL, "ip" char(39) NOT NULL, "last_seen_at" datetime NOT NULL, "session_key" varchar(40) NOT NULL UNIQUE, "user_agent" varchar(200) NOT NULL, "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE UNIQUE INDEX "django_content_type_app_label_model_76bd3d3b_uniq" ON "django_content_type" ("app_label", "model");
CREATE UNIQUE INDEX "auth_group_permissions_group_id_permission_id_0cd325b0_uniq" ON "auth_group_permissions" ("group_id", "permission_id");
CREATE INDEX "auth_group_permissions_group_id_b120cbf9" ON "auth_group_permissions" ("group_id");
CREATE INDEX "auth_group_permissions_permission_id_84c5c92e" ON "auth_group_permissions" ("permission_id");
CREATE UNIQUE INDEX "auth_permission_content_type_id_codename_01ab375a_uniq" ON "auth_permission" ("content_type_id", "codename");
CREATE INDEX "auth_permission_content_type_id_2f476e4b" ON "auth_permission" ("content_type_id");
CREATE UNIQUE INDEX "people_user_groups_user_id_group_id_60378d34_uniq" ON "people_user_groups" ("user_id", "group_id");
CREATE INDEX "people_user_groups_user_id_290df956" ON "people_user_groups" ("user_id");
CREATE INDEX "people_user_groups_group_id_1f0237d0" ON "people_user_groups" ("group_id");
CREATE UNIQUE INDEX "people_user_user_permissions_user_id_permission_id_a7ac6748_uniq" ON "people_user_user_permissions" ("user_id", "permission_id");
CREATE INDEX "people_user_user_permissions_user_id_7d19557b" ON "people_user_user_permissions" ("user_id");
CREATE INDEX "people_user_user_permissions_permission_id_55f01ef0" ON "people_user_user_permissions" ("permission_id");
CREATE INDEX "people_membership_confirmed_by_id_a71c3adb" ON "people_membership" ("confirmed_by_id");
CREATE INDEX "people_membership_given_by_id_741d0a26" ON "people_membership" ("given_by_id");
CREATE INDEX "people_membership_user_id_35baff26" ON "people_membership" ("user_id");
CREATE INDEX "people_membership_provider_id_0d79dfc9" ON "people_membership" ("provider_id");
CREATE INDEX "account_emailconfirmation_email_address_id_5b7f8c58" ON "account_emailconfirmation" ("email_address_id");
CREATE UNIQUE INDEX "account_emailaddress_user_id_email_987c8728_uniq" ON "account_emailaddress" ("user_id", "email");
CREATE UNIQUE INDEX "unique_verified_email" ON "account_emailaddress" ("email") WHERE "verified";
CREATE INDEX "account_emailaddress_user_id_2c513194" ON "account_emailaddress" ("user_id");
CREATE INDEX "account_emailaddress_email_03be32b2" ON "account_emailaddress" ("email");
CREATE UNIQUE INDEX "unique_primary_email" ON "account_emailaddress" ("user_id", "primary") WHERE "primary";
CREATE INDEX "audit_event_actor_id_fdb5de2b" ON "audit_event" ("actor_id");
CREATE INDEX "audit_event_chain_id_8ecbeb9f" ON "audit_event" ("chain_id");
CREATE INDEX "events_of_a_subject" ON "audit_event" ("chain_id", "subject", "number");
CREATE TRIGGER audit_event_is_not_changed BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, 'audit events are only added'); END;
CREATE TRIGGER audit_event_is_not_deleted BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, 'audit events are only added'); END;
CREATE TRIGGER audit_chain_is_not_shortened BEFORE UPDATE ON audit_chain WHEN NEW.length < OLD.length OR NEW.name <> OLD.name BEGIN SELECT RAISE(ABORT, 'audit events are only added'); END;
CREATE TRIGGER audit_chain_is_not_deleted BEFORE DELETE ON audit_chain BEGIN SELECT RAISE(ABORT, 'audit events are only added'); END;
CREATE INDEX "cases_casefinding_case_id_c200a9a8" ON "cases_casefinding" ("case_id");
CREATE INDEX "cases_reference_provider_id_8968e38e" ON "cases_reference" ("provider_id");
CREATE INDEX "reference_beginnings" ON "cases_reference" ("provider_id", "value");
CREATE INDEX "cases_attachment_by_id_3e2a71e8" ON "cases_attachment" ("by_id");
CREATE INDEX "cases_attachment_case_id_1cf64b9f" ON "cases_attachment" ("case_id");
CREATE INDEX "cases_note_by_id_5cbc67aa" ON "cases_note" ("by_id");
CREATE INDEX "cases_note_case_id_77ee1e2a" ON "cases_note" ("case_id");
CREATE UNIQUE INDEX "cases_note_mentions_note_id_user_id_f2ad80b1_uniq" ON "cases_note_mentions" ("note_id", "user_id");
CREATE INDEX "cases_note_mentions_note_id_d8198fdd" ON "cases_note_mentions" ("note_id");
CREATE INDEX "cases_note_mentions_user_id_e0af0bbd" ON "cases_note_mentions" ("user_id");
CREATE INDEX "cases_question_answered_by_id_f3a35e2c" ON "cases_question" ("answered_by_id");
CREATE INDEX "cases_question_asked_by_id_1279ecd9" ON "cases_question" ("asked_by_id");
CREATE INDEX "cases_question_case_id_da59b57a" ON "cases_question" ("case_id");
CREATE INDEX "cases_assignmentrule_provider_id_ed4448d0" ON "cases_assignmentrule" ("provider_id");
CREATE INDEX "cases_assignmentrule_to_id_51deb6b0" ON "cases_assignmentrule" ("to_id");
CREATE INDEX "cases_correction_case_id_6ad7f97d" ON "cases_correction" ("case_id");
CREATE INDEX "corrections_by_status" ON "cases_correction" ("status", "case_id");
CREATE INDEX "cases_paidrefund_by_id_168d7d42" ON "cases_paidrefund" ("by_id");
CREATE INDEX "cases_paidrefund_case_id_295ecb66" ON "cases_paidrefund" ("case_id");
CREATE UNIQUE INDEX "the_same_findings_are_paid_once" ON "cases_paidrefund" ("case_id", "digest") WHERE "came_back_at" IS NULL;
CREATE UNIQUE INDEX "one_open_question" ON "cases_question" ("case_id") WHERE "answered_at" IS NULL;
CREATE INDEX "cases_savedview_owner_id_cffd84c8" ON "cases_savedview" ("owner_id");
CREATE INDEX "cases_savedview_provider_id_dc038cc4" ON "cases_savedview" ("provider_id");
CREATE INDEX "cases_viewing_case_id_a75dacac" ON "cases_viewing" ("case_id");
CREATE INDEX "cases_viewing_user_id_28228401" ON "cases_viewing" ("user_id");
CREATE INDEX "uses_of_a_rule" ON "cases_automaticuse" ("provider_id", "cause", "on");
CREATE INDEX "cases_automaticuse_provider_id_f805d91a" ON "cases_automaticuse" ("provider_id");
CREATE INDEX "cases_automaticuse_case_id_0b730352" ON "cases_automaticuse" ("case_id");
CREATE INDEX "cases_approvallimit_provider_id_f8daa004" ON "cases_approvallimit" ("provider_id");
CREATE INDEX "cases_automaticapproval_provider_id_94cf8f71" ON "cases_automaticapproval" ("provider_id");
CREATE INDEX "cases_automaticapproval_turned_on_by_id_99c4d265" ON "cases_automaticapproval" ("turned_on_by_id");
CREATE INDEX "cases_case_approved_by_id_9c6accad" ON "cases_case" ("approved_by_id");
CREATE INDEX "cases_case_assigned_to_id_370071aa" ON "cases_case" ("assigned_to_id");
CREATE INDEX "cases_case_decided_by_id_d07f4a47" ON "cases_case" ("decided_by_id");
CREATE INDEX "cases_case_provider_id_0dba6a13" ON "cases_case" ("provider_id");
CREATE INDEX "queue_order" ON "cases_case" ("provider_id", "queue", "rank", "due_key", "amount_cents" DESC, "number");
CREATE INDEX "queue_sums" ON "cases_case" ("provider_id", "queue", "due_key");
CREATE INDEX "queue_order_of_a_cause" ON "cases_case" ("provider_id", "queue", "cause", "rank", "due_key", "amount_cents" DESC, "number");
CREATE INDEX "cases_of_an_account" ON "cases_case" ("provider_id", "account_id");
CREATE INDEX "cases_of_a_person" ON "cases_case" ("provider_id", "assigned_to_id", "state");
CREATE INDEX "cases_of_an_amount" ON "cases_case" ("provider_id", "amount_cents");
CREATE INDEX "intake_savedmapping_saved_by_id_246c6d84" ON "intake_savedmapping" ("saved_by_id");
CREATE UNIQUE INDEX "one_import_at_a_time" ON "intake_import" ("provider_id") WHERE "status" = 'running';
CREATE INDEX "intake_import_asked_by_id_eeaed417" ON "intake_import" ("asked_by_id");
CREATE INDEX "intake_import_provider_id_b50ba012" ON "intake_import" ("provider_id");
CREATE INDEX "imports_to_run" ON "intake_import" ("status", "asked_at");
CREATE INDEX "mfa_authenticator_user_id_0c3a50c0" ON "mfa_authenticator" ("user_id");
CREATE UNIQUE INDEX "unique_authenticator_type" ON "mfa_authenticator" ("user_id", "type") WHERE "type" IN ('totp', 'recovery_codes');
CREATE INDEX "people_attemptcount_kept_until_078f92ea" ON "people_attemptcount" ("kept_until");
CREATE INDEX "people_apitoken_user_id_36fa5f8b" ON "people_apitoken" ("user_id");
CREATE INDEX "people_apitoken_provider_id_3c536a78" ON "people_apitoken" ("provider_id");
CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date");
CREATE UNIQUE INDEX "socialaccount_socialtoken_app_id_account_id_fca4e0ac_uniq" ON "socialaccount_socialtoken" ("app_id", "account_id");
CREATE INDEX "socialaccount_socialtoken_account_id_951f210e" ON "socialaccount_socialtoken" ("account_id");
CREATE INDEX "socialaccount_socialtoken_app_id_636a42d7" ON "socialaccount_socialtoken" ("app_id");
CREATE UNIQUE INDEX "socialaccount_socialaccount_provider_uid_fc810c6e_uniq" ON "socialaccount_socialaccount" ("provider", "uid");
CREATE INDEX "socialaccount_socialaccount_user_id_8146e70c" ON "socialaccount_socialaccount" ("user_id");
CREATE INDEX "usersessions_usersession_user_id_af5e0a6d" ON "usersessions_usersession" ("user_id");
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('django_migrations',49);
INSERT INTO "sqlite_sequence" VALUES('django_content_type',34);
INSERT INTO "sqlite_sequence" VALUES('auth_permission',136);
INSERT INTO "sqlite_sequence" VALUES('auth_group',0);
INSERT INTO "sqlite_sequence" VALUES('account_emailaddress',0);
INSERT INTO "sqlite_sequence" VALUES('audit_chain',4);
INSERT INTO "sqlite_sequence" VALUES('cases_casefinding',10);
INSERT INTO "sqlite_sequence" VALUES('cases_reference',38);
INSERT INTO "sqlite_sequence" VALUES('cases_correction',2);
INSERT INTO "sqlite_sequence" VALUES('cases_paidrefund',1);
INSERT INTO "sqlite_sequence" VALUES('cases_savedview',0);
INSERT INTO "sqlite_sequence" VALUES('cases_viewing',0);
INSERT INTO "sqlite_sequence" VALUES('cases_case',8);
INSERT INTO "sqlite_sequence" VALUES('intake_import',5);
INSERT INTO "sqlite_sequence" VALUES('mfa_authenticator',2);
INSERT INTO "sqlite_sequence" VALUES('people_apitoken',1);
INSERT INTO "sqlite_sequence" VALUES('socialaccount_socialapp',0);
INSERT INTO "sqlite_sequence" VALUES('socialaccount_socialtoken',0);
INSERT INTO "sqlite_sequence" VALUES('socialaccount_socialaccount',0);
INSERT INTO "sqlite_sequence" VALUES('people_provider',3);
INSERT INTO "sqlite_sequence" VALUES('audit_event',58);
INSERT INTO "sqlite_sequence" VALUES('people_user',4);
INSERT INTO "sqlite_sequence" VALUES('people_membership',12);
INSERT INTO "sqlite_sequence" VALUES('cases_note',1);
INSERT INTO "sqlite_sequence" VALUES('cases_note_mentions',1);
INSERT INTO "sqlite_sequence" VALUES('cases_attachment',1);
INSERT INTO "sqlite_sequence" VALUES('intake_savedmapping',1);
INSERT INTO "sqlite_sequence" VALUES('cases_approvallimit',1);
INSERT INTO "sqlite_sequence" VALUES('cases_automaticapproval',1);
COMMIT;
