//! Logging in by an identity provider, against a small one on this machine: what it says is believed only when it is signed by
//! it, for this client, for this login and now; and roles are what it says.

use super::elsewhere::{Asked, fields, serve};
use super::house::{House, on_every_store_by};
use super::http::send;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RSA_PSS_SHA256,
    RsaEncoding, RsaKeyPair, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use vertrek::server::OidcSettings;

const CLIENT: &str = "vertrek-board";
/// When the clock of a test begins.
const NOW: i64 = 1_800_000_000;

struct Key(EcdsaKeyPair, String);

impl Key {
    fn new(id: &str) -> (Self, String) {
        let random = SystemRandom::new();
        let der = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der.as_ref(), &random).unwrap();
        let text = base64::engine::general_purpose::STANDARD.encode(der.as_ref());
        let pem = format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n");
        (Self(pair, id.to_owned()), pem)
    }

    fn jwk(&self) -> Value {
        let point = &self.0.public_key().as_ref()[1..];
        let (x, y) = (URL_SAFE_NO_PAD.encode(&point[..32]), URL_SAFE_NO_PAD.encode(&point[32..]));
        json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": self.1, "use": "sig" })
    }

    fn sign(&self, head: &Value, claims: &Value) -> String {
        let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", encoded(head), encoded(claims));
        let signature = self.0.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

/// How a token is made of claims.
type Signing = Box<dyn Fn(&Key, Value) -> String + Send>;

/// What the provider does.
struct Does {
    key: Key,
    /// Keys it tells of.
    told: Vec<Value>,
    /// What makes its token of right claims.
    token: Signing,
    /// Nonce and challenge of the login under way.
    nonce: String,
    challenge: String,
    /// Whether it tells where a session is ended.
    ends: bool,
    /// What it was sent for a code.
    redeemed: Vec<Asked>,
}

struct Idp {
    does: Arc<Mutex<Does>>,
    address: SocketAddr,
    client_key: String,
}

fn right(key: &Key, claims: Value) -> String {
    key.sign(&json!({ "alg": "ES256", "kid": key.1 }), &claims)
}

impl Idp {
    fn start() -> Self {
        let (key, _) = Key::new("first");
        let told = vec![key.jwk()];
        let does = Does {
            key,
            told,
            token: Box::new(right),
            nonce: String::new(),
            challenge: String::new(),
            ends: true,
            redeemed: Vec::new(),
        };
        let does = Arc::new(Mutex::new(does));
        let (acts, at) = (Arc::clone(&does), Arc::new(Mutex::new(String::new())));
        let named = Arc::clone(&at);
        let address = serve(move |asked| {
            let issuer = named.lock().unwrap().clone();
            answer(&mut acts.lock().unwrap(), asked, &issuer)
        });
        *at.lock().unwrap() = format!("http://{address}/realm");
        Self { does, address, client_key: Key::new("client").1 }
    }

    fn issuer(&self) -> String {
        format!("http://{}/realm", self.address)
    }

    fn settings(&self) -> OidcSettings {
        OidcSettings {
            issuer: self.issuer(),
            client_id: CLIENT.to_owned(),
            key: self.client_key.clone(),
            public_url: "https://board.example".to_owned(),
            roles_claim: "realm_access.roles".to_owned(),
            name_claim: "preferred_username".to_owned(),
        }
    }

    fn says(&self, token: impl Fn(&Key, Value) -> String + Send + 'static) {
        self.does.lock().unwrap().token = Box::new(token);
    }
}

fn answer(does: &mut Does, asked: &Asked, issuer: &str) -> (u16, String) {
    match asked.path.as_str() {
        "/realm/.well-known/openid-configuration" => {
            let mut told = json!({ "issuer": issuer, "authorization_endpoint": format!("{issuer}/auth"),
                "token_endpoint": format!("{issuer}/token"), "jwks_uri": format!("{issuer}/keys") });
            if does.ends {
                told["end_session_endpoint"] = json!(format!("{issuer}/logout?ui=plain"));
            }
            (200, told.to_string())
        }
        "/realm/keys" => (200, json!({ "keys": does.told }).to_string()),
        "/realm/token" => {
            let sent = fields(&asked.body);
            does.redeemed.push(asked.clone());
            let verifier = ring::digest::digest(&ring::digest::SHA256, sent["code_verifier"].as_bytes());
            if sent["code"] != "the-code" || URL_SAFE_NO_PAD.encode(verifier) != does.challenge {
                return (400, json!({ "error": "invalid_grant" }).to_string());
            }
            let claims = json!({ "iss": issuer, "aud": CLIENT, "sub": "f3b1", "nonce": does.nonce, "iat": NOW, "exp": NOW + 300,
                "preferred_username": "j.jansen", "realm_access": { "roles": ["planner", "offline_access"] } });
            (200, json!({ "id_token": (does.token)(&does.key, claims), "token_type": "Bearer" }).to_string())
        }
        _ => (404, String::new()),
    }
}

/// Begins a login as a browser does; gives the cookie and the state.
fn leave(house: &House, idp: &Idp) -> (String, String) {
    let answer = send(house.address, "GET", "/login/organisation?next=/weeks", &[], b"").expect(303);
    let to = answer.header("location").unwrap();
    let (way, query) = to.split_once('?').unwrap();
    assert_eq!(way, format!("{}/auth", idp.issuer()));
    let query = fields(query);
    assert_eq!(
        (&*query["response_type"], &*query["client_id"], &*query["code_challenge_method"]),
        ("code", CLIENT, "S256")
    );
    assert_eq!(query["redirect_uri"], "https://board.example/login/callback");
    let mut does = idp.does.lock().unwrap();
    (does.nonce, does.challenge) = (query["nonce"].clone(), query["code_challenge"].clone());
    let cookie = answer.header("set-cookie").unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/login"),
        "{cookie}"
    );
    (cookie.split(';').next().unwrap().to_owned(), query["state"].clone())
}

