BEGIN TRANSACTION;
CREATE TABLE "account_emailaddress" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "verified" bool NOT NULL, "primary" bool NOT NULL, "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "email" varchar(254) NOT NULL);
CREATE TABLE "account_emailconfirmation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created" datetime NOT NULL, "sent" datetime NULL, "key" varchar(64) NOT NULL UNIQUE, "email_address_id" integer NOT NULL REFERENCES "account_emailaddress" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "audit_chain" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(40) NOT NULL UNIQUE, "length" bigint unsigned NOT NULL CHECK ("length" >= 0), "head" varchar(64) NOT NULL, "provider_id" bigint NULL UNIQUE REFERENCES "people_provider" ("id") DEFERRABLE INITIALLY DEFERRED, "seal" varchar(64) NOT NULL);
INSERT INTO "audit_chain" VALUES(1,'alder',22,'fed3ecf8dba3a8eac5fb33222394355f280dc2e6d70a89ef8214e0efe005ffe3',1,'9c7f2fb7f57b5c02ba5408c459ab819b70f187becaacd2f5e5cf772f8fc33f13');
INSERT INTO "audit_chain" VALUES(2,'',4,'4192d1e3fd601e93249a642b7530feb9642ebc5a557f290b80d445cf26ca6c1c',NULL,'c21f99db9059456912866a9f56ad244a49006aaddd3cea43f8dbc546053b81db');
INSERT INTO "audit_chain" VALUES(3,'birch',17,'9145c8362bac2fc3fe837b7e84b73516cb343d0b50007e84a52f2c0713a5b51e',2,'4472704ac92bad82c20543da1bf550545909953b0570380c3dcadab50068f735');
INSERT INTO "audit_chain" VALUES(4,'cedar',15,'92564e5e750d3df31d81ba57f773bb44f44d299656d15178b9107d5715bac28b',3,'83ac240014381ebf0260580089eea32f6dd56a4e15bf64b4defd4430f58cf8cb');
CREATE TABLE "audit_event" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" bigint unsigned NOT NULL CHECK ("number" >= 0), "at" datetime NOT NULL, "actor_name" varchar(150) NOT NULL, "name" varchar(60) NOT NULL, "subject" varchar(120) NOT NULL, "before" text NULL CHECK ((JSON_VALID("before") OR "before" IS NULL)), "after" text NULL CHECK ((JSON_VALID("after") OR "after" IS NULL)), "facts" text NOT NULL CHECK ((JSON_VALID("facts") OR "facts" IS NULL)), "previous_hash" varchar(64) NOT NULL, "hash" varchar(64) NOT NULL, "actor_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "chain_id" bigint NOT NULL REFERENCES "audit_chain" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_event_for_each_number" UNIQUE ("chain_id", "number"));
INSERT INTO "audit_event" VALUES(1,1,'2026-11-26 09:00:00','','provider.added','alder',NULL,NULL,'{"name": "Alder Clinic", "state": "TX"}','','4e46c5866885cfc48eebe8ebf5c0da77a8cc4e7eaa388e8f09bc436969f906e8',NULL,1);
INSERT INTO "audit_event" VALUES(2,1,'2026-11-26 09:00:00','','user.added','mira',NULL,NULL,'{}','','39598b9b58ea8937961b8254a02c9faa509283ba0026e6e22c77996de4911a3b',NULL,2);
INSERT INTO "audit_event" VALUES(3,2,'2026-11-26 09:00:00','','role.given','mira',NULL,'{"role": "specialist"}','{"waits": false}','4e46c5866885cfc48eebe8ebf5c0da77a8cc4e7eaa388e8f09bc436969f906e8','f24d9c08be55137f963b7a33678fb4b453c39bbdcf18e08a86be61dacbee977a',NULL,1);
INSERT INTO "audit_event" VALUES(4,2,'2026-11-26 09:00:00','','user.added','sam',NULL,NULL,'{}','39598b9b58ea8937961b8254a02c9faa509283ba0026e6e22c77996de4911a3b','bcbeb97228c35adee02a9a844d836205d2563e8b3c7f2fd5d6e42eb223ab695b',NULL,2);
INSERT INTO "audit_event" VALUES(5,3,'2026-11-26 09:00:00','','role.given','sam',NULL,'{"role": "supervisor"}','{"waits": false}','f24d9c08be55137f963b7a33678fb4b453c39bbdcf18e08a86be61dacbee977a','2b82b9979b9f61915b7fd4967f3bc3bd5b29e5f14756260d7a862811f2f103ef',NULL,1);
INSERT INTO "audit_event" VALUES(6,3,'2026-11-26 09:00:00','','user.added','cora',NULL,NULL,'{}','bcbeb97228c35adee02a9a844d836205d2563e8b3c7f2fd5d6e42eb223ab695b','5c34138c4bc25060db273bc060b64f185a9ad45bcec0b1ce8f95c90181e57a9e',NULL,2);
INSERT INTO "audit_event" VALUES(7,4,'2026-11-26 09:00:00','','role.given','cora',NULL,'{"role": "controller"}','{"waits": false}','2b82b9979b9f61915b7fd4967f3bc3bd5b29e5f14756260d7a862811f2f103ef','ce737df0dc3934028a908e92e036ebcf9512c51d31fce325779f2cde795c44c4',NULL,1);
INSERT INTO "audit_event" VALUES(8,4,'2026-11-26 09:00:00','','user.added','ada',NULL,NULL,'{}','5c34138c4bc25060db273bc060b64f185a9ad45bcec0b1ce8f95c90181e57a9e','4192d1e3fd601e93249a642b7530feb9642ebc5a557f290b80d445cf26ca6c1c',NULL,2);
INSERT INTO "audit_event" VALUES(9,5,'2026-11-26 09:00:00','','role.given','ada',NULL,'{"role": "administrator"}','{"waits": false}','ce737df0dc3934028a908e92e036ebcf9512c51d31fce325779f2cde795c44c4','3efe3ed9cf3d7476489b931b322893dc2039ee446f4a1c10cd1506c131bd8644',NULL,1);
INSERT INTO "audit_event" VALUES(10,1,'2026-11-26 09:00:00','','provider.added','birch',NULL,NULL,'{"name": "Birch Clinic", "state": "TX"}','','b8c1ece4c26852f9437ac99c303f8139dc62441d060b6c40963eabf7b282d26f',NULL,3);
INSERT INTO "audit_event" VALUES(11,2,'2026-11-26 09:00:00','','role.given','mira',NULL,'{"role": "specialist"}','{"waits": false}','b8c1ece4c26852f9437ac99c303f8139dc62441d060b6c40963eabf7b282d26f','628c0128b968ff8cc3f56fc105259f7dc5db0cadb29b009dd7827aa6cf0662f5',NULL,3);
INSERT INTO "audit_event" VALUES(12,3,'2026-11-26 09:00:00','','role.given','sam',NULL,'{"role": "supervisor"}','{"waits": false}','628c0128b968ff8cc3f56fc105259f7dc5db0cadb29b009dd7827aa6cf0662f5','b1a008703b6929f6d1e950c67f70aef4f09ea06f07a0c2f7a60821a8d38fe6b5',NULL,3);
INSERT INTO "audit_event" VALUES(13,4,'2026-11-26 09:00:00','','role.given','cora',NULL,'{"role": "controller"}','{"waits": false}','b1a008703b6929f6d1e950c67f70aef4f09ea06f07a0c2f7a60821a8d38fe6b5','a22a76748dad5a8fe9c61ebf6db50252b6c6730de1669840a97bb3faa5a1bf2f',NULL,3);
INSERT INTO "audit_event" VALUES(14,5,'2026-11-26 09:00:00','','role.given','ada',NULL,'{"role": "administrator"}','{"waits": false}','a22a76748dad5a8fe9c61ebf6db50252b6c6730de1669840a97bb3faa5a1bf2f','ab9d8e9ecb7e4ee5fc4d6d9c807d575bf54e5634c0dd786a385f3c09d5ee5c28',NULL,3);
INSERT INTO "audit_event" VALUES(15,1,'2026-11-26 09:00:00','','provider.added','cedar',NULL,NULL,'{"name": "Cedar Clinic", "state": "TX"}','','922c3255adaa68f939860f06819d4d60a15cde35ca69ebf961bb35bcb5294461',NULL,4);
INSERT INTO "audit_event" VALUES(16,2,'2026-11-26 09:00:00','','role.given','mira',NULL,'{"role": "specialist"}','{"waits": false}','922c3255adaa68f939860f06819d4d60a15cde35ca69ebf961bb35bcb5294461','f460ad7c1ccd023c96423342f8f1415bef31948ac60a60034c992622634a6b5a',NULL,4);
INSERT INTO "audit_event" VALUES(17,3,'2026-11-26 09:00:00','','role.given','sam',NULL,'{"role": "supervisor"}','{"waits": false}','f460ad7c1ccd023c96423342f8f1415bef31948ac60a60034c992622634a6b5a','c657578e670582121f4f96434845b29f7be280abfba9246bd2583f6b0c6515f6',NULL,4);
INSERT INTO "audit_event" VALUES(18,4,'2026-11-26 09:00:00','','role.given','cora',NULL,'{"role": "controller"}','{"waits": false}','c657578e670582121f4f96434845b29f7be280abfba9246bd2583f6b0c6515f6','3bf3d5ae03b8e16ed8ce81a5e0f2581bdc4ad95c54860fd0fdf10d2ec713f5c4',NULL,4);
INSERT INTO "audit_event" VALUES(19,5,'2026-11-26 09:00:00','','role.given','ada',NULL,'{"role": "administrator"}','{"waits": false}','3bf3d5ae03b8e16ed8ce81a5e0f2581bdc4ad95c54860fd0fdf10d2ec713f5c4','09fce97e28c96c236b045ed8b8d2fafad7dabb364dda81e81d489022f18c5626',NULL,4);
INSERT INTO "audit_event" VALUES(20,6,'2026-11-26 09:00:00','','import.asked','1',NULL,NULL,'{"feed": "four-causes-on-one-account", "as_of": "2026-06-01", "digest": "df432f6d3687f20c784c581d0ddc7438dd2af57bdcfc734f011421ce68d8cd7e", "kind": "whole"}','3efe3ed9cf3d7476489b931b322893dc2039ee446f4a1c10cd1506c131bd8644','e9d401e2875c6e7ff412a00790fcf9e9fbe64f6e7f1f2865ef07aa0f8f6d938a',NULL,1);
INSERT INTO "audit_event" VALUES(21,7,'2026-11-26 09:00:00','','import.taken','1',NULL,NULL,'{"attempt": 1}','e9d401e2875c6e7ff412a00790fcf9e9fbe64f6e7f1f2865ef07aa0f8f6d938a','8b5ce8a5cd8690e1b811b893a4916c6e18dca615a23c470f9f3252d6042bda22',NULL,1);
INSERT INTO "audit_event" VALUES(22,8,'2026-11-26 09:00:00','','case.opened','RQ-000001',NULL,'{"amount_cents": 10500, "cause": "duplicate_posting", "disposition": "reverse_posting"}','{"stands": {"state": "new", "version": 1, "account_id": "A4100", "party": "none", "amount_cents": 10500, "cause": "duplicate_posting", "disposition": "reverse_posting", "certainty": "proved", "rank": 2, "findings": "320e4ae9798089e0c788"}}','8b5ce8a5cd8690e1b811b893a4916c6e18dca615a23c470f9f3252d6042bda22','6d0bfd30402518e24004478c715e28c1d0b0e03761c32d95677968fba7d768f9',NULL,1);
INSERT INTO "audit_event" VALUES(23,9,'2026-11-26 09:00:00','','case.opened','RQ-000002',NULL,'{"amount_cents": 750, "cause": "patient_overcollection", "disposition": "refund_patient"}','{"stands": {"state": "new", "version": 1, "account_id": "A4100", "party": "patient", "party_id": "G01", "amount_cents": 750, "cause": "patient_overcollection", "disposition": "refund_patient", "certainty": "proved", "rank": 1, "rule_id": "patient.TX.ins1661", "party_name": "e142f1a70631d5d0b2dd", "findings": "e8f69237f0292bca7f35", "due": "2026-07-01"}}','6d0bfd30402518e24004478c715e28c1d0b0e03761c32d95677968fba7d768f9','22e1638c3e2c94ecbd8937105d66c68b060efe8cf63c1d168d9484e3d00dc8a0',NULL,1);
INSERT INTO "audit_event" VALUES(24,10,'2026-11-26 09:00:00','','case.opened','RQ-000003',NULL,'{"amount_cents": 12000, "cause": "duplicate_payment", "disposition": "refund_payer"}','{"stands": {"state": "new", "version": 1, "account_id": "A4100", "party": "payer", "party_id": "LARK", "amount_cents": 12000, "cause": "duplicate_payment", "disposition": "refund_payer", "certainty": "proved", "rank": 2, "party_name": "01de4c201a55a4e9640a", "findings": "22f9ed1c48064b1e87c9"}}','22e1638c3e2c94ecbd8937105d66c68b060efe8cf63c1d168d9484e3d00dc8a0','9e9212f17538b2b8de49690644218c43b99970908d770f0ec19ffe89a882e930',NULL,1);
INSERT INTO "audit_event" VALUES(25,11,'2026-11-26 09:00:00','','import.done','1',NULL,NULL,'{"snapshot": "e80079b62c00bf4e", "outcome": {"opened": 3, "changed": 0, "reopened": 0, "returned": 0, "closed": 0, "same": 0}}','9e9212f17538b2b8de49690644218c43b99970908d770f0ec19ffe89a882e930','1e95ce60751e8d24e3a680b3b201429a794fcff1ea851ded26d2fd1828ebfdbc',NULL,1);
INSERT INTO "audit_event" VALUES(26,6,'2026-11-26 09:00:00','','import.asked','1',NULL,NULL,'{"feed": "duplicate-payment-two-traces", "as_of": "2026-06-01", "digest": "9d81a0cfa1b79bf4d0ea8520d0f5f2e1f11be8c9d6fb3b3de7d612a35f05ef57", "kind": "whole"}','ab9d8e9ecb7e4ee5fc4d6d9c807d575bf54e5634c0dd786a385f3c09d5ee5c28','4eea3c2958d5bfb216f9368ebfa4846124d33053088ac7b459657f95cbbdc4f3',NULL,3);
INSERT INTO "audit_event" VALUES(27,7,'2026-11-26 09:00:00','','import.taken','1',NULL,NULL,'{"attempt": 1}','4eea3c2958d5bfb216f9368ebfa4846124d33053088ac7b459657f95cbbdc4f3','b50ee73668316982cb2a821e78ea38e79edaa1e2c66661d82544c70be0d26d49',NULL,3);
INSERT INTO "audit_event" VALUES(28,8,'2026-11-26 09:00:00','','case.opened','RQ-000001',NULL,'{"amount_cents": 12000, "cause": "duplicate_payment", "disposition": "refund_payer"}','{"stands": {"state": "new", "version": 1, "account_id": "0001042", "party": "payer", "party_id": "LARK", "amount_cents": 12000, "cause": "duplicate_payment", "disposition": "refund_payer", "certainty": "proved", "rank": 2, "party_name": "01de4c201a55a4e9640a", "findings": "aafbbee5029fd8589d69"}}','b50ee73668316982cb2a821e78ea38e79edaa1e2c66661d82544c70be0d26d49','7cf63c6285e66c3481ee93d4f104ba8f0085040d497afc8ce329b9001f28fb61',NULL,3);
INSERT INTO "audit_event" VALUES(29,9,'2026-11-26 09:00:00','','import.done','1',NULL,NULL,'{"snapshot": "81a431297d9b31bd", "outcome": {"opened": 1, "changed": 0, "reopened": 0, "returned": 0, "closed": 0, "same": 0}}','7cf63c6285e66c3481ee93d4f104ba8f0085040d497afc8ce329b9001f28fb61','6e3f3b75bd804a1a5e429db26565f9ba930fc1e9df4a7fe5c688b458de729043',NULL,3);
INSERT INTO "audit_event" VALUES(30,10,'2026-11-26 09:00:00','','import.asked','2',NULL,NULL,'{"feed": "quiet-ordinary-accounts", "as_of": "2026-06-01", "digest": "e6f3bb039f62e9149c3505937466423a071d9ab6fdd9135b105e4106cf5dac84", "kind": "whole"}','6e3f3b75bd804a1a5e429db26565f9ba930fc1e9df4a7fe5c688b458de729043','95d5563941d68444f5859ce28325c057e81c980be1c8aa49cb9a7078f77f4cd9',NULL,3);
INSERT INTO "audit_event" VALUES(31,11,'2026-11-26 09:00:00','','import.taken','2',NULL,NULL,'{"attempt": 1}','95d5563941d68444f5859ce28325c057e81c980be1c8aa49cb9a7078f77f4cd9','824a34c52060cd242a97f4b018a78a035a3e570beb58bd018d88e93a66478702',NULL,3);
INSERT INTO "audit_event" VALUES(32,12,'2026-11-26 09:00:00','','case.closed','RQ-000001','{"state": "new", "amount_cents": 12000, "cause": "duplicate_payment", "disposition": "refund_payer"}',NULL,'{"removed_by": "the account''s rows were given anew, and no excess is left", "version": 2, "stands": {"state": "resolved", "version": 2, "account_id": "0001042", "party": "payer", "party_id": "LARK", "amount_cents": 12000, "cause": "duplicate_payment", "disposition": "refund_payer", "certainty": "proved", "rank": 2, "is_gone": true, "closed_from": "new", "closed_by": "83e128b9797cfcff", "resolved_at": "2026-11-26T09:00:00+00:00", "party_name": "01de4c201a55a4e9640a", "resolution": "69d16b39a298a2d8d71c", "findings": "aafbbee5029fd8589d69"}}','824a34c52060cd242a97f4b018a78a035a3e570beb58bd018d88e93a66478702','8fd0c1aeea33b72f548807578eda4b7c8077cbc6022eab441e4e4a71e0a0bed6',NULL,3);
INSERT INTO "audit_event" VALUES(33,13,'2026-11-26 09:00:00','','import.done','2',NULL,NULL,'{"snapshot": "83e128b9797cfcff", "outcome": {"opened": 0, "changed": 0, "reopened": 0, "returned": 0, "closed": 1, "same": 0}}','8fd0c1aeea33b72f548807578eda4b7c8077cbc6022eab441e4e4a71e0a0bed6','65bbe0d173934770f4b69035dd6cb1e2649cc5c43d7a5906f05c75edc7f109b2',NULL,3);
INSERT INTO "audit_event" VALUES(34,6,'2026-11-26 09:00:00','','import.asked','1',NULL,NULL,'{"feed": "voided-charge-split-four-ways", "as_of": "2026-06-01", "digest": "8a9d429d6c414fdccded1e42de270100c7d8f79728655567694e4bbb26e41298", "kind": "whole"}','09fce97e28c96c236b045ed8b8d2fafad7dabb364dda81e81d489022f18c5626','f5616047eec28410ac6243d6b2b0350e9d7b1e691e68539a0c63ab8c84806700',NULL,4);
INSERT INTO "audit_event" VALUES(35,7,'2026-11-26 09:00:00','','import.taken','1',NULL,NULL,'{"attempt": 1}','f5616047eec28410ac6243d6b2b0350e9d7b1e691e68539a0c63ab8c84806700','2c1db83ad16dbabecd3dc9bc510dd5aabac2abf4823d3034332a21e1a4b32236',NULL,4);
INSERT INTO "audit_event" VALUES(36,8,'2026-11-26 09:00:00','','case.opened','RQ-000001',NULL,'{"amount_cents": 10000, "cause": "voided_charge", "disposition": "reverse_posting"}','{"stands": {"state": "new", "version": 1, "account_id": "A3001", "party": "none", "amount_cents": 10000, "cause": "voided_charge", "disposition": "reverse_posting", "certainty": "proved", "rank": 2, "findings": "3e23129062c68e6b754f"}}','2c1db83ad16dbabecd3dc9bc510dd5aabac2abf4823d3034332a21e1a4b32236','cba656e24ca7a54d5c86d1d00b92083b2bdb708745e4d33d8b1a77f269523452',NULL,4);
INSERT INTO "audit_event" VALUES(37,9,'2026-11-26 09:00:00','','case.opened','RQ-000002',NULL,'{"amount_cents": 1500, "cause": "voided_charge", "disposition": "refund_patient"}','{"stands": {"state": "new", "version": 1, "account_id": "A3001", "party": "patient", "party_id": "G01", "amount_cents": 1500, "cause": "voided_charge", "disposition": "refund_patient", "certainty": "proved", "rank": 1, "rule_id": "patient.TX.ins1661", "party_name": "f11392946d4fec2844bb", "findings": "93c3559a0a8bb66cec73", "due": "2026-07-01"}}','cba656e24ca7a54d5c86d1d00b92083b2bdb708745e4d33d8b1a77f269523452','35374ea00349e0cb9f103c188d01a4ebb80a4f4c017e3a714962ecff89765f07',NULL,4);
INSERT INTO "audit_event" VALUES(38,10,'2026-11-26 09:00:00','','case.opened','RQ-000003',NULL,'{"amount_cents": 24000, "cause": "voided_charge", "disposition": "corrected_claim"}','{"stands": {"state": "new", "version": 1, "account_id": "A3001", "party": "payer", "party_id": "LARK", "amount_cents": 24000, "cause": "voided_charge", "disposition": "corrected_claim", "certainty": "proved", "rank": 2, "party_name": "01de4c201a55a4e9640a", "findings": "78126bdca4e28c8504f0"}}','35374ea00349e0cb9f103c188d01a4ebb80a4f4c017e3a714962ecff89765f07','bf0c435a4679beea46b3d1b5cb43481c7e8b053e186da689d247e5394c293a9b',NULL,4);
INSERT INTO "audit_event" VALUES(39,11,'2026-11-26 09:00:00','','case.opened','RQ-000004',NULL,'{"amount_cents": 4500, "cause": "voided_charge", "disposition": "corrected_claim"}','{"stands": {"state": "new", "version": 1, "account_id": "A3001", "party": "payer", "party_id": "TAMA", "amount_cents": 4500, "cause": "voided_charge", "disposition": "corrected_claim", "certainty": "proved", "rank": 2, "party_name": "38e888dd7e920e6a5edb", "findings": "20c4c8adf31c4504b0e7"}}','bf0c435a4679beea46b3d1b5cb43481c7e8b053e186da689d247e5394c293a9b','295697f8b78be19543cf0d35476dd948e5b52c4947b3d32696b1e35ca7f5db36',NULL,4);
INSERT INTO "audit_event" VALUES(40,12,'2026-11-26 09:00:00','','import.done','1',NULL,NULL,'{"snapshot": "cd32984670293bbd", "outcome": {"opened": 4, "changed": 0, "reopened": 0, "returned": 0, "closed": 0, "same": 0}}','295697f8b78be19543cf0d35476dd948e5b52c4947b3d32696b1e35ca7f5db36','66c8ca11d7fb8ee3958fc94ea26059e4cf4a2b6bb91e97db56daf6cadd380d85',NULL,4);
INSERT INTO "audit_event" VALUES(41,12,'2026-11-26 09:00:00','mira','case.propose_refund','RQ-000003','{"state": "new", "decision": "", "assigned_to": ""}','{"state": "waiting_approval", "decision": "propose_refund", "assigned_to": ""}','{"amount_cents": 12000, "reason": "", "rule": "", "rule_version": "", "version": 2, "stands": {"state": "waiting_approval", "version": 2, "account_id": "A4100", "party": "payer", "party_id": "LARK", "amount_cents": 12000, "refund_cents": 12000, "cause": "duplicate_payment", "disposition": "refund_payer", "certainty": "proved", "rank": 2, "decision": "propose_refund", "decided_by_id": 1, "decided_at": "2026-11-26T09:00:00+00:00", "party_name": "01de4c201a55a4e9640a", "findings": "22f9ed1c48064b1e87c9"}}','1e95ce60751e8d24e3a680b3b201429a794fcff1ea851ded26d2fd1828ebfdbc','6fd289a60ac48450a36b922e5374e042d80efb18f18620743dd87446a3b67147',1,1);
INSERT INTO "audit_event" VALUES(42,13,'2026-11-26 09:00:00','cora','case.approve','RQ-000003','{"state": "waiting_approval", "decision": "propose_refund", "assigned_to": ""}','{"state": "to_pay", "decision": "propose_refund", "assigned_to": ""}','{"amount_cents": 12000, "reason": "", "rule": "", "rule_version": "", "version": 3, "stands": {"state": "to_pay", "version": 3, "account_id": "A4100", "party": "payer", "party_id": "LARK", "amount_cents": 12000, "refund_cents": 12000, "cause": "duplicate_payment", "disposition": "refund_payer", "certainty": "proved", "rank": 2, "decision": "propose_refund", "decided_by_id": 1, "approved_by_id": 3, "decided_at": "2026-11-26T09:00:00+00:00", "approved_at": "2026-11-26T09:00:00+00:00", "party_name": "01de4c201a55a4e9640a", "findings": "22f9ed1c48064b1e87c9"}}','6fd289a60ac48450a36b922e5374e042d80efb18f18620743dd87446a3b67147','d61e6f230284516d455b52171ba2c1056a9137c8862b7110c3f2f9963d0e477c',3,1);
INSERT INTO "audit_event" VALUES(43,14,'2026-11-26 09:00:00','cora','case.pay','RQ-000003','{"state": "to_pay", "decision": "propose_refund", "assigned_to": ""}','{"state": "to_reconcile", "decision": "propose_refund", "assigned_to": ""}','{"amount_cents": 12000, "reason": "", "rule": "", "rule_version": "", "version": 4, "stands": {"state": "to_reconcile", "version": 4, "account_id": "A4100", "party": "payer", "party_id": "LARK", "amount_cents": 12000, "refund_cents": 12000, "cause": "duplicate_payment", "disposition": "refund_payer", "certainty": "proved", "rank": 2, "decision": "propose_refund", "decided_by_id": 1, "approved_by_id": 3, "decided_at": "2026-11-26T09:00:00+00:00", "approved_at": "2026-11-26T09:00:00+00:00", "party_name": "01de4c201a55a4e9640a", "findings": "22f9ed1c48064b1e87c9", "paid": [[12000, "22f9ed1c48064b1e87c9", 3, "2026-11-26T09:00:00+00:00", "", "", ""]]}}','d61e6f230284516d455b52171ba2c1056a9137c8862b7110c3f2f9963d0e477c','1f485c96c3b94ddae43ecee7e0e33b10fa6c4fec813bc8369278002806c77cb3',3,1);
INSERT INTO "audit_event" VALUES(44,15,'2026-11-26 09:00:00','mira','case.correct','RQ-000001','{"state": "new", "decision": "", "assigned_to": ""}','{"state": "waiting_posting", "decision": "correct", "assigned_to": ""}','{"amount_cents": 10500, "reason": "", "rule": "", "rule_version": "", "version": 2, "stands": {"state": "waiting_posting", "version": 2, "account_id": "A4100", "party": "none", "amount_cents": 10500, "cause": "duplicate_posting", "disposition": "reverse_posting", "certainty": "proved", "rank": 2, "decision": "correct", "decided_by_id": 1, "decided_at": "2026-11-26T09:00:00+00:00", "findings": "320e4ae9798089e0c788"}}','1f485c96c3b94ddae43ecee7e0e33b10fa6c4fec813bc8369278002806c77cb3','23e710dca066857ad962f9c4615da316cf2f9f9cd2de2053078482bcc91e03a7',1,1);
INSERT INTO "audit_event" VALUES(45,16,'2026-11-26 09:00:00','mira','case.propose_refund','RQ-000002','{"state": "new", "decision": "", "assigned_to": ""}','{"state": "waiting_approval", "decision": "propose_refund", "assigned_to": ""}','{"amount_cents": 750, "reason": "", "rule": "patient.TX.ins1661", "rule_version": "in force from 2009-05-30, read 2026-11-23", "version": 2, "stands": {"state": "waiting_approval", "version": 2, "account_id": "A4100", "party": "patient", "party_id": "G01", "amount_cents": 750, "refund_cents": 750, "cause": "patient_overcollection", "disposition": "refund_patient", "certainty": "proved", "rank": 1, "rule_id": "patient.TX.ins1661", "decision": "propose_refund", "decided_by_id": 1, "decided_at": "2026-11-26T09:00:00+00:00", "party_name": "e142f1a70631d5d0b2dd", "findings": "e8f69237f0292bca7f35", "due": "2026-07-01"}}','23e710dca066857ad962f9c4615da316cf2f9f9cd2de2053078482bcc91e03a7','6af595762baf807a725ed84dfd4db6dea87437662b4627c86ad40e4e3e79fc1e',1,1);
INSERT INTO "audit_event" VALUES(46,17,'2026-11-26 09:00:00','mira','case.noted','RQ-000002',NULL,NULL,'{"mentions": ["sam"], "note": 1, "words": "d635ec9aa9536e35a1f9"}','6af595762baf807a725ed84dfd4db6dea87437662b4627c86ad40e4e3e79fc1e','0a3101749e3f43181f4b7c52e9cb2576f9d82d5f13b4d30b0d05b4803ff7f2ba',1,1);
INSERT INTO "audit_event" VALUES(47,18,'2026-11-26 09:00:00','mira','case.attached','RQ-000002',NULL,NULL,'{"digest": "7bc1709ab64e73f73e5b4727f7300380ce82f36245eec396d5aae167706f79ed", "size": 17, "document": 1, "words": "bbf1b6070104c532b5fb"}','0a3101749e3f43181f4b7c52e9cb2576f9d82d5f13b4d30b0d05b4803ff7f2ba','1f1d8c69d1eca3152ed42204409f35f8b28252281a12c650ef304e612823349a',1,1);
INSERT INTO "audit_event" VALUES(48,13,'2026-11-26 09:00:00','mira','case.snoozed','RQ-000004','{"snoozed_until": null}','{"snoozed_until": "2027-02-24"}','{"reason": "calls back", "version": 2, "stands": {"state": "new", "version": 2, "account_id": "A3001", "party": "payer", "party_id": "TAMA", "amount_cents": 4500, "cause": "voided_charge", "disposition": "corrected_claim", "certainty": "proved", "rank": 2, "snoozed_until": "2027-02-24", "party_name": "38e888dd7e920e6a5edb", "snooze_reason": "095bee745fbc45b93788", "findings": "20c4c8adf31c4504b0e7"}}','66c8ca11d7fb8ee3958fc94ea26059e4cf4a2b6bb91e97db56daf6cadd380d85','01f51136933a52a0e1e945b5f0b1235f9bfd9486aee968dae0b6d4f665667f33',1,4);
INSERT INTO "audit_event" VALUES(49,14,'2026-11-26 09:00:00','mira','case.snoozed','RQ-000001','{"snoozed_until": null}','{"snoozed_until": "2027-02-24"}','{"reason": "calls back", "version": 2, "stands": {"state": "new", "version": 2, "account_id": "A3001", "party": "none", "amount_cents": 10000, "cause": "voided_charge", "disposition": "reverse_posting", "certainty": "proved", "rank": 2, "snoozed_until": "2027-02-24", "snooze_reason": "095bee745fbc45b93788", "findings": "3e23129062c68e6b754f"}}','01f51136933a52a0e1e945b5f0b1235f9bfd9486aee968dae0b6d4f665667f33','d914a50f681c3148a294eae1748cb36bb3b335509c94b53e2b7c7089259ac804',1,4);
INSERT INTO "audit_event" VALUES(50,15,'2026-11-26 09:00:00','mira','case.snoozed','RQ-000003','{"snoozed_until": null}','{"snoozed_until": "2027-02-24"}','{"reason": "calls back", "version": 2, "stands": {"state": "new", "version": 2, "account_id": "A3001", "party": "payer", "party_id": "LARK", "amount_cents": 24000, "cause": "voided_charge", "disposition": "corrected_claim", "certainty": "proved", "rank": 2, "snoozed_until": "2027-02-24", "party_name": "01de4c201a55a4e9640a", "snooze_reason": "095bee745fbc45b93788", "findings": "78126bdca4e28c8504f0"}}','d914a50f681c3148a294eae1748cb36bb3b335509c94b53e2b7c7089259ac804','92564e5e750d3df31d81ba57f773bb44f44d299656d15178b9107d5715bac28b',1,4);
INSERT INTO "audit_event" VALUES(51,19,'2026-11-26 09:00:00','ada','mapping.saved','athenaOne',NULL,NULL,'{"text": "# athenaOne: one row a transaction of a claim; amounts without a sign, which the type gives.\n# A voided row stays, with its day. Transfers come as two rows, out of one holder and into another.\nname = \"athenaOne\"\ndates = \"%m/%d/%Y\"\n\n[[tables]]\ntable = \"accounts\"\nfile = \"claims.csv\"\ncolumns = { account_id = \"Claim ID\", reported_balance = \"Outstanding\", state = \"State\", patient_id = \"Patient ID\" }\n\n[[tables]]\ntable = \"patients\"\nfile = \"claims.csv\"\ndistinct = true\ncolumns = { patient_id = \"Patient ID\", first_name = \"Patient First Name\", last_name = \"Patient Last Name\" }\n\n[[tables]]\ntable = \"payers\"\nfile = \"insurances.csv\"\ndistinct = true\ncolumns = { payer_id = \"Payer ID\", name = \"Payer Name\", payer_class = \"Payer Type\" }\n[tables.values.payer_class]\n\"MEDICARE-B\" = \"medicare_ffs\"\nMEDICAID = \"medicaid\"\nCOMMERCIAL = \"commercial\"\n\"BLUE SHIELD\" = \"commercial\"\n[tables.otherwise]\npayer_class = \"other\"\n\n[[tables]]\ntable = \"coverages\"\nfile = \"insurances.csv\"\ncolumns = { account_id = \"Claim ID\", cob_order = \"Sequence\", payer_id = \"Payer ID\", member_id = \"Member ID\" }\n\n[[tables]]\ntable = \"charges\"\nfile = \"transactions.csv\"\nrows = { Type = [\"CHARGE\"] }\ncolumns = { charge_id = \"Transaction ID\", account_id = \"Claim ID\", service_date = \"Service Date\", procedure_code = \"Procedure Code\", posted_on = \"Post Date\" }\nvoid = { policy = \"dated\", column = \"Voided Date\" }\n[tables.amounts.amount]\nrule = \"plus\"\ncolumn = \"Amount\"\n[tables.numbered.line_no]\nwithin = [\"Claim ID\"]\norder = [\"Charge ID\"]\n\n[[tables]]\ntable = \"transactions\"\nfile = \"transactions.csv\"\nwithout = { Type = [\"CHARGE\"] }\ncolumns = { transaction_id = \"Transaction ID\", account_id = \"Claim ID\", type = \"Type\", posted_on = \"Post Date\", payer_id = \"Payer ID\", bucket = \"Transfer Type\", trace_number = \"Check Number\", payer_claim_number = \"Payer Claim Number\", transfer_id = \"Transfer Pair ID\" }\nvoid = { policy = \"dated\", column = \"Voided Date\" }\n[tables.values.type]\nPAYMENT = \"payment\"\nADJUSTMENT = \"adjustment\"\nTRANSFERIN = \"transfer\"\nTRANSFEROUT = \"transfer\"\n[tables.values.bucket]\n1 = \"primary\"\n2 = \"secondary\"\np = \"self\"\nP = \"self\"\n[tables.amounts.amount]\nrule = \"by_value\"\ncolumn = \"Amount\"\nof = \"Type\"\nplus = [\"TRANSFERIN\"]\nminus = [\"PAYMENT\", \"ADJUSTMENT\", \"TRANSFEROUT\"]\n"}','1f1d8c69d1eca3152ed42204409f35f8b28252281a12c650ef304e612823349a','b978e1e7c702339e6f3c85f999dfa0e367774af6d48c3c1d37c28110c944b82d',4,1);
INSERT INTO "audit_event" VALUES(52,20,'2026-11-26 09:00:00','mira','token.made','nightly',NULL,NULL,'{"number": 1, "may_write": true, "ends_on": "2027-02-24", "begins": "5c017397ea48b7ecd569"}','b978e1e7c702339e6f3c85f999dfa0e367774af6d48c3c1d37c28110c944b82d','208dc2753b34946e2cbecbef8e2ad858c8c23fe59ae95a21b5c713bab0d2ac99',1,1);
INSERT INTO "audit_event" VALUES(53,21,'2026-11-26 09:00:00','cora','limit.set','supervisor','{"most_cents": 500000}','{"most_cents": 250000}','{}','208dc2753b34946e2cbecbef8e2ad858c8c23fe59ae95a21b5c713bab0d2ac99','c31de0432da63cbfd3f18a2df61d72a031111eb89b821943eb54004f1ec96ab9',3,1);
INSERT INTO "audit_event" VALUES(54,22,'2026-11-26 09:00:00','sam','automatic.on','paid_above_contract',NULL,'{"most_cents": 5000, "day_cents": 50000, "month_cents": 500000}','{}','c31de0432da63cbfd3f18a2df61d72a031111eb89b821943eb54004f1ec96ab9','fed3ecf8dba3a8eac5fb33222394355f280dc2e6d70a89ef8214e0efe005ffe3',2,1);
INSERT INTO "audit_event" VALUES(55,14,'2026-11-26 09:00:00','ada','import.asked','3',NULL,NULL,'{"feed": "Ledger of import 1", "as_of": "2026-06-01", "digest": "9d81a0cfa1b79bf4d0ea8520d0f5f2e1f11be8c9d6fb3b3de7d612a35f05ef57", "kind": "fall_back"}','65bbe0d173934770f4b69035dd6cb1e2649cc5c43d7a5906f05c75edc7f109b2','f6ac1b0706fe9357b117b917122c0f164ea3b117b078729d3e3001c5875a49e4',4,3);
INSERT INTO "audit_event" VALUES(56,15,'2026-11-26 09:00:00','','import.taken','3',NULL,NULL,'{"attempt": 1}','f6ac1b0706fe9357b117b917122c0f164ea3b117b078729d3e3001c5875a49e4','69e7dfc46174a74f085906ed8895e8513a926fa28497d776bc700c9099d41d22',NULL,3);
INSERT INTO "audit_event" VALUES(57,16,'2026-11-26 09:00:00','','case.restored','RQ-000001',NULL,'{"state": "new"}','{"resolution": "gone: the account''s rows were given anew, and no excess is left", "version": 3, "stands": {"state": "new", "version": 3, "account_id": "0001042", "party": "payer", "party_id": "LARK", "amount_cents": 12000, "cause": "duplicate_payment", "disposition": "refund_payer", "certainty": "proved", "rank": 2, "party_name": "01de4c201a55a4e9640a", "findings": "aafbbee5029fd8589d69"}}','69e7dfc46174a74f085906ed8895e8513a926fa28497d776bc700c9099d41d22','d8a360c8c4b2f447ac8049fd8bf7fb7b1fdf2736847825870e6f8acca8337512',NULL,3);
INSERT INTO "audit_event" VALUES(58,17,'2026-11-26 09:00:00','','import.done','3',NULL,NULL,'{"snapshot": "81a431297d9b31bd", "outcome": {"opened": 0, "changed": 0, "reopened": 1, "returned": 0, "closed": 0, "same": 0}}','d8a360c8c4b2f447ac8049fd8bf7fb7b1fdf2736847825870e6f8acca8337512','9145c8362bac2fc3fe837b7e84b73516cb343d0b50007e84a52f2c0713a5b51e',NULL,3);
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
INSERT INTO "cases_reference" VALUES(1,'A4100','LK310001',1);
INSERT INTO "cases_reference" VALUES(2,'A4100','DALIA',1);
INSERT INTO "cases_reference" VALUES(3,'A4100','26L4100A',1);
INSERT INTO "cases_reference" VALUES(4,'A4100','QUIST',1);
INSERT INTO "cases_reference" VALUES(5,'A4100','LK310077',1);
INSERT INTO "cases_reference" VALUES(6,'A4100','26L4100B',1);
INSERT INTO "cases_reference" VALUES(7,'0001042','026L00977',2);
INSERT INTO "cases_reference" VALUES(8,'0001042','026L00017',2);
INSERT INTO "cases_reference" VALUES(9,'0001042','0000881977',2);
INSERT INTO "cases_reference" VALUES(10,'0001042','26L00017',2);
INSERT INTO "cases_reference" VALUES(11,'0001042','1042',2);
INSERT INTO "cases_reference" VALUES(12,'0001042','A1042-1',2);
INSERT INTO "cases_reference" VALUES(13,'0001042','SUNNIVA',2);
INSERT INTO "cases_reference" VALUES(14,'0001042','26L00977',2);
INSERT INTO "cases_reference" VALUES(15,'0001042','HALE',2);
INSERT INTO "cases_reference" VALUES(16,'0001042','881201',2);
INSERT INTO "cases_reference" VALUES(17,'0001042','00A1042-1',2);
INSERT INTO "cases_reference" VALUES(18,'0001042','0000881201',2);
INSERT INTO "cases_reference" VALUES(19,'0001042','881977',2);
INSERT INTO "cases_reference" VALUES(20,'A3001','CASPIAN',3);
INSERT INTO "cases_reference" VALUES(21,'A3001','ROOKE',3);
INSERT INTO "cases_reference" VALUES(22,'A3001','TM26-520',3);
INSERT INTO "cases_reference" VALUES(23,'A3001','26L3001',3);
INSERT INTO "cases_reference" VALUES(24,'A3001','LK305001',3);
INSERT INTO "cases_reference" VALUES(25,'A3001','TM7701',3);
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
INSERT INTO "django_migrations" VALUES(1,'contenttypes','0001_initial','2026-12-01 01:59:40.946674');
INSERT INTO "django_migrations" VALUES(2,'contenttypes','0002_remove_content_type_name','2026-12-01 01:59:40.949393');
INSERT INTO "django_migrations" VALUES(3,'auth','0001_initial','2026-12-01 01:59:40.953705');
INSERT INTO "django_migrations" VALUES(4,'auth','0002_alter_permission_name_max_length','2026-12-01 01:59:40.956032');
INSERT INTO "django_migrations" VALUES(5,'auth','0003_alter_user_email_max_length','2026-12-01 01:59:40.957770');
INSERT INTO "django_migrations" VALUES(6,'auth','0004_alter_user_username_opts','2026-12-01 01:59:40.959353');
INSERT INTO "django_migrations" VALUES(7,'auth','0005_alter_user_last_login_null','2026-12-01 01:59:40.960928');
INSERT INTO "django_migrations" VALUES(8,'auth','0006_require_contenttypes_0002','2026-12-01 01:59:40.961182');
INSERT INTO "django_migrations" VALUES(9,'auth','0007_alter_validators_add_error_messages','2026-12-01 01:59:40.962874');
INSERT INTO "django_migrations" VALUES(10,'auth','0008_alter_user_username_max_length','2026-12-01 01:59:40.964557');
INSERT INTO "django_migrations" VALUES(11,'auth','0009_alter_user_last_name_max_length','2026-12-01 01:59:40.966219');
INSERT INTO "django_migrations" VALUES(12,'auth','0010_alter_group_name_max_length','2026-12-01 01:59:40.969258');
INSERT INTO "django_migrations" VALUES(13,'auth','0011_update_proxy_permissions','2026-12-01 01:59:40.970935');
INSERT INTO "django_migrations" VALUES(14,'auth','0012_alter_user_first_name_max_length','2026-12-01 01:59:40.972572');
INSERT INTO "django_migrations" VALUES(15,'people','0001_initial','2026-12-01 01:59:40.982842');
INSERT INTO "django_migrations" VALUES(16,'account','0001_initial','2026-12-01 01:59:40.989850');
INSERT INTO "django_migrations" VALUES(17,'account','0002_email_max_length','2026-12-01 01:59:40.995116');
INSERT INTO "django_migrations" VALUES(18,'account','0003_alter_emailaddress_create_unique_verified_email','2026-12-01 01:59:41.001000');
INSERT INTO "django_migrations" VALUES(19,'account','0004_alter_emailaddress_drop_unique_email','2026-12-01 01:59:41.005409');
INSERT INTO "django_migrations" VALUES(20,'account','0005_emailaddress_idx_upper_email','2026-12-01 01:59:41.008779');
INSERT INTO "django_migrations" VALUES(21,'account','0006_emailaddress_lower','2026-12-01 01:59:41.013167');
INSERT INTO "django_migrations" VALUES(22,'account','0007_emailaddress_idx_email','2026-12-01 01:59:41.021309');
INSERT INTO "django_migrations" VALUES(23,'account','0008_emailaddress_unique_primary_email_fixup','2026-12-01 01:59:41.058464');
INSERT INTO "django_migrations" VALUES(24,'account','0009_emailaddress_unique_primary_email','2026-12-01 01:59:41.061918');
INSERT INTO "django_migrations" VALUES(25,'audit','0001_initial','2026-12-01 01:59:41.070238');
INSERT INTO "django_migrations" VALUES(26,'audit','0002_only_added','2026-12-01 01:59:41.074473');
INSERT INTO "django_migrations" VALUES(27,'audit','0003_seal','2026-12-01 01:59:41.082537');
INSERT INTO "django_migrations" VALUES(28,'audit','0004_seal_old_chains','2026-12-01 01:59:41.087487');
INSERT INTO "django_migrations" VALUES(29,'cases','0001_initial','2026-12-01 01:59:41.243605');
INSERT INTO "django_migrations" VALUES(30,'cases','0002_work','2026-12-01 01:59:41.421675');
INSERT INTO "django_migrations" VALUES(31,'cases','0003_approval','2026-12-01 01:59:41.458435');
INSERT INTO "django_migrations" VALUES(32,'cases','0004_reason_and_age','2026-12-01 01:59:41.482406');
INSERT INTO "django_migrations" VALUES(33,'cases','0005_seal_cases','2026-12-01 01:59:41.493145');
INSERT INTO "django_migrations" VALUES(34,'intake','0001_initial','2026-12-01 01:59:41.514641');
INSERT INTO "django_migrations" VALUES(35,'intake','0002_held_by_beats','2026-12-01 01:59:41.596411');
INSERT INTO "django_migrations" VALUES(36,'mfa','0001_initial','2026-12-01 01:59:41.607723');
INSERT INTO "django_migrations" VALUES(37,'mfa','0002_authenticator_timestamps','2026-12-01 01:59:41.628183');
INSERT INTO "django_migrations" VALUES(38,'mfa','0003_authenticator_type_uniq','2026-12-01 01:59:41.734413');
INSERT INTO "django_migrations" VALUES(39,'people','0002_count_attempts_to_sign_in','2026-12-01 01:59:41.735867');
INSERT INTO "django_migrations" VALUES(40,'people','0003_end_tokens_on_a_day','2026-12-01 01:59:41.779615');
INSERT INTO "django_migrations" VALUES(41,'sessions','0001_initial','2026-12-01 01:59:41.780862');
INSERT INTO "django_migrations" VALUES(42,'socialaccount','0001_initial','2026-12-01 01:59:41.816143');
INSERT INTO "django_migrations" VALUES(43,'socialaccount','0002_token_max_lengths','2026-12-01 01:59:41.835255');
INSERT INTO "django_migrations" VALUES(44,'socialaccount','0003_extra_data_default_dict','2026-12-01 01:59:41.844530');
INSERT INTO "django_migrations" VALUES(45,'socialaccount','0004_app_provider_id_settings','2026-12-01 01:59:41.863581');
INSERT INTO "django_migrations" VALUES(46,'socialaccount','0005_socialtoken_nullable_app','2026-12-01 01:59:41.877911');
INSERT INTO "django_migrations" VALUES(47,'socialaccount','0006_alter_socialaccount_extra_data','2026-12-01 01:59:41.890048');
INSERT INTO "django_migrations" VALUES(48,'usersessions','0001_initial','2026-12-01 01:59:41.902233');
CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" datetime NOT NULL);
CREATE TABLE "intake_import" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "source" varchar(300) NOT NULL, "digest" varchar(64) NOT NULL, "kind" varchar(10) NOT NULL, "as_of" date NOT NULL, "status" varchar(10) NOT NULL, "may_close" bool NOT NULL, "step" varchar(80) NOT NULL, "attempts" smallint unsigned NOT NULL CHECK ("attempts" >= 0), "worker" varchar(80) NOT NULL, "asked_at" datetime NOT NULL, "started_at" datetime NULL, "ended_at" datetime NULL, "snapshot" varchar(16) NOT NULL, "previous_snapshot" varchar(16) NOT NULL, "problem" text NOT NULL, "report" text NOT NULL CHECK ((JSON_VALID("report") OR "report" IS NULL)), "summary" text NOT NULL CHECK ((JSON_VALID("summary") OR "summary" IS NULL)), "outcome" text NOT NULL CHECK ((JSON_VALID("outcome") OR "outcome" IS NULL)), "asked_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "provider_id" bigint NOT NULL REFERENCES "people_provider" ("id") DEFERRABLE INITIALLY DEFERRED, "beat" bigint unsigned NOT NULL CHECK ("beat" >= 0), CONSTRAINT "import_number_once" UNIQUE ("provider_id", "number"), CONSTRAINT "a_running_import_has_a_worker" CHECK ((NOT ("status" = 'running') OR NOT ("worker" = ''))));
INSERT INTO "intake_import" VALUES(1,1,'/feeds/four-causes-on-one-account','df432f6d3687f20c784c581d0ddc7438dd2af57bdcfc734f011421ce68d8cd7e','whole','2026-06-01','done',0,'',1,'worker','2026-11-26 09:00:00','2026-11-26 09:00:00','2026-11-26 09:00:00','e80079b62c00bf4e','','','{"rows_read": {"facilities": 1, "patients": 1, "guarantors": 1, "payers": 1, "plans": 0, "accounts": 1, "coverages": 1, "claims": 0, "charges": 3, "transactions": 10, "allocations": 0, "refunds": 0, "refund_requests": 0, "contract_amounts": 1, "bank_deposits": 0, "remits": 2, "remit_claims": 2, "remit_lines": 4, "remit_adjustments": 7, "provider_adjustments": 0}, "ignored_columns": [], "ignored_files": [], "held_out": [], "remittances": {"claims_without_account": 0, "files": 2, "given_twice": 0, "conflicting": 0, "problems": []}}','{"version": "0.1.0", "snapshot": "e80079b62c00bf4e", "as_of": "2026-06-01", "credits": {"accounts": 1, "masked_accounts": 0, "credit_cents": 23250, "masked_cents": 0, "owed_cents": 0, "disagreeing_accounts": 0}, "by_party": {"none": {"findings": 2, "amount_cents": 10500}, "patient": {"findings": 1, "amount_cents": 750}, "payer": {"findings": 1, "amount_cents": 12000}}, "by_payer_class": {"commercial": {"findings": 1, "amount_cents": 12000}}, "by_cause": {"contractual_overposted": {"findings": 1, "amount_cents": 4000}, "duplicate_payment": {"findings": 1, "amount_cents": 12000}, "duplicate_posting": {"findings": 1, "amount_cents": 6500}, "patient_overcollection": {"findings": 1, "amount_cents": 750}}, "by_party_and_cause": {"none/contractual_overposted": {"findings": 1, "amount_cents": 4000}, "none/duplicate_posting": {"findings": 1, "amount_cents": 6500}, "patient/patient_overcollection": {"findings": 1, "amount_cents": 750}, "payer/duplicate_payment": {"findings": 1, "amount_cents": 12000}}, "by_certainty": {"proved": {"findings": 4, "amount_cents": 23250}}, "by_queue": {"corrections": {"findings": 2, "amount_cents": 10500}, "patients": {"findings": 1, "amount_cents": 750}, "payers": {"findings": 1, "amount_cents": 12000}}, "due": {"no_date": {"findings": 3, "amount_cents": 22500}, "within_30_days": {"findings": 1, "amount_cents": 750}}, "rows_read": {"facilities": 1, "patients": 1, "guarantors": 1, "payers": 1, "plans": 0, "accounts": 1, "coverages": 1, "claims": 0, "charges": 3, "transactions": 10, "allocations": 0, "refunds": 0, "refund_requests": 0, "contract_amounts": 1, "bank_deposits": 0, "remits": 2, "remit_claims": 2, "remit_lines": 4, "remit_adjustments": 7, "provider_adjustments": 0}, "accounts_held_out": 0, "seconds": {}}','{"opened": 3, "changed": 0, "reopened": 0, "returned": 0, "closed": 0, "same": 0}',NULL,1,9);
INSERT INTO "intake_import" VALUES(2,1,'/feeds/duplicate-payment-two-traces','9d81a0cfa1b79bf4d0ea8520d0f5f2e1f11be8c9d6fb3b3de7d612a35f05ef57','whole','2026-06-01','done',0,'',1,'worker','2026-11-26 09:00:00','2026-11-26 09:00:00','2026-11-26 09:00:00','81a431297d9b31bd','','','{"rows_read": {"facilities": 1, "patients": 1, "guarantors": 1, "payers": 1, "plans": 0, "accounts": 1, "coverages": 1, "claims": 1, "charges": 1, "transactions": 4, "allocations": 0, "refunds": 0, "refund_requests": 0, "contract_amounts": 0, "bank_deposits": 0, "remits": 2, "remit_claims": 2, "remit_lines": 2, "remit_adjustments": 4, "provider_adjustments": 0}, "ignored_columns": [], "ignored_files": [], "held_out": [], "remittances": {"claims_without_account": 0, "files": 2, "given_twice": 0, "conflicting": 0, "problems": []}}','{"version": "0.1.0", "snapshot": "81a431297d9b31bd", "as_of": "2026-06-01", "credits": {"accounts": 1, "masked_accounts": 0, "credit_cents": 12000, "masked_cents": 0, "owed_cents": 0, "disagreeing_accounts": 0}, "by_party": {"payer": {"findings": 1, "amount_cents": 12000}}, "by_payer_class": {"commercial": {"findings": 1, "amount_cents": 12000}}, "by_cause": {"duplicate_payment": {"findings": 1, "amount_cents": 12000}}, "by_party_and_cause": {"payer/duplicate_payment": {"findings": 1, "amount_cents": 12000}}, "by_certainty": {"proved": {"findings": 1, "amount_cents": 12000}}, "by_queue": {"payers": {"findings": 1, "amount_cents": 12000}}, "due": {"no_date": {"findings": 1, "amount_cents": 12000}}, "rows_read": {"facilities": 1, "patients": 1, "guarantors": 1, "payers": 1, "plans": 0, "accounts": 1, "coverages": 1, "claims": 1, "charges": 1, "transactions": 4, "allocations": 0, "refunds": 0, "refund_requests": 0, "contract_amounts": 0, "bank_deposits": 0, "remits": 2, "remit_claims": 2, "remit_lines": 2, "remit_adjustments": 4, "provider_adjustments": 0}, "accounts_held_out": 0, "seconds": {}}','{"opened": 1, "changed": 0, "reopened": 0, "returned": 0, "closed": 0, "same": 0}',NULL,2,9);
INSERT INTO "intake_import" VALUES(3,2,'/feeds/quiet-ordinary-accounts','e6f3bb039f62e9149c3505937466423a071d9ab6fdd9135b105e4106cf5dac84','whole','2026-06-01','done',0,'',1,'worker','2026-11-26 09:00:00','2026-11-26 09:00:00','2026-11-26 09:00:00','83e128b9797cfcff','81a431297d9b31bd','','{"rows_read": {"facilities": 1, "patients": 8, "guarantors": 8, "payers": 2, "plans": 0, "accounts": 8, "coverages": 8, "claims": 0, "charges": 12, "transactions": 25, "allocations": 0, "refunds": 0, "refund_requests": 0, "contract_amounts": 0, "bank_deposits": 0, "remits": 1, "remit_claims": 7, "remit_lines": 8, "remit_adjustments": 12, "provider_adjustments": 0}, "ignored_columns": [], "ignored_files": [], "held_out": [], "remittances": {"claims_without_account": 0, "files": 1, "given_twice": 0, "conflicting": 0, "problems": []}}','{"version": "0.1.0", "snapshot": "83e128b9797cfcff", "as_of": "2026-06-01", "credits": {"accounts": 0, "masked_accounts": 0, "credit_cents": 0, "masked_cents": 0, "owed_cents": 4500, "disagreeing_accounts": 0}, "by_party": {}, "by_payer_class": {}, "by_cause": {}, "by_party_and_cause": {}, "by_certainty": {}, "by_queue": {}, "due": {}, "rows_read": {"facilities": 1, "patients": 8, "guarantors": 8, "payers": 2, "plans": 0, "accounts": 8, "coverages": 8, "claims": 0, "charges": 12, "transactions": 25, "allocations": 0, "refunds": 0, "refund_requests": 0, "contract_amounts": 0, "bank_deposits": 0, "remits": 1, "remit_claims": 7, "remit_lines": 8, "remit_adjustments": 12, "provider_adjustments": 0}, "accounts_held_out": 0, "seconds": {}}','{"opened": 0, "changed": 0, "reopened": 0, "returned": 0, "closed": 1, "same": 0}',NULL,2,9);
INSERT INTO "intake_import" VALUES(4,1,'/feeds/voided-charge-split-four-ways','8a9d429d6c414fdccded1e42de270100c7d8f79728655567694e4bbb26e41298','whole','2026-06-01','done',0,'',1,'worker','2026-11-26 09:00:00','2026-11-26 09:00:00','2026-11-26 09:00:00','cd32984670293bbd','','','{"rows_read": {"facilities": 1, "patients": 1, "guarantors": 1, "payers": 2, "plans": 0, "accounts": 1, "coverages": 2, "claims": 0, "charges": 2, "transactions": 13, "allocations": 0, "refunds": 0, "refund_requests": 0, "contract_amounts": 0, "bank_deposits": 0, "remits": 2, "remit_claims": 2, "remit_lines": 4, "remit_adjustments": 7, "provider_adjustments": 0}, "ignored_columns": [], "ignored_files": [], "held_out": [], "remittances": {"claims_without_account": 0, "files": 2, "given_twice": 0, "conflicting": 0, "problems": []}}','{"version": "0.1.0", "snapshot": "cd32984670293bbd", "as_of": "2026-06-01", "credits": {"accounts": 1, "masked_accounts": 0, "credit_cents": 40000, "masked_cents": 0, "owed_cents": 0, "disagreeing_accounts": 0}, "by_party": {"none": {"findings": 1, "amount_cents": 10000}, "patient": {"findings": 1, "amount_cents": 1500}, "payer": {"findings": 2, "amount_cents": 28500}}, "by_payer_class": {"commercial": {"findings": 2, "amount_cents": 28500}}, "by_cause": {"voided_charge": {"findings": 4, "amount_cents": 40000}}, "by_party_and_cause": {"none/voided_charge": {"findings": 1, "amount_cents": 10000}, "patient/voided_charge": {"findings": 1, "amount_cents": 1500}, "payer/voided_charge": {"findings": 2, "amount_cents": 28500}}, "by_certainty": {"proved": {"findings": 4, "amount_cents": 40000}}, "by_queue": {"corrections": {"findings": 1, "amount_cents": 10000}, "patients": {"findings": 1, "amount_cents": 1500}, "payers": {"findings": 2, "amount_cents": 28500}}, "due": {"no_date": {"findings": 3, "amount_cents": 38500}, "within_30_days": {"findings": 1, "amount_cents": 1500}}, "rows_read": {"facilities": 1, "patients": 1, "guarantors": 1, "payers": 2, "plans": 0, "accounts": 1, "coverages": 2, "claims": 0, "charges": 2, "transactions": 13, "allocations": 0, "refunds": 0, "refund_requests": 0, "contract_amounts": 0, "bank_deposits": 0, "remits": 2, "remit_claims": 2, "remit_lines": 4, "remit_adjustments": 7, "provider_adjustments": 0}, "accounts_held_out": 0, "seconds": {}}','{"opened": 4, "changed": 0, "reopened": 0, "returned": 0, "closed": 0, "same": 0}',NULL,3,9);
INSERT INTO "intake_import" VALUES(5,3,'Ledger of import 1','9d81a0cfa1b79bf4d0ea8520d0f5f2e1f11be8c9d6fb3b3de7d612a35f05ef57','fall_back','2026-06-01','done',0,'',1,'worker','2026-11-26 09:00:00','2026-11-26 09:00:00','2026-11-26 09:00:00','81a431297d9b31bd','83e128b9797cfcff','','{"held_out": [], "ignored_columns": [], "ignored_files": [], "remittances": {"claims_without_account": 0, "conflicting": 0, "files": 2, "given_twice": 0, "problems": []}, "rows_read": {"accounts": 1, "allocations": 0, "bank_deposits": 0, "charges": 1, "claims": 1, "contract_amounts": 0, "coverages": 1, "facilities": 1, "guarantors": 1, "patients": 1, "payers": 1, "plans": 0, "provider_adjustments": 0, "refund_requests": 0, "refunds": 0, "remit_adjustments": 4, "remit_claims": 2, "remit_lines": 2, "remits": 2, "transactions": 4}}','{"version": "0.1.0", "snapshot": "81a431297d9b31bd", "as_of": "2026-06-01", "credits": {"accounts": 1, "masked_accounts": 0, "credit_cents": 12000, "masked_cents": 0, "owed_cents": 0, "disagreeing_accounts": 0}, "by_party": {"payer": {"findings": 1, "amount_cents": 12000}}, "by_payer_class": {"commercial": {"findings": 1, "amount_cents": 12000}}, "by_cause": {"duplicate_payment": {"findings": 1, "amount_cents": 12000}}, "by_party_and_cause": {"payer/duplicate_payment": {"findings": 1, "amount_cents": 12000}}, "by_certainty": {"proved": {"findings": 1, "amount_cents": 12000}}, "by_queue": {"payers": {"findings": 1, "amount_cents": 12000}}, "due": {"no_date": {"findings": 1, "amount_cents": 12000}}, "rows_read": {"accounts": 1, "allocations": 0, "bank_deposits": 0, "charges": 1, "claims": 1, "contract_amounts": 0, "coverages": 1, "facilities": 1, "guarantors": 1, "patients": 1, "payers": 1, "plans": 0, "provider_adjustments": 0, "refund_requests": 0, "refunds": 0, "remit_adjustments": 4, "remit_claims": 2, "remit_lines": 2, "remits": 2, "transactions": 4}, "accounts_held_out": 0, "seconds": {}}','{"opened": 0, "changed": 0, "reopened": 1, "returned": 0, "closed": 0, "same": 0}',4,2,3);
CREATE TABLE "intake_savedmapping" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "text" text NOT NULL, "saved_at" datetime NOT NULL, "provider_id" bigint NOT NULL UNIQUE REFERENCES "people_provider" ("id") DEFERRABLE INITIALLY DEFERRED, "saved_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "intake_savedmapping" VALUES(1,'# athenaOne: one row a transaction of a claim; amounts without a sign, which the type gives.
# A voided row stays, with its day. Transfers come as two rows, out of one holder and into another.
name = "athenaOne"
dates = "%m/%d/%Y"

