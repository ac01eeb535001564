//! The way to PostgreSQL is encrypted, and ends at the server whose certificate is trusted and nowhere else.

use super::postgres::Postgres;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use vertrek::server::{Clock, Config, Service};

/// A certificate authority, as PEM, with what it issues: certificate and key of a server on this machine.
fn authority() -> (String, String, String) {
    let key = KeyPair::generate().expect("a key");
    let mut params = CertificateParams::new(Vec::new()).expect("an authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root = params.self_signed(&key).expect("an authority").pem();
    let issuer = Issuer::new(params, key);
    let server = KeyPair::generate().expect("a key");
    let here = CertificateParams::new(vec!["127.0.0.1".to_owned()]).expect("a server");
    let certificate = here.signed_by(&server, &issuer).expect("a certificate").pem();
    (root, certificate, server.serialize_pem())
}

#[test]
fn the_store_is_reached_over_tls_and_only_at_the_server_that_is_trusted() {
    let (root, certificate, key) = authority();
    let Some(postgres) = Postgres::start_with_tls(&certificate, &key) else { return };
    let dir = tempfile::TempDir::new().expect("a folder");
    let file = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path.display().to_string()
    };
    let (trusted, another) = (file("root.pem", &root), file("another.pem", &authority().0));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let open = |options: &str| {
        let database = format!("{}?{options}", postgres.tls_url());
        let config = Config {
            database,
            secure: false,
            idle_minutes: 30,
            session_hours: 10,
            clock: Clock::new(chrono::Utc::now),
        };
        runtime.block_on(Service::open(config))
    };
    let service = open(&format!("sslmode=verify-full&sslrootcert={trusted}")).expect("a service over TLS");
    assert_eq!(runtime.block_on(service.store().verify()).expect("a verdict").lines, 0);
    let encrypted = runtime.block_on(async {
        sqlx::any::install_default_drivers();
        let url = format!("{}?sslmode=verify-full&sslrootcert={trusted}", postgres.tls_url());
        let pool = sqlx::AnyPool::connect(&url).await.expect("the store");
        let row = sqlx::query("SELECT 1 FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl").fetch_optional(&pool);
        row.await.expect("an answer").is_some()
    });
    assert!(encrypted);
    open(&format!("sslmode=verify-full&sslrootcert={another}")).expect_err("nobody trusts that server");
    open("sslmode=disable").expect_err("the server takes nothing in the open");
}