fn come_back(house: &House, cookie: &str, state: &str, code: &str) -> super::http::Answer {
    let path = format!("/login/callback?code={code}&state={state}&lang=en");
    send(house.address, "GET", &path, &[("Cookie", cookie)], b"")
}

fn log_in(house: &House, idp: &Idp) -> super::http::Answer {
    let (cookie, state) = leave(house, idp);
    come_back(house, &cookie, &state, "the-code")
}

/// The session's cookie of an answer.
fn session(answer: &super::http::Answer) -> String {
    let line =
        answer.head.lines().find(|line| line.to_lowercase().starts_with("set-cookie: vertrek=")).expect("a session");
    line.split_once(' ').unwrap().1.split(';').next().unwrap().to_owned()
}

fn with_a_provider(test: impl Fn(&House, &Idp)) {
    let idp = Idp::start();
    on_every_store_by(Some(idp.settings()), |house| test(house, &idp));
}

#[test]
fn whoever_the_provider_names_is_logged_in_with_the_roles_that_it_says() {
    with_a_provider(|house, idp| {
        let page = send(house.address, "GET", "/login?next=/weeks", &[], b"").expect(200).text();
        assert!(page.contains("/login/organisation?next=/weeks"), "{page}");
        let answer = log_in(house, idp).expect(303);
        assert_eq!(answer.header("location").as_deref(), Some("/weeks"));
        let cookie = session(&answer);
        let me = send(house.address, "GET", "/api/v1/sessions/present", &[("Cookie", &cookie)], b"").expect(200).json();
        assert_eq!((&me["name"], &me["roles"]), (&json!("j.jansen"), &json!(["planner"])));
        // The next time other roles are said, and the account is the same one.
        idp.says(|key, mut claims| {
            claims["realm_access"]["roles"] = json!(["auditor"]);
            claims["preferred_username"] = json!("j.jansen-de-vries");
            right(key, claims)
        });
        let cookie = session(&log_in(house, idp).expect(303));
        let me = send(house.address, "GET", "/api/v1/sessions/present", &[("Cookie", &cookie)], b"").expect(200).json();
        assert_eq!((&me["name"], &me["roles"]), (&json!("j.jansen"), &json!(["auditor"])));
        // Nobody gets in with a password that the account has not.
        let body = json!({ "name": "j.jansen", "password": "" }).to_string();
        let kind = [("Content-Type", "application/json")];
        send(house.address, "POST", "/api/v1/sessions", &kind, body.as_bytes()).expect(400);
        let body = json!({ "name": "j.jansen", "password": "whatever it may be" }).to_string();
        send(house.address, "POST", "/api/v1/sessions", &kind, body.as_bytes()).expect(401);
        // Closed here, whatever is said there.
        let closing = json!({ "closed": true, "why": "left" });
        house.person("admin").send("PATCH", "/api/v1/accounts/j.jansen", &closing, &[]).expect(204);
        log_in(house, idp).expect(403);
        idp.says(right);
    });
}