[[tables]]
table = "accounts"
file = "claims.csv"
columns = { account_id = "Claim ID", reported_balance = "Outstanding", state = "State", patient_id = "Patient ID" }

[[tables]]
table = "patients"
file = "claims.csv"
distinct = true
columns = { patient_id = "Patient ID", first_name = "Patient First Name", last_name = "Patient Last Name" }

[[tables]]
table = "payers"
file = "insurances.csv"
distinct = true
columns = { payer_id = "Payer ID", name = "Payer Name", payer_class = "Payer Type" }
[tables.values.payer_class]
"MEDICARE-B" = "medicare_ffs"
MEDICAID = "medicaid"
COMMERCIAL = "commercial"
"BLUE SHIELD" = "commercial"
[tables.otherwise]
payer_class = "other"

[[tables]]
table = "coverages"
file = "insurances.csv"
columns = { account_id = "Claim ID", cob_order = "Sequence", payer_id = "Payer ID", member_id = "Member ID" }

[[tables]]
table = "charges"
file = "transactions.csv"
rows = { Type = ["CHARGE"] }
columns = { charge_id = "Transaction ID", account_id = "Claim ID", service_date = "Service Date", procedure_code = "Procedure Code", posted_on = "Post Date" }
void = { policy = "dated", column = "Voided Date" }
[tables.amounts.amount]
rule = "plus"
column = "Amount"
[tables.numbered.line_no]
within = ["Claim ID"]
order = ["Charge ID"]

