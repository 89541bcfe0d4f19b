"""Small invented extracts of the systems that a preset is for; each shows the traps of its own."""

EXTRACTS = {
    "epic-professional": {
        "ACCOUNT.csv": "ACCOUNT_ID,TOTAL_BALANCE,STATE\n0042,-30.00,TX\n",
        "CLARITY_EPM.csv": "PAYOR_ID,PAYOR_NAME,FINANCIAL_CLASS\n101,Larkspur Health,Commercial\n",
        "ACCT_COVERAGE.csv": "ACCOUNT_ID,LINE,PAYOR_ID,SUBSCR_NUM\n0042,1,101,M1\n",
        # 12 was voided and stays; 21 pays two charges and stands on none of them.
        "ARPB_TRANSACTIONS.csv": (
            "TX_ID,ACCOUNT_ID,TX_TYPE_C,AMOUNT,SERVICE_DATE,POST_DATE,VOID_DATE,CPT_CODE,PAYOR_ID,"
            "TRACE_NUMBER,INVOICE_CLM_NUM,REFERENCE_NUM\n"
            "11,0042,1,100.00,2026-01-05,2026-01-06,,99213,,,,\n"
            "12,0042,1,80.00,2026-01-05,2026-01-06,2026-01-20,99214,,,,\n"
            "13,0042,1,50.00,2026-01-05,2026-01-06,,85025,,,,\n"
            "21,0042,2,-130.00,,2026-02-10,,,101,T900,L77,\n"
            "31,0042,3,-20.00,,2026-02-10,,,101,T900,L77,\n"
            "22,0042,2,-30.00,,2026-02-15,,,,,,2207\n"
        ),
        "ARPB_TX_MATCH_HX.csv": (
            "TX_ID,MTCH_TX_HX_ID,MTCH_TX_HX_AMT,MTCH_TX_HX_UN_DT\n"
            "11,21,80.00,\n13,21,50.00,\n11,31,20.00,\n13,22,30.00,2026-02-20\n"
        ),
    },
    "epic-hospital": {
        "HSP_ACCOUNT.csv": (
            "HSP_ACCOUNT_ID,TOT_ACCT_BAL,ADM_DATE_TIME,DISCH_DATE_TIME,LOC_STATE,ACCT_BASECLS\n"
            "H1,0.00,2026-01-05,2026-01-07,FL,Inpatient\n"
        ),
        "CLARITY_EPM.csv": "PAYOR_ID,PAYOR_NAME,FINANCIAL_CLASS\n7,Medicare A,Medicare\n",
        "HSP_ACCT_CVG_LIST.csv": "HSP_ACCOUNT_ID,LINE,PAYOR_ID,SUBSCR_NUM\nH1,1,7,1EG4\n",
        # The payer's money was posted to the self-pay bucket; a payment was reversed by a row.
        "HSP_TRANSACTIONS.csv": (
            "TX_ID,HSP_ACCOUNT_ID,TX_TYPE_HA_C,TX_AMOUNT,TX_POST_DATE,SERVICE_DATE,CPT_CODE,"
            "UB_REV_CODE,PAYOR_ID,BKT_TYPE_HA,TRACE_NUMBER,PAYER_CLAIM_NUM,ORIG_REV_TX_ID,LINE_KEY\n"
            "1,H1,1,900.00,2026-01-08,2026-01-05,,0120,,,,,,1\n"
            "2,H1,2,-500.00,2026-02-01,,,,7,Self-Pay,T1,ICN1,,\n"
            "3,H1,4,-400.00,2026-02-01,,,,7,Primary,T1,ICN1,,\n"
            "4,H1,2,-25.00,2026-02-02,,,,,Self-Pay,,,,\n"
            "5,H1,2,25.00,2026-02-03,,,,,Self-Pay,,,4,\n"
        ),
    },
    "athenaone": {
        "claims.csv": (
            "Claim ID,Outstanding,State,Patient ID,Patient First Name,Patient Last Name\n"
            "C900,$0.00,TX,P1,Mira,Quist\nC901,($40.00),TX,P1,Mira,Quist\n"
        ),
        "insurances.csv": (
            "Claim ID,Sequence,Payer ID,Payer Name,Payer Type,Member ID\n"
            "C900,1,55,Larkspur,COMMERCIAL,M1\nC901,1,55,Larkspur,COMMERCIAL,M1\n"
        ),
        "transactions.csv": (
            "Transaction ID,Claim ID,Charge ID,Type,Amount,Post Date,Service Date,Procedure Code,"
            "Payer ID,Transfer Type,Check Number,Payer Claim Number,Transfer Pair ID,Voided Date\n"
            "1,C900,1,CHARGE,125.00,01/06/2026,01/05/2026,99213,,1,,,,\n"
            "2,C900,1,CHARGE,60.00,01/06/2026,01/05/2026,36415,,1,,,,02/01/2026\n"
            "3,C900,1,PAYMENT,65.00,02/04/2026,,,55,1,LK1,26L1,,\n"
            "4,C900,1,ADJUSTMENT,35.00,02/04/2026,,,55,1,LK1,26L1,,\n"
            "5,C900,1,TRANSFEROUT,25.00,02/05/2026,,,,1,,,X1,\n"
            "6,C900,1,TRANSFERIN,25.00,02/05/2026,,,,p,,,X1,\n"
            "7,C900,1,PAYMENT,25.00,02/20/2026,,,,p,,,,\n"
            '8,C901,2,PAYMENT,"40.00",02/20/2026,,,,p,,,,\n'
        ),
    },
    "openemr": {
        "billing.csv": (
            "id,date,code_type,code,pid,encounter,fee,activity\n"
            "1,2026-01-05,CPT4,99213,7,3,125.00,1\n2,2026-01-05,CPT4,36415,7,3,60.00,0\n"
            "3,2026-01-05,ICD10,R05,7,3,0.00,1\n"
        ),
        "patient_data.csv": "pid,fname,lname,DOB\n7,Mira,Quist,1980-02-03\n",
        "insurance_companies.csv": "id,name,ins_type_code\n5,Larkspur,12\n",
        "insurance_data.csv": "pid,encounter,type,provider,policy_number\n7,3,primary,5,M1\n",
        "ar_activity.csv": (
            "pid,encounter,sequence_no,payer_type,post_date,pay_amount,adj_amount,deleted,payer_id,"
            "reference\n"
            "7,3,1,1,2026-02-04,65.00,35.00,,5,LK1\n"
            "7,3,2,0,2026-02-20,25.00,0.00,,,\n"
            "7,3,3,0,2026-02-20,25.00,0.00,2026-02-21,,\n"
        ),
    },
    "synthea": {
        "claims.csv": (
            "Id,PATIENTID,PRIMARYPATIENTINSURANCEID,SECONDARYPATIENTINSURANCEID\nK1,P1,Y1,0\n"
        ),
        "patients.csv": "Id,BIRTHDATE,FIRST,LAST\nP1,1980-02-03,Mira12,Quist34\n",
        "payers.csv": "Id,NAME,OWNERSHIP\nY1,Larkspur,PRIVATE\n",
        "claims_transactions.csv": (
            "ID,CLAIMID,CHARGEID,TYPE,AMOUNT,FROMDATE,TODATE,PROCEDURECODE,TRANSFERTYPE,PAYMENTS,"
            "ADJUSTMENTS,TRANSFERS,TRANSFEROUTID\n"
            "a,K1,1,CHARGE,125.00,2026-01-05T08:00:00Z,2026-01-05T08:15:00Z,99213,1,,,,\n"
            "b,K1,1,PAYMENT,,2026-01-05T08:00:00Z,2026-01-05T08:15:00Z,,1,100.00,,,\n"
            "c,K1,1,TRANSFEROUT,,2026-01-05T08:00:00Z,2026-01-05T08:15:00Z,,1,,,25.00,\n"
            "d,K1,1,TRANSFERIN,25.00,2026-01-05T08:00:00Z,2026-01-05T08:15:00Z,,p,,,,c\n"
            "e,K1,1,PAYMENT,,2026-01-05T08:00:00Z,2026-01-06T08:15:00Z,,p,25.00,,,\n"
        ),
    },
}  # fmt: skip