#[test]
fn this_client_shows_that_it_is_itself_by_a_signed_assertion_and_by_the_verifier() {
    with_a_provider(|house, idp| {
        log_in(house, idp).expect(303);
        let asked = idp.does.lock().unwrap().redeemed.last().unwrap().clone();
        let sent = fields(&asked.body);
        assert_eq!(sent["client_assertion_type"], "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        assert!(!sent.contains_key("client_secret") && !asked.headers.contains_key("authorization"));
        let (signed, signature) = sent["client_assertion"].rsplit_once('.').unwrap();
        let keys = send(house.address, "GET", "/login/keys", &[], b"").expect(200).json();
        let key = &keys["keys"][0];
        assert!(key["d"].is_null(), "the private half stays here");
        let part = |text: &Value| URL_SAFE_NO_PAD.decode(text.as_str().unwrap()).unwrap();
        let point = [vec![4], part(&key["x"]), part(&key["y"])].concat();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
            .verify(signed.as_bytes(), &signature)
            .expect("its signature");
        let claims: Value = serde_json::from_slice(&part(&json!(signed.split('.').nth(1).unwrap()))).unwrap();
        assert_eq!((&claims["iss"], &claims["sub"]), (&json!(CLIENT), &json!(CLIENT)));
        assert_eq!(claims["aud"], format!("{}/token", idp.issuer()));
        assert!(claims["exp"].as_i64().unwrap() <= NOW + 60 && !claims["jti"].as_str().unwrap().is_empty());
    });
}

type Lie = (&'static str, &'static str, fn(&Key, Value) -> String);

/// What is wrong, what is said of it, and how it is made.
const LIES: [Lie; 13] = [
    ("issuer", "another issuer", |key, mut claims| {
        claims["iss"] = json!("https://elsewhere.example");
        right(key, claims)
    }),
    ("audience", "another client", |key, mut claims| {
        claims["aud"] = json!("somebody-else");
        right(key, claims)
    }),
    ("party", "another client", |key, mut claims| {
        (claims["aud"], claims["azp"]) = (json!([CLIENT, "other"]), json!("other"));
        right(key, claims)
    }),
    ("expired", "expired", |key, mut claims| {
        (claims["iat"], claims["exp"]) = (json!(NOW - 400), json!(NOW - 60));
        right(key, claims)
    }),
    ("not yet", "not valid yet", |key, mut claims| {
        claims["iat"] = json!(NOW + 600);
        right(key, claims)
    }),
    ("no end", "expired", |key, mut claims| {
        claims["exp"] = Value::Null;
        right(key, claims)
    }),
    ("end as text", "expired", |key, mut claims| {
        claims["exp"] = json!("2999");
        right(key, claims)
    }),
    ("nonce", "not made for this login", |key, mut claims| {
        claims["nonce"] = json!("of another login");
        right(key, claims)
    }),
    ("other key under its name", "signature", |key, claims| {
        Key::new("x").0.sign(&json!({ "alg": "ES256", "kid": key.1 }), &claims)
    }),
    ("unknown key", "signature", |_, claims| right(&Key::new("never-told").0, claims)),
    ("no algorithm", "signature", |key, claims| {
        let token = key.sign(&json!({ "alg": "none", "kid": key.1 }), &claims);
        token[..=token.rfind('.').unwrap()].to_owned()
    }),
    ("changed", "signature", |key, claims| {
        let (token, mut other) = (right(key, claims.clone()), claims);
        other["sub"] = json!("somebody-else");
        let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
        parts[1] = URL_SAFE_NO_PAD.encode(other.to_string());
        parts.join(".")
    }),
    ("secret from the public key", "signature", |key, claims| {
        use hmac::{Hmac, KeyInit, Mac};
        let head = json!({ "alg": "HS256", "kid": key.1 });
        let signed =
            format!("{}.{}", URL_SAFE_NO_PAD.encode(head.to_string()), URL_SAFE_NO_PAD.encode(claims.to_string()));
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key.0.public_key().as_ref()).unwrap();
        mac.update(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    }),
];

#[test]
fn what_is_forged_of_elsewhere_or_out_of_time_is_refused() {
    with_a_provider(|house, idp| {
        for (what, said, lie) in LIES {
            idp.says(lie);
            let refused = log_in(house, idp).expect(401);
            assert!(refused.text().contains(said), "{what}: {}", refused.text());
            assert!(!refused.head.to_lowercase().contains("set-cookie: vertrek="), "{what}");
        }
        idp.says(right);
        log_in(house, idp).expect(303);
        let accounts = house.person("admin").get("/api/v1/accounts").expect(200).json();
        let names: Vec<&str> =
            accounts["accounts"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["admin", "j.jansen"], "no lie made an account");
    });
}

#[test]
fn a_login_is_finished_once_and_in_the_browser_that_began_it() {
    with_a_provider(|house, idp| {
        let (cookie, state) = leave(house, idp);
        let (other, _) = leave(house, idp);
        for cookie in ["", other.as_str(), "vertrek-login="] {
            come_back(house, cookie, &state, "the-code").expect(401);
        }
        come_back(house, &cookie, "", "the-code").expect(401);
        let (cookie, state) = leave(house, idp);
        come_back(house, &cookie, &state, "the-code").expect(303);
        come_back(house, &cookie, &state, "the-code").expect(401);
        let (cookie, state) = leave(house, idp);
        come_back(house, &cookie, &state, "another-code").expect(401);
        let (cookie, state) = leave(house, idp);
        house.pass(601);
        come_back(house, &cookie, &state, "the-code").expect(401);
        house.pass(-601);
    });
}

#[test]
fn who_has_no_role_there_or_a_name_that_is_taken_here_does_not_get_in() {
    with_a_provider(|house, idp| {
        idp.says(|key, mut claims| {
            claims["realm_access"]["roles"] = json!(["offline_access"]);
            right(key, claims)
        });
        log_in(house, idp).expect(403);
        idp.says(|key, mut claims| {
            claims["preferred_username"] = json!("admin");
            right(key, claims)
        });
        log_in(house, idp).expect(409);
        idp.says(right);
    });
}

#[test]
fn who_logs_out_here_is_led_to_log_out_at_the_provider_too() {
    with_a_provider(|house, idp| {
        let leave = |cookie: &str| {
            let page = send(house.address, "GET", "/weeks?lang=en", &[("Cookie", cookie)], b"").expect(200).text();
            let token = page.split("name=\"form_token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
            let body = format!("form_token={}", token.expect("a form"));
            let headers = [("Cookie", cookie), ("Content-Type", "application/x-www-form-urlencoded")];
            let answer = send(house.address, "POST", "/logout", &headers, body.as_bytes());
            send(house.address, "GET", "/api/v1/sessions/present", &[("Cookie", cookie)], b"").expect(401);
            assert!(answer.head.contains("vertrek=;"), "the cookie goes: {}", answer.head);
            answer
        };
        let here = |answer: super::http::Answer| {
            assert_eq!(answer.expect(303).header("location").as_deref(), Some("/login"));
        };
        let answer = leave(&session(&log_in(house, idp).expect(303))).expect(200);
        let onward = answer.header("refresh").expect("a way on");
        let (way, query) = onward.strip_prefix("0; url=").unwrap().split_once('?').unwrap();
        assert_eq!(way, format!("{}/logout", idp.issuer()));
        let query = fields(query);
        assert_eq!(query["ui"], "plain", "what the address held stays");
        assert_eq!(
            (&*query["client_id"], &*query["post_logout_redirect_uri"]),
            (CLIENT, "https://board.example/login")
        );
        assert!(answer.text().contains(&format!("href=\"{way}?")) && !answer.text().contains("j.jansen"), "{answer:?}");
        // Who has a password here is not known there.
        house.person("planner");
        here(leave(&format!("vertrek={}", house.log_in("planner"))));
        // A provider that tells of no such place, once it is asked anew: logged out here all the same.
        idp.does.lock().unwrap().ends = false;
        house.pass(3601);
        idp.says(|key, mut claims| {
            (claims["iat"], claims["exp"]) = (json!(NOW + 3601), json!(NOW + 3900));
            right(key, claims)
        });
        here(leave(&session(&log_in(house, idp).expect(303))));
        let mut does = idp.does.lock().unwrap();
        (does.ends, does.token) = (true, Box::new(right));
    });
}

#[test]
fn keys_that_the_provider_changed_are_looked_for_again() {
    with_a_provider(|house, idp| {
        log_in(house, idp).expect(303);
        let (second, _) = Key::new("second");
        {
            let mut does = idp.does.lock().unwrap();
            does.told.push(second.jwk());
            does.key = second;
        }
        house.pass(61);
        idp.says(|key, mut claims| {
            (claims["iat"], claims["exp"]) = (json!(NOW + 61), json!(NOW + 300));
            right(key, claims)
        });
        log_in(house, idp).expect(303);
        let mut does = idp.does.lock().unwrap();
        let (first, _) = Key::new("first");
        does.told = vec![first.jwk()];
        does.key = first;
        does.token = Box::new(right);
    });
}

/// A key that signs nothing but the tokens of this test.
const RSA: &[u8] = include_bytes!("rsa-for-tests.der");

/// A token signed by the RSA key in one of the ways that its head may name.
fn signed_by_rsa(head: &Value, claims: &Value, how: &'static dyn RsaEncoding) -> String {
    let pair = RsaKeyPair::from_pkcs8(RSA).unwrap();
    let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", encoded(head), encoded(claims));
    let mut signature = vec![0; pair.public().modulus_len()];
    pair.sign(how, &SystemRandom::new(), signed.as_bytes(), &mut signature).unwrap();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

#[test]
fn a_provider_with_an_rsa_key_is_believed_in_the_way_that_it_names_and_no_other() {
    with_a_provider(|house, idp| {
        let pair = RsaKeyPair::from_pkcs8(RSA).unwrap();
        let public = RsaPublicKeyComponents::<Vec<u8>>::from(pair.public());
        let (n, e) = (URL_SAFE_NO_PAD.encode(public.n), URL_SAFE_NO_PAD.encode(public.e));
        let key = json!({ "kty": "RSA", "n": n, "e": e, "kid": "rsa", "use": "sig" });
        let first = idp.does.lock().unwrap().told.clone();
        idp.does.lock().unwrap().told = vec![key];
        idp.says(|_, claims| signed_by_rsa(&json!({ "alg": "RS256", "kid": "rsa" }), &claims, &RSA_PKCS1_SHA256));
        log_in(house, idp).expect(303);
        idp.says(|_, claims| signed_by_rsa(&json!({ "alg": "PS256", "kid": "rsa" }), &claims, &RSA_PSS_SHA256));
        log_in(house, idp).expect(303);
        // A head that names another way, or the way of another kind of key.
        for algorithm in ["PS256", "ES256", "RS384", "HS256", "none"] {
            idp.says(move |_, claims| {
                signed_by_rsa(&json!({ "alg": algorithm, "kid": "rsa" }), &claims, &RSA_PKCS1_SHA256)
            });
            log_in(house, idp).expect(401);
        }
        idp.does.lock().unwrap().told = first;
        idp.says(right);
    });
}