[[tables]]
table = "transactions"
file = "transactions.csv"
without = { Type = ["CHARGE"] }
columns = { transaction_id = "Transaction ID", account_id = "Claim ID", type = "Type", posted_on = "Post Date", payer_id = "Payer ID", bucket = "Transfer Type", trace_number = "Check Number", payer_claim_number = "Payer Claim Number", transfer_id = "Transfer Pair ID" }
void = { policy = "dated", column = "Voided Date" }
[tables.values.type]
PAYMENT = "payment"
ADJUSTMENT = "adjustment"
TRANSFERIN = "transfer"
TRANSFEROUT = "transfer"
[tables.values.bucket]
1 = "primary"
2 = "secondary"
p = "self"
P = "self"
[tables.amounts.amount]
rule = "by_value"
column = "Amount"
of = "Type"
plus = ["TRANSFERIN"]
minus = ["PAYMENT", "ADJUSTMENT", "TRANSFEROUT"]
','2026-11-26 09:00:00',1,4);
CREATE TABLE "mfa_authenticator" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "type" varchar(20) NOT NULL, "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "created_at" datetime NOT NULL, "last_used_at" datetime NULL);
INSERT INTO "mfa_authenticator" VALUES(1,'totp','{"secret": "gAAAAABrDioO8V8hWmwjj6cFSVEp1UqwL62s71HkYxzvQTdZ7tZXbWaae6xa0PVVHHQchC14sp9aMstUm1Fx7Wavr0NACj1wwirJ1yK6RkXWhoaPgf6oGa4="}',2,'2026-12-01 01:59:42.390528',NULL);
INSERT INTO "mfa_authenticator" VALUES(2,'recovery_codes','{"seed": "gAAAAABrDioOTCbN_PXypgTVdjpjYenm3qH3s8CPXrWt7LGVXeDrpSx7Mnw-Y6mNTQUrp5Kn_8s8GJy3iKWm8lG_8sJRhpyFokdkJfNkLnvs-S_lgccrvt0zdvnQC0-4NRcUhcpinLsKDKqcU8JbH_ZeJeLU0HY7fepSg4MZIQHTWKmeLLK22-PgDloJI-6mApq7A0IGlI9X", "used_mask": 0}',2,'2026-12-01 01:59:42.391497',NULL);
CREATE TABLE "people_apitoken" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(60) NOT NULL, "digest" varchar(64) NOT NULL UNIQUE, "may_write" bool NOT NULL, "made_at" datetime NOT NULL, "revoked_at" datetime NULL, "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "provider_id" bigint NOT NULL REFERENCES "people_provider" ("id") DEFERRABLE INITIALLY DEFERRED, "first_used_at" datetime NULL, "ends_on" date NOT NULL);
INSERT INTO "people_apitoken" VALUES(1,'nightly','5c017397ea48b7ecd5691305cf2b565c2bd2c0b0acc4b002c53662d79240250a',1,'2026-11-26 09:00:00',NULL,1,1,NULL,'2027-02-24');
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
INSERT INTO "people_user" VALUES(1,'argon2$argon2id$v=19$m=102400,t=2,p=8$Z2dlUU12dzRFTk81Y3VtbWNLUG1Bdg$FZYWzAFttMlp8JfGik10thENy6hvmDA49MNVlPsLj2o',NULL,0,'mira','','','',0,1,'2026-12-01 01:59:41.943810',0,NULL,0,NULL);
INSERT INTO "people_user" VALUES(2,'argon2$argon2id$v=19$m=102400,t=2,p=8$ZE13YjloeUlieVZFdEZMblJDR1hCVg$sTq2SsHUP4/zgoAiItNlcqcAEon6lUyUW5J/wgPZzBM',NULL,0,'sam','','','',0,1,'2026-12-01 01:59:42.061560',0,NULL,0,NULL);
INSERT INTO "people_user" VALUES(3,'argon2$argon2id$v=19$m=102400,t=2,p=8$c2xURE1JQ09sVUNhSFR1dzMzckRnRg$nbLcs5WjHXKlcvc3uHXbXwtmb+T/JWPDme2w2sDfxW8',NULL,0,'cora','','','',0,1,'2026-12-01 01:59:42.163089',0,NULL,0,NULL);
INSERT INTO "people_user" VALUES(4,'argon2$argon2id$v=19$m=102400,t=2,p=8$RGx3bU5IblBobURyeDg4SHhPa204Ng$ABw9dK/iYFcKJ83Rho7Bjw4HX/xSeZD4OmGKt8Q5+0s',NULL,0,'ada','','','',0,1,'2026-12-01 01:59:42.270059',0,NULL,0,NULL);
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
INSERT INTO "sqlite_sequence" VALUES('django_migrations',48);
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
