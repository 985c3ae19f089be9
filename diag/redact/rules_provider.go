package redact

// providerRules know the tokens of providers by their beginnings; lengths and
// alphabets are those that the providers document. A number after the prefix is
// the least length; letters say the alphabet (see starts).
var providerRules = []*Rule{
	{
		Name: "provider-token", Kind: Token,
		Why: "Tokens of well-known services: whoever has one can use the service for its owner.",
		Starts: starts(`
			ghp_ 30
			gho_ 30
			ghu_ 30
			ghs_ 30
			ghr_ 30
			github_pat_ 22_
			glpat- 20+
			gldt- 20_
			glrt- 20+
			glcbt- 20_
			glptt- 20_
			glft- 20_
			glimt- 20_
			glagent- 20_
			gloas- 20_
			glsoat- 20_
			GR1348941 20_
			xoxb- 10_
			xoxp- 10_
			xoxa- 10_
			xoxr- 10_
			xoxs- 10_
			xoxe- 10_
			xoxe.xox 10+
			xapp- 10_
			AKIA 16-16A
			ASIA 16-16A
			ABIA 16-16A
			ACCA 16-16A
			A3T 17-17A
			AIza 35_
			ya29. 20+
			GOCSPX- 20_
			sk_live_ 16
			sk_test_ 16
			rk_live_ 16
			rk_test_ 16
			pk_live_ 16
			whsec_ 24=
			npm_ 30
			pypi-AgEI 50_
			rubygems_ 48x
			dckr_pat_ 20_
			dckr_oat_ 20_
			hf_ 30
			sk-ant- 20_
			sk-proj- 20_
			sk-svcacct- 20_
			sk-or-v1- 30x
			sk- 32_
			gsk_ 40
			r8_ 30
			pplx- 40
			xai- 40
			SG. 40+
			key- 32-32x
			shpat_ 32x
			shpca_ 32x
			shppa_ 32x
			shpss_ 32x
			sq0atp- 22_
			sq0csp- 40_
			EAAA 50_
			EAAC 50
			EAAB 50
			dop_v1_ 64x
			doo_v1_ 64x
			dor_v1_ 64x
			hvs. 20_
			hvb. 20_
			hvr. 20_
			ATATT3 50+
			ATCTT3 50+
			ATBB 24
			glsa_ 30_
			glc_eyJ 20=
			NRAK- 27A
			NRJS- 19x
			NRII- 20_
			PMAK- 24_
			lin_api_ 32
			lin_oauth_ 32
			figd_ 30_
			dapi 32-40x
			dp.pt. 40
			dp.st. 20+
			dp.ct. 40
			pscale_tkn_ 30+
			pscale_pw_ 30+
			pscale_oauth_ 30+
			sbp_ 40x
			sb_secret_ 20_
			nfp_ 36
			vercel_ 24
			vc_ 24
			sntrys_ 40=
			sntryu_ 64x
			squ_ 40x
			sqp_ 40x
			sqa_ 40x
			ops_eyJ 100_
			fo1_ 40_
			FlyV1 40=
			fm2_ 50=
			sl. 60_
			oy2 43-43
			AKCp 60
			cmVmdGtu 40
			tfp_ 40_
			CCIPAT_ 30_
			CFPAT- 40_
			bkua_ 40x
			pat-na1- 36_
			pat-eu1- 36_
			secret_ 40
			ntn_ 40
			EZAK 50
			EZTK 50
			rdme_ 60
			ptrc- 20_
			pul- 40x
			API- 26-30A
			tskey-auth- 20_
			tskey-api- 20_
			tskey-client- 20_
			nvapi- 60_
			LTAI 12-26
			AKID 32
			AGPA 16-16A
			AIDA 16-16A
			AROA 16-16A
			duffel_live_ 40_
			frp_ 20
			live_ 30
			access_token$production$ 16
			shippo_live_ 40x
			sk_prod_ 20
			whs_ 20
			ZAAB 40
			ATOA 30_
			ddp_ 30
			ddapi_ 30
			gocardless_live_ 30_
			oauth2:ghp_ 30
			CLOJARS_ 40x
			v1.0- 40+
			dt0c01. 40+
			dt0s01. 40+
			FLWSECK- 30_
			FLWSECK_TEST- 12_
			fio-u- 40_
			pat. 40+
			HRKU- 40_
			ico- 30
			lsv2_pt_ 40_
			lsv2_sk_ 40_
			sdk- 36_
			mob- 36_
			mlsn. 40+
			napi_ 40
			sha256~ 40_
			phx_ 40
			phc_ 40
			pnu_ 30
			re_ 24_
			tk-us- 40_
			xkeysib- 60_
			xsmtpsib- 60_
			snyk_uat. 30+
			sgp_ 40_
			tvly- 24_
			vercel_blob_rw_ 30_
			y0_ 40_
			y1_ 40_
			t1. 60+
			oauth: 25
			EAACEdEose0cBA 20
			amzn.mws. 30+
			amzn1.application 30+
			AQVN 30_
			grub.pbkdf2. 40+
			MG. 40+
			rk- 40
			sk_ 32
			shpua_ 32x
			gitea_ 40x
			gto_ 40x
			ATCTT 50+
			ctx7sk- 30_
			fc- 32x
			tok_live_ 20
			sandbox_ 30_
			pypi- 50_
			sha1~ 30_
			age1secret 40
			AGE-SECRET-KEY-1 50A
			AGE-SECRET-KEY-PQ-1 50A
			AGE-PLUGIN- 20_
		`),
		Goes: []string{
			"git remote set with ‹ghp_abcdefghijABCDEFGHIJ0123456789abcdef›", "using credentials ‹AKIAIOSFODNN7EXAMPLE› region eu-central-1", "charge via ‹sk_live_abcdefghijklmnop12345678›",
			"maps key ‹AIzaSyabcdefghijklmnopqrstuvwxyz0123456›", `{"t":"‹hvs.CAESIJabcdefghijklmnop›"}`,
		},
		Stays: []string{"sk-learn 1.4", "npm_config_cache=/tmp", "ghp_short", "key-value store", "hf_transfer enabled", "AIzawa", "live_reload enabled", "re_run_all_tests_in_this_folder_now", "sdk-tools", "pat.java"},
	},
	{
		Name: "jwt", Kind: Token, begins: []string{"eyJ", "eyI"}, find: findJWT,
		Why:   "A signed token: whoever has it is taken for its owner.",
		Goes:  []string{"session refreshed ‹eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.c2lnbmF0dXJlc2lnbmF0dXJl›", "jwe ‹eyJhbGciOiJSU0EtT0FFUCJ9.abcDEF123456789.aaaaaaaa.bbbbbbbb.cccccccc›"},
		Stays: []string{"eyJ", "eyJust.a.test"},
	},
	{
		Name: "telegram", Kind: Token, shapes: []shape{{class: digits, min: 8, max: 10, next: ":"}}, find: findTelegram,
		Why:   "The token of a Telegram bot.",
		Goes:  []string{"bot ‹123456789:AAFabcdefghijklmnopqrstuvwxyz012345›"},
		Stays: []string{"123456789:80", "id 123456789: done"},
	},
	{
		Name: "hex-token", Kind: Token, shapes: []shape{{class: numbered, min: 34, max: 34}, {class: numbered, min: 32, max: 32, next: "-"}, {class: numbered, min: 40, max: 40}, {class: anyClass, min: 7, max: 7, prev: "."}}, find: findHexToken,
		Why:   "Keys of services that are known by the letters before, behind or between their digits.",
		Goes:  []string{"sms ‹SKee3298fc36a4781bdd579ae206544a8d›", "list ‹5cbe8e81d28f5781a736685e4ec443ea-us7›", "license ‹eu01xxa3bd43323077c0fe0b72805af9a81dNRAL›", "login ‹y6HLYdLiWaIq2I.atlasv1.CG6wQh2M9ho7T97bFqhGIsitlMakRiMfuQIpGEJKsqKyEoJYsK8LjcAL8BnNibP6qJ›"},
		Stays: []string{"commit aaee3298fc36a4781bdd579ae206544a8d123456", "5cbe8e81d28f5781a736685e4ec443ea-x"},
	},
	{
		Name: "license-key", Kind: LicenseKey, shapes: []shape{{class: anyClass, min: 5, max: 5, next: "-"}}, find: findLicense,
		Why:   "Who has a licence's key can use up the licence.",
		Goes:  []string{"product key ‹VK7JG-NPHTM-C97JM-9MPGT-3V66T›"},
		Stays: []string{"model ABCDE-12345", "HELLO-WORLD-THESE-WORDS-STAND"},
	},
	{
		Name: "crypt-hash", Kind: Password, shapes: []shape{{class: anyClass, min: 1, max: 16, next: "$"}}, find: findCrypt,
		Why:   "A password can be found from its hash.",
		Goes:  []string{"root:‹$6$saltsalt$qFmFH.bQmmtXzyBY0s9v7Oicd2z4XSIecDzlB5KiA2/jctKu9YterLp8wwnSq.qc.eoxqOmSuNp2xS0ktL3nh/›:19000:0:99999:7:::", "hash ‹$2b$12$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234›"},
		Stays: []string{"costs $5 or $6", "com.acme.App$$Lambda$42/0x0000000800c8d440.run(Unknown Source)", "awk '{print $1}'", "$1$2"},
	},
	{
		Name: "webhook", Kind: Token, ends: []string{"services", "webhooks", "webhookb2", "workflows"}, find: findWebhook,
		Why:   "Whoever has the address can write into the channel.",
		Goes:  []string{"https://hooks.slack.com/services/‹T00000000/B00000000/abcdefghijklmnop›", "https://discord.com/api/webhooks/‹1234567890/abc_DEF-123›"},
		Stays: []string{"/services/list", "https://example.org/services/all"},
	},
}
